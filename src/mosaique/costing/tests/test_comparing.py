"""Several keys on the same cost, side by side: the figures of the formula, nothing stored, nothing of a calculation to redo."""

from collections.abc import Callable
from decimal import Decimal as D
from typing import Any

import pytest
from django.test import Client

from mosaique.costing import queries, services
from mosaique.costing.models import AllocationRun, Scenario
from mosaique.costing.queries import comparing, criteria
from mosaique.costing.services import Cost
from mosaique.demo.people import Company
from mosaique.territory.models import Authority

For = Callable[[str | None], Client]


@pytest.fixture
def counted(cast: Company, scenario: Scenario, communes: list[Authority]) -> Scenario:
    """100 € in 2029 and 50 € less a receipt of 20 in 2028, shared equally; planning acts known for each."""
    lead, epci = cast.actor("cheffe-de-projet"), cast.territory.epci
    services.set_lines(
        actor=lead, scenario=scenario, year=2028,
        lines=[Cost(epci, "running", "Personnel", D("50.00")), Cost(epci, "receipt", "Aide", D("20.00")),
               Cost(epci, "avoided", "Prestataire", D("7.00")), Cost(communes[0], "running", "Reste", D("3.00"))],
    )  # fmt: skip
    services.set_criterion(
        actor=lead, territory=cast.territory, criterion="actes_ads", year=2025, source="registre",
        values={body.pk: D(n) for n, body in enumerate(communes)},
    )  # fmt: skip
    services.choose_key(actor=lead, scenario=scenario, key="flat", inputs={})
    services.run_allocation(actor=lead, scenario=scenario)
    return Scenario.objects.get(pk=scenario.pk)


def compared(cast: Company, scenario: Scenario, years: list[int], *asked: str) -> comparing.Comparison:
    bodies = [body for body in scenario.parties.all() if body.pk != scenario.carrier_id]
    book = criteria.read(cast.actor("maire"), cast.territory.pk, bodies)
    return comparing.compare(comparing.calculated(scenario, list(scenario.parties.all())), years, asked, book)


def shares(shown: comparing.Comparison, way: int) -> dict[str, D]:
    return {row.name: row.cells[way].share for row in shown.rows}


def test_two_keys_by_hand_for_one_year_and_for_all_of_them(
    cast: Company, counted: Scenario, communes: list[Authority]
) -> None:
    first, second, third = (body.name for body in communes)
    one = compared(cast, counted, [2029], "actes_ads-2025")
    # Equal: 33,34 33,33 33,33. By acts 0, 1, 2 of 3: 0 33,33 66,67.
    assert one.total == D("100.00") and shares(one, 0) == {
        first: D("33.34"),
        second: D("33.33"),
        third: D("33.33"),
    }
    assert shares(one, 1) == {first: D("0.00"), second: D("33.33"), third: D("66.67")}
    assert [(row.name, row.cells[1].difference) for row in one.rows] == [
        (first, D("-33.34")), (second, D("0.00")), (third, D("33.34"))]  # fmt: skip
    # 2028: 30 € to share, 10 each; by acts 0, 10, 20. Half and half over both years: 50 + 15 fixed, 50 + 15 by acts.
    both = compared(cast, counted, [2028, 2029], "actes_ads-2025", "fixe-actes_ads-2025")
    assert both.total == D("130.00") and shares(both, 0) == {
        first: D("43.34"),
        second: D("43.33"),
        third: D("43.33"),
    }
    assert shares(both, 1) == {first: D("0.00"), second: D("43.33"), third: D("86.67")}
    assert shares(both, 2) == {first: D("21.67"), second: D("43.33"), third: D("65.00")}
    population = communes[0].population
    assert population and both.rows[0].cells[0].each == round(D("43.34") / population, 2)


def test_what_cannot_be_shown_says_why_and_the_rest_is_shown(
    cast: Company, counted: Scenario, communes: list[Authority]
) -> None:
    services.set_criterion(
        actor=cast.actor("cheffe-de-projet"), territory=cast.territory, criterion="voirie", year=2025, source="IGN",
        values={communes[0].pk: D(3)},
    )  # fmt: skip
    shown = compared(cast, counted, [2029], "voirie-2025", "rien-2025", "egales", "egales")
    assert [way.asked for way in shown.ways] == ["", "egales"]
    assert (
        len(shown.refusals) == 2
        and communes[1].name in shown.refusals[0]
        and "pas connu ici" in shown.refusals[1]
    )
    assert "ni pour 1\u00a0autre collectivité" in shown.refusals[0]


def test_a_tariff_says_what_it_leaves(cast: Company, counted: Scenario, communes: list[Authority]) -> None:
    lead = cast.actor("cheffe-de-projet")
    services.choose_key(
        actor=lead, scenario=counted, key="tiers",
        inputs={"criterion": "actes", "unit": "actes", "payer": "EPCI", "tiers": [{"id": "t1", "up_to": None, "rate": "10"}],
                "values": {body.code: "1" for body in communes}},
    )  # fmt: skip
    services.run_allocation(actor=lead, scenario=counted)
    shown = compared(cast, Scenario.objects.get(pk=counted.pk), [2028, 2029], "egales")
    # 30 € a year: exactly the 30 € of 2028, and 70 € are left in 2029.
    assert shown.left == [D("70.00"), D("0.00")]
    assert [said.replace("\u00a0", " ") for said in shown.uncovered] == [
        "Tarif par tranches : les parts laissent 70,00 € hors partage."]  # fmt: skip


@pytest.mark.parametrize("change", ["cost", "unknown", "receipt", "nothing", "other", "people", "key"])
def test_shares_to_be_made_again_are_those_of_every_page(
    cast: Company, counted: Scenario, communes: list[Authority], change: str
) -> None:
    lead, epci = cast.actor("cheffe-de-projet"), cast.territory.epci
    lines = {
        "cost": [Cost(epci, "running", "Personnel", D("100.01"))],
        "unknown": [Cost(epci, "running", "Personnel", D("100.00")), Cost(epci, "running", "X", None, "inconnu")],
        "receipt": [Cost(epci, "running", "Personnel", D("100.00")), Cost(epci, "receipt", "Aide", D("0.01"))],
        "nothing": [Cost(epci, "receipt", "Aide", D("1.00"))],
        "other": [Cost(epci, "running", "Agents", D("99.90")), Cost(epci, "running", "Gants", D("0.10")),
                  Cost(communes[0], "running", "Reste", D("8.00"))],
    }  # fmt: skip
    if change in lines:
        services.set_lines(actor=lead, scenario=counted, year=2029, lines=lines[change])
    elif change == "people":
        services.set_perimeter(
            actor=lead, scenario=counted, parties=communes[:2], carrier=epci, carrier_shares=False, first_year=2027,
            last_year=2029, full_year=2029,
        )  # fmt: skip
    else:
        services.choose_key(actor=lead, scenario=counted, key="percentages", inputs={
            "reason": "accord", "values": {body.code: "0" for body in communes}})  # fmt: skip
    now = Scenario.objects.get(pk=counted.pk)
    calculated = comparing.calculated(now, list(now.parties.all()))
    assert queries.picture(now).to_redo == (calculated == []) == (change != "other")


def test_the_page_shows_up_to_five_keys_in_six_queries_and_stores_nothing(
    cast: Company, counted: Scenario, client_for: For, django_assert_max_num_queries: Any
) -> None:
    client, address = client_for("maire"), f"/couts/{counted.pk}/comparer/"
    asked = "&".join(
        f"avec={one}"
        for one in ("egales", "actes_ads-2025", "fixe-actes_ads-2025", "population_municipale-2023")
    )
    client.get(address)
    with django_assert_max_num_queries(6):
        page = client.get(f"{address}?sur=toutes&{asked}").content.decode()
    assert page.count('class="n" data-l="Au prorata') == 6 and "additionnées de 2" in page
    assert AllocationRun.objects.count() == 2
    assert "en 2028" in client.get(f"{address}?sur=2028&avec=egales").content.decode()
    for asked in ("1999", "²", "9" * 5000):
        assert "en 2029" in client.get(f"{address}?sur={asked}&avec=egales").content.decode()
    assert "Comparer avec" in client.get(address).content.decode()
