"""Where a relevé may be put. Rooms above register their destination (« Verser dans une fiche ») in their registry."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mosaique.access.actor import Actor
from mosaique.access.models import Space

if TYPE_CHECKING:
    from mosaique.discussions.models import Releve


@dataclass(frozen=True, slots=True)
class Destination:
    """A place that receives relevés.

    `kind` – reference kind of the target (« sheet »).  `label` – the button: « Verser dans une fiche ».
    `choices(actor, space)` – (id, label) of the targets this actor may write in.
    `receive(actor, releve, target_id)` – writes it there, inside the caller's service; raises Problem or Refused.
    """

    kind: str
    label: str
    choices: Callable[[Actor, Space], list[tuple[int, str]]]
    receive: Callable[[Actor, "Releve", int], None]


_destinations: dict[str, Destination] = {}


def register(destination: Destination) -> None:
    if destination.kind in _destinations and _destinations[destination.kind] != destination:
        raise ValueError(f"two destinations named {destination.kind}")
    _destinations[destination.kind] = destination


def all_destinations() -> dict[str, Destination]:
    from mosaique.kernel import registry

    registry.load()
    return _destinations
