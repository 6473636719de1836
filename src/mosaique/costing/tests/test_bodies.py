"""Bodies other than communes in a calculation: offered, counted, agreed apart, compared."""

from collections.abc import Callable
from decimal import Decimal as D
from typing import Any

import pytest
from django.test import Client

from mosaique.accounts import services as accounts
from mosaique.accounts.models import TerritoryParty
from mosaique.costing import queries, services
from mosaique.costing.models import AllocationRun, Scenario
from mosaique.demo.people import Company
from mosaique.kernel import clock
from mosaique.territory.models import Authority

For = Callable[[str | None], Client]


@pytest.fixture
def body(cast: Company) -> Authority:
    party = accounts.add_party(
        actor=cast.actor("cheffe-de-projet"),
        territory=cast.territory,
        kind="syndicate",
        name="SIVOM des eaux",
    )
    assert isinstance(party, TerritoryParty)
    return party.authority


@pytest.fixture
def counted(cast: Company, scenario: Scenario, communes: list[Authority], body: Authority) -> Scenario:
    """The scenario of the room, with the body among those who pay."""
    made = services.set_perimeter(
        actor=cast.actor("cheffe-de-projet"), scenario=scenario, parties=[*communes, body], carrier=cast.territory.epci,
        carrier_shares=False, first_year=2027, last_year=2029, full_year=2029,
    )  # fmt: skip
    assert isinstance(made, Scenario)
    return made


def typed(scenario: Scenario, communes: list[Authority], **more: str) -> dict[str, Any]:
    return {
        "seen": Scenario.objects.get(pk=scenario.pk).version, "criterion": "population", "unit": "hab.", "source": "Insee",
        **{f"values.{one.code}": str(one.population) for one in communes}, **more,
    }  # fmt: skip


def test_a_body_is_offered_until_it_takes_part_no_longer(
    cast: Company, scenario: Scenario, body: Authority, client_for: For
) -> None:
    url = f"/couts/{scenario.pk}/perimetre/"
    Authority.objects.filter(name="Saussenac").update(name="Évron")
    names = [label for _, label in client_for("dgs").get(url).context["form"].fields["parties"].choices]
    assert names[1:-1] == ["Courris", "Évron", "Saint-Cirgue", "Trébas"], (
        "in the order of the French alphabet"
    )
    assert names[0] == "CC Val 81" and names[-1] == "SIVOM des eaux (organisme)"
    accounts.end_party(actor=cast.actor("dgs"), party=TerritoryParty.objects.get(), until=clock.today())
    assert "SIVOM" not in client_for("dgs").get(url).content.decode()
    scenario.parties.add(body)
    page = client_for("dgs").get(url).content.decode()
    assert "SIVOM des eaux (ne participe plus)" in page, "counted already: it is corrected by hand"


def test_every_commune_is_ticked_at_once_without_script(
    cast: Company, scenario: Scenario, body: Authority, client_for: For
) -> None:
    url = f"/couts/{scenario.pk}/perimetre/"
    client = client_for("dgs")
    assert "Cocher toutes les communes" in client.get(url).content.decode()
    form = client.get(f"{url}?communes").context["form"]
    ticked = {form.authorities[pk].name for pk in form["parties"].value()}
    assert {"Courris", "Saint-Cirgue", "Saussenac", "Trébas"} <= ticked and body.name not in ticked
    assert scenario.parties.count() < len(ticked), "a page that is read writes nothing"


def test_a_missing_criterion_is_told_beside_its_cell_and_a_part_is_agreed(
    counted: Scenario, communes: list[Authority], body: Authority, client_for: For
) -> None:
    client, url = client_for("cheffe-de-projet"), f"/couts/{counted.pk}/cle/?cle=pro_rata"
    assert "Part convenue des autres organismes" in client.get(url).content.decode()
    sent = client.post(url, typed(counted, communes))
    assert "convenez de sa part" in sent.context["form"].errors[f"values.{body.code}"][0]
    sent = client.post(url, typed(counted, communes, **{f"adjust.agreed_percent.{body.code}": "12,5"}))
    assert sent.status_code == 302
    run = AllocationRun.objects.get()
    shares = {code: D(share) for code, share in run.result["shares"].items()}
    assert shares[body.code] == D("12.50") and sum(shares.values()) == D("100.00")
    shown = queries.picture(Scenario.objects.for_screen().get(pk=counted.pk))
    assert {row.name for row in shown.shares} >= {"SIVOM des eaux"} and not shown.to_redo
    again = client.get(url).context["form"]
    assert again[f"adjust.agreed_percent.{body.code}"].value() == "12,5"
    other = client.get(f"/couts/{counted.pk}/cle/?cle=flat").context["form"]
    assert other[f"adjust.agreed_percent.{body.code}"].value() == "12,5", (
        "what was agreed holds under another key"
    )
    assert other["seen"].value() == Scenario.objects.get(pk=counted.pk).version


def test_a_part_agreed_twice_is_refused_beside_its_cell(
    counted: Scenario, communes: list[Authority], body: Authority, client_for: For
) -> None:
    both = {f"adjust.agreed_percent.{body.code}": "10", f"adjust.agreed_amount.{body.code}": "10"}
    sent = client_for("dgs").post(f"/couts/{counted.pk}/cle/?cle=flat", typed(counted, communes, **both))
    assert "pas les deux" in sent.content.decode().replace("\xa0", " ")
    assert not AllocationRun.objects.exists() and not Scenario.objects.get(pk=counted.pk).allocation_key


def test_communes_alone_are_asked_nothing_of_it(scenario: Scenario, body: Authority, client_for: For) -> None:
    assert (
        "Part convenue" not in client_for("dgs").get(f"/couts/{scenario.pk}/cle/?cle=flat").content.decode()
    )


def test_an_agreed_part_holds_under_every_key_compared(
    cast: Company, counted: Scenario, communes: list[Authority], body: Authority, client_for: For
) -> None:
    lead = cast.actor("cheffe-de-projet")
    services.choose_key(
        actor=lead, scenario=counted, key="flat", inputs={"adjust": {"agreed_amount": {body.code: "40.00"}}}
    )
    services.run_allocation(actor=lead, scenario=counted)
    page = client_for("maire").get(
        f"/couts/{counted.pk}/comparer/?avec=population_municipale-2023&avec=egales"
    )
    shown = page.context["shown"]
    assert not shown.refusals, "the population of a syndicat is not asked for"
    row = next(row for row in shown.rows if row.name == "SIVOM des eaux")
    assert [cell.share for cell in row.cells] == [D("40.00")] * 3
    assert all(cell.each is None for cell in row.cells)


def test_a_body_may_carry_the_service(
    cast: Company, scenario: Scenario, communes: list[Authority], body: Authority
) -> None:
    lead = cast.actor("cheffe-de-projet")
    services.set_perimeter(
        actor=lead, scenario=scenario, parties=communes, carrier=body, carrier_shares=False, first_year=2029, last_year=2029,
        full_year=2029,
    )  # fmt: skip
    services.set_lines(
        actor=lead,
        scenario=scenario,
        year=2029,
        lines=[services.Cost(body, "running", "Personnel", D("90.00"))],
    )
    services.choose_key(actor=lead, scenario=scenario, key="flat", inputs={})
    (run,) = services.run_allocation(actor=lead, scenario=scenario)
    assert set(run.result["shares"].values()) == {"30.00"}
    shown = queries.picture(Scenario.objects.for_screen().get(pk=scenario.pk))
    effect = shown.total_of(body.code, staff=False)
    assert effect is not None and effect.known == 0, "it spends 90 and is paid back 90"


def test_a_key_sent_empty_is_answered_in_the_words_of_the_house(scenario: Scenario, client_for: For) -> None:
    """Its fields are added once the form is made: they are given our sentences like the others."""
    sent = client_for("dgs").post(f"/couts/{scenario.pk}/cle/?cle=pro_rata", {"criterion": "x" * 201})
    errors = sent.context["form"].errors
    assert errors["unit"] == ["Cette case est vide. Le reste de votre saisie est gardé."]
    assert "la case en prend 200" in errors["criterion"][0].replace("\xa0", " ")
