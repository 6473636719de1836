"""The home of a commune and that of the intercommunality: what every other may know of a body, on one page.

Everything is read through the reader's own rights: the page of a commune is not the same for its hall and for another.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse

from mosaique.access.actor import Actor
from mosaique.access.models import Mandate, Space
from mosaique.access.roles import Role
from mosaique.consultation import queries as consultation
from mosaique.consultation.models import CouncilFile, Sitting
from mosaique.consultation.queries import CouncilRow
from mosaique.desk import ours
from mosaique.desk.policies import may_take_away
from mosaique.inventory import board as inventories
from mosaique.inventory import queries as inventory
from mosaique.inventory.models import Return
from mosaique.kernel import clock
from mosaique.kernel.ui.parts import Link
from mosaique.scheme import queries as scheme
from mosaique.scheme.models import ActionSheet
from mosaique.territory import maps, perimeter
from mosaique.territory import queries as territories
from mosaique.territory.maps import Area, MapSvg
from mosaique.territory.models import Authority, Territory, TerritoryMember
from mosaique.territory.queries import sort_key
from mosaique.territory.tiles import Tile

#: Who speaks first for a body: the elected, then those who prepare, then those who work there.
_RANK = {role: rank for rank, role in enumerate(
    (Role.PRESIDENT, Role.MAYOR, Role.DEPUTY, Role.COUNCILLOR, Role.DGS, Role.PROJECT_LEAD, Role.SECRETARY, Role.STAFF_REP, Role.AGENT)
)}  # fmt: skip
_YES = ("yes", "yes_if")


def member_of(actor: Actor, code: str) -> TerritoryMember | None:
    """A member of the territory acted in, by its INSEE code or SIREN; those who only have a space read no such page."""
    if not actor.takes_part_in(actor.territory_id):
        return None
    # A commune nouvelle bears the INSEE code of one it gathers: it answers to its own code only.
    return (
        TerritoryMember.objects.filter(Q(authority__in=perimeter.of_codes([code])) | Q(authority__siren=code))
        .filter(territory_id=actor.territory_id)
        .select_related("authority", "territory__epci")
        .order_by("-pk")  # of one that left and came back, the present one
        .first()
    )


def former_of(actor: Actor, code: str) -> TerritoryMember | None:
    """The actor's own commune on the territory acted in, once it is no longer a member."""
    return (
        TerritoryMember.objects.filter(authority__in=perimeter.of_codes([code]))
        .filter(authority_id__in=actor.hall_authority_ids)
        .filter(territory_id=actor.territory_id)
        .select_related("authority", "territory__epci")
        .order_by("-pk")
        .first()
    )


def left(actor: Actor) -> dict[str, Any]:
    """The home of somebody whose commune has left: what they keep, and how to take it away."""
    held = actor.mandate
    assert held is not None
    member = (
        TerritoryMember.objects.filter(territory_id=held.territory_id, authority_id=held.authority_id)
        .select_related("authority", "territory__epci")
        .latest("pk")
    )
    into = perimeter.successor_of(member.authority)
    return {
        "today": clock.today(member.territory.zone), "name": held.authority_name, "territory_name": held.territory_name,
        "left_on": member.left_on, "successor": into.name if into else "",
        "url": reverse("commune_data", kwargs={"code": held.authority_code})
        if may_take_away(actor, member.authority)
        else "",
    }  # fmt: skip


def speakers(actor: Actor, territory: Territory, authority: Authority, today: date) -> list[Mandate]:
    """Who acts for a body today, the elected first. Names and titles, never an address."""
    rows = (
        Mandate.objects.visible_to(actor)
        .held_on(today)
        .filter(territory=territory, authority=authority, person__is_active=True)
        .select_related("person", "substitute_of__person")
    )
    return sorted(rows, key=lambda m: (_RANK.get(Role(m.role), 99), m.person.family_name, m.pk))


# --- A commune ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class InventoryState:
    """« Rendu », with its page; None when no collection has been opened."""

    kind: str
    word: str
    icon: str
    url: str
    detail: str


def _inventory(actor: Actor, territory: Territory, authority: Authority) -> InventoryState | None:
    campaign = inventory.current_campaign(territory)
    if campaign is None:
        return None
    found = (
        Return.objects.visible_to(actor).filter(campaign=campaign, authority=authority).select_related("authority").first()
    )  # fmt: skip
    if found is None:
        return None
    found.campaign = campaign
    kind, word, icon = inventories.look_of(found)
    # How far it has gone is told to its own hall and to the team; the others read a word.
    detail = ""
    if actor.acts_for(authority.pk) or actor.is_team(territory.pk):
        detail = (
            f"{found.done_count} section{'s' if found.done_count > 1 else ''} sur {len(campaign.sections)}"
        )
    return InventoryState(kind, word, icon, found.get_absolute_url(), detail)


def _council(actor: Actor, authority: Authority) -> tuple[CouncilRow | None, list[Sitting]]:
    """Its opinion on the report under consultation, and its next sittings."""
    current = consultation.current(actor)
    row = None
    if current is not None:
        council = (
            CouncilFile.objects.visible_to(actor).for_screen().filter(consultation=current, authority=authority).first()
        )  # fmt: skip
        row = consultation.row_of(council) if council else None
    sittings = Sitting.objects.visible_to(actor).filter(
        authority=authority, cancelled_at=None, on_date__gte=clock.today()
    )
    return row, list(sittings.order_by("on_date")[:3])


def _where(territory: Territory, code: str) -> MapSvg:
    """The commune among the others: plain where all are pale; the largest keep their name to find one's way."""
    members = territories.members(territory)
    largest = {m.code for m in sorted(members, key=lambda m: -(m.population or 0))[:4]}
    return maps.map_of(
        [
            Area(
                m.code, "m-oui" if m.code == code else "m-vide", title=m.name,
                label=m.name if m.code == code or m.code in largest else "", prominent=m.code == code,
            )
            for m in members
        ]
    )  # fmt: skip


def commune_page(actor: Actor, member: TerritoryMember) -> dict[str, Any]:
    """The home of a commune: who speaks for it, where it stands, what the sheets would change for it."""
    territory, authority = member.territory, member.authority
    today = clock.today(territory.zone)
    rows = ours.of_authority(actor, authority)
    council, sittings = _council(actor, authority)
    mine = actor.acts_for(authority.pk)
    # What it became, or what it gathers: asked only of those whose membership has a date, or who have a code of here.
    into = perimeter.successor_of(authority) if member.left_on else None
    return {
        "territory": territory, "authority": authority, "member": member, "mine": mine, "today": today,
        "tile": Tile(member.tile_drawing, member.tile_hue),
        "people": speakers(actor, territory, authority, today),
        "inventory": _inventory(actor, territory, authority),
        "council": council, "sittings": sittings,
        "rows": rows,
        "rows_heading": ours.heading(rows, authority.name, whose="ses « oui »") if rows else "",
        "map": _where(territory, (into or authority).code),
        "into": into,
        "gathers": perimeter.gathered_bodies(authority) if authority.own_code else [],
        "may_take": may_take_away(actor, authority),
    }  # fmt: skip


# --- The intercommunality -------------------------------------------------------------------

#: A tax regime in words, for who does not read « FPU ».
_REGIMES = {"FPU": "fiscalité professionnelle unique", "FA": "fiscalité additionnelle"}
#: What the table may be narrowed to, and sorted by, in its address.
VIEWS = ("toutes", "inventaire", "positions", "avis")
SORTS = ("nom", "population", "positions")


@dataclass(slots=True)
class CommuneLine:
    """One commune in the table of the intercommunality: what it has given so far."""

    authority: Authority
    tile: Tile
    inventory: tuple[str, str, str] | None = None  # kind, word, icon
    joined: int = 0
    answered: int = 0  # of the sheets still open to positions
    council: CouncilRow | None = None

    @property
    def owes_inventory(self) -> bool:
        return self.inventory is not None and self.inventory[0] != "fait"

    def owes_answers(self, open_sheets: int) -> bool:
        return self.answered < open_sheets

    @property
    def owes_opinion(self) -> bool:
        return self.council is not None and self.council.state.is_open


@dataclass(frozen=True, slots=True)
class CommunesTable:
    """The communes, narrowed and sorted as the address says."""

    lines: list[CommuneLine]
    sheets: int
    open_sheets: int
    tabs: list[Link]
    sorts: list[Link]
    has_inventory: bool
    has_council: bool
    caption: str
    total: int
    population: int | None  # of all of them; None when one is not known


def communes_table(actor: Actor, territory: Territory, view: str, sort: str) -> CommunesTable:
    """Ten queries or so, however many communes: inventories, positions and opinions are each read once for all."""
    lines = {
        row.authority_id: CommuneLine(row.authority, Tile(row.tile_drawing, row.tile_hue))
        for row in perimeter.communes(territory)
    }
    campaign = inventory.current_campaign(territory)
    board = inventory.board(actor, campaign) if campaign else None
    for row in board.rows if board else ():
        if (line := lines.get(row.inventory.authority_id)) is not None:
            line.inventory = (row.kind, row.word, row.icon)
    sheets = _count_positions(actor, lines)
    current = consultation.current(actor)
    for council in consultation.board(current).rows if current else ():
        if (line := lines.get(council.council.authority_id)) is not None:
            line.council = council
    open_sheets = sum(sheet.is_open_to_positions for sheet in sheets)
    return _arranged(list(lines.values()), len(sheets), open_sheets, view, sort, board is not None, current is not None)  # fmt: skip


def _count_positions(actor: Actor, lines: dict[int, CommuneLine]) -> list[ActionSheet]:
    """Counts on each line the answers given to the sheets the actor reads; returns these sheets."""
    found = scheme.current_scheme(actor)
    if found is None:
        return []
    sheets = [
        sheet for sheet in ActionSheet.objects.visible_to(actor).for_screen().filter(scheme=found)
        if sheet.status != ActionSheet.Status.DROPPED
    ]  # fmt: skip
    asked = {sheet.pk for sheet in sheets if sheet.is_open_to_positions}
    for pk, given in scheme.last_positions(sheets).items():
        for authority_id, position in given.items():
            if (line := lines.get(authority_id)) is not None:
                line.answered += pk in asked
                line.joined += position.answer in _YES
    return sheets


def _arranged(
    lines: list[CommuneLine], sheets: int, open_sheets: int, view: str, sort: str, has_inventory: bool, has_council: bool
) -> CommunesTable:  # fmt: skip
    owing = {
        "inventaire": [line for line in lines if line.owes_inventory],
        "positions": [line for line in lines if line.owes_answers(open_sheets)] if open_sheets else [],
        "avis": [line for line in lines if line.owes_opinion],
    }
    names = {"inventaire": "Inventaire à rendre", "positions": "Réponses attendues", "avis": "Avis attendu"}
    view = view if view in VIEWS and (view == "toutes" or owing[view]) else "toutes"
    sort = sort if sort in SORTS else "nom"
    shown = lines if view == "toutes" else owing[view]
    keys: dict[str, Callable[[CommuneLine], tuple[Any, ...]]] = {
        "nom": lambda line: (sort_key(line.authority.name),),
        "population": lambda line: (-(line.authority.population or 0), sort_key(line.authority.name)),
        "positions": lambda line: (-line.joined, sort_key(line.authority.name)),
    }

    def url(view: str, sort: str) -> str:
        return f"?voir={view}&tri={sort}#communes"

    tabs = [Link(f"Toutes ({len(lines)})", url("toutes", sort), view == "toutes")]
    tabs += [
        Link(f"{names[key]} ({len(found)})", url(key, sort), view == key) for key, found in owing.items() if found
    ]  # fmt: skip
    labels = {"nom": "par nom", "population": "par population", "positions": "par fiches rejointes"}
    sorts = [Link(labels[key], url(view, key), sort == key) for key in SORTS if key != "positions" or sheets]
    caption = (
        "Toutes les communes" if view == "toutes" else f"{names[view]} : {len(shown)} commune{'s' if len(shown) > 1 else ''}"
    )  # fmt: skip
    counted = [line.authority.population for line in lines if line.authority.population is not None]
    return CommunesTable(
        sorted(shown, key=keys[sort]), sheets, open_sheets, tabs if len(tabs) > 1 else [], sorts, has_inventory,
        has_council, caption, len(lines), sum(counted) if len(counted) == len(lines) else None,
    )  # fmt: skip


def epci_page(actor: Actor, member: TerritoryMember, *, view: str, sort: str) -> dict[str, Any]:
    """The home of the intercommunality: who conducts the process, its groups, each commune's part."""
    territory, authority = member.territory, member.authority
    today = clock.today(territory.zone)
    people = speakers(actor, territory, authority, today)
    team = [m for m in people if m.role in (Role.PRESIDENT, Role.DGS, Role.PROJECT_LEAD)]
    spaces = (
        Space.objects.visible_to(actor)
        .filter(territory=territory, closed_at=None)
        .order_by("kind", "name", "pk")
    )
    return {
        "territory": territory, "authority": authority, "today": today,
        "table": communes_table(actor, territory, view, sort),
        "team": team, "others": [m for m in people if m not in team], "spaces": list(spaces),
        "tile": Tile(member.tile_drawing, member.tile_hue), "regime": _REGIMES.get(authority.tax_regime, ""),
    }  # fmt: skip
