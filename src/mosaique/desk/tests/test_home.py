"""The front hall: each persona's home, the visitor's page, the calendar, the steps."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from mosaique.access.models import ReadMark
from mosaique.costing.engine.impacts import Kind, Missing, Nature, Total
from mosaique.demo.cast import CAST
from mosaique.demo.people import Company
from mosaique.desk import process
from mosaique.desk.ours import OurLine, heading
from mosaique.desk.process import Standing

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


def test_the_presidency_chooses_the_date_and_others_read_it(cast: Company, client_for: For) -> None:
    assert client_for("maire").post("/calendrier/", {"day": "2027-12-14"}).status_code == 403
    client = client_for("presidente")
    assert client.post("/calendrier/", {"day": "2027-12-14"}).status_code == 302
    page = client_for("maire").get("/calendrier/").content.decode()
    assert "Pour voter le" in page
    assert "facultatif" in page
    wrong = client.post("/calendrier/", {"day": "pas une date"}).content.decode()
    assert "à revoir" in wrong


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
    assert [s.state for s in process.steps(collecting)][:4] == ["fait", "encours", "encours", "fait"]
    adopted = Standing(
        DAY,
        campaign_from=DAY,
        sheets=2,
        sheets_built=2,
        frozen_on=DAY,
        consulted_on=DAY,
        settled=True,
        adopted_on=DAY,
    )
    assert [s.state for s in process.steps(adopted)] == ["fait"] * 8 + ["encours"]


def test_the_dates_that_command_are_three_until_the_report_has_left() -> None:
    target = date(2027, 12, 14)
    marks = process.marks(Standing(DAY, target=target), date(2027, 9, 13))
    assert [mark.day for mark in marks] == [DAY, date(2027, 9, 13), target]
    assert process.marks(Standing(DAY), None) == []


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
        == "Avec vos « oui » : +1\u202f630,13\u00a0€ par an pour Saint-Cirgue"
    )
    assert heading([row("Oui", known), row("Oui, si", None), row("Oui", partial)], "Saint-Cirgue").endswith(
        "pour Saint-Cirgue, sans compter 2 fiches non chiffrées"
    )
    assert (
        heading([row("Oui", none)], "Saint-Cirgue")
        == "Avec vos « oui » : aucune dépense de plus pour Saint-Cirgue"
    )
    assert row("Oui", none).cost == "sans effet" and row("Oui", None).cost == "non chiffré"
    assert (
        heading([row("Non", known), row("Oui", None)], "Saint-Cirgue") == "2 fiches concernent Saint-Cirgue"
    )
