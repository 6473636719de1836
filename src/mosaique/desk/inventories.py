"""What the front hall tells of the inventories: the campaign, what is owed, tiles laid, the board's map."""

from dataclasses import dataclass, field
from datetime import date

from mosaique.access.actor import Actor
from mosaique.kernel.ui.parts import LegendEntry, Todo
from mosaique.territory.maps import MapSvg
from mosaique.territory.models import Territory
from mosaique.territory.tiles import Tile


@dataclass(frozen=True, slots=True)
class CampaignDates:
    opens_on: date
    closes_on: date


@dataclass(frozen=True, slots=True)
class Picture:
    """The board as a map."""

    heading: str
    map: MapSvg
    legend: list[LegendEntry] = field(default_factory=list)


def current_campaign(territory: Territory) -> CampaignDates | None:
    return None


def todos(actor: Actor) -> list[Todo]:
    return []


def laid_tiles(territory: Territory) -> tuple[list[Tile], int] | None:
    return None


def board_picture(actor: Actor, territory: Territory) -> Picture:
    raise LookupError("no campaign")
