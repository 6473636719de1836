"""Cells of a line: reading, judging and keeping what is typed. Pure; the services decide who may and store.

A cell is {v: value} or {u: reason}, with n: version (counted only when a value is accepted), b: person, and, when the last
text was refused, r: that text and w: why. Refused text is kept so that nothing typed is lost; it never counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from mosaique.inventory.columns import Column, Refusal, clean, head_of, plain, shown
from mosaique.inventory.spec import Line, SectionSpec
from mosaique.kernel.quantity import Unknown

Cell = dict[str, Any]

# What the person reads for each reason; the first one is what « ? » means.
REASONS = (
    (Unknown.INCONNU.value, "Ne sait pas"),
    (Unknown.NON_CONCERNE.value, "Non concerné"),
    (Unknown.REFUSE.value, "Ne souhaite pas répondre"),
    (Unknown.NON_COMMUNIQUE.value, "Non communiqué"),
)
_LABELS = dict(REASONS)
# A refused text is kept whole up to here; longer, it is not kept and the answer says so.
KEPT = 20_000
_WORDS = {plain(label): code for code, label in REASONS} | {
    "?": "inconnu", "nsp": "inconnu", "non connu": "inconnu",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Typed:
    """What a change brings: a value, a reason, or a refusal with the text kept."""

    value: str = ""
    unknown: str = ""
    refused: str = ""
    reason: str = ""
    offers: tuple[tuple[str, str], ...] = ()


def judge(column: Column, text: str | None, unknown: str | None, stored: Cell | None = None) -> Typed:
    """Make of typed text (or of a reason) what may be stored."""
    text = text or ""
    if not unknown:
        unknown = (
            _WORDS.get(plain(text)) if text.strip() and plain(text) not in _choice_words(column) else None
        )
    if unknown:
        if not column.unknown:
            label = head_of(column)
            return Typed(
                refused=_LABELS.get(unknown, text),
                reason=f"« {label} » nomme la ligne : écrivez quelques mots.",
            )
        if unknown not in _LABELS:
            return Typed(
                refused=text[:KEPT], reason="Cette raison n’existe pas : choisissez-en une dans la liste."
            )
        return Typed(unknown=unknown)
    try:
        return Typed(value=clean(column, text, stored=(stored or {}).get("v")))
    except Refusal as refusal:
        return Typed(refused=text[:KEPT], reason=str(refusal), offers=refusal.offers)


def _choice_words(column: Column) -> set[str]:
    return {plain(label) for _, label in column.choices}


def same(cell: Cell | None, typed: Typed) -> bool:
    """Whether the stored cell already says this."""
    cell = cell or {}
    if typed.refused:
        return cell.get("r") == typed.refused
    return "r" not in cell and cell.get("v", "") == typed.value and cell.get("u", "") == typed.unknown


def keep(cell: Cell | None, typed: Typed, person_id: int | None, window: str = "") -> Cell:
    """The cell once this is stored. A refusal leaves the version alone: no value was accepted."""
    version = (cell or {}).get("n", 0)
    if typed.refused:
        return {**(cell or {"n": 0}), "r": typed.refused, "w": typed.reason}
    kept: Cell = {"n": version + 1, "b": person_id}
    if window:
        kept["t"] = window
    if typed.unknown:
        kept["u"] = typed.unknown
    elif typed.value:
        kept["v"] = typed.value
    return kept


def text_of(column: Column, cell: Cell | None, *, code: bool = False) -> str:
    """What is read in the cell: refused text as it was typed, a reason in words, a value in French."""
    cell = cell or {}
    if "r" in cell:
        return str(cell["r"])
    if "u" in cell:
        return _LABELS[cell["u"]]
    value = cell.get("v", "")
    return value if code and column.kind == "choice" else shown(column, value)


def stored_text(column: Column, cell: Cell | None) -> str:
    """The accepted value only (what another person's value was)."""
    kept = {key: value for key, value in (cell or {}).items() if key not in ("r", "w")}
    return text_of(column, kept)


def is_empty(cells: dict[str, Cell]) -> bool:
    return not any(cell.get("v") or cell.get("u") or cell.get("r") for cell in cells.values())


def line_of(cells: dict[str, Cell]) -> Line:
    """The line as it counts: a cell whose last text was refused counts neither as a value nor as unknown."""
    sound = {name: cell for name, cell in cells.items() if "r" not in cell}
    return Line(
        {name: cell["v"] for name, cell in sound.items() if cell.get("v")},
        {name: cell["u"] for name, cell in sound.items() if cell.get("u")},
    )


def counting(rows: Iterable[Any]) -> list[Line]:
    """Lines that count: kept, not empty, and confirmed by the commune when typed for it."""
    return [
        line_of(row.cells)
        for row in rows
        if row.removed_at is None and not row.to_confirm and not is_empty(row.cells)
    ]


def brief(text: str) -> str:
    """As much of a text as one line shows; what is recorded is whole."""
    return text if len(text) <= 160 else f"{text[:120].rstrip()}…"


def refusals(spec: SectionSpec, cells: dict[str, Cell]) -> list[tuple[Column, str, str]]:
    """(column, text kept, why) of every cell to see again."""
    return [
        (column, cells[column.name]["r"], cells[column.name].get("w", ""))
        for column in spec.columns
        if "r" in cells.get(column.name, {})
    ]


def totals(spec: SectionSpec, rows: Sequence[Any]) -> dict[str, str]:
    """The foot of the table, ready to show: sums of what counts, and what the first cell says."""
    lines = [row for row in rows if row.removed_at is None and not row.to_confirm]
    found: dict[str, str] = {}
    for column in spec.columns:
        if column.total:
            numbers = [
                number for row in lines if (number := line_of(row.cells).number(column.name)) is not None
            ]
            found[column.name] = shown(column, str(sum(numbers))) if numbers else ""
    found["_titre"] = _total_title(spec, rows)
    return found


def _total_title(spec: SectionSpec, rows: Sequence[Any]) -> str:
    shown_rows = [row for row in rows if row.removed_at is None]
    names = {column.name for column in spec.columns if column.total}
    wrong = [
        str(number)
        for number, row in enumerate(shown_rows, 1)
        if row.to_confirm or any("r" in row.cells.get(name, {}) for name in names)
    ]
    if not wrong:
        return "Total"
    if len(wrong) == 1:
        return f"Total, sans la ligne {wrong[0]}"
    head = ", ".join(wrong[:6])
    return f"Total, sans {len(wrong)} lignes ({head}{'…' if len(wrong) > 6 else ''})"
