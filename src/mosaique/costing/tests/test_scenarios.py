"""Scenarios: what is stored, who may, what is refused, and that shares add up to the cent."""

import json
from decimal import Decimal
from typing import Any

import pytest

from mosaique.costing import policies, queries, registry, services
from mosaique.costing.engine.parties import Party
from mosaique.costing.engine.results import canonical_json
from mosaique.costing.models import AllocationRun, CostLine, EtpLine, Scenario
from mosaique.costing.queries import Subject
from mosaique.costing.services import Cost, Staff
from mosaique.demo.people import Company
from mosaique.journal.models import Line
from mosaique.kernel.verdict import Problem, Refused, Stale
from mosaique.territory.models import Authority

pytestmark = pytest.mark.django_db


def fresh(scenario: Scenario) -> Scenario:
    return Scenario.objects.for_screen().get(pk=scenario.pk)


@pytest.mark.parametrize(
    ("slug", "open_", "closed"),
    [
        ("cheffe-de-projet", True, False),
        ("dgs", True, False),
        ("presidente", True, False),
        ("animateur", True, False),
        ("maire", False, False),
        ("secretaire", False, False),
        ("agent", False, False),
        ("representante-du-personnel", False, False),
        ("partenaire", False, False),
    ],
)
def test_who_may_edit(
    cast: Company, scenario: Scenario, django_assert_num_queries: Any, slug: str, open_: bool, closed: bool
) -> None:
    actor, row = cast.actor(slug), fresh(scenario)
    with django_assert_num_queries(0):
        assert bool(policies.may_edit_scenario(actor, row)) is open_
        row.closed = True
        verdict = policies.may_edit_scenario(actor, row)
        assert bool(verdict) is closed and verdict.reason


def test_shares_add_up_to_the_cent_and_the_run_can_be_made_again(
    cast: Company, scenario: Scenario, communes: list[Authority]
) -> None:
    lead = cast.actor("cheffe-de-projet")
    services.choose_key(actor=lead, scenario=scenario, key="flat", inputs={})
    (run,) = services.run_allocation(actor=lead, scenario=scenario)
    assert sum(Decimal(share) for share in run.result["shares"].values()) == run.total == Decimal("100.00")
    key = registry.key_for(run.key)
    again = key.allocate(run.total, [Party(*pair) for pair in run.parties], key.read(run.inputs))
    assert canonical_json(json.loads(json.dumps(again.as_json()))) == canonical_json(
        AllocationRun.objects.get(pk=run.pk).result
    )
    assert list(Line.objects.filter(kind="scenario").order_by("pk").values_list("verb", flat=True)) == [
        "scenario_perimeter_set",
        "costs_set",
        "allocation_key_chosen",
        "allocation_run",
    ]


@pytest.mark.parametrize("changed", ["cost", "people", "key", "carrier"])
def test_shares_that_no_longer_answer_are_unknown_until_made_again(
    cast: Company, scenario: Scenario, communes: list[Authority], changed: str
) -> None:
    lead, epci = cast.actor("cheffe-de-projet"), cast.territory.epci
    services.choose_key(actor=lead, scenario=scenario, key="flat", inputs={})
    services.run_allocation(actor=lead, scenario=scenario)
    before = queries.picture(fresh(scenario))
    assert len(before.shares) == len(communes) and not before.to_redo
    if changed == "cost":
        services.set_lines(
            actor=lead,
            scenario=fresh(scenario),
            year=2029,
            lines=[Cost(epci, "running", "Logiciel", Decimal(7))],
        )
    elif changed == "key":
        weights: dict[str, Any] = {"criterion": "agents", "unit": "agents", "source": "état du personnel"}
        weights["values"] = {c.code: "1" for c in communes}
        services.choose_key(actor=lead, scenario=fresh(scenario), key="pro_rata", inputs=weights)
    else:
        services.set_perimeter(
            actor=lead,
            scenario=fresh(scenario),
            parties=communes[:-1] if changed == "people" else communes,
            carrier=epci,
            carrier_shares=changed == "carrier",
            first_year=2029,
            last_year=2029,
            full_year=2029,
        )
    picture = queries.picture(fresh(scenario))
    assert picture.to_redo and picture.shares == [] and picture.run is None
    total = picture.total_of(communes[0].code, staff=False)
    assert total is not None and not total.is_exact and total.text == "ne sait pas"
    assert AllocationRun.objects.filter(scenario=scenario).count() == 1  # kept, with its date
    if changed != "key":
        services.run_allocation(actor=lead, scenario=fresh(scenario))
        assert not queries.picture(fresh(scenario)).to_redo


def test_transfers_net_to_zero_in_the_whole(
    cast: Company, scenario: Scenario, communes: list[Authority]
) -> None:
    lead, epci = cast.actor("cheffe-de-projet"), cast.territory.epci
    services.choose_key(actor=lead, scenario=scenario, key="flat", inputs={})
    services.run_allocation(actor=lead, scenario=scenario)
    found = queries.impacts([Subject(fresh(scenario), "1", "Fiche 1")], [epci, *communes])
    assert found.running.by_year[2029].known == Decimal("100.00")
    assert found.running.by_authority[epci.code, 2029].known == Decimal("0.00")
    assert found.running.by_authority["81245", 2029].known == Decimal(
        "33.34"
    )  # first INSEE code takes the odd cent
    assert sum(found.running.by_authority[c.code, 2029].known for c in communes) == Decimal("100.00")


def test_unknown_is_told_with_its_reason_and_never_zero(
    cast: Company, scenario: Scenario, communes: list[Authority]
) -> None:
    lead = cast.actor("cheffe-de-projet")
    services.set_staff(
        actor=lead,
        scenario=scenario,
        year=2029,
        rows=[
            Staff(communes[0], unknown="refuse"),
            Staff(communes[1], Decimal("1.00"), Decimal("0.50")),
            Staff(communes[2]),
        ],
    )
    found = queries.impacts([Subject(fresh(scenario), "1", "Fiche 1")], communes)
    total = found.etp.by_year[2029]
    assert total.known == Decimal("-0.50") and not total.is_exact
    assert found.etp.by_authority["81245", 2029].text == "refus de communiquer"
    assert found.etp.by_authority["81292", 2029].text == "non renseigné"


def test_an_unknown_cost_stops_the_sharing_and_says_which(cast: Company, scenario: Scenario) -> None:
    lead, epci = cast.actor("cheffe-de-projet"), cast.territory.epci
    services.set_lines(
        actor=lead, scenario=scenario, year=2029, lines=[Cost(epci, "running", "Logiciel", None, "inconnu")]
    )
    services.choose_key(actor=lead, scenario=scenario, key="flat", inputs={})
    with pytest.raises(Problem, match="Logiciel"):
        services.run_allocation(actor=lead, scenario=scenario)
    assert not AllocationRun.objects.exists()
    assert fresh(scenario).allocation_key == "flat"


def test_a_stale_save_carries_both_texts(cast: Company, scenario: Scenario) -> None:
    lead, epci = cast.actor("cheffe-de-projet"), cast.territory.epci
    with pytest.raises(Stale) as caught:
        services.set_lines(
            actor=lead,
            scenario=scenario,
            year=2029,
            seen=1,
            lines=[Cost(epci, "running", "Mien", Decimal("5.00"))],
        )
    ((_, theirs, mine),) = caught.value.fields
    assert "Personnel" in theirs and "Mien" in mine
    assert CostLine.objects.get().label == "Personnel"


def test_a_closed_scenario_refuses_everyone(cast: Company, scenario: Scenario) -> None:
    lead = cast.actor("cheffe-de-projet")
    services.set_closed(actor=lead, scenarios=[scenario], closed=True)
    with pytest.raises(Refused):
        services.choose_key(actor=lead, scenario=scenario, key="flat", inputs={})


def test_carried_lines_are_written_for_the_years_that_follow(cast: Company, scenario: Scenario) -> None:
    lead, epci = cast.actor("cheffe-de-projet"), cast.territory.epci
    services.set_lines(
        actor=lead,
        scenario=scenario,
        year=2027,
        carry=True,
        lines=[Cost(epci, "running", "Tout", Decimal("9.00"))],
    )
    assert list(CostLine.objects.exclude(year=2029).values_list("year", "label")) == [
        (2027, "Tout"),
        (2028, "Tout"),
    ]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "perimetre/",
        "lignes/",
        "effectifs/",
        "cle/",
        "cle/?cle=unit_price",
        "cle/?cle=pro_rata&reprendre=population",
    ],
)
def test_screens_answer(scenario: Scenario, client_for: Any, path: str) -> None:
    assert client_for("animateur").get(f"/couts/{scenario.pk}/{path}").status_code == 200
    assert client_for("maire").get(f"/couts/{scenario.pk}/{path}").status_code == (403 if path else 200)
    assert client_for("partenaire").get(f"/couts/{scenario.pk}/{path}").status_code == 404


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"amount": "-12"}, "négatif"),
        ({"amount": "douze"}, "n’est pas un nombre"),
        ({"amount": ""}, "dites pourquoi"),
        ({"amount": "12", "unknown": "inconnu"}, "ne vont pas ensemble"),
        ({"amount": "12", "label": ""}, "ce que paie ce montant"),
    ],
)
def test_a_bad_line_is_told_and_kept(
    scenario: Scenario, client_for: Any, cells: dict[str, str], sentence: str
) -> None:
    row = {"label": "Véhicule partagé", "authority": str(scenario.carrier_id), "kind": "running"} | cells
    data = {
        "rows": "1",
        "seen": str(scenario.version),
        **{f"l0-{name}": value for name, value in row.items()},
    }
    answer = client_for("cheffe-de-projet").post(f"/couts/{scenario.pk}/lignes/", data)
    page = answer.content.decode()
    assert answer.status_code == 200 and sentence in page
    if row["label"]:
        assert "Véhicule partagé" in page
    assert CostLine.objects.get().label == "Personnel"


def test_a_half_told_staff_row_is_told(
    scenario: Scenario, communes: list[Authority], client_for: Any
) -> None:
    pk = communes[0].pk
    data = {"seen": str(scenario.version), f"a{pk}-before": "1,5"}
    page = client_for("cheffe-de-projet").post(f"/couts/{scenario.pk}/effectifs/", data).content.decode()
    assert "Il manque un des deux nombres" in page and "1,5" in page
    assert not EtpLine.objects.exists()


def test_a_missing_key_input_is_kept_and_told_beside_its_cell(
    scenario: Scenario, communes: list[Authority], client_for: Any
) -> None:
    client, url = client_for("cheffe-de-projet"), f"/couts/{scenario.pk}/cle/?cle=pro_rata"
    data = {
        "seen": str(scenario.version),
        "criterion": "kilomètres de voirie",
        "unit": "km",
        "values.81245": "12,5",
    }
    answer = client.post(url, data)
    page = answer.content.decode()
    assert answer.status_code == 200 and "n’est pas connu pour Saussenac" in page.replace("\u202f", " ")
    assert fresh(scenario).allocation_inputs["values"] == {"81245": "12.5"}
    data |= {"seen": str(fresh(scenario).version), "values.81283": "7,5", "values.81292": "0"}
    assert client.post(url, data).status_code == 302
    assert AllocationRun.objects.get().result["shares"] == {
        "81245": "62.50",
        "81283": "37.50",
        "81292": "0.00",
    }


def test_unit_prices_are_typed_in_a_grid(
    scenario: Scenario, communes: list[Authority], client_for: Any
) -> None:
    data = {
        "seen": str(scenario.version),
        "tariffs.0.unit": "heure",
        "tariffs.0.price": "20,91",
        "payer": "CC Val 81",
        **{f"quantities.{c.code}.t1": "1" for c in communes},
    }
    answer = client_for("cheffe-de-projet").post(f"/couts/{scenario.pk}/cle/?cle=unit_price", data)
    assert answer.status_code == 302
    run = AllocationRun.objects.get()
    assert run.result["left_over"] == "37.27" and "CC Val 81" in run.result["statement"]


def test_the_page_of_a_scenario_asks_few_queries(
    cast: Company, scenario: Scenario, client_for: Any, django_assert_max_num_queries: Any
) -> None:
    client = client_for("cheffe-de-projet")
    with django_assert_max_num_queries(9):
        client.get(f"/couts/{scenario.pk}/")


def test_carrying_keeps_what_a_later_year_says_for_itself(cast: Company, scenario: Scenario) -> None:
    lead, epci = cast.actor("cheffe-de-projet"), cast.territory.epci

    def told(year: int) -> list[tuple[str, str]]:
        rows = CostLine.objects.filter(scenario=scenario, year=year).order_by("label")
        return [(row.label, str(row.amount)) for row in rows]

    # 2029 has amounts of its own (the fixture); 2028 has none.
    now = fresh(scenario)
    services.set_lines(
        actor=lead, scenario=now, year=2027, carry=True, lines=[Cost(epci, "running", "Logiciel", Decimal(5))]
    )
    assert (told(2027), told(2028), told(2029)) == (
        [("Logiciel", "5.00")], [("Logiciel", "5.00")], [("Personnel", "100.00")],
    )  # fmt: skip
    assert services.own_years(fresh(scenario), 2027, CostLine) == [2029]
    # What had been carried follows; what is its own stays.
    services.set_lines(
        actor=lead, scenario=fresh(scenario), year=2027, carry=True, lines=[Cost(epci, "running", "Logiciel", Decimal(7))]
    )  # fmt: skip
    assert (told(2028), told(2029)) == ([("Logiciel", "7.00")], [("Personnel", "100.00")])


def test_the_page_says_which_years_were_left_alone(
    cast: Company, scenario: Scenario, client_for: Any
) -> None:
    client = client_for("cheffe-de-projet")
    data = {"seen": fresh(scenario).version, "carry": "on", "rows": "1", "l0-label": "Logiciel", "l0-amount": "5",
            "l0-kind": "running", "l0-authority": str(cast.territory.epci_id), "l0-unknown": "", "l0-source": ""}  # fmt: skip
    page = client.post(f"/couts/{scenario.pk}/lignes/?annee=2027", data, follow=True).content.decode()
    assert "2029 garde ses propres chiffres" in page and "(1 ligne)" in page


def test_one_begins_by_the_first_year_and_carries_from_it(
    cast: Company, scenario: Scenario, client_for: Any
) -> None:
    """On the last year nothing follows: nothing is offered to be carried there."""
    client = client_for("cheffe-de-projet")
    for page in ("lignes", "effectifs"):
        url = f"/couts/{scenario.pk}/{page}/"
        assert "Reporter ces lignes" in client.get(f"{url}?annee=2028").content.decode()
        assert "Reporter ces lignes" not in client.get(f"{url}?annee=2029").content.decode()
        assert client.get(f"{url}?annee={'9' * 5000}").status_code == 200
    assert "Les coûts de l’année 2029" in client.get(f"/couts/{scenario.pk}/lignes/").content.decode()
    scenario.cost_lines.all().delete()
    assert "Les coûts de l’année 2027" in client.get(f"/couts/{scenario.pk}/lignes/").content.decode()


def test_a_line_of_one_no_longer_counted_stays_its_own(
    cast: Company, scenario: Scenario, communes: list[Authority], client_for: Any
) -> None:
    lead, gone = cast.actor("cheffe-de-projet"), communes[-1]
    services.set_lines(
        actor=lead, scenario=fresh(scenario), year=2029, lines=[Cost(gone, "avoided", "Poste remboursé", Decimal("27900"))]
    )  # fmt: skip
    services.set_staff(
        actor=lead, scenario=fresh(scenario), year=2029, rows=[Staff(gone, delta=Decimal("-0.60"))]
    )
    services.set_perimeter(
        actor=lead, scenario=fresh(scenario), parties=communes[:-1], carrier=cast.territory.epci, carrier_shares=False,
        first_year=2027, last_year=2029, full_year=2029,
    )  # fmt: skip
    client = client_for("cheffe-de-projet")
    page = client.get(f"/couts/{scenario.pk}/lignes/?annee=2029").content.decode()
    assert f'<option value="{gone.pk}" selected' in page
    data = {"seen": fresh(scenario).version, "rows": "1", "l0-label": "Poste remboursé", "l0-amount": "27900",
            "l0-kind": "avoided", "l0-authority": str(gone.pk), "l0-unknown": "", "l0-source": ""}  # fmt: skip
    client.post(f"/couts/{scenario.pk}/lignes/?annee=2029", data)
    assert CostLine.objects.get(scenario=scenario, year=2029).authority == gone
    assert (
        f'name="a{gone.pk}-delta"'
        in client.get(f"/couts/{scenario.pk}/effectifs/?annee=2029").content.decode()
    )


def test_costs_of_another_year_than_the_full_one_are_not_said_to_be_missing(
    cast: Company, scenario: Scenario, client_for: Any
) -> None:
    lead = cast.actor("cheffe-de-projet")
    full = scenario.full_year
    line = [Cost(scenario.carrier, "running", "Loyer", Decimal("9.00"))]
    services.set_lines(actor=lead, scenario=scenario, year=full, lines=[])
    services.set_lines(actor=lead, scenario=scenario, year=2027, lines=line)
    page = client_for("cheffe-de-projet").get(f"/couts/{scenario.pk}/").content.decode()
    assert f"Rien n’est encore chiffré pour {full}" in page and "Aucun coût n’est" not in page
    assert f"/couts/{scenario.pk}/lignes/?annee=2027" in page and "Sans montant" not in page


def test_a_year_costed_after_the_calculation_is_said_to_have_no_share(
    cast: Company, scenario: Scenario, client_for: Any
) -> None:
    lead = cast.actor("cheffe-de-projet")
    line = [Cost(scenario.carrier, "running", "Loyer", Decimal("9.00"))]
    services.choose_key(actor=lead, scenario=scenario, key="flat", inputs={})
    services.run_allocation(actor=lead, scenario=scenario)
    client, url = client_for("cheffe-de-projet"), f"/couts/{scenario.pk}/"
    assert "Un chiffre a changé" in client.get(url).content.decode()
    services.set_lines(actor=lead, scenario=scenario, year=2028, lines=line)
    page = client.get(url).content.decode()
    assert "Des années restent à calculer" in page and "2028 : ces coûts" in page.replace("\xa0", " ")
    client.post(url)
    assert "Des années restent" not in client.get(url).content.decode()
