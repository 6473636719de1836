"""The board of a collection: who has returned what, as a map, a list of those who owe, and the whole table."""

from dataclasses import dataclass
from datetime import date

from mosaique.inventory import wording
from mosaique.inventory.models import Campaign, Return
from mosaique.kernel import clock
from mosaique.kernel.ui.parts import LegendEntry
from mosaique.territory import maps
from mosaique.territory.maps import Area, MapSvg
from mosaique.territory.queries import ALL_NAMES, SOME_NAMES, sort_key
from mosaique.territory.tiles import Tile

DONE, BEGUN, EMPTY, LEFT = "done", "begun", "empty", "left"
# state → (class on the map, kind of the word, icon, word)
_LOOK = {
    DONE: ("m-fait", "fait", "ok", "Rendu"),
    BEGUN: ("m-cours", "attend", "demi", "En cours"),
    EMPTY: ("m-rien", "attend", "vide", "Pas commencé"),
    # Its commune left before giving it back: it stays as it was, and is awaited no more.
    LEFT: ("m-vide", "vide", "quoi", "Commune partie"),
}


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One commune. `detail` is for the project team only: other communes read a word."""

    inventory: Return
    tile: Tile
    state: str
    total: int
    detail: str

    @property
    def kind(self) -> str:
        return _LOOK[self.state][1]

    @property
    def icon(self) -> str:
        return _LOOK[self.state][2]

    @property
    def word(self) -> str:
        return _LOOK[self.state][3]

    @property
    def sections(self) -> str:
        return f"{self.inventory.done_count} sur {self.total}"


@dataclass(frozen=True, slots=True)
class Board:
    campaign: Campaign
    rows: tuple[BoardRow, ...]
    map: MapSvg
    legend: list[LegendEntry]

    @property
    def owing(self) -> list[BoardRow]:
        return [row for row in self.rows if row.state not in (DONE, LEFT)]

    @property
    def heading(self) -> str:
        awaited = [row for row in self.rows if row.state != LEFT]
        begun = sum(row.state != EMPTY for row in awaited)
        return wording.board_heading(len(self.owing), len(awaited), begun)

    @property
    def laid(self) -> list[Tile]:
        return [row.tile for row in self.rows if row.state == DONE]


def state_of(inventory: Return) -> str:
    return DONE if inventory.is_complete else BEGUN if inventory.is_begun else EMPTY


def look_of(inventory: Return) -> tuple[str, str, str]:
    """Kind, word and icon of the state, for the `etat` component."""
    _, kind, icon, word = _LOOK[state_of(inventory)]
    return kind, word, icon


def ago(day: date, today: date) -> str:
    """« aujourd’hui », « hier », « il y a 12 jours »."""
    days = (today - day).days
    return "aujourd’hui" if days <= 0 else "hier" if days == 1 else f"il y a {days} jours"


def _detail(inventory: Return, total: int, today: date) -> str:
    if inventory.is_complete:
        return ""
    text = f"{inventory.done_count} section{'s' if inventory.done_count > 1 else ''} sur {total}"
    if inventory.last_entry_on:
        text += f", dernière saisie {ago(inventory.last_entry_on, today)}"
    if inventory.reminded_at:
        text += f", relancée {ago(clock.day_of(inventory.reminded_at), today)}"
    return text


def make(
    campaign: Campaign, returns: list[Return], tiles: dict[int, Tile], today: date, *, detailed: bool,
    gone: frozenset[int] = frozenset(),
) -> Board:  # fmt: skip
    """Compose the board from rows already read. `gone`: authorities that are no longer members."""
    total = len(campaign.sections)
    rows = [
        BoardRow(
            inventory, tiles.get(inventory.authority_id, Tile(0, "ardoise")),
            LEFT if inventory.authority_id in gone and not inventory.is_complete else state_of(inventory), total,
            _detail(inventory, total, today) if detailed else "",
        )
        for inventory in returns
    ]  # fmt: skip
    rank = {EMPTY: 0, BEGUN: 1, DONE: 2, LEFT: 3}
    rows.sort(key=lambda row: (rank[row.state], sort_key(row.inventory.commune)))
    return Board(campaign, tuple(rows), _map(rows, detailed), _legend(rows))


def _map(rows: list[BoardRow], detailed: bool) -> MapSvg:
    named = rows
    if len(rows) > ALL_NAMES:  # the largest of those awaited: the table names them all
        awaited = [row for row in rows if row.state not in (DONE, LEFT)]
        named = sorted(awaited, key=lambda row: -(row.inventory.authority.population or 0))[:SOME_NAMES]
    shown = {row.inventory.pk for row in named}
    return maps.map_of(
        [
            Area(
                row.inventory.authority.code, _LOOK[row.state][0], title=f"{row.inventory.commune} : {row.word}",
                href=row.inventory.get_absolute_url(), label=row.inventory.commune if row.inventory.pk in shown else "",
                note=row.sections if detailed and row.state not in (DONE, LEFT) and len(rows) <= ALL_NAMES else "",
                prominent=row.state not in (DONE, LEFT),
            )
            for row in rows
        ]
    )  # fmt: skip


def _legend(rows: list[BoardRow]) -> list[LegendEntry]:
    counts = {state: sum(row.state == state for row in rows) for state in _LOOK}
    return [
        LegendEntry(look[0], f"{look[3]} : {counts[state]}") for state, look in _LOOK.items() if counts[state]
    ]
