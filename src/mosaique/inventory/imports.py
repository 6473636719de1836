"""Reading a spreadsheet sent back: which sheet is which section, which column is which; every cell becomes text, as if typed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from mosaique.inventory.cells import KEPT
from mosaique.inventory.columns import MARK_HEAD, ROW_HEAD, Column, file_head, head_of, plain
from mosaique.inventory.layout import GUIDE, LISTS
from mosaique.inventory.pages import BLANK, Page, Seen, damaged, open_pages
from mosaique.inventory.spec import SectionSpec
from mosaique.kernel.sent import whole
from mosaique.kernel.verdict import Problem

MAX_LINES = 2000


@dataclass(slots=True)
class FileLine:
    """One line of the file: texts by column, and the hidden marks when it comes from an export."""

    number: int  # as the spreadsheet shows it
    texts: dict[str, str]
    row_id: str = ""
    marks: dict[str, tuple[int, str]] = field(default_factory=dict)
    formulas: list[str] = field(
        default_factory=list
    )  # heads of columns holding a formula, whose value was taken
    hollow: list[str] = field(
        default_factory=list
    )  # formulas that no spreadsheet has computed yet: nothing to take
    cut: list[str] = field(default_factory=list)  # columns whose text is longer than what is kept of it


@dataclass(slots=True)
class FileSection:
    """What a sheet of the file says about one section."""

    spec: SectionSpec
    lines: list[FileLine]
    notes: list[str]


def read(file: IO[bytes], specs: list[SectionSpec], inventory_id: int = 0) -> list[FileSection]:
    """The sections found in the file. A sheet that is not one of ours is named, not read."""
    pages = open_pages(file)
    try:
        return _sections(pages, specs, inventory_id)
    except Problem:
        raise
    except Exception as error:  # sheets of an .xlsx are read as they are asked for
        raise damaged() from error


def _sections(pages: Sequence[Page], specs: list[SectionSpec], inventory_id: int) -> list[FileSection]:
    found: dict[str, FileSection] = {}
    unread: list[str] = []
    for page in pages:
        if plain(page.title) in (plain(GUIDE), plain(LISTS)):
            continue
        head = _head_of(page)
        spec = _spec_of(page, head, specs, inventory_id)
        if spec is None:
            if any(seen.value is not None for seen in head):
                unread.append(
                    f"La feuille « {page.title[:40]} » n’est pas une section de l’inventaire : elle n’a pas été lue."
                )
        elif spec.name in found:
            unread.append(
                f"La feuille « {page.title[:40]} » répète la section {spec.short} : seule la première est lue."
            )
        else:
            found[spec.name] = _section(page, spec)
    if not found:
        wanted = ", ".join(f"« {spec.short} »" for spec in specs)
        raise Problem(
            f"Aucune feuille de ce tableur n’est une section de l’inventaire. Feuilles attendues : {wanted}. Rien n’a été lu."
        )
    sections = list(found.values())
    sections[0].notes.extend(unread)
    return sections


def _head_of(page: Page) -> list[Seen]:
    first = next(page.lines(), None)
    return first[1] if first is not None and first[0] == 1 else []


def _spec_of(page: Page, head: list[Seen], specs: list[SectionSpec], inventory_id: int) -> SectionSpec | None:
    """Which section this sheet is: the mark it left with, else the one whose heads it bears, its title deciding between two.

    A sheet of another inventory is refused: its lines are not ours.
    """
    by_name = {spec.name: spec for spec in specs}
    for seen in head:
        kind, _, marked = str(seen.value or "").partition(":")
        if kind == ROW_HEAD and marked:
            owner, _, name = marked.partition(":")
            if inventory_id and owner != str(inventory_id):
                raise Problem(
                    "Ce fichier a été téléchargé depuis l’inventaire d’une autre commune, ou depuis une autre collecte. Rien n’a "
                    "été lu. Téléchargez le tableur de cet inventaire, puis copiez-y vos lignes."
                )
            return by_name.get(name)
    heads = {plain(str(seen.value or "")) for seen in head}
    known = {spec.name: sum(bool(_names(column) & heads) for column in spec.columns) for spec in specs}
    titled = next((spec for spec in specs if plain(spec.short) == plain(page.title)), None)
    best = max(specs, key=lambda spec: (known[spec.name] / len(spec.columns), spec is titled))
    if known[best.name] * 2 >= len(best.columns):
        return best
    return titled if titled is not None and known[titled.name] else None


def _names(column: Column) -> set[str]:
    """Heads under which a column is known: as it leaves, as the page shows it, as it is spoken."""
    return {
        plain(file_head(column)),
        plain(head_of(column)),
        plain(column.spoken.replace("\u00ad", "")),
    }


def _section(page: Page, spec: SectionSpec) -> FileSection:
    if page.merged:
        raise Problem(
            f"La feuille « {page.title[:40]} » contient des cases fusionnées : impossible de savoir à quelle ligne elles "
            "répondent. Rien n’a été lu. Défusionnez-les, puis renvoyez le fichier."
        )
    notes: list[str] = []
    lines: list[FileLine] = []
    columns, row_at, marks_at = _heads(_head_of(page), spec, notes)
    for number, seen in page.lines():
        if number == 1:
            continue
        line = _line(number, seen, columns)
        line.row_id = _plain_text(seen, row_at)
        if not any(line.texts.values()) and not line.row_id and not line.hollow:
            continue
        if len(lines) == MAX_LINES:
            notes.append(
                f"Au-delà de {MAX_LINES} lignes, la suite n’est pas lue : partagez-la en plusieurs fichiers."
            )
            break
        line.marks = _marks(_plain_text(seen, marks_at), spec)
        lines.append(line)
    return FileSection(spec, lines, notes)


def _heads(head: list[Seen], spec: SectionSpec, notes: list[str]) -> tuple[dict[int, Column], int, int]:
    known = {name: column for column in spec.columns for name in _names(column)}
    columns: dict[int, Column] = {}
    row_at = marks_at = -1
    for index, seen in enumerate(head):
        text = str(seen.value or "").strip()
        if text.partition(":")[0] == ROW_HEAD:
            row_at = index
        elif text == MARK_HEAD:
            marks_at = index
        elif plain(text) in spec.forbidden_heads:
            notes.append(
                f"La colonne « {text[:40]} » n’a pas été lue : un inventaire ne contient jamais de nom."
            )
        elif (column := known.get(plain(text))) is not None:
            if column in columns.values():
                notes.append(
                    f"La colonne « {text[:40]} » est présente deux fois : seule la première est lue."
                )
            else:
                columns[index] = column
        elif text:
            notes.append(f"La colonne « {text[:40]} » n’est pas connue : elle n’a pas été lue.")
    missing = [head_of(column) for column in spec.columns if column not in columns.values()]
    if missing:
        notes.append(
            f"Colonnes absentes du fichier : {', '.join(missing)}. Ce qui était déjà saisi n’y change pas."
        )
    return columns, row_at, marks_at


def _line(number: int, cells: list[Seen], columns: dict[int, Column]) -> FileLine:
    line = FileLine(number, {})
    for index, column in columns.items():
        seen = cells[index] if index < len(cells) else BLANK
        if seen.formula:
            # Only the value a formula gave is taken, never the formula.
            (line.formulas if seen.value is not None else line.hollow).append(head_of(column))
        text = text_of_value(seen.value)
        if len(text) > KEPT:
            line.cut.append(head_of(column))
        line.texts[column.name] = text[:KEPT]
    return line


def text_of_value(value: Any) -> str:
    """What a person would have typed for this cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float):
        # Binary noise (0.1 + 0.2) is not what was typed.
        number = round(Decimal(repr(value)), 8).normalize()
        return f"{number:f}".replace(".", ",")
    return str(value).strip()


def _plain_text(cells: list[Seen], index: int) -> str:
    return str(cells[index].value or "").strip() if 0 <= index < len(cells) else ""


def _marks(text: str, spec: SectionSpec) -> dict[str, tuple[int, str]]:
    parts = text.split(".")
    if len(parts) != len(spec.columns):
        return {}
    found = {}
    for column, part in zip(spec.columns, parts, strict=True):
        version, _, printed = part.partition(":")
        if (seen := whole(version)) is not None:
            found[column.name] = (seen, printed)
    return found
