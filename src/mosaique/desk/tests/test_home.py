"""The front hall: each persona's home, the visitor's page, the calendar, the steps."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from mosaique.access.models import ReadMark
from mosaique.consultation import services as consultation
from mosaique.consultation.services.adoption import CommunityVote
from mosaique.costing import services as costing
from mosaique.costing.engine.impacts import Kind, Missing, Nature, Total
from mosaique.costing.services import Staff
from mosaique.demo.cast import CAST
from mosaique.demo.people import Company
from mosaique.desk import process
from mosaique.desk.ours import OurLine, heading
from mosaique.desk.process import Standing
from mosaique.discussions import services as discussions
from mosaique.inventory import services as inventory
from mosaique.kernel import clock
from mosaique.notices.feed import in_sentence
from mosaique.scheme import services as scheme
from mosaique.scheme.models import Version

For = Callable[[str | None], Client]
DAY = date(2026, 11, 26)


@pytest.mark.parametrize("slug", [persona.slug for persona in CAST])
def test_every_persona_has_a_home_that_starts_with_what_is_expected(
    cast: Company, client_for: For, slug: str
) -> None:
    page = client_for(slug).get("/").content.decode()
    given_name = cast.people[slug].given_name
    assert f"Bonjour {given_name}" in page
    assert ("À faire" in page) == (slug != "partenaire")


def test_a_visitor_reads_what_this_is_and_which_territories_are_open(cast: Company, client_for: For) -> None:
    page = client_for(None).get("/").content.decode()
    assert "CC Val 81" in page
    assert "Entrer avec mon adresse" in page


def test_the_public_page_is_the_same_whoever_looks(cast: Company, client_for: For) -> None:
    url = cast.territory.get_absolute_url()
    texts = []
    for slug in (None, "cheffe-de-projet"):
        page = client_for(slug).get(url).content.decode()
        texts.append(page[page.index("<main") : page.index("</main>")])
    assert texts[0] == texts[1]
    assert "Saint-Cirgue" in texts[0]


def test_a_territory_in_preparation_has_no_public_page(cast: Company, client_for: For) -> None:
    cast.territory.state = "prepared"
    cast.territory.save()
    assert client_for(None).get(cast.territory.get_absolute_url()).status_code == 404


def test_a_visit_is_marked_once_an_hour(cast: Company, client_for: For) -> None:
    client = client_for("maire")
    client.get("/")
    first = ReadMark.objects.get(kind="visit").at
    client.get("/")
    assert ReadMark.objects.get(kind="visit").at == first


def test_news_stay_for_the_whole_visit(cast: Company, client_for: For) -> None:
    """What is new since the visit before is still there when the page is asked again; then it is new no more."""
    now = clock.now()

    def at(minutes: int) -> str:
        with clock.at(now + timedelta(minutes=minutes)):
            return client_for("maire").get("/").content.decode()  # type: ignore[no-any-return]

    assert "Les dernières nouvelles" in at(0) and "Les dernières nouvelles" in at(10)
    with clock.at(now + timedelta(minutes=90)):
        inventory.open_campaign(
            actor=cast.actor("cheffe-de-projet"), territory=cast.territory, reference_date=DAY, opens_on=DAY,
            closes_on=DAY + timedelta(30), sections=["staff"],
        )  # fmt: skip
    for minutes in (120, 130):
        assert "Depuis votre visite du" in at(minutes)
    page = at(400)
    assert "Rien de nouveau depuis votre visite du" in page and "Les dernières nouvelles" in page


def test_who_represents_the_staff_does_not_speak_for_their_employer(cast: Company, client_for: For) -> None:
    """What an agent or a representative writes is told under their own function; the lead speaks for the community."""
    for slug in ("agent", "dgs"):
        thread = discussions.open_thread(
            actor=cast.actor(slug), space=cast.spaces["voirie"], title=f"Qui prête quoi, {slug} ?", open_to_what="Le prêt",
            who_decides="Le groupe", outcome_promise="Une réponse", body="Bonjour", client_token=slug,
        )  # fmt: skip
        discussions.write_post(
            actor=cast.actor(slug), thread=thread, body="Encore.", client_token=f"{slug}-2"
        )
    page = plain(client_for("cheffe-de-projet").get("/"))
    assert "Agent technique, Saint-Cirgue a ouvert l’échange Qui prête quoi, agent ?" in page
    assert (
        "Agent technique, Saint-Cirgue a écrit dans l’échange « Qui prête quoi, agent ? » (message 2)" in page
    )
    assert "CC Val 81 a ouvert l’échange Qui prête quoi, dgs ?" in page


def test_the_presidency_chooses_the_date_and_others_read_it(cast: Company, client_for: For) -> None:
    assert client_for("maire").post("/calendrier/", {"day": "2027-12-14"}).status_code == 403
    client = client_for("presidente")
    assert client.post("/calendrier/", {"day": "2027-12-14"}).status_code == 302
    page = client_for("maire").get("/calendrier/").content.decode()
    assert "Pour voter le" in page
    assert "facultatif" in page
    wrong = client.post("/calendrier/", {"day": "pas une date"}).content.decode()
    assert "à revoir" in wrong


def test_the_vote_announced_to_the_councils_is_the_day_aimed_at(
    cast: Company, client_for: For, version: Version
) -> None:
    """One date, wherever it was chosen; a day that leaves no time for the councils is taken, and said."""
    opened = consultation.open_consultation(
        actor=cast.actor("presidente"), version=version, planned_vote_on=date(2027, 3, 19)
    )
    cast.territory.refresh_from_db()
    assert cast.territory.adoption_target == date(2027, 3, 19)
    client = client_for("presidente")
    said = plain(client.post("/calendrier/", {"day": "2027-01-10"}, follow=True))
    assert "conseils ont encore du temps après le 10 janvier 2027" in said
    opened.refresh_from_db()
    assert opened.planned_vote_on == date(2027, 1, 10)
    page = plain(client.get(opened.get_absolute_url()))
    assert "Le conseil communautaire, le 10 janvier 2027" in page


def test_a_vote_too_near_for_three_months_is_said(cast: Company, client_for: For) -> None:
    client = client_for("presidente")
    for day, said in (("2026-12-14", True), ("2027-12-14", False)):
        page = client.post("/calendrier/", {"day": day}, follow=True).content.decode()
        assert page.count("Pour laisser trois mois à chaque conseil") == said
        # Said as long as it holds, to whoever reads the dates: a territory may be created with such a day.
        assert ("Pour laisser trois mois" in client_for("maire").get("/calendrier/").content.decode()) is said


def test_those_who_follow_every_commune_see_the_opinions_while_they_are_given(
    cast: Company, client_for: For, version: Version
) -> None:
    consultation.open_consultation(actor=cast.actor("presidente"), version=version)
    for slug in ("presidente", "dgs", "cheffe-de-projet"):
        page = client_for(slug).get("/").content.decode()
        assert "Suivre les avis" in page and "Aucun avis n’est encore rendu." in page, slug
    assert "Suivre les avis" not in client_for("maire").get("/").content.decode()


def test_a_date_of_the_past_is_not_aimed_at(cast: Company, client_for: For) -> None:
    client = client_for("presidente")
    for day, said in (("2020-01-01", "est déjà passé"), ("2026-11-26", "C’est aujourd’hui")):
        page = client.post("/calendrier/", {"day": day})
        assert page.status_code == 200 and said in page.content.decode()
    cast.territory.refresh_from_db()
    assert cast.territory.adoption_target is None


@pytest.mark.parametrize("url", ["/aide/", "/accessibilite/", "/vos-donnees/", "/sante/"])
def test_help_pages_are_open_to_all(db: None, client: Client, url: str) -> None:
    assert client.get(url).status_code == 200


def test_the_steps_follow_what_exists() -> None:
    empty = [step.state for step in process.steps(Standing(DAY))]
    assert empty == ["encours"] + ["avenir"] * 8
    collecting = Standing(
        DAY, campaign_from=date(2026, 10, 1), campaign_until=date(2026, 12, 11), threads=3, sheets=2
    )
    assert [s.state for s in process.steps(collecting)][:4] == ["fait", "encours", "encours", "encours"]
    assert process.steps(replace(collecting, sheets_built=1))[3].state == "fait"
    assert process.steps(replace(collecting, campaign_until=date(2026, 11, 1)))[3].state == "fait"
    adopted = Standing(
        DAY,
        campaign_from=DAY,
        inventories=3,
        expected=4,
        threads=2,
        sheets=2,
        sheets_built=2,
        frozen_on=DAY,
        consulted_on=DAY,
        settled=True,
        adopted_on=DAY,
    )
    assert [s.state for s in process.steps(adopted)] == ["fait"] * 8 + ["encours"]


def test_done_is_said_of_what_somebody_did() -> None:
    over = Standing(DAY, campaign_from=date(2026, 9, 1), campaign_until=date(2026, 10, 1), expected=19)
    recenser, ecouter = process.steps(over)[1:3]
    assert (recenser.state, recenser.when) == ("encours", "aucun inventaire rendu")
    assert ecouter.state == "avenir"
    late = replace(over, inventories=12)
    assert [(step.state, step.when) for step in process.steps(late)][1] == (
        "encours",
        "12 inventaires sur 19",
    )
    for over_and_done in (replace(late, campaign_closed=True), replace(late, inventories=19)):
        assert process.steps(over_and_done)[1].state == "fait"
    voted = replace(over, frozen_on=DAY, consulted_on=DAY, adopted_on=DAY)
    assert [step.state for step in process.steps(voted)][1:3] == ["encours", "encours"]
    some = replace(voted, inventories=12, threads=1)
    assert [(step.state, step.when) for step in process.steps(some)][1] == ("fait", "12 inventaires sur 19")
    assert "12" not in process.steps(replace(some, counted=False))[1].when


def test_a_vote_against_is_told() -> None:
    found = Standing(DAY, consulted_on=DAY, frozen_on=DAY, rejected_on=DAY)
    assert process.heading(found) == "Le conseil communautaire n’a pas adopté le projet"
    assert process.steps(found)[7].when.startswith("rejeté le")


def plain(page: Any) -> str:
    """Its main part, with ordinary spaces and without tags."""
    html = page.content.decode()
    text = re.sub(r"<[^>]+>", " ", html[html.index("<main") : html.index("</main>")])
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u202f", " "))


def test_the_public_page_follows_the_process_to_the_vote_and_after(
    cast: Company, version: Version, client_for: For
) -> None:
    url = cast.territory.get_absolute_url()
    visitor = client_for(None)
    assert "le rapport est figé" not in plain(visitor.get(url)).lower(), (
        "not before it is put to the councils"
    )
    opened = consultation.open_consultation(actor=cast.actor("presidente"), version=version)
    page = plain(visitor.get(url))
    assert "Les conseils municipaux donnent leur avis" in page
    assert re.search(r"Consulter En cours", page)
    assert version.code_shown not in page
    consultation.record_vote(
        actor=cast.actor("presidente"), consultation=opened,
        vote=CommunityVote("adopted", DAY, "2026-77", 20, 1, 1),
    )  # fmt: skip
    page = plain(visitor.get(url))
    assert "Le schéma est adopté" in page and "délibération 2026-77" in page and "1 abstention " in page
    assert version.code_shown in page
    assert f'href="/verifier/{version.code}/"' in visitor.get(url).content.decode()
    assert "demandez-le à votre mairie ou à CC Val 81" in page
    assert "les avis des conseils" not in page, "what is not there is not promised"


def test_the_public_page_tells_no_number_of_what_is_prepared(cast: Company, client_for: For) -> None:
    lead = cast.actor("cheffe-de-projet")
    plan = scheme.open_scheme(actor=lead, territory=cast.territory)
    axis = scheme.add_axis(actor=lead, scheme=plan, title="Services")
    scheme.create_sheet(actor=lead, scheme=plan, axis=axis, title="Balayeuse")
    page = plain(client_for(None).get(cast.territory.get_absolute_url()))
    assert "Identifier En cours" in page
    assert "1 fiche" not in page and "Balayeuse" not in page
    assert "1 fiche" in plain(client_for("maire").get("/"))


def test_the_lead_is_asked_to_invite_while_communes_have_nobody(cast: Company, client_for: For) -> None:
    page = client_for("cheffe-de-projet").get("/")
    assert "Inviter les mairies : deux communes n’ont encore personne" in plain(page)
    assert 'href="/personnes/inviter/"' in page.content.decode()
    assert 'href="/personnes/"' in page.content.decode()[page.content.decode().index("<main") :]
    for slug in ("maire", "agent"):
        assert "Inviter les mairies" not in plain(client_for(slug).get("/"))


def test_people_and_territories_are_in_the_account_menu(cast: Company, client_for: For) -> None:
    def menu(slug: str) -> str:
        html: str = client_for(slug).get("/aide/").content.decode()
        return html[: html.index("<main")]

    assert 'href="/personnes/"' in menu("cheffe-de-projet") and 'href="/territoires/"' in menu(
        "cheffe-de-projet"
    )
    assert 'href="/personnes/"' in menu("presidente")
    assert 'href="/personnes/"' not in menu("maire") and 'href="/territoires/"' in menu("maire")


def test_adopting_is_one_link_away_for_who_records_the_vote(
    cast: Company, version: Version, client_for: For
) -> None:
    opened = consultation.open_consultation(actor=cast.actor("presidente"), version=version)
    link = f'href="/avis/consultation/{opened.pk}/adoption/">Adopter</a>'
    assert link in client_for("cheffe-de-projet").get("/").content.decode()
    assert link not in client_for("maire").get("/").content.decode()


def test_after_the_vote_the_legal_sendings_come_first_and_past_dates_stop(
    cast: Company, version: Version, client_for: For
) -> None:
    lead = cast.actor("cheffe-de-projet")
    inventory.open_campaign(
        actor=lead, territory=cast.territory, reference_date=DAY, opens_on=DAY, closes_on=DAY + timedelta(5),
        sections=["staff"],
    )  # fmt: skip
    opened = consultation.open_consultation(actor=lead, version=version)
    with clock.at(DAY + timedelta(30)):
        before = plain(client_for("cheffe-de-projet").get("/"))
        assert "Relancer les quatre communes" in before and "La collecte ferme ce jour-là" not in before
        consultation.record_vote(
            actor=lead, consultation=opened, vote=CommunityVote("adopted", DAY + timedelta(29), "7", 20, 0, 0)
        )
        page = client_for("cheffe-de-projet").get("/")
        assert page.context["todos"][0].title == "Adresser le schéma adopté à chaque conseil municipal"
        assert "Relancer" not in plain(page)
        assert "Rendre l’inventaire" not in plain(client_for("secretaire").get("/"))


def test_a_date_that_is_past_is_no_longer_aimed_at(cast: Company, client_for: For) -> None:
    cast.territory.adoption_target = DAY + timedelta(10)
    cast.territory.save()
    assert "Date visée pour le vote" in plain(client_for("maire").get("/"))
    with clock.at(DAY + timedelta(11)):
        page = plain(client_for("maire").get("/"))
    assert "Date visée pour le vote" not in page and "est passée" in page


def test_a_council_counts_its_days_before_a_reminder_that_is_overdue(
    cast: Company, version: Version, client_for: For
) -> None:
    lead = cast.actor("cheffe-de-projet")
    opened = consultation.open_consultation(actor=lead, version=version)
    consultation.record_vote(
        actor=lead, consultation=opened, vote=CommunityVote("adopted", DAY, "7", 20, 0, 0)
    )
    inventory.open_campaign(
        actor=lead,
        territory=cast.territory,
        reference_date=DAY,
        opens_on=DAY,
        closes_on=DAY,
        sections=["staff"],
    )
    titles = [todo.title for todo in client_for("cheffe-de-projet").get("/").context["todos"]]
    assert titles[0].startswith("Adresser le schéma adopté") and any(
        "Relancer" in title for title in titles[1:]
    )


def test_the_first_day_contradicts_nothing(cast: Company, client_for: For) -> None:
    inventory.open_campaign(
        actor=cast.actor("cheffe-de-projet"), territory=cast.territory, reference_date=DAY, opens_on=DAY,
        closes_on=DAY + timedelta(60), sections=["staff"],
    )  # fmt: skip
    page = plain(client_for("secretaire").get("/"))
    assert (
        "Aucune des 4 communes n’a encore posé son carreau : il se pose quand l’inventaire est rendu" in page
    )
    assert "leur inventaire est rendu" not in page
    one = plain(client_for("maire").get("/"))
    assert "une chose vous attend" in one
    assert "C’est la seule chose attendue de vous." in one and "les autres peuvent attendre" not in one


def test_who_follows_without_deciding_reads_their_groups_and_the_effect_on_agents(
    cast: Company, client_for: For
) -> None:
    lead = cast.actor("cheffe-de-projet")
    discussions.open_thread(
        actor=cast.actor("agent"), space=cast.spaces["voirie"], title="Qui prête la balayeuse ?", open_to_what="Le prêt",
        who_decides="Le comité", outcome_promise="Une réponse", body="Bonjour", client_token="t-1",
        until=DAY + timedelta(20),
    )  # fmt: skip
    plan = scheme.open_scheme(actor=lead, territory=cast.territory)
    axis = scheme.add_axis(actor=lead, scheme=plan, title="Services")
    sheet = scheme.create_sheet(actor=lead, scheme=plan, axis=axis, title="Instruction commune")
    scenario = costing.set_perimeter(
        actor=lead, scenario=sheet.scenario, parties=[cast.commune_a, cast.commune_b], carrier=cast.territory.epci,
        carrier_shares=False, first_year=2027, last_year=2027, full_year=2027,
    )  # fmt: skip
    costing.set_staff(
        actor=lead, scenario=scenario, year=2027, carry=False,
        rows=[Staff(cast.territory.epci, Decimal("0.00"), Decimal("1.20")), Staff(cast.commune_a, Decimal("0.50"), Decimal("0.40")),
              Staff(cast.commune_b, unknown="non_communique")],
    )  # fmt: skip
    rep = plain(client_for("representante-du-personnel").get("/"))
    assert (
        "employeur par employeur" in rep
        and "+1,20 ETP" in rep
        and "Saint-Cirgue" in rep
        and "Saussenac" in rep
    )
    assert "Aucune fiche ne dit" not in rep
    assert "non communiqué" in rep, "what is not known is not zero"
    assert (
        f'href="/fiches/{sheet.pk}/#agents"'
        in client_for("representante-du-personnel").get("/").content.decode()
    )
    agent = plain(client_for("agent").get("/"))
    assert "Groupe Voirie et matériel" in agent and "Qui prête la balayeuse ?" in agent
    assert "Vous en êtes membre." in agent
    assert "-0,10 ETP" in agent.replace("−", "-") and "+1,20" not in agent, "their own employer"
    assert "La position de votre commune" in agent and "Votre position" not in agent
    assert "Votre position" in plain(client_for("maire").get("/"))
    assert heading([OurLine("", "", "", "", "Oui", None)], "A", decides=False).startswith("1 fiche")


def test_the_dates_that_command_are_three_until_the_report_has_left() -> None:
    target = date(2027, 12, 14)
    marks = process.marks(Standing(DAY, target=target), date(2027, 9, 13))
    assert [mark.day for mark in marks] == [DAY, date(2027, 9, 13), target]
    assert process.marks(Standing(DAY), None) == []
    assert process.marks(Standing(DAY, target=target, adopted_on=DAY), date(2027, 9, 13)) == [], (
        "voted before its date"
    )


def test_a_home_costs_the_same_whatever_the_number_of_communes(
    cast: Company, client_for: For, django_assert_max_num_queries: Any
) -> None:
    client = client_for("cheffe-de-projet")
    client.get("/")
    with django_assert_max_num_queries(22):
        client.get("/")


def test_the_sum_of_the_yes_says_what_it_leaves_out() -> None:
    def row(answer: str, effect: Total | None) -> OurLine:
        return OurLine("/f/", "1. Accueil", "", "", answer, effect)

    known = Total(Kind.RUNNING_COSTS, Nature.CHANGE, Decimal("1630.13"), 1)
    none = Total(Kind.RUNNING_COSTS, Nature.CHANGE, Decimal("0.00"), 1)
    hole = Missing("81245", "Saint-Cirgue", "2", 2029, None, True)
    partial = Total(Kind.RUNNING_COSTS, Nature.CHANGE, Decimal("12.00"), 1, (hole,))
    assert (
        heading([row("Oui", known)], "Saint-Cirgue")
        == "Avec vos « oui » : +1\u202f630,13\u00a0€ de dépenses par an pour Saint-Cirgue"
    )
    assert heading([row("Oui", known), row("Oui, si", None), row("Oui", partial)], "Saint-Cirgue").endswith(
        "pour Saint-Cirgue, sans compter 2 fiches non chiffrées"
    )
    assert (
        heading([row("Oui", none)], "Saint-Cirgue")
        == "Avec vos « oui » : aucune dépense de plus pour Saint-Cirgue"
    )
    assert heading([row("Oui", none)], "Saint-Cirgue", decides=False).startswith(
        "Avec les « oui » de votre commune"
    )
    assert row("Oui", none).cost == "sans effet" and row("Oui", None).cost == "non chiffré"
    assert (
        heading([row("Non", known), row("Oui", None)], "Saint-Cirgue") == "2 fiches concernent Saint-Cirgue"
    )


def test_a_partner_is_not_told_that_what_they_do_not_read_does_not_exist(client_for: For) -> None:
    client = client_for("partenaire")
    for url, what in (
        ("/fiches/", "schéma"),
        ("/schema/", "schéma"),
        ("/inventaires/", "inventaires"),
        ("/avis/", "avis"),
    ):
        page = plain(client.get(url))
        assert "ne sont pas ouverts à votre organisme" in page and what in page and "Aucun" not in page, url
    assert 'href="/territoires/' in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("before", "label", "noun", "said"),
    [
        ("a figé", "version 1", "la version", ("a figé", "la version 1")),
        ("a fait avancer", "Fiche 1, Balayeuse", "la fiche", ("a fait avancer", "la fiche 1, Balayeuse")),
        ("a changé l’état de", "Schéma 2026–2032", "le schéma", ("a changé l’état du", "schéma 2026–2032")),
        ("a ajouté", "Axe 1, Services", "l’axe", ("a ajouté", "l’axe 1, Services")),
        ("a enregistré l’avis du conseil", "de Sana", "le conseil", ("a enregistré l’avis du conseil", "de Sana")),
        ("a ouvert l’échange", "Qui paie ?", "l’échange", ("a ouvert l’échange", "Qui paie ?")),
    ],
)  # fmt: skip
def test_news_are_whole_sentences(before: str, label: str, noun: str, said: tuple[str, str]) -> None:
    assert in_sentence(before, label, noun) == said
