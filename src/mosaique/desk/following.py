"""What a home shows to those who follow without deciding: their groups, and what is planned for agents."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from mosaique.access.actor import Actor
from mosaique.access.models import Space
from mosaique.access.roles import Role
from mosaique.costing import queries as costing
from mosaique.discussions.models import Thread
from mosaique.kernel.typography import typographie
from mosaique.scheme import queries as scheme
from mosaique.scheme.models import ActionSheet

SPACES, THREADS, READ_AHEAD = 5, 2, 60


@dataclass(frozen=True, slots=True)
class Group:
    """A space and its latest questions."""

    space: Space
    threads: list[Thread]
    mine: bool
    led: bool = False


def open_spaces(actor: Actor) -> list[Space]:
    """Those the actor may know of. One query."""
    return list(
        Space.objects.visible_to(actor).filter(territory_id=actor.territory_id, closed_at=None).order_by("name", "pk")
    )  # fmt: skip


def groups(actor: Actor, spaces: list[Space]) -> list[Group]:
    """Of `open_spaces`, those the actor belongs to, then those where something is said to them. One query."""
    said: dict[int, list[Thread]] = {}
    for thread in Thread.objects.visible_to(actor).filter(space__in=spaces)[:READ_AHEAD]:
        said.setdefault(thread.space_id, []).append(thread)
    found = [
        Group(space, said.get(space.pk, [])[:THREADS], actor.in_space(space.pk), actor.animates(space.pk))
        for space in spaces
    ]
    kept = [group for group in found if group.mine or group.threads]
    return sorted(kept, key=lambda group: not group.mine)[:SPACES]


@dataclass(frozen=True, slots=True)
class Effect:
    """« Fiche 2, Instruction commune »: « +0,70 ETP »."""

    url: str
    title: str
    text: str


@dataclass(slots=True)
class Employer:
    """`effects`: what changes or is not known; `untouched`: sheets that say they change nothing here."""

    name: str
    effects: list[Effect] = field(default_factory=list)
    untouched: list[Effect] = field(default_factory=list)


def employers(actor: Actor) -> list[Employer]:
    """What each sheet changes for the agents, employer by employer, as the sheet itself says it. An agent reads their
    own employer, the staff's representative every one."""
    found = scheme.current_scheme(actor)
    if found is None or actor.mandate is None:
        return []
    only = "" if actor.role == Role.STAFF_REP else actor.mandate.authority_code
    sheets = (
        ActionSheet.objects.visible_to(actor).for_screen().filter(scheme=found).exclude(status=ActionSheet.Status.DROPPED)
    )  # fmt: skip
    return _by_employer(list(sheets), only)


def _by_employer(sheets: Iterable[ActionSheet], only: str) -> list[Employer]:
    pictures = costing.pictures([sheet.scenario for sheet in sheets])
    rows: dict[tuple[bool, str, str], Employer] = {}
    for sheet in sheets:
        picture = pictures[sheet.scenario_id]
        for row in picture.staff:
            body = row.authority
            if only and body.code != only:
                continue
            total = picture.total_of(body.code, staff=True)
            effect = Effect(
                sheet.get_absolute_url() + "#agents", typographie(f"{sheet.number}. {sheet.title}"),
                total.text if total is not None else "non renseigné",
            )  # fmt: skip
            employer = rows.setdefault((body.kind == "commune", body.name, body.code), Employer(body.name))
            same = total is not None and total.is_no_effect
            (employer.untouched if same else employer.effects).append(effect)
    return [rows[key] for key in sorted(rows)]
