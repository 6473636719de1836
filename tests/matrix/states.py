"""How to bring a screen to a state: nothing yet, closed, frozen."""

from mosaique.access.models import Space
from mosaique.discussions.models import Thread
from mosaique.inventory.models import Campaign
from mosaique.kernel import clock
from mosaique.scheme.models import Preparation, Scheme
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
