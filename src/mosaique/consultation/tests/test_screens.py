"""Screens: who opens what, what they read, how many queries, what a wrong answer says."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mosaique.consultation import policies, queries, services
from mosaique.consultation.models import Consultation, CouncilFile, Opinion, ReserveAnswer
from mosaique.consultation.services.adoption import CommunityVote
from mosaique.consultation.services.opinions import Vote
from mosaique.demo.people import Company
from mosaique.kernel import clock
from mosaique.kernel.models import OutgoingMail
from mosaique.scheme.models import Version
from mosaique.territory.models import Authority, Territory, TerritoryMember

For = Callable[[str | None], Client]


def plain(page: Any) -> str:
    """Its text with ordinary spaces."""
    text: str = page.content.decode()
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_the_board_reads_as_a_sentence_and_is_the_same_for_all_who_take_part(
    cast: Company, council_a: CouncilFile, client_for: For
) -> None:
    services.acknowledge(actor=cast.actor("maire"), council=council_a)
    for slug in ("cheffe-de-projet", "maire", "agent"):
        page = client_for(slug).get(council_a.consultation.get_absolute_url())
        assert page.status_code == 200
        assert "Un conseil a encore du temps, trois réceptions à noter" in page.content.decode()
    assert client_for("partenaire").get(council_a.consultation.get_absolute_url()).status_code == 404
    assert client_for(None).get(council_a.consultation.get_absolute_url()).status_code == 302


def test_the_heading_counts_tacit_opinions_and_what_is_settled_is_folded(
    cast: Company, council_a: CouncilFile, client_for: For
) -> None:
    lead, today = cast.actor("cheffe-de-projet"), clock.today()
    for council in council_a.consultation.councils.exclude(authority__name="Trébas"):
        services.enter_fact(actor=lead, council=council, kind="received", on_date=today, channel="hand")
    reserves = Vote("reserves", today, reserves="Une permanence par mois.")
    services.give_opinion(actor=cast.actor("maire"), council=council_a, vote=reserves)
    with clock.at(clock.now() + timedelta(days=120)):
        page = client_for("dgs").get(council_a.consultation.get_absolute_url())
        assert page.context["heading"] == "Un conseil a voté, deux avis sont tacites, une réception à noter"
        followed = [row.council.authority.name for row in page.context["board"].to_follow]
        assert followed == ["Trébas", "Saint-Cirgue"], "a reserve waits for its answer"
        assert [(title, len(rows)) for title, rows in page.context["settled"]] == [
            ("Voir les 2 avis tacites", 2)
        ]
        services.answer_reserve(actor=lead, council=council_a, text="Elle sera tenue.")
        page = client_for("dgs").get(council_a.consultation.get_absolute_url())
        assert [row.council.authority.name for row in page.context["board"].to_follow] == ["Trébas"]
        assert "Voir l’avis avec réserves, qui ont leur réponse" in page.content.decode()


def test_without_consultation_the_page_says_what_will_come(cast: Company, client_for: For) -> None:
    assert "Aucun rapport n’est encore soumis" in client_for("maire").get("/avis/").content.decode()


def test_every_page_opens_for_the_team_and_the_council(
    cast: Company, council_a: CouncilFile, version: Version, client_for: For
) -> None:
    services.acknowledge(actor=cast.actor("maire"), council=council_a)
    pk, consultation = council_a.pk, council_a.consultation_id
    for url in [f"/avis/{pk}/", f"/avis/{pk}/bordereau/", f"/avis/{pk}/received/date/", f"/avis/{pk}/sent/date/",
                f"/avis/{pk}/donner/", f"/avis/{pk}/seances/", f"/avis/consultation/{consultation}/adoption/",
                f"/avis/consultation/{consultation}/bordereau/", f"/versions/{version.pk}/soumettre/"]:  # fmt: skip
        assert client_for("cheffe-de-projet").get(url).status_code == 200, url
    for url, status in [(f"/avis/{pk}/", 200), (f"/avis/{pk}/donner/", 200), (f"/avis/{pk}/received/date/", 403),
                        (f"/versions/{version.pk}/soumettre/", 403), (f"/avis/{pk}/other/date/", 403)]:  # fmt: skip
        assert client_for("maire").get(url).status_code == status, url
    assert client_for("maire-b").get(f"/avis/{pk}/donner/").status_code == 403
    assert client_for("cheffe-de-projet").get(f"/avis/{pk}/other/date/").status_code == 404


def test_a_session_that_ended_gives_back_what_was_typed(council_a: CouncilFile, client_for: For) -> None:
    """The same for what exists and what does not: the words come back, the personal code never."""
    sent = {"reserves": "Une demi-journée au prix d’une <b>demi</b>.", "pin": "4071", "number": "12"}
    for pk, back in [(council_a.pk, f"/avis/{council_a.pk}/donner/"), (99_999, "/avis/99999/donner/")]:
        page = client_for(None).post(f"/avis/{pk}/donner/", sent)
        html = page.content.decode()
        assert page.status_code == 403 and f"/connexion/?next={back}" in html
        assert "une &lt;b&gt;demi&lt;/b&gt;." in html and "4071" not in html
    # An address that only takes a sending: back to the page it came from, never to somebody else's site.
    act = f"/avis/{council_a.pk}/reception/"
    for referer, back in [
        ("http://testserver/avis/7/", "/avis/7/"),
        ("http://ailleurs.example/avis/7/", "/"),
    ]:
        page = client_for(None).post(act, {"why": "Reçu par le secrétariat."}, headers={"referer": referer})
        assert f'/connexion/?next={back}"' in page.content.decode()
    assert client_for(None).post(act).status_code == 302, "nothing to copy: straight to the door"
    assert not Opinion.objects.exists()


def test_a_mayor_acknowledges_then_gives_the_opinion_from_the_page(
    cast: Company, council_a: CouncilFile, client_for: For
) -> None:
    client = client_for("maire")
    page = client.get(council_a.get_absolute_url()).content.decode()
    assert "Accuser réception" in page
    assert client.post(f"/avis/{council_a.pk}/reception/").status_code == 302
    wrong = {"answer": "reserves", "voted_on": "2026-11-26", "reserves": ""}
    refused = client.post(f"/avis/{council_a.pk}/donner/", wrong).content.decode()
    assert "Écrivez les réserves" in refused
    right = wrong | {
        "reserves": "Une permanence par mois.",
        "votes_for": "8",
        "votes_against": "2",
        "number": "12",
    }
    assert client.post(f"/avis/{council_a.pk}/donner/", right).status_code == 302
    assert "Une permanence par mois." in client.get(council_a.get_absolute_url()).content.decode()


def test_the_board_costs_the_same_for_four_and_forty_councils(
    cast: Company, version: Version, client_for: For, django_assert_max_num_queries: Any
) -> None:
    for number in range(40):
        commune = Authority.objects.create(
            kind="commune", name=f"Commune {number:02}", siren=f"9{number:08}", insee_code=f"99{number:03}"
        )
        TerritoryMember.objects.create(
            territory=cast.territory, authority=commune, tile_drawing=number % 8, tile_hue="bv"
        )
    opened = services.open_consultation(actor=cast.actor("dgs"), version=version)
    client = client_for("cheffe-de-projet")
    client.get(opened.get_absolute_url())
    with django_assert_max_num_queries(10):
        client.get(opened.get_absolute_url())


def test_todos_say_the_next_thing_to_each(cast: Company, council_a: CouncilFile) -> None:
    assert [todo.title for todo in queries.todos(cast.actor("maire"))] == [
        "Accuser réception du rapport de mutualisation"
    ]
    services.acknowledge(actor=cast.actor("maire"), council=council_a)
    todo = queries.todos(cast.actor("secretaire"))[0]
    assert (todo.title, todo.due) == ("Donner l’avis de votre conseil sur le rapport", date(2027, 2, 26))
    # Two town halls have nobody here: nothing has left for them. The third has its message and has said nothing.
    assert [todo.title for todo in queries.todos(cast.actor("cheffe-de-projet"))] == [
        "Envoyer le rapport à deux mairies, et noter l’envoi",
        "Noter la réception du rapport par une mairie",
    ]
    assert queries.todos(cast.actor("agent")) == []


def test_the_day_of_the_vote_is_not_let_pass(cast: Company, council_a: CouncilFile) -> None:
    """Whoever may record it is told, from that day until it is done; the others are not."""
    told = "Enregistrer le vote du conseil communautaire"

    def titles(slug: str) -> list[str]:
        return [todo.title for todo in queries.todos(cast.actor(slug))]

    consultation, day = council_a.consultation, clock.today() + timedelta(60)
    services.move_vote(actor=cast.actor("presidente"), consultation=consultation, day=day)
    assert told not in titles("presidente") + titles("cheffe-de-projet")
    with clock.at(day):
        assert all(told in titles(slug) for slug in ("presidente", "cheffe-de-projet", "dgs"))
        assert told not in titles("maire")
        vote = CommunityVote("adopted", clock.today(), "2027-4", 30, 2, 0)
        services.record_vote(actor=cast.actor("presidente"), consultation=consultation, vote=vote)
        assert told not in titles("presidente") + titles("cheffe-de-projet")


def test_the_next_reception_is_noted_from_the_board(
    cast: Company, council_a: CouncilFile, client_for: For
) -> None:
    """One press from the table of the councils to the page where the date is written."""
    for council in CouncilFile.objects.filter(facts=None):
        services.enter_fact(
            actor=cast.actor("dgs"), council=council, kind="sent", on_date=clock.today(), channel="letter"
        )
    page = client_for("dgs").get(council_a.consultation.get_absolute_url()).content.decode()
    first = min(CouncilFile.objects.all(), key=lambda council: council.authority.name)
    assert reverse("council_fact", kwargs={"pk": first.pk, "kind": "received"}) in page


@pytest.mark.parametrize(
    ("policy", "allowed"),
    [
        (policies.may_keep_dates, {"cheffe-de-projet", "dgs", "presidente"}),
        (policies.may_acknowledge, {"maire", "secretaire"}),
        (policies.may_give_opinion, {"maire", "secretaire", "cheffe-de-projet", "dgs", "presidente"}),
    ],
)
def test_policies_are_truth_tables_without_a_query(
    cast: Company, council_a: CouncilFile, policy: Any, allowed: set[str], django_assert_num_queries: Any
) -> None:
    actors = {slug: cast.actor(slug) for slug in cast.people}
    with django_assert_num_queries(0):
        assert {slug for slug, actor in actors.items() if policy(actor, council_a)} == allowed


def test_the_table_downloads_as_a_real_spreadsheet(
    cast: Company, consultation: Consultation, client_for: For
) -> None:
    answer = client_for("maire").get(f"/avis/consultation/{consultation.pk}/tableau.ods")
    assert answer.content[:2] == b"PK"
    assert b"application/vnd.oasis.opendocument.spreadsheet" in answer.content[:120]


def test_the_adoption_page_lists_what_to_know_and_keeps_it(
    cast: Company, council_a: CouncilFile, client_for: For
) -> None:
    client = client_for("presidente")
    url = f"/avis/consultation/{council_a.consultation_id}/adoption/"
    with clock.at(date(2027, 3, 10) + timedelta(1)):
        assert "à connaître avant le vote" in client.get(url).content.decode()
        vote = {
            "outcome": "adopted",
            "voted_on": "2027-03-10",
            "number": "2027-11",
            "votes_for": "20",
            "votes_against": "2",
            "abstentions": "1",
        }
        assert client.post(url, vote).status_code == 302
        assert "Le schéma est adopté" in client.get(url).content.decode()
        board = client.get(council_a.consultation.get_absolute_url())
        assert (
            board.context["heading"] == "Quatre conseils restent sans avis"
        )  # no reception is waited for any more
        assert client.post(f"/avis/consultation/{council_a.consultation_id}/adresser/").status_code == 302
        page = client.get(url).content.decode()
        assert "adressé à 2 conseils" in page
        assert "2 conseils à servir autrement" in page
        council = Authority.objects.get(name="Trébas")
        form = f"/avis/consultation/{council_a.consultation_id}/adresser/{council.pk}/"
        assert client.get(form).status_code == 200
        assert client.post(form, {"on_date": "2027-03-11", "channel": "hand"}).status_code == 302
        assert "adressé à 3 conseils" in client.get(url).content.decode()


def test_the_vote_is_always_offered_to_who_records_it(
    cast: Company, consultation: Consultation, client_for: For
) -> None:
    """A missing reception is no veto: opinions are consultative."""
    url, vote = consultation.get_absolute_url(), f"/avis/consultation/{consultation.pk}/adoption/"
    for slug in ("cheffe-de-projet", "presidente"):
        page = client_for(slug).get(url).content.decode()
        assert f'href="{vote}"' in page
        assert "Enregistrer le vote du conseil communautaire" in page
    assert vote not in client_for("maire").get(url).content.decode()


def test_who_has_no_mailbox_is_named_before_and_counted_after(
    cast: Company, version: Version, client_for: For
) -> None:
    client = client_for("cheffe-de-projet")
    url = f"/versions/{version.pk}/soumettre/"
    page = client.get(url)
    assert "Deux mairies sur 4 n’ont pas d’adresse connue" in page.content.decode()
    proposed = {council.name: form["channel"].value() for council, form in page.context["channels"]}
    assert proposed == {"Saint-Cirgue": "link", "Saussenac": "link", "Courris": "letter", "Trébas": "letter"}
    sent = {
        f"{council.pk}-channel": form["channel"].value() for council, form in page.context["channels"]
    } | {"extend_if_non_working": "0"}
    trebas = Authority.objects.get(name="Trébas")
    refused = client.post(url, sent | {f"{trebas.pk}-channel": "link"})
    assert refused.status_code == 200, "a link to nobody is not a sending"
    before = OutgoingMail.objects.filter(kind="council_asked").count()
    told = client.post(url, sent, follow=True).content.decode()
    count = OutgoingMail.objects.filter(kind="council_asked").count() - before
    assert f"{count} messages sont partis" in told
    assert "2 envois restent à faire" in told
    assert "Le rapport est parti vers deux mairies, deux envois restent à noter" in told
    assert "Aucun délai ne court encore" in told


def test_reserves_receive_a_written_answer_and_its_absence_is_said(
    cast: Company, council_a: CouncilFile, client_for: For
) -> None:
    services.acknowledge(actor=cast.actor("maire"), council=council_a)
    board_url, file_url = council_a.consultation.get_absolute_url(), council_a.get_absolute_url()
    vote_url, url = f"{board_url}adoption/", f"{file_url}reponse/"
    client = client_for("cheffe-de-projet")
    assert client.get(url).status_code == 302, "no reserve, nothing to answer"
    vote = Vote("reserves", date(2026, 11, 26), "12", 8, 1, 0, "Une permanence par mois en mairie.")
    services.give_opinion(actor=cast.actor("maire"), council=council_a, vote=vote)
    assert "Réserve sans réponse : 1" in plain(client.get(board_url))
    assert "sans réponse écrite" in client.get(vote_url).content.decode()
    assert any(
        todo.title == "Répondre par écrit aux réserves du conseil de Saint-Cirgue"
        for todo in queries.todos(cast.actor("cheffe-de-projet"))
    )
    assert client_for("maire").get(url).status_code == 403
    assert "Une permanence par mois en mairie." in client.get(url).content.decode()
    assert client.post(url, {"text": "La convention le dira."}).status_code == 302
    for slug in ("maire", "maire-b", "cheffe-de-projet"):
        assert "La convention le dira." in client_for(slug).get(file_url).content.decode()
    assert "Réserve sans réponse" not in client.get(board_url).content.decode()
    assert "sans réponse écrite" not in client.get(vote_url).content.decode()
    first = ReserveAnswer.objects.get()
    wrong = {"text": "La convention le dira, article 4.", "seen": first.pk}
    assert client.post(url, wrong).status_code == 200, "a correction says why"
    assert client.post(url, wrong | {"reason": "Article précisé."}).status_code == 302
    page = client_for("maire").get(file_url).content.decode()
    assert "article 4" in page and "<del>La convention le dira.</del>" in page and "Article précisé." in page
    # Reserves written otherwise are other reserves: they wait for their own answer.
    opinion = council_a.opinions.get()
    services.correct_opinion(
        actor=cast.actor("maire"), council=council_a, seen=opinion.pk, reason="Erreur de copie",
        vote=Vote("reserves", date(2026, 11, 26), "12", 8, 1, 0, "Deux permanences par mois."),
    )  # fmt: skip
    assert "Réserve sans réponse" in client.get(board_url).content.decode()
    # The council has answered; its delay runs on all the same, and is not said to be over. Its deliberation may follow.
    page = client_for("maire").get(f"{file_url}donner/").content.decode()
    assert "court jusqu’au" in page and "s’est terminé" not in page
    assert "La déposer" in client_for("maire").get(file_url).content.decode()


def test_the_day_aimed_at_is_proposed_and_said_to_be_too_near(
    cast: Company, version: Version, client_for: For
) -> None:
    client, url = client_for("cheffe-de-projet"), f"/versions/{version.pk}/soumettre/"
    assert "trop peu de temps" not in client.get(url).content.decode()
    for day, near in (("2027-01-10", True), ("2027-06-10", False)):
        Territory.objects.filter(pk=cast.territory.pk).update(adoption_target=day)
        page = client.get(url).content.decode()
        assert f'value="{day}"' in page and ("trop peu de temps" in page) is near


def test_a_favourable_opinion_that_its_votes_contradict_is_refused(
    cast: Company, council_a: CouncilFile, client_for: For
) -> None:
    services.acknowledge(actor=cast.actor("maire"), council=council_a)
    client, url = client_for("maire"), f"/avis/{council_a.pk}/donner/"
    typed = {"answer": "favourable", "voted_on": "2026-11-26", "votes_for": "0", "votes_against": "9"}
    page = client.post(url, typed)
    assert page.status_code == 200
    assert "ne donnent pas un avis favorable" in page.content.decode()
    assert not council_a.opinions.exists()
    assert client.post(url, typed | {"votes_for": "5", "votes_against": "5"}).status_code == 302


def test_sendings_asked_by_the_law_stay_until_the_last_council(
    cast: Company, consultation: Consultation
) -> None:
    lead = cast.actor("presidente")
    services.record_vote(
        actor=lead,
        consultation=consultation,
        vote=CommunityVote("adopted", date(2026, 11, 26), "7", 20, 0, 0),
    )
    team = cast.actor("cheffe-de-projet")
    assert queries.todos(team)[0].title == "Adresser le schéma adopté à chaque conseil municipal"
    adoption = queries.adoption_of(consultation)
    assert adoption is not None
    services.send_adopted(actor=lead, adoption=adoption)
    assert queries.todos(team)[0].title == "Adresser le schéma adopté à deux conseils, et noter chaque envoi"
    for council in queries.unsent_councils(adoption):
        services.note_sending(
            actor=lead, adoption=adoption, authority_id=council.pk, on_date=date(2026, 11, 26), channel="hand"
        )
    assert queries.todos(team) == []


def test_a_promise_is_not_repeated_once_its_day_is_past(
    cast: Company, council_a: CouncilFile, client_for: For
) -> None:
    services.acknowledge(actor=cast.actor("maire"), council=council_a)
    vote = Vote("reserves", date(2026, 11, 26), reserves="Une permanence par mois.")
    services.give_opinion(actor=cast.actor("maire"), council=council_a, vote=vote)
    url, client = council_a.consultation.get_absolute_url(), client_for("maire-b")
    assert "Chaque réserve reçoit une réponse écrite avant le vote" in plain(client.get(url))
    held = CommunityVote("adopted", date(2026, 11, 26), "7", 20, 0, 0)
    services.record_vote(actor=cast.actor("presidente"), consultation=council_a.consultation, vote=held)
    page = plain(client.get(url))
    assert "un conseil attend encore une réponse écrite à ses réserves" in page
    assert "Chaque réserve reçoit" not in page
    services.answer_reserve(actor=cast.actor("presidente"), council=council_a, text="Oui.")
    assert "chaque réserve a reçu une réponse écrite" in plain(client.get(url))


def test_words_of_a_file_agree(cast: Company, council_a: CouncilFile, client_for: For) -> None:
    commune = council_a.authority
    commune.name, commune.tncc = "Le Fousseret", "2"
    commune.save()
    services.enter_fact(
        actor=cast.actor("cheffe-de-projet"), council=council_a, kind="received", on_date=date(2026, 11, 26),
        channel="letter", reference="accusé postal",
    )  # fmt: skip
    services.give_opinion(
        actor=cast.actor("maire"), council=council_a, vote=Vote("favourable", date(2026, 11, 26), "", 8, 0, 1)
    )
    page = client_for("cheffe-de-projet").get(council_a.get_absolute_url()).content.decode()
    assert "Conseil du Fousseret" in page and "de Le Fousseret" not in page
    assert "1 abstention<" in page
    assert "n° accusé" not in page and "accusé postal" in page
    assert "Corriger l’envoi" in page and "Corriger la réception" in page


def test_the_date_of_the_vote_is_the_one_everyone_reads(
    cast: Company, version: Version, client_for: For
) -> None:
    territory = version.scheme.territory
    territory.adoption_target = date(2027, 12, 14)
    territory.save()
    opened = services.open_consultation(actor=cast.actor("dgs"), version=version)
    page = plain(client_for("maire").get(opened.get_absolute_url()))
    assert "date visée : 14 décembre 2027" in page
    assert "à une date à fixer" not in page


def test_a_frozen_version_waits_for_its_sending(cast: Company, version: Version, client_for: For) -> None:
    page = client_for("cheffe-de-projet").get("/avis/").content.decode()
    assert f"/versions/{version.pk}/soumettre/" in page
    assert [todo.title for todo in queries.todos(cast.actor("presidente"))] == [
        "Soumettre la version 1 aux conseils municipaux"
    ]
    assert "soumettre/" not in client_for("maire").get("/avis/").content.decode()
    assert queries.todos(cast.actor("maire")) == []
