"""Who asks: a person with a mandate, or someone a room above lets in without an account and says who it is."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from mosaique.access.actor import Actor
from mosaique.access.middleware import acting
from mosaique.access.models import Mandate
from mosaique.access.roles import TEAM
from mosaique.kernel import clock

# In the session: calls asked from it, by the path of their page. Without one, no page pays for a notice.
KEY = "assistance"


@dataclass(frozen=True, slots=True)
class Asker:
    """As the project team will read it."""

    actor: Actor
    name: str
    title: str
    territory_id: int


Finder = Callable[[HttpRequest], Asker | None]
_FINDERS: list[Finder] = []


def register(finder: Finder) -> None:
    if finder not in _FINDERS:
        _FINDERS.append(finder)


def asker_of(request: HttpRequest) -> Asker | None:
    actor = acting(request)
    held = actor.mandate
    if held is not None:
        return Asker(actor, actor.name, f"{held.title}, {held.authority_name}", held.territory_id)
    if not actor.is_anonymous:
        return None
    return next((found for finder in _FINDERS if (found := finder(request)) is not None), None)


def calls_of_session(request: HttpRequest) -> dict[str, int]:
    found = request.session.get(KEY)
    return found if isinstance(found, dict) else {}


def guest_with(pk: int, name: str = "") -> Actor:
    """Who asked without an account reads that call, by the card, and nothing else."""
    return Actor(name=name, card={"confided": {"help_call": [pk]}})


def team(territory_id: int) -> list[Mandate]:
    """Mandates of the project team: who is written to."""
    rows = Mandate.objects.held_on(clock.today()).filter(
        territory_id=territory_id, role__in=TEAM, authority__kind="epci", person__is_active=True
    )
    return list(rows.select_related("person").order_by("pk"))
