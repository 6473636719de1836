"""The list taken away comes back the same, in three formats; nothing in it becomes a formula."""

import io
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from mosaique.access.models import Mandate, Person
from mosaique.access.roles import Role
from mosaique.accounts import contacts, queries, roster, services
from mosaique.demo.people import Company
from mosaique.kernel import clock


@pytest.fixture
def people(cast: Company) -> Mandate:
    return services.add_person(
        actor=cast.actor("dgs"), territory=cast.territory, email="odile@exemple.fr", given_name="=1+1", family_name="Rey",
        authority=cast.commune_b, role=Role.DEPUTY, title="Première adjointe", themes=0b110, ends_on=date(2032, 3, 31),
    )  # fmt: skip


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "ods"])
def test_a_list_taken_away_is_read_back_as_it_was(
    cast: Company, people: Mandate, client_for: Callable[..., Client], fmt: str
) -> None:
    answer = client_for("dgs").get(reverse("people_export", args=[fmt]))
    table = contacts.read(answer.content)
    assert table.kind == fmt and len(table.lines) == Mandate.objects.count()
    choices = contacts.guess(table)
    entries = [
        roster.Entry(
            line.number, "", {name: cell for name, cell in zip(choices, line.cells, strict=True) if name}
        )
        for line in table.lines
    ]
    facts = queries.facts_for(cast.territory, set(Person.objects.values_list("email", flat=True)))
    read = {row.person_id: row for row in roster.judge(entries, facts, clock.today())}
    for mandate in Mandate.objects.select_related("person", "authority"):
        row = read[mandate.person_id]
        assert (row.given, row.family, row.email) == (
            mandate.person.given_name, mandate.person.family_name, mandate.person.email,
        )  # fmt: skip
        assert row.body and row.body.id == mandate.authority_id
        assert (row.role, row.title, row.theme_mask) == (mandate.role, mandate.title, mandate.themes)
        assert (row.since, row.until) == (mandate.starts_on, mandate.last_day)
        assert row.problems == ["Cette personne a déjà ce rôle pour cet organisme : rien à envoyer."]


def test_what_looks_like_a_formula_stays_text(
    cast: Company, people: Mandate, client_for: Callable[..., Client]
) -> None:
    client = client_for("dgs")
    text = client.get(reverse("people_export", args=["csv"]) + "?q=Rey").content.decode("utf-8-sig")
    assert "\r\n'=1+1;Rey;" in text and len(text.strip().splitlines()) == 2
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(reverse("people_export", args=["xlsx"]) + "?q=Rey").content)
    )
    assert (
        book.active["A2"].value == "=1+1"
        and book.active["A2"].data_type == "s"
        and book.active["A2"].quotePrefix
    )
    assert client.get(reverse("people_export", args=["pdf"])).status_code == 404


@pytest.mark.parametrize("role", list(Role))
def test_the_name_of_every_role_is_read_back(role: Role) -> None:
    facts = roster.Facts([roster.Body(1, "Trébas", "81292", "epci")], [], frozenset())
    [row] = roster.read(f"Odile Rey ; o@exemple.fr ; Trébas ; {role.label}", facts, date(2026, 11, 26))
    assert row.role == role
