"""What happens in the seeded territory beyond talk: its project lead, its scheme, its sheets, a collection. Made by the services."""

from dataclasses import dataclass
from datetime import date, timedelta

from mosaique.access import cards
from mosaique.access.actor import Actor
from mosaique.access.middleware import actor_of
from mosaique.access.models import Mandate, Person, Space
from mosaique.access.roles import Role
from mosaique.bench.ground import Ground
from mosaique.bench.seed import START
from mosaique.inventory import services as inventory
from mosaique.kernel import clock
from mosaique.scheme import services as scheme
from mosaique.scheme.models import ActionSheet, Axis, Scheme
from mosaique.territory.models import Territory

#: Sheets of the scheme, two by group; the communes are asked for their position on each.
SHEETS = 24


@dataclass(frozen=True, slots=True)
class Project:
    lead: Actor
    territory: Territory
    scheme: Scheme
    axis: Axis


def project(ground: Ground) -> Project:
    """The project lead and an open scheme; made once, whoever asks."""
    if "project" not in ground.kept:
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
        lead = actor_of(Person.objects.select_related("card").get(pk=person.pk))
        opened = scheme.open_scheme(actor=lead, territory=territory, starts_year=2026)
        axis = scheme.add_axis(actor=lead, scheme=opened, title="Axe", body="")
        ground.kept["project"] = Project(lead, territory, opened, axis)
    found: Project = ground.kept["project"]
    return found


def lived_in(ground: Ground) -> Project:
    """Sheets open to positions, in groups and read by all, and a collection under way; made once."""
    found = project(ground)
    if "lived" not in ground.kept:
        spaces = list(Space.objects.order_by("pk")[: SHEETS // 2])
        for number in range(SHEETS):
            space = spaces[number % len(spaces)]
            sheet = scheme.create_sheet(
                actor=found.lead, scheme=found.scheme, axis=found.axis, title=f"Mettre en commun ({number + 1}), {space.name.lower()}",
                summary="Une fiche inventée pour mesurer.", space=space,
            )  # fmt: skip
            scheme.set_status(actor=found.lead, sheet=sheet, to=ActionSheet.Status.STUDY)
        today = clock.today(found.territory.zone)
        inventory.open_campaign(
            actor=found.lead, territory=found.territory, reference_date=today, opens_on=today, closes_on=today + timedelta(60),
            sections=["staff", "equipment", "contracts"],
        )  # fmt: skip
        ground.kept["lived"] = True
    return found
