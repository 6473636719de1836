"""How to bring a screen to a state: nothing yet, closed, frozen."""

from mosaique.access.actor import ANONYMOUS
from mosaique.access.models import Space
from mosaique.accounts import services as accounts
from mosaique.accounts.models import Passkey, PersonalCode
from mosaique.discussions.models import Thread
from mosaique.inventory.models import Campaign
from mosaique.kernel import clock
from mosaique.scheme.models import Preparation, Scheme
from mosaique.territory.models import PerimeterChange
from tests.world.builder import World


def frozen_scheme(world: World) -> None:
    Scheme.objects.filter(pk=world.scheme.pk).update(state=Scheme.State.CONSULTATION)
    type(world.scenario).objects.update(closed=True)


def no_sheet(world: World) -> None:
    """The territory before its scheme: a person of another territory, which has none, looks at the same page."""


def closed_space(world: World) -> None:
    Space.objects.filter(pk=world.urbanisme.pk).update(closed_at=clock.now())


def closed_thread(world: World) -> None:
    Thread.objects.filter(pk=world.thread_urbanisme.pk).update(closed_at=clock.now())


def closed_campaign(world: World) -> None:
    Campaign.objects.filter(pk=world.campaign.pk).update(closed_at=clock.now())


def waiting_preparation(world: World) -> None:
    Preparation.objects.filter(pk=world.preparation.pk).update(
        state="waiting", done=0, total=0, beat_at=clock.now()
    )


def stopped_preparation(world: World) -> None:
    Preparation.objects.filter(pk=world.preparation.pk).update(
        state="parked", done=2, total=4, reason="Pendant « Trébas » : le disque du serveur est plein."
    )


def left_already(world: World) -> None:
    """Commune B is retired in the place of Trébas, and the day has come."""
    world.change.communes.set([world.company.commune_b])
    _enacted(world)


def gathered_communes(world: World) -> None:
    """Communes A and B make a commune nouvelle, and the day has come."""
    world.change.communes.set([world.company.commune_a, world.company.commune_b])
    PerimeterChange.objects.filter(pk=world.change.pk).update(
        kind="new_commune", successor_name="Val-d’Assou", chief=world.company.commune_a
    )
    _enacted(world)


def _enacted(world: World) -> None:
    PerimeterChange.objects.filter(pk=world.change.pk).update(takes_effect_on=clock.today())
    accounts.enact_change(actor=ANONYMOUS, change=PerimeterChange.objects.get(pk=world.change.pk))


def closed_code(world: World) -> None:
    """Ten wrong tries of the second mayor's personal code."""
    PersonalCode.objects.filter(person=world.person("maire-b")).update(tries=PersonalCode.MOST_TRIES)


def no_code(world: World) -> None:
    PersonalCode.objects.all().delete()


def a_key(world: World) -> None:
    Passkey.objects.create(
        pk=1, person=world.person("cheffe-de-projet"), name="Mon téléphone", digest="a", credential=b"a", added_at=clock.now()
    )  # fmt: skip
