"""A scenario of three communes around the EPCI, for this room's tests."""

from decimal import Decimal

import pytest

from mosaique.access.models import Scope, Visibility
from mosaique.costing import services
from mosaique.costing.models import Scenario
from mosaique.costing.services import Cost
from mosaique.demo.people import Company
from mosaique.territory.models import Authority


@pytest.fixture
def communes(cast: Company) -> list[Authority]:
    return list(Authority.objects.filter(insee_code__in=["81245", "81283", "81292"]).order_by("insee_code"))


@pytest.fixture
def scenario(cast: Company, communes: list[Authority]) -> Scenario:
    lead, epci = cast.actor("cheffe-de-projet"), cast.territory.epci
    scope = Scope.objects.obtain(territory=cast.territory, visibility=Visibility.TERRITORY)
    made = services.make_scenario(
        actor=lead,
        scope=scope,
        label="Service commun",
        first_year=2027,
        last_year=2029,
        full_year=2029,
        space=cast.spaces["urbanisme"],
        carrier=epci,
    )
    made = services.set_perimeter(
        actor=lead,
        scenario=made,
        parties=communes,
        carrier=epci,
        carrier_shares=False,
        first_year=2027,
        last_year=2029,
        full_year=2029,
    )
    return services.set_lines(
        actor=lead,
        scenario=made,
        year=2029,
        lines=[Cost(epci, "running", "Personnel", Decimal("100.00"), source="devis")],
    )
