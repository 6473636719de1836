"""What is shown on the wall of a meeting room: one thing per screen, in large type.

Composed for « nobody in particular who takes part » (`access.actor.taking_part`): a screen on a wall is read by the whole
room, so nothing that only some of them may read is ever on it, whoever holds the keyboard.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mosaique.access.actor import Actor, taking_part
from mosaique.consultation import pictures
from mosaique.consultation import queries as consultation
from mosaique.consultation.opinion_state import StateKind
from mosaique.desk import process
from mosaique.desk.standing import standing_of
from mosaique.inventory import queries as inventory
from mosaique.kernel import clock
from mosaique.kernel.typography import etp, money, typographie
from mosaique.kernel.ui.parts import Figure
from mosaique.scheme import maps as sheet_maps
from mosaique.scheme import queries as scheme
from mosaique.scheme.models import ActionSheet
from mosaique.scheme.queries import SheetPage
from mosaique.territory.models import Territory
from mosaique.territory.tiles import Tile


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be shown: its key in the address, its title in the list."""

    key: str
    title: str


def _sheets(room: Actor) -> list[ActionSheet]:
    found = scheme.current_scheme(room)
    if found is None:
        return []
    rows = ActionSheet.objects.visible_to(room).for_screen().filter(scheme=found)
    return [sheet for sheet in rows if sheet.status != ActionSheet.Status.DROPPED]


def choices(territory: Territory) -> list[Choice]:
    """Everything that may be shown to the room now, in the order of a meeting."""
    room = taking_part(territory.pk, territory.epci.name)
    found = [Choice("etapes", "Où en est la démarche")]
    if inventory.current_campaign(territory):
        found.append(Choice("inventaires", "Les inventaires des communes"))
    found += [Choice(f"fiche-{s.pk}", f"Fiche {s.number}. {s.title}") for s in _sheets(room)]
    if consultation.current(room):
        found.append(Choice("avis", "Les avis des conseils"))
    return found


def order(asked: Sequence[str], offered: Sequence[Choice]) -> list[Choice]:
    """What was asked and may be shown; nothing asked: everything."""
    wanted = set(asked)
    return [one for one in offered if one.key in wanted] or list(offered)


def show(territory: Territory, choice: Choice) -> dict[str, Any]:
    """The template of a screen and what it shows."""
    room = taking_part(territory.pk, territory.epci.name)
    if choice.key == "inventaires":
        campaign = inventory.current_campaign(territory)
        board = inventory.board(room, campaign) if campaign else None
        return {"template": "desk/projection/inventories.html", "board": board}
    if choice.key == "avis":
        return {"template": "desk/projection/opinions.html", **_opinions(room)}
    if choice.key.startswith("fiche-"):
        sheet = next(s for s in _sheets(room) if f"fiche-{s.pk}" == choice.key)
        return {"template": "desk/projection/sheet.html", **_sheet(room, sheet)}
    return {"template": "desk/projection/steps.html", **_steps(territory, room)}


def _steps(territory: Territory, room: Actor) -> dict[str, Any]:
    campaign = inventory.current_campaign(territory)
    laid = inventory.laid_tiles(campaign)
    standing = standing_of(territory, room, campaign, laid)
    tiles: list[Tile] = laid[0] if laid else []
    return {
        "heading": process.heading(standing), "steps": process.steps(standing), "target": standing.target,
        "adopted": standing.adopted_on, "tiles": tiles, "total": laid[1] if laid else 0,
        "today": clock.today(territory.zone),
    }  # fmt: skip


def _opinions(room: Actor) -> dict[str, Any]:
    current = consultation.current(room)
    assert current is not None  # offered only then
    board = consultation.board(current)
    favourable = board.count(StateKind.FAVOURABLE, StateKind.RESERVES, StateKind.TACIT_FAVOURABLE)
    return {
        "board": board, "map": pictures.board_map(board), "legend": pictures.legend_of(board),
        "favourable": favourable, "unfavourable": board.count(StateKind.UNFAVOURABLE),
        "waiting": sum(row.state.is_open for row in board.rows), "total": len(board.rows),
    }  # fmt: skip


def _sheet(room: Actor, sheet: ActionSheet) -> dict[str, Any]:
    page = scheme.sheet_page(room, sheet)
    return {
        "sheet": sheet, "page": page, "look": scheme.status_look(sheet), "figures": _figures(page),
        "map": sheet_maps.perimeter_map(page.groups), "legend": sheet_maps.legend(page.groups),
        "closed": not sheet.is_open_to_positions,
    }  # fmt: skip


def _figures(page: SheetPage) -> list[Figure]:
    """Service to residents, money, people: what is unknown is said unknown."""
    picture = page.picture
    year = page.sheet.scenario.full_year
    known = next((line for line in page.residents if line.known), None)
    label = (known.change.label or known.change.get_aspect_display()) if known else "pour les habitants"
    before = f", contre {known.before}" if known and known.change.before is not None else ""
    partial = ", pour ce qui est chiffré" if picture.has_unknown_cost and picture.priced else ""
    cost = money(picture.running_cost, cents=False) if picture.priced else "Non connu"
    staff = etp(picture.staff_total.known, signed=True) if picture.staff_total.stated else "Non connu"
    return [
        Figure(typographie(known.after) if known else "Non décrit", typographie(f"{label}{before}")),
        Figure(cost, f"de fonctionnement en {year}{partial}"),
        Figure(staff, f"d’effectifs au total en {year}"),
    ]
