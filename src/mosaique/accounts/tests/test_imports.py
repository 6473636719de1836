"""From a file to invitations: columns proposed, remembered; lines judged, corrected, set aside, sent; nothing lost."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mosaique.access.actor import ANONYMOUS
from mosaique.access.models import Mandate, Person
from mosaique.accounts import queries, services
from mosaique.accounts.models import ColumnChoices, Invitation, PendingImport
from mosaique.demo.people import Company
from mosaique.journal.models import Line
from mosaique.kernel import clock
from mosaique.kernel.models import OutgoingMail
from mosaique.kernel.verdict import Problem, Refused
from mosaique.territory.queries import sort_key

LIST = (
    "Civilité;Nom;Prénom;Mél;Collectivité;Fonction;Mandat au\r\n"
    "Mme;REY;Odile;odile.rey@exemple.fr;Mairie de Saint-Cirgue;1re adjointe;31/03/2032\r\n"
    "M.;Nadal;Hervé;herve@exemple;Trébas;Maire;\r\n"
    "M.;Puech;Jean;sans adresse;Commune de Courris;Maire;\r\n"
    "Mme;Roux et Blanc;Anne;anne@exemple.fr;Trébas;Secrétaire;\r\n"
)  # fmt: skip


def verbs() -> list[str]:
    return list(Line.objects.order_by("pk").values_list("verb", flat=True))


def receive(cast: Company, text: str = LIST, encoding: str = "cp1252") -> PendingImport:
    pending: PendingImport = services.receive_people(
        actor=cast.actor("dgs"), territory=cast.territory, name="maires.csv", content=text.encode(encoding)
    )
    return pending


def named(cast: Company, pending: PendingImport, **more: Any) -> PendingImport:
    chosen: PendingImport = services.choose_columns(
        actor=cast.actor("dgs"), pending=pending, choices=pending.choices, **more
    )
    return chosen


def test_a_file_is_proposed_judged_and_kept(cast: Company) -> None:
    pending = named(cast, receive(cast))
    assert pending.choices == ["", "family", "given", "email", "body", "role", "until"]
    odile, herve, jean, two = queries.rows_of(pending)
    assert odile.is_good and (odile.name, odile.role, odile.title) == ("Odile Rey", "deputy", "1re adjointe")
    assert (
        odile.body
        and odile.body.name == "Saint-Cirgue"
        and odile.until == date(2032, 3, 31)
        and odile.number == 2
    )
    assert "n’est pas une adresse complète" in herve.problems[0] and herve.family == "Nadal"
    assert jean.is_good and jean.by_letter and jean.body and jean.body.name == "Courris"
    assert any("Deux personnes" in problem for problem in two.problems)
    assert verbs() == ["people.import_received", "people.import_columns"]
    assert OutgoingMail.objects.count() == 0 and not Person.objects.filter(family_name="Rey").exists()


def test_what_a_column_holds_is_remembered_for_this_territory(cast: Company) -> None:
    first = receive(cast)
    services.choose_columns(
        actor=cast.actor("dgs"),
        pending=first,
        choices=["title", "family", "given", "email", "body", "role", ""],
    )
    again = receive(cast, LIST.replace("Fonction", "FONCTION"), "utf-16")
    assert again.choices == ["title", "family", "given", "email", "body", "role", ""]
    assert ColumnChoices.objects.get().scope.visibility == "team"


def test_unclear_columns_are_refused_with_a_way_out(cast: Company) -> None:
    pending = receive(cast)
    with pytest.raises(Problem, match="2 colonnes disent « Adresse électronique »"):
        services.choose_columns(
            actor=cast.actor("dgs"),
            pending=pending,
            choices=["email", "family", "given", "email", "", "", ""],
        )
    with pytest.raises(Problem, match="Aucune colonne ne dit le prénom et le nom"):
        services.choose_columns(
            actor=cast.actor("dgs"), pending=pending, choices=["", "", "given", "email", "", "", ""]
        )
    assert verbs() == ["people.import_received"]


def test_lines_are_corrected_set_aside_then_sent(cast: Company) -> None:
    pending = named(cast, receive(cast))
    change = {"actor": cast.actor("dgs"), "pending": pending}
    assert services.correct_lines(
        **change, fixes={3: {"email": "herve@exemple.fr"}}, shown=[3, 5], skipped=[5]
    )
    assert not services.correct_lines(
        **change, fixes={3: {"email": "herve@exemple.fr"}}, shown=[3, 5], skipped=[5]
    )
    done = services.send_lines(**change)
    assert (done.sent, done.waiting, done.wrong) == (3, 0, 0)
    assert {mail.to for mail in OutgoingMail.objects.all()} == {"odile.rey@exemple.fr", "herve@exemple.fr"}
    letter = Mandate.objects.get(person__family_name="Puech")
    assert letter.person.email == "" and not Invitation.objects.filter(mandate=letter).exists()
    pending.refresh_from_db()
    assert pending.closed_at and (pending.name, pending.lines, pending.columns, pending.fixes) == (
        "",
        [],
        [],
        {},
    )
    assert verbs()[2:] == ["people.invited", "people.import_closed"]
    with pytest.raises(Problem, match="déjà envoyé ou écarté"):
        services.send_lines(**change)


def test_what_is_wrong_stays_and_what_the_file_does_not_say_is_taken_elsewhere(cast: Company) -> None:
    text = "Nom;Prénom;Courriel;Commune\nRey;Odile;odile@exemple.fr;Trébas\nNadal;Paul;p@exemple.fr;Zz\n"
    pending = named(cast, receive(cast, text), role="maire")
    assert services.send_lines(actor=cast.actor("dgs"), pending=pending).wrong == 1
    pending.refresh_from_db()
    assert [line[0] for line in pending.lines] == [3] and pending.closed_at is None
    assert Mandate.objects.get(person__family_name="Rey").role == "mayor"


def test_a_mandate_begins_on_the_day_the_file_says(cast: Company) -> None:
    text = (
        "Nom;Prénom;Courriel;Commune;Fonction;Mandat du\nRey;Odile;odile@exemple.fr;Trébas;Maire;2026-04-01\n"
    )
    services.send_lines(actor=cast.actor("dgs"), pending=named(cast, receive(cast, text)))
    assert Mandate.objects.get(person__family_name="Rey").starts_on == date(2026, 4, 1)


def test_namesakes_without_address_of_two_territories_are_two_persons(cast: Company) -> None:
    far = Person.objects.create(
        handle="loin", email="", given_name="Jean", family_name="Puech", created_at=clock.now()
    )
    rows = queries.rows_of(named(cast, receive(cast)))
    assert rows[2].person_id is None and rows[2].is_good
    services.send_lines(actor=cast.actor("dgs"), pending=PendingImport.objects.get())
    assert Person.objects.filter(family_name="Puech", email="").exclude(pk=far.pk).count() == 1


def test_the_team_alone_uses_it_and_old_files_are_forgotten(cast: Company) -> None:
    pending = named(cast, receive(cast))
    services.correct_lines(
        actor=cast.actor("dgs"),
        pending=pending,
        fixes={3: {"email": "herve@exemple.fr"}},
        shown=[3],
        skipped=[],
    )
    with pytest.raises(Refused):
        services.discard_import(actor=cast.actor("maire"), pending=pending)
    assert services.forget_old_imports(actor=ANONYMOUS) == 0
    with clock.at(clock.now() + timedelta(days=15)):
        assert services.forget_old_imports(actor=ANONYMOUS) == 1
    pending.refresh_from_db()
    kept = (pending.name, pending.columns, pending.lines, pending.notes, pending.fixes, pending.choices)
    assert pending.closed_at and kept == ("", [], [], [], {}, [])


def test_the_whole_way_by_its_pages(cast: Company, client_for: Callable[..., Client]) -> None:
    client = client_for("cheffe-de-projet")
    bad = client.post(reverse("people_import"), {"file": SimpleUploadedFile("photo.csv", b"%PDF-1.7")})
    assert "un PDF" in bad.content.decode()
    file = SimpleUploadedFile("maires.csv", LIST.encode("cp1252"))
    columns = client.post(reverse("people_import"), {"file": file}).url
    page = client.get(columns).content.decode()
    assert "Mairie de Saint-Cirgue" in page and '<option value="family" selected>Nom</option>' in page
    chosen = {f"colonne-{n}": one for n, one in enumerate(PendingImport.objects.get().choices)}
    lines = client.post(columns, chosen).url
    page = client.get(lines).content.decode()
    assert "Deux lignes prêtes, deux à revoir" in page and 'value="herve@exemple"' in page
    shown = re.findall(r'name="ligne" value="(\d+)"', page)
    typed = dict(re.findall(r'name="(c-[^"]+)" value="([^"]*)"', page))
    # Corrections are shown again before anything leaves.
    fixed = {**typed, "c-3-email": "herve@exemple.fr", "ligne": shown, "envoyer": "1"}
    assert client.post(lines, fixed).url == lines and OutgoingMail.objects.count() == 0
    page = client.get(lines).content.decode()
    assert "rien n’est encore parti" in page and "Trois lignes prêtes, une à revoir" in page
    typed = dict(re.findall(r'name="(c-[^"]+)" value="([^"]*)"', page))
    client.post(lines, {**typed, "ligne": shown, "envoyer": "1"})
    assert OutgoingMail.objects.count() == 2 and len(PendingImport.objects.get().lines) == 1
    assert (
        client.post(reverse("people_import_discard", args=[PendingImport.objects.get().pk])).status_code
        == 302
    )
    assert "Ce fichier est terminé" in client.get(lines).content.decode()


def test_a_line_that_is_ready_is_corrected_too(cast: Company, client_for: Callable[..., Client]) -> None:
    text = "NOM Prénom;Courriel;Commune;Fonction\nMartin  Claude; c@exemple.fr ;Trébas;Maire\n"
    client = client_for("cheffe-de-projet")
    file = SimpleUploadedFile("maires.csv", text.encode())
    columns = client.post(reverse("people_import"), {"file": file}).url
    page = client.get(columns).content.decode()
    assert '<option value="family_given" selected>Nom et prénom</option>' in page
    chosen = {f"colonne-{n}": one for n, one in enumerate(PendingImport.objects.get().choices)}
    lines = client.post(columns, chosen).url
    page = client.get(lines).content.decode()
    typed = dict(re.findall(r'name="(c-[^"]+)" value="([^"]*)"', page))
    assert (typed["c-2-given"], typed["c-2-family"]) == ("Claude", "Martin")
    client.post(lines, {**typed, "c-2-given": "Martin", "c-2-family": "Claude", "ligne": "2"})
    assert "Martin Claude" in client.get(lines).content.decode()
    # Sent at once: a line given back as it was shown has not been corrected.
    typed = dict(re.findall(r'name="(c-[^"]+)" value="([^"]*)"', client.get(lines).content.decode()))
    client.post(lines, {**typed, "ligne": "2", "envoyer": "1"})
    assert OutgoingMail.objects.filter(to="c@exemple.fr").count() == 1


def test_half_a_name_corrected_is_kept_with_the_other_half(
    cast: Company, client_for: Callable[..., Client]
) -> None:
    text = "NOM et prénom du maire;Courriel;Commune;Qualité\nBOUSQUET;b@exemple.fr;Trébas;Maire\n"
    pending = named(cast, receive(cast, text))
    assert pending.choices == ["family_given", "email", "body", "role"]
    assert "Il manque le prénom" in queries.rows_of(pending)[0].problems[0]
    services.correct_lines(
        actor=cast.actor("dgs"),
        pending=pending,
        fixes={2: {"given": "Jean", "family": "Bousquet"}},
        shown=[2],
        skipped=[],
    )
    pending.refresh_from_db()
    (row,) = queries.rows_of(pending)
    assert row.is_good and row.name == "Jean Bousquet"


def test_the_second_address_serves_where_the_first_is_missing(cast: Company) -> None:
    text = (
        "Nom;Prénom;Mail perso;Mail mairie;Commune;Fonction\n"
        "Rey;Odile;;mairie@exemple.fr;Trébas;Maire\nNadal;Paul;p@exemple.fr;mairie@exemple.fr;Courris;Maire\n"
    )
    pending = named(cast, receive(cast, text))
    assert pending.choices == ["family", "given", "email", "other_email", "body", "role"]
    assert [row.email for row in queries.rows_of(pending)] == ["mairie@exemple.fr", "p@exemple.fr"]


def test_a_name_of_several_words_is_ordered_word_by_word() -> None:
    names = ["Sainte-Foy", "Saint-Élix", "Saints", "Saint-Araille", "Saint Michel"]
    assert sorted(names, key=sort_key) == [
        "Saint-Araille",
        "Saint-Élix",
        "Saint Michel",
        "Sainte-Foy",
        "Saints",
    ]


def test_bodies_are_listed_as_a_french_list_is(cast: Company) -> None:
    members = list(queries.bodies_of(cast.territory)[:3])
    for body, name in zip(members, ("Zelle", "Écuelle", "Foix"), strict=True):
        body.name = name
        body.save()
    names = queries.names_of_bodies(cast.territory)
    assert names.index("Écuelle") < names.index("Foix") < names.index("Zelle") == len(names) - 1
    listed = [body.name for body in queries.without_anyone(cast.territory.pk)]
    assert "Trébas" in listed and listed == [name for name in names if name in listed]
    shown = [
        one.mandate.authority.name
        for one in queries.followed(cast.territory.pk)
        if one.mandate.authority.kind == "commune"
    ]
    held = list(dict.fromkeys(shown))
    assert len(held) > 1 and held == [name for name in names if name in held]
