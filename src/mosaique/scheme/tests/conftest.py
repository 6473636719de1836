"""A scheme with one worked-out sheet, for this room's tests."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from mosaique.costing import services as costing
from mosaique.costing.services import Cost, Staff
from mosaique.demo.people import Company
from mosaique.scheme import services
from mosaique.scheme.models import ActionSheet, Axis, Scheme
from mosaique.territory.models import Authority


@dataclass
class Scene:
    """The scheme of the cast's territory; `sheet` is costed and shared, `idea` is empty."""

    company: Company
    scheme: Scheme
    axis: Axis
    sheet: ActionSheet
    idea: ActionSheet

    def fresh(self, sheet: ActionSheet | None = None) -> ActionSheet:
        return ActionSheet.objects.for_screen().get(pk=(sheet or self.sheet).pk)


def figures(company: Company, sheet: ActionSheet) -> None:
    """Costs, staff and shares of a sheet: exact figures, one unknown said as such."""
    lead = company.actor("cheffe-de-projet")
    epci = company.territory.epci
    communes = list(Authority.objects.filter(insee_code__in=["81245", "81283", "81292"]))
    scenario = costing.set_perimeter(
        actor=lead,
        scenario=sheet.scenario,
        parties=communes,
        carrier=epci,
        carrier_shares=False,
        first_year=2027,
        last_year=2029,
        full_year=2029,
    )
    costing.set_lines(
        actor=lead,
        scenario=scenario,
        year=2027,
        carry=True,
        lines=[
            Cost(epci, "running", "Personnel", Decimal("50400.00"), source="1,20 ETP au coût moyen chargé"),
            Cost(epci, "running", "Logiciel", Decimal("3600.01"), source="devis du 12 octobre 2026"),
        ],
    )
    costing.set_staff(
        actor=lead,
        scenario=scenario,
        year=2027,
        carry=True,
        rows=[
            Staff(epci, Decimal("0.00"), Decimal("1.20"), note="0,70 à recruter", source="inventaires"),
            Staff(communes[0], unknown="non_communique"),
            Staff(communes[1], delta=Decimal("-0.50"), note="Un agent, à mi-temps"),
        ],
    )
    costing.choose_key(
        actor=lead,
        scenario=scenario,
        key="pro_rata",
        inputs={
            "criterion": "population municipale 2023",
            "unit": "hab.",
            "source": "Insee",
            "values": {authority.code: str(authority.population) for authority in communes},
        },
    )
    costing.run_allocation(actor=lead, scenario=scenario)


@pytest.fixture
def scene(cast: Company) -> Scene:
    lead = cast.actor("cheffe-de-projet")
    scheme = services.open_scheme(actor=lead, territory=cast.territory)
    axis = services.add_axis(
        actor=lead, scheme=scheme, title="Aménager et construire", body="Mieux répondre."
    )
    sheet = services.create_sheet(
        actor=lead,
        scheme=scheme,
        axis=axis,
        title="Créer un service commun d’urbanisme",
        theme="urbanisme",
        summary="Une équipe étudierait les permis des communes volontaires.",
        space=cast.spaces["urbanisme"],
        context="Les dossiers attendent.\n\nTrois secrétaires les portent seules.",
    )
    sheet = services.edit_sheet(
        actor=lead,
        sheet=sheet,
        seen=sheet.version,
        changes={
            "legal_form": "service_commun",
            "start_on": date(2028, 7, 1),
            "open_until": date(2026, 12, 4),
        },
    )
    sheet = services.set_residents(
        actor=lead,
        sheet=sheet,
        seen=sheet.version,
        rows=[
            ("delay", "de réponse pour une déclaration préalable", Decimal(31), "", Decimal(21), ""),
            ("distance", "", None, "inconnu", None, "inconnu"),
        ],
    )
    figures(cast, sheet)
    idea = services.create_sheet(actor=lead, scheme=scheme, axis=axis, title="Partager une balayeuse")
    return Scene(cast, scheme, axis, sheet, idea)


Maker = Callable[[], Scene]
