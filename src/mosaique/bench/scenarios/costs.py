"""S8: the cost of one sheet over ten years for every commune, under five keys: the page, and the engine alone."""

from datetime import date
from decimal import Decimal

from mosaique.access import cards
from mosaique.access.middleware import actor_of
from mosaique.access.models import Mandate, Person
from mosaique.access.roles import Role
from mosaique.bench.ground import Ground
from mosaique.bench.seed import START
from mosaique.costing import services as costing
from mosaique.costing.services import Cost, Staff
from mosaique.scheme import services as scheme
from mosaique.territory.models import Authority, Territory

YEARS = 10


class CostSimulation:
    code, label = "S8", "Simulation d’un coût"

    def prepare(self, ground: Ground) -> None:
        territory = Territory.objects.select_related("epci").get()
        person = Person.objects.create(
            handle="simulation", email="simulation@exemple.fr", given_name="Camille", family_name="Simulation", password="!",
            created_at=START,
        )  # fmt: skip
        Mandate.objects.create(
            person=person, territory=territory, authority=territory.epci, role=Role.PROJECT_LEAD, title="Cheffe de projet",
            starts_on=date(2026, 4, 1),
        )  # fmt: skip
        cards.rewrite([person])
        actor = actor_of(Person.objects.select_related("card").get(pk=person.pk))
        communes = list(Authority.objects.filter(kind="commune").order_by("insee_code"))
        opened = scheme.open_scheme(actor=actor, territory=territory, starts_year=2026)
        axis = scheme.add_axis(actor=actor, scheme=opened, title="Axe", body="")
        sheet = scheme.create_sheet(actor=actor, scheme=opened, axis=axis, title="Service commun du banc d’essai")
        scenario = costing.set_perimeter(
            actor=actor, scenario=sheet.scenario, parties=communes, carrier=territory.epci, carrier_shares=False,
            first_year=2027, last_year=2026 + YEARS, full_year=2028,
        )  # fmt: skip
        for year in scenario.years:
            lines = [
                Cost(territory.epci, "running", label, Decimal(amount + 997 * (year - 2027)), source="Budget inventé")
                for label, amount in (("Personnel", 412_000), ("Logiciels", 38_000), ("Véhicules", 61_000))
            ]
            scenario = costing.set_lines(actor=actor, scenario=scenario, year=year, lines=lines)
        staff = [
            Staff(body, before=Decimal("1.50"), after=Decimal("1.20"), source="Paie")
            for body in [territory.epci, *communes]
        ]
        scenario = costing.set_staff(actor=actor, scenario=scenario, year=2027, rows=staff, carry=True)
        for year in (2023, 2024, 2025):
            for slug, factor in (("actes_ads", 7), ("voirie", 3), ("eleves", 11)):
                costing.set_criterion(
                    actor=actor, territory=territory, criterion=slug, year=year, source="Valeurs inventées",
                    values={body.pk: Decimal(1 + n * factor % 97 + year % 5) for n, body in enumerate(communes)},
                )  # fmt: skip
        inputs = {
            "criteria": [
                {"id": "t1", "name": "population", "unit": "hab.", "source": "inventée", "weight": "50"},
                {"id": "t2", "name": "actes", "unit": "actes", "source": "inventée", "weight": "50"},
            ],
            "values": {
                body.code: {"t1": str(body.population), "t2": str(1 + n * 7 % 97)} for n, body in enumerate(communes)
            },
        }
        scenario = costing.choose_key(actor=actor, scenario=scenario, key="weighted", inputs=inputs)
        costing.run_allocation(actor=actor, scenario=scenario)
        ground.kept[self.code] = scenario.pk

    def paths(self, ground):
        pk = ground.kept[self.code]
        return [f"/couts/{pk}/", f"/couts/{pk}/comparer/?avec=egales"]
