"""« Ce que le schéma change pour nous »: one line per sheet that concerns the reader's commune."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mosaique.access.actor import Actor
from mosaique.costing.models import AllocationRun
from mosaique.kernel.typography import date_long, money, typographie
from mosaique.kernel.ui.parts import Todo
from mosaique.scheme import queries as scheme
from mosaique.scheme.models import ActionSheet, ResidentChange
from mosaique.scheme.queries import ANSWERS, SheetLine

_ANSWER = {answer: (kind, word) for answer, word, kind, _, _ in ANSWERS}


@dataclass(frozen=True, slots=True)
class OurLine:
    url: str
    title: str
    residents: str
    kind: str
    answer: str
    amount: Decimal | None

    @property
    def cost(self) -> str:
        return "non chiffré" if self.amount is None else money(self.amount)


def open_lines(actor: Actor) -> list[SheetLine]:
    """Sheets on which the communes may answer, with the reader's own answer."""
    found = scheme.current_scheme(actor)
    if found is None:
        return []
    lines = scheme.sheet_lines(actor, found, 0, scheme.SheetFilter())
    return [line for line in lines if line.mine is not None or line.sheet.is_open_to_positions]


def shares(sheets: Sequence[ActionSheet], code: str) -> dict[int, Decimal]:
    """Scenario id → what this authority would pay in its full year, from the last calculation. One query."""
    found: dict[int, tuple[int, Decimal]] = {}
    full_year = {sheet.scenario_id: sheet.scenario.full_year for sheet in sheets}
    for run in AllocationRun.objects.filter(scenario_id__in=list(full_year)).order_by("batch"):
        if found.get(run.scenario_id, (run.batch,))[0] != run.batch:
            del found[run.scenario_id]  # a later calculation says nothing of that year: neither do we
        share = run.result["shares"].get(code)
        if run.year == full_year[run.scenario_id] and share is not None:
            found[run.scenario_id] = (run.batch, Decimal(share))
    return {scenario: share for scenario, (_, share) in found.items()}


def _residents(changes: Sequence[ResidentChange]) -> str:
    known = next((change for change in changes if change.after is not None), None)
    if known is None:
        return "non renseigné" if changes else "sans effet décrit"
    line = scheme.resident_lines([known])[0]
    said = f"{line.after} {known.label or known.get_aspect_display()}"
    return f"{said}, contre {line.before}" if known.before is not None else said


def ours(actor: Actor, lines: Sequence[SheetLine]) -> list[OurLine]:
    """Two queries beyond the lines: shares and residents' measures."""
    if actor.mandate is None or actor.mandate.authority_kind != "commune":
        return []
    sheets = [line.sheet for line in lines]
    paid = shares(sheets, actor.mandate.authority_code)
    changes: dict[int, list[ResidentChange]] = {}
    for change in ResidentChange.objects.filter(sheet__in=sheets):
        changes.setdefault(change.sheet_id, []).append(change)
    rows = []
    for line in lines:
        kind, word = _ANSWER[line.mine.answer if line.mine else ""]
        rows.append(
            OurLine(
                line.sheet.get_absolute_url(), typographie(f"{line.sheet.number}. {line.sheet.title}"),
                typographie(_residents(changes.get(line.sheet.pk, []))), kind, word, paid.get(line.sheet.scenario_id),
            )
        )  # fmt: skip
    return rows


def heading(rows: Sequence[OurLine], name: str) -> str:
    """« Si tout se fait : 1 630,13 € par an pour Saint-Cirgue »."""
    counted = [row.amount for row in rows if row.amount is not None and row.answer in ("Oui", "Oui, si")]
    if not counted:
        many = "s" if len(rows) > 1 else ""
        return f"{len(rows)} fiche{many} concerne{'nt' if many else ''} {name}"
    total = sum(counted, Decimal(0))
    return f"Avec vos « oui » : {money(total)} par an pour {name}"


def _until(sheet: ActionSheet) -> str:
    if sheet.open_until is None:
        return "Votre réponse peut changer jusqu’au vote."
    return f"Réponse attendue le {date_long(sheet.open_until)}."


def position_todos(actor: Actor, lines: Sequence[SheetLine]) -> list[Todo]:
    """What a town hall is asked to say, sheet by sheet."""
    if (
        actor.mandate is None
        or actor.mandate.authority_kind != "commune"
        or not actor.acts_for(actor.mandate.authority_id)
    ):
        return []
    asked = [line for line in lines if line.awaits_mine]
    return [
        Todo(
            f"Dire si {actor.mandate.authority_name} rejoint la fiche {line.sheet.number}",
            line.sheet.get_absolute_url() + "#vous",
            f"{line.sheet.title}. {_until(line.sheet)}",
            line.sheet.open_until, "Répondre",
        )
        for line in asked
    ]  # fmt: skip
