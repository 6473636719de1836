"""« Ce que le schéma change pour nous »: one line per sheet that concerns the reader's commune."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mosaique.access.actor import Actor
from mosaique.costing import queries as costing
from mosaique.costing.engine.impacts import Total
from mosaique.desk.remembered import Memory
from mosaique.kernel.typography import date_long, money, typographie
from mosaique.kernel.ui.parts import Todo
from mosaique.scheme import queries as scheme
from mosaique.scheme.models import ActionSheet, ResidentChange
from mosaique.scheme.queries import ANSWERS, SheetLine
from mosaique.territory.models import Authority

_ANSWER = {answer: (kind, word) for answer, word, kind, _, _ in ANSWERS}


@dataclass(frozen=True, slots=True)
class OurLine:
    url: str
    title: str
    residents: str
    kind: str
    answer: str
    effect: Total | None  # None: nothing is stated for this commune

    @property
    def cost(self) -> str:
        return "non chiffré" if self.effect is None else self.effect.text

    @property
    def amount(self) -> Decimal | None:
        """Euros a year, only when nothing is missing from them."""
        return self.effect.known if self.effect is not None and self.effect.is_exact else None


def open_lines(actor: Actor) -> list[SheetLine]:
    """Sheets on which the communes may answer, with the reader's own answer."""
    found = scheme.current_scheme(actor)
    if found is None:
        return []
    lines = scheme.sheet_lines(actor, found, 0, scheme.SheetFilter())
    return [line for line in lines if line.mine is not None or line.sheet.is_open_to_positions]


def effects(sheets: Sequence[ActionSheet], code: str, memory: Memory) -> dict[int, Total]:
    """Scenario id → the change in this authority's yearly expenses, as the sheet itself says it. Four queries."""
    everyone = memory.common(
        ("effects", tuple(sheet.scenario_id for sheet in sheets)), ("costing",), lambda: _of_everyone(sheets)
    )
    return everyone.get(code, {})


def _of_everyone(sheets: Sequence[ActionSheet]) -> dict[str, dict[int, Total]]:
    """Authority's code → scenario id → its effect, where one is stated: read once for all the communes that ask."""
    found: dict[str, dict[int, Total]] = {}
    for pk, picture in costing.pictures([sheet.scenario for sheet in sheets]).items():
        for code, total in picture.running_totals():
            if total.stated:
                found.setdefault(code, {})[pk] = total
    return found


def _residents(changes: Sequence[ResidentChange]) -> str:
    known = next((change for change in changes if change.after is not None), None)
    if known is None:
        return "non renseigné" if changes else "sans effet décrit"
    line = scheme.resident_lines([known])[0]
    said = f"{line.after} {known.label or known.get_aspect_display()}"
    return f"{said}, contre {line.before}" if known.before is not None else said


def ours(actor: Actor, lines: Sequence[SheetLine], memory: Memory) -> list[OurLine]:
    """The reader's own commune. Five queries beyond the lines: effects and residents' measures."""
    if actor.mandate is None or actor.mandate.authority_kind != "commune":
        return []
    return rows(
        [line.sheet for line in lines],
        {line.sheet.pk: line.mine.answer for line in lines if line.mine},
        actor.mandate.authority_code,
        memory,
    )


def of_authority(actor: Actor, authority: Authority) -> list[OurLine]:
    """Any commune, as the reader may know it: sheets they read, on which it has answered or may still answer."""
    found = scheme.current_scheme(actor)
    if found is None:
        return []
    sheets = list(ActionSheet.objects.visible_to(actor).for_screen().filter(scheme=found))
    given = scheme.last_positions(sheets)
    answers = {pk: own[authority.pk].answer for pk, own in given.items() if authority.pk in own}
    return rows(
        [s for s in sheets if s.pk in answers or s.is_open_to_positions], answers, authority.code, Memory()
    )


def rows(
    sheets: Sequence[ActionSheet], answers: Mapping[int, str], code: str, memory: Memory
) -> list[OurLine]:
    """One line per sheet for the commune of this code; `answers`: sheet id → what it said."""
    paid = effects(sheets, code, memory)
    changes: dict[int, list[ResidentChange]] = {}
    for change in ResidentChange.objects.filter(sheet__in=sheets):
        changes.setdefault(change.sheet_id, []).append(change)
    found = []
    for sheet in sheets:
        kind, word = _ANSWER[answers.get(sheet.pk, "")]
        found.append(
            OurLine(
                sheet.get_absolute_url(), typographie(f"{sheet.number}. {sheet.title}"),
                typographie(_residents(changes.get(sheet.pk, []))), kind, word, paid.get(sheet.scenario_id),
            )
        )  # fmt: skip
    return found


def heading(rows: Sequence[OurLine], name: str, *, decides: bool = True, whose: str = "") -> str:
    """« Avec vos « oui » : +1 630,13 € de dépenses par an pour Saint-Cirgue »; the commune's, for who does not decide for it."""
    counted = [row.amount for row in rows if row.amount is not None and row.answer in ("Oui", "Oui, si")]
    if not counted:
        many = "s" if len(rows) > 1 else ""
        return f"{len(rows)} fiche{many} concerne{'nt' if many else ''} {name}"
    total = sum(counted, Decimal(0))
    sum_text = money(total, signed=True) + " de dépenses par an" if total else "aucune dépense de plus"
    without = sum(row.amount is None and row.answer in ("Oui", "Oui, si") for row in rows)
    rest = (
        f", sans compter {without} fiche{'s' if without > 1 else ''} non chiffrée{'s' if without > 1 else ''}"
        if without
        else ""
    )
    whose = whose or ("vos « oui »" if decides else "les « oui » de votre commune")
    return f"Avec {whose} : {sum_text} pour {name}{rest}"


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
