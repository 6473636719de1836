"""Mandates, lists, invitations: what is written, what is told, who is refused."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from mosaique.access.actor import ANONYMOUS
from mosaique.access.models import AccessCard, Mandate, Person
from mosaique.access.roles import Role
from mosaique.accounts import policies, queries, roster, services
from mosaique.accounts.models import Invitation
from mosaique.accounts.services import Answer
from mosaique.demo.cast import CAST
from mosaique.demo.people import Company
from mosaique.journal.models import Line
from mosaique.kernel import clock
from mosaique.kernel.models import OutgoingMail
from mosaique.kernel.verdict import Problem, Refused
from mosaique.territory.naming import in_words

MANAGERS = {"cheffe-de-projet", "dgs", "presidente"}


def verbs() -> list[str]:
    return list(Line.objects.order_by("pk").values_list("verb", flat=True))


def read(cast: Company, text: str) -> list[roster.Row]:
    emails = set(re.findall(r"[^\s;]+@[^\s;]+", text))
    return roster.read(text, queries.facts_for(cast.territory, emails), clock.today())


def test_who_manages_people(cast: Company, django_assert_num_queries: Any) -> None:
    actors = {p.slug: cast.actor(p.slug) for p in CAST} | {"habitante": ANONYMOUS}
    with django_assert_num_queries(0):
        allowed = {slug for slug, actor in actors.items() if policies.may_manage_people(actor)}
    assert allowed == MANAGERS


def test_one_does_not_end_the_mandate_one_acts_for(cast: Company) -> None:
    own = Mandate.objects.get(person=cast.people["dgs"])
    assert not policies.may_end_mandate(cast.actor("dgs"), own)
    assert policies.may_end_mandate(cast.actor("cheffe-de-projet"), own)
    elsewhere = Mandate(territory_id=own.territory_id + 1)
    assert "autre territoire" in policies.may_end_mandate(cast.actor("dgs"), elsewhere).reason


def test_granting_writes_the_card_and_the_line(cast: Company) -> None:
    mandate = services.add_person(
        actor=cast.actor("dgs"), territory=cast.territory, email="Courris@Exemple.fr", given_name="Odile",
        family_name="Rey", authority=cast.commune_b, role=Role.DEPUTY, ends_on=date(2027, 1, 1),
        substitute_of=Mandate.objects.get(person=cast.people["maire-b"]),
    )  # fmt: skip
    card = AccessCard.objects.get(person=mandate.person)
    assert card.data["halls"] == [cast.commune_b.pk] and card.good_until == date(2027, 1, 1)
    assert mandate.person.email == "courris@exemple.fr" and mandate.title == "Adjointe ou adjoint"
    line = Line.objects.get()
    assert line.verb == "mandate.granted" and line.scope.visibility == "team"


def test_the_same_mandate_is_not_given_twice(cast: Company) -> None:
    with pytest.raises(Problem, match="exerce déjà ce rôle"):
        services.grant_mandate(
            actor=cast.actor("dgs"), person=cast.people["maire"], territory=cast.territory, authority=cast.commune_a, role=Role.MAYOR
        )  # fmt: skip
    assert verbs() == []


def test_a_mayor_may_not_grant(cast: Company) -> None:
    with pytest.raises(Refused):
        services.grant_mandate(
            actor=cast.actor("maire"), person=cast.people["agent"], territory=cast.territory, authority=cast.commune_a, role=Role.DEPUTY
        )  # fmt: skip


def test_ending_a_mandate_closes_its_reach_that_day(cast: Company) -> None:
    mandate = Mandate.objects.get(person=cast.people["maire"])
    services.end_mandate(actor=cast.actor("dgs"), mandate=mandate, ends_on=date(2026, 12, 1))
    assert cast.actor("maire").acts_for(cast.commune_a.pk)
    with clock.at(date(2026, 12, 1)):
        assert cast.actor("maire").mandates == ()
        assert services.rewrite_stale_cards(actor=ANONYMOUS) == 1
        assert AccessCard.objects.get(person=mandate.person).data["mandates"] == []
    assert verbs() == ["mandate.ended"]


def test_ending_before_the_beginning_is_refused(cast: Company) -> None:
    mandate = Mandate.objects.get(person=cast.people["maire"])
    with pytest.raises(Problem, match="avant le début"):
        services.end_mandate(actor=cast.actor("dgs"), mandate=mandate, ends_on=date(2020, 1, 1))


# --- The pasted list ---------------------------------------------------------------------------------------
GOOD = "Odile Rey ; odile.rey@exemple.fr ; saint cirgue ; adjointe ; urbanisme, finances ; 31/03/2032"


def test_a_good_line_is_wholly_understood(cast: Company) -> None:
    [row] = read(cast, GOOD)
    assert row.problems == [] and row.notes == []
    assert (row.given, row.family, row.email, row.role, row.title) == (
        "Odile",
        "Rey",
        "odile.rey@exemple.fr",
        Role.DEPUTY,
        "Adjointe",
    )
    assert row.body and row.body.name == "Saint-Cirgue" and row.until == date(2032, 3, 31)
    assert row.theme_mask == 0b110


def test_a_spreadsheet_with_a_header_in_another_order(cast: Company) -> None:
    text = "Fonction\tNom\tPrénom\tCommune\tCourriel\nSecrétaire générale de mairie\tREY\tOdile\t81283\todile.rey@exemple.fr\n\n"
    [row] = read(cast, text)
    assert row.problems == [] and row.number == 2
    assert (row.given, row.family, row.role) == ("Odile", "Rey", Role.SECRETARY)
    assert row.body and row.body.name == "Saussenac"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (GOOD.replace("saint cirgue", "Saint-Cirgues-en-M"), "Vouliez-vous dire « Saint-Cirgue » ?"),
        (GOOD.replace("saint cirgue", "Zz"), "n’est pas une commune du territoire"),
        (GOOD.replace("odile.rey@exemple.fr", "odile.rey@exemple"), "n’est pas une adresse complète"),
        (GOOD.replace("odile.rey@exemple.fr", ""), "Il manque l’adresse"),
        (GOOD.replace("adjointe", "jardinière"), "Le rôle « jardinière » n’est pas connu"),
        (GOOD.replace("adjointe", "secretaira"), "Vouliez-vous dire « secrétariat général de mairie » ?"),
        (GOOD.replace("urbanisme, finances", "urbanism, fnances"), "Vouliez-vous dire « Finances » ?"),
        (GOOD.replace("31/03/2032", "31/02/2032"), "n’est pas une date"),
        (GOOD.replace("31/03/2032", "31/03/2020"), "est déjà passée"),
        (GOOD.replace("Odile Rey", "Odile"), "Il manque le prénom ou le nom"),
        ("Odile Rey odile.rey@exemple.fr", "Une seule case"),
        ("Odile Rey ; odile.rey@exemple.fr ; CDG 81 ; partenaire", "écrivez son SIREN"),
        ("Odile Rey ; odile.rey@exemple.fr ; CDG 81 (288100013) ; partenaire", "n’existe pas"),
        ("Odile Rey ; odile.rey@exemple.fr ; Centre de gestion (démonstration) ; maire", "se dit d’une commune"),
        ("Alain Roucou ; mairie-a@exemple.fr ; Saint-Cirgue ; maire", "a déjà ce rôle"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_a_way_out(cast: Company, line: str, told: str) -> None:
    [row] = read(cast, line)
    assert any(told in problem for problem in row.problems), row.problems
    assert not row.is_good


def test_duplicates_homonyms_and_shared_mailboxes(cast: Company) -> None:
    rows = read(
        cast,
        "Odile Rey ; mairie-a@exemple.fr ; Saint-Cirgue ; adjointe\n"
        "Odile Rey;mairie-a@exemple.fr;SAINT CIRGUE;Adjointe\n"
        "Alain Roucou ; alain@ailleurs.fr ; Trébas ; maire\n",
    )
    assert rows[0].is_good and "Boîte partagée : 3 personnes" in rows[0].notes[0]
    assert "déjà plus haut (ligne 1)" in rows[1].problems[0]
    assert rows[2].is_good and "Une personne du même nom" in rows[2].notes[0] and rows[2].person_id is None


def test_a_second_mayor_of_a_commune_is_said_and_never_refused(cast: Company) -> None:
    mayor = Mandate.objects.get(person=cast.people["maire"])
    # The deputy who stands in for the mayor is not the mayor one names.
    stands_in = Mandate(
        person=cast.people["agent"], territory=mayor.territory, authority=mayor.authority, role=Role.MAYOR,
        title="Première adjointe", starts_on=mayor.starts_on, substitute_of=mayor,
    )  # fmt: skip
    stands_in.save()
    rows = read(
        cast,
        "Odile Rey ; odile@exemple.fr ; Saint-Cirgue ; maire\n"
        "Jean Puech ; jean@exemple.fr ; Saint-Cirgue ; maire\n"
        "Paul Nadal ; paul@exemple.fr ; Saint-Cirgue ; adjoint\n",
    )
    assert [row.notes for row in rows][2] == [] and all(row.is_good for row in rows)
    for row in rows[:2]:
        assert row.notes[0].startswith("Alain Roucou est déjà maire pour Saint-Cirgue.")


def test_a_second_mayor_added_by_hand_is_said(
    cast: Company, client_for: Callable[[str | None], Client]
) -> None:
    said = {
        "given_name": "Odile",
        "family_name": "Rey",
        "email": "odile@exemple.fr",
        "authority": cast.commune_a.pk,
    }
    client = client_for("cheffe-de-projet")
    page = client.post("/personnes/ajouter/", {**said, "role": "mayor"}, follow=True).content.decode()
    assert "Alain Roucou est déjà maire pour Saint-Cirgue." in page
    page = client.post("/personnes/ajouter/", {**said, "role": "councillor"}, follow=True).content.decode()
    assert "figure maintenant dans la liste" in page and "est déjà maire" not in page


def test_two_mayors_of_one_list_are_said_whoever_knows_them(cast: Company) -> None:
    Mandate.objects.filter(authority__name="Trébas").delete()
    first, second = read(
        cast,
        "Odile Rey ; odile@exemple.fr ; Trébas ; maire\nJean Puech ; jean@exemple.fr ; Trébas ; maire\n",
    )
    assert first.notes == [] and second.notes[0].startswith("Odile Rey est déjà maire pour Trébas.")


def test_a_mandate_that_ends_tonight_is_not_over(cast: Company) -> None:
    heads = "Nom;Prénom;Courriel;Commune;Rôle;Jusqu’au\n"
    today, before = read(
        cast,
        f"{heads}Rey;Odile;odile@exemple.fr;Trébas;adjointe;26/11/2026\nPuech;Jean;jean@exemple.fr;Trébas;adjoint;25/11/2026\n",
    )
    assert today.problems == [] and "est déjà passée" in before.problems[0]


@pytest.mark.parametrize(
    ("head", "written", "given", "family"),
    [
        ("NOM Prénom", "Roux Anne", "Anne", "Roux"),
        ("NOM Prénom", "Le Goff Anne-Marie", "Anne-Marie", "Le Goff"),
        ("Nom et prénom", "Mme LE GOFF Anne Lise", "Anne Lise", "Le Goff"),
        ("Prénom Nom", "DUPRÉ Jean Michel", "Jean Michel", "Dupré"),
        ("Prénom Nom", "Anne Roux", "Anne", "Roux"),
        ("Prénom Nom", "J. Martin", "J.", "Martin"),
        ("Prénom Nom", "J.-P. Martin", "J.-P.", "Martin"),
    ],
)  # fmt: skip
def test_a_name_is_cut_as_its_column_says(
    cast: Company, head: str, written: str, given: str, family: str
) -> None:
    [row] = read(cast, f"{head};Courriel;Commune;Rôle\n{written};a@exemple.fr;Trébas;adjointe")
    assert (row.given, row.family, row.problems) == (given, family, [])


def test_an_agent_bears_the_name_of_their_trade(cast: Company) -> None:
    [row] = read(cast, "Paul Nadal ; paul@exemple.fr ; Trébas ; agent (jardinier)")
    assert (row.role, row.title) == (Role.AGENT, "jardinier")


def long_list(count: int) -> str:
    return "\n".join(f"Anne{n} Durand{n} ; anne{n}@exemple.fr ; Trébas ; conseillère" for n in range(count))


# SQLite cuts long inserts into pieces: a few more statements for 500 lines, never one per line.
@pytest.mark.parametrize(("count", "bound"), [(1, 23), (30, 23), (500, 70)])
def test_any_length_costs_the_same_queries(
    cast: Company, django_assert_num_queries: Any, django_assert_max_num_queries: Any, count: int, bound: int
) -> None:
    with django_assert_num_queries(3):
        rows = read(cast, long_list(count))
    assert sum(row.is_good for row in rows) == count
    actor = cast.actor("cheffe-de-projet")
    with django_assert_max_num_queries(bound):
        services.invite_rows(actor=actor, territory=cast.territory, rows=rows)
    assert OutgoingMail.objects.filter(kind="invitation").count() == count
    assert Invitation.objects.filter(state="sent", mail__isnull=False).count() == count
    assert AccessCard.objects.filter(person__family_name__startswith="Durand").count() == count
    assert verbs() == ["people.invited"]


def test_a_partner_body_is_made_from_its_siren(cast: Company) -> None:
    rows = read(cast, "Claire Nau ; claire@cdg.example ; CDG du Tarn (288100015) ; partenaire")
    [row] = rows
    row.problems.clear()
    services.invite_rows(actor=cast.actor("dgs"), territory=cast.territory, rows=rows)
    mandate = Mandate.objects.select_related("authority").latest("pk")
    assert mandate.authority.name == "CDG du Tarn" and mandate.authority.kind == "other"


def test_what_is_right_leaves_and_what_is_wrong_stays(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    client = client_for("cheffe-de-projet")
    text = GOOD + "\nPaul Nadal ; paul@exemple ; Trébas ; maire"
    preview = client.post(reverse("people_invite"), {"people": text}).content.decode()
    assert "Une ligne prête, une à revoir" in preview and "Envoyer l’invitation" in preview
    assert OutgoingMail.objects.count() == 0
    after = client.post(reverse("people_invite"), {"people": text, "envoyer": "1"}).content.decode()
    assert "Une ligne reste à corriger" in after
    left = re.search(r"<textarea[^>]*>(.*?)</textarea>", after, re.S)
    assert left and left.group(1).strip() == "Paul Nadal ; paul@exemple ; Trébas ; maire"
    mail = OutgoingMail.objects.get()
    assert mail.to == "odile.rey@exemple.fr" and "Hélène Carrière vous invite" in mail.text


def test_nobody_is_told_that_a_message_leaves_for_who_has_no_address(
    client_for: Callable[..., Client],
) -> None:
    client = client_for("dgs")
    text = "Paul Nadal ; sans adresse ; Trébas ; maire"
    client.post(reverse("people_invite"), {"people": text, "envoyer": "1"})
    page = client.get(reverse("people")).content.decode()
    assert "Une personne n’a pas d’adresse" in page and "dans la minute" not in page
    assert OutgoingMail.objects.count() == 0


@pytest.mark.parametrize(("text", "told"), [("", "La liste est vide"), ("x\n" * 502, "plus que 500")])
def test_an_empty_or_huge_list_is_answered(client_for: Callable[..., Client], text: str, told: str) -> None:
    assert told in client_for("dgs").post(reverse("people_invite"), {"people": text}).content.decode()


def test_an_invitation_is_used_by_its_button_once(cast: Company, client_for: Callable[..., Client]) -> None:
    services.invite_rows(actor=cast.actor("dgs"), territory=cast.territory, rows=read(cast, GOOD))
    path = re.search(r"https?://[^/\s]+(/invitation/\S+)", OutgoingMail.objects.get().text).group(1)  # type: ignore[union-attr]
    client = client_for(None)
    page = client.get(path).content.decode()
    assert "Bienvenue, Odile Rey" in page and "Bruno Mazeran vous invite" in page
    assert Invitation.objects.get().state == "sent"
    assert client.post(path).url == reverse("welcome")
    welcome = client.get(reverse("welcome")).content.decode()
    assert "Dire oui n’est pas délibérer" in welcome and "Adjointe, Saint-Cirgue" in welcome
    assert verbs() == ["people.invited", "invitation.accepted"]
    again = client_for(None).get(path)
    assert again.status_code == 410 and "a déjà servi" in again.content.decode()


def test_an_old_or_replaced_invitation_says_what_to_do(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    services.invite_rows(actor=cast.actor("dgs"), territory=cast.territory, rows=read(cast, GOOD))
    token = re.search(r"/invitation/([^/\s]+)/", OutgoingMail.objects.get().text).group(1)  # type: ignore[union-attr]
    with clock.at(clock.now() + timedelta(days=30)):
        answer, person = services.accept_invitation(actor=ANONYMOUS, token=token)
        assert (answer, person) == (Answer.EXPIRED, None)
        assert (
            "valait trente jours"
            in client_for(None).get(reverse("invitation", args=[token])).content.decode()
        )
    services.invite(actor=cast.actor("dgs"), mandate=Invitation.objects.get().mandate)
    assert services.accept_invitation(actor=ANONYMOUS, token=token)[0] is Answer.USED
    assert services.accept_invitation(actor=ANONYMOUS, token="inconnu")[0] is Answer.UNKNOWN


def test_the_first_administrator(
    db: None, client_for: Callable[..., Client], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("invite", "chef@exemple.fr")
    path = re.search(r"https?://[^/\s]+(/invitation/\S+)", capsys.readouterr().out).group(1)  # type: ignore[union-attr]
    client = client_for(None)
    assert "administrer cette instance" in client.get(path).content.decode()
    unsaid = client.post(path, {"given_name": "Jeanne", "family_name": " "})
    assert "Votre nom manque" in unsaid.content.decode() and 'value="Jeanne"' in unsaid.content.decode()
    said = client.post(path, {"given_name": " Jeanne ", "family_name": "Vidal"})
    assert (said.status_code, said.url) == (302, "/")
    person = Person.objects.get(pk=client.session["_auth_user_id"])
    assert person.is_operator and person.full_name == "Jeanne Vidal"
    home = client.get("/").content.decode()
    assert "Bonjour Jeanne Vidal" in home and "Créer mon territoire" in home
    call_command("invite", "chef@exemple.fr")
    again = re.search(r"https?://[^/\s]+(/invitation/\S+)", capsys.readouterr().out).group(1)  # type: ignore[union-attr]
    assert "Bienvenue, Jeanne Vidal" in client_for(None).get(again).content.decode()
    client_for(None).post(again, {"given_name": "Autre", "family_name": "Nom"})
    assert Person.objects.get(email="chef@exemple.fr").full_name == "Jeanne Vidal"
    assert (
        client.get(reverse("welcome")).status_code == 200
        and client.get(reverse("account")).status_code == 200
    )
    with pytest.raises(CommandError, match="n’est pas une adresse"):
        call_command("invite", "chef")


# --- Screens -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("slug", [p.slug for p in CAST])
@pytest.mark.parametrize("name", ["people", "person_add", "people_invite"])
def test_the_list_of_people_is_the_teams(client_for: Callable[..., Client], slug: str, name: str) -> None:
    assert client_for(slug).get(reverse(name)).status_code == (200 if slug in MANAGERS else 403)


def test_the_list_says_who_has_an_account_without_guessing_a_gender(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    entered = cast.people["maire"]
    entered.last_login = clock.now()
    entered.save()
    page = client_for("cheffe-de-projet").get("/personnes/").content.decode()
    assert "Compte ouvert" in page and "Sans invitation" in page
    assert "ou entré" not in page and "ou invité" not in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_for_one_or_thirty(
    cast: Company, client_for: Callable[..., Client], django_assert_num_queries: Any, count: int
) -> None:
    services.invite_rows(actor=cast.actor("dgs"), territory=cast.territory, rows=read(cast, long_list(count)))
    client = client_for("cheffe-de-projet")
    with django_assert_num_queries(7):
        page = client.get(reverse("people")).content.decode()
    assert f"{in_words(11 + count).capitalize()} mandats font la démarche" in page


def test_adding_one_person_by_the_form(cast: Company, client_for: Callable[..., Client]) -> None:
    client = client_for("dgs")
    data = {"given_name": "Odile", "family_name": "Rey", "email": "odile@exemple.fr", "authority": cast.commune_b.pk,
            "role": "deputy", "title": "Première adjointe", "themes": ["urbanisme"], "ends_on": "2032-03-31", "invite": "on"}  # fmt: skip
    assert client.post(reverse("person_add"), data).url == reverse("people")
    mandate = Mandate.objects.latest("pk")
    assert (mandate.title, mandate.themes, mandate.ends_on) == ("Première adjointe", 2, date(2032, 3, 31))
    assert OutgoingMail.objects.get().to == "odile@exemple.fr"
    again = client.post(reverse("person_add"), data)
    assert "exerce déjà ce rôle" in again.content.decode() and 'value="Odile"' in again.content.decode()
    bad = client.post(reverse("person_add"), {**data, "ends_on": "2026-02-31"}).content.decode()
    assert "Cette date n’existe pas" in bad


def test_ending_a_mandate_by_its_page(cast: Company, client_for: Callable[..., Client]) -> None:
    mandate = Mandate.objects.get(person=cast.people["secretaire-b"])
    url = reverse("mandate_end", args=[mandate.pk])
    client = client_for("cheffe-de-projet")
    assert "Fatou Bessière" in client.get(url).content.decode()
    assert client.post(url, {"ends_on": "2026-11-30"}).url == reverse("people")
    assert client_for("maire").get(url).status_code == 403
    assert client_for("partenaire").get(url).status_code == 404


def test_switching_mandates(cast: Company, client_for: Callable[..., Client]) -> None:
    extra = services.grant_mandate(
        actor=cast.actor("dgs"), person=cast.people["secretaire"], territory=cast.territory, authority=cast.commune_b, role=Role.SECRETARY
    )  # fmt: skip
    client = client_for("secretaire")
    page = client.get(reverse("account")).content.decode()
    assert "Passer à Saussenac" in page and "Une autre personne lit" in page
    assert client.post(reverse("switch_mandate"), {"mandate": extra.pk, "next": "/compte/"}).url == "/compte/"
    assert client.session["mandate"] == extra.pk
    client.post(reverse("switch_mandate"), {"mandate": Mandate.objects.get(person=cast.people["maire-b"]).pk})
    assert client.session["mandate"] == extra.pk
    assert "Ce mandat n’est plus le vôtre" in client.get(reverse("account")).content.decode()


@pytest.mark.parametrize("slug", [p.slug for p in CAST])
def test_everyone_has_an_account_and_a_first_screen(client_for: Callable[..., Client], slug: str) -> None:
    client = client_for(slug)
    assert client.get(reverse("account")).status_code == 200
    assert "Qui peut quoi" in client.get(reverse("welcome")).content.decode()


def test_who_can_see_names_readers_to_those_who_take_part(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    space = cast.spaces["urbanisme"]
    url = reverse("who_can_see", args=["space", space.pk])
    page = client_for("maire").get(url).content.decode()
    assert "Qui lit ce qui s’y écrit" in page and "Thomas Verdier" in page and "anime l’espace" in page
    assert client_for(None).get(url).status_code == 404
    assert client_for("maire").get(reverse("who_can_see", args=["rien", 1])).status_code == 404
    assert client_for("maire").get(reverse("who_can_see", args=["mandate", 1])).status_code == 404
    space.scope = space.content_scope  # type: ignore[assignment]
    space.save()
    partner = client_for("partenaire").get(url).content.decode()
    assert "Thomas Verdier" not in partner and "Les membres de l’espace" in partner


def test_the_same_list_sent_twice_leaves_once(cast: Company) -> None:
    rows = read(cast, GOOD)
    services.invite_rows(actor=cast.actor("dgs"), territory=cast.territory, rows=rows)
    with pytest.raises(Problem, match="vient d’être envoyée"):
        services.invite_rows(actor=cast.actor("dgs"), territory=cast.territory, rows=rows)
    assert OutgoingMail.objects.count() == 1


def test_who_has_no_mandate_left_leaves_every_space(cast: Company) -> None:
    partner, urbanisme = cast.people["partenaire"], cast.spaces["urbanisme"]
    assert cast.actor("partenaire").in_space(urbanisme.pk)
    services.end_mandate(
        actor=cast.actor("dgs"), mandate=Mandate.objects.get(person=partner), ends_on=clock.today()
    )
    assert not cast.actor("partenaire").in_space(urbanisme.pk)


@pytest.mark.parametrize(
    "words", ["Mairie du Dourn", "commune de Le Dourn", "LE DOURN", "Ville du Dourn", "81081"]
)
def test_a_commune_is_known_by_all_the_names_it_is_given(words: str) -> None:
    facts = roster.Facts([roster.Body(1, "Le Dourn", "81081", "commune")], [], frozenset())
    [row] = roster.read(f"Mme Odile Rey ; o@exemple.fr ; {words} ; maire déléguée", facts, date(2026, 11, 26))
    assert row.problems == [] and row.body and row.name == "Odile Rey"
    assert row.role == Role.DEPUTY, "a deputy mayor of a former commune does not speak for the whole one"


def test_the_last_day_of_a_list_is_held_and_shown_as_it_was_written(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    rows = read(cast, GOOD)
    services.invite_rows(actor=cast.actor("dgs"), territory=cast.territory, rows=rows)
    mandate = Mandate.objects.select_related("person").latest("pk")
    assert rows[0].until == mandate.last_day == date(2032, 3, 31)
    assert mandate in Mandate.objects.held_on(date(2032, 3, 31)) and mandate not in Mandate.objects.held_on(
        date(2032, 4, 1)
    )
    page = client_for("cheffe-de-projet").get(reverse("person", kwargs={"pk": mandate.pk})).content.decode()
    assert "31/03/2032" in page.replace("&nbsp;", " ") or "31 mars 2032" in page.replace("\xa0", " ")
