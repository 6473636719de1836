"""Reading a spreadsheet sent back. Limits come before opening; every cell becomes text, as if it had been typed."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from mosaique.inventory.columns import MARK_HEAD, ROW_HEAD, Column, head_of, plain
from mosaique.inventory.spec import SectionSpec
from mosaique.kernel.verdict import Problem

MAX_ENTRIES = 300
MAX_UNPACKED = 60 * 1024 * 1024
MAX_RATIO = 200
MAX_LINES = 2000
MAX_SCANNED = 6000
MAX_COLUMNS = 60


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


@dataclass(slots=True)
class FileSection:
    """What a sheet of the file says about one section."""

    spec: SectionSpec
    lines: list[FileLine]
    notes: list[str]


def check_archive(file: IO[bytes]) -> None:
    """Refuse what is not a reasonable spreadsheet before any part of it is read as such."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_ENTRIES or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise Problem(
                    "Ce fichier est trop gros une fois déplié. Rien n’a été lu : gardez seulement les feuilles de l’inventaire."
                )
            for part in parts:
                if part.flag_bits & 1:
                    raise Problem(
                        "Ce fichier est protégé par un mot de passe. Enregistrez-le sans protection, puis renvoyez-le."
                    )
                if part.file_size > 1_000_000 and part.file_size > MAX_RATIO * max(part.compress_size, 1):
                    raise Problem("Ce fichier se déplie bien au-delà de sa taille : il n’a pas été lu.")
            if "xl/workbook.xml" not in {part.filename for part in parts}:
                raise Problem(
                    "Ce fichier n’est pas un tableur .xlsx. Dans votre tableur : « Enregistrer sous », format Excel (.xlsx)."
                )
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    content = archive.read(part)
                    # Entities of a document type are never needed by a spreadsheet, and serve to exhaust a reader.
                    if (
                        b"<!DOCTYPE" in content
                        or b"<!ENTITY" in content
                        or content[:2] in (b"\xff\xfe", b"\xfe\xff")
                    ):
                        raise Problem("Ce fichier contient ce qu’un tableur n’écrit pas : il n’a pas été lu.")
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, EOFError, RuntimeError, NotImplementedError):
        raise Problem(
            "Ce fichier n’est pas un tableur .xlsx lisible. Rien n’a été enregistré. Dans votre tableur : « Enregistrer sous », "
            "format Excel (.xlsx)."
        ) from None
    finally:
        file.seek(0)


def read(file: IO[bytes], specs: list[SectionSpec]) -> list[FileSection]:
    """The sections found in the file. A sheet that is not one of ours is named, not read."""
    import openpyxl  # a quarter of a second that only the reading of a spreadsheet has to pay

    check_archive(file)
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=False)
        file.seek(0)
        values = openpyxl.load_workbook(file, read_only=True, data_only=True)
        return list(_sections(book, values, specs))
    except Problem:
        raise
    except Exception as error:  # openpyxl raises about anything on a damaged file
        raise Problem(
            "Ce tableur est abîmé : il n’a pas pu être lu jusqu’au bout. Rien n’a été enregistré. Ouvrez-le, enregistrez-le de "
            "nouveau, puis renvoyez-le."
        ) from error


def _sections(book: Any, values: Any, specs: list[SectionSpec]) -> Iterator[FileSection]:
    by_title = {plain(spec.short): spec for spec in specs}
    titles = [title for title in book.sheetnames if plain(title) in by_title]
    if not titles and len(book.sheetnames) == 1:
        found = _guess(book[book.sheetnames[0]], specs)
        if found is not None:
            by_title[plain(book.sheetnames[0])] = found
            titles = list(book.sheetnames)
    if not titles:
        wanted = ", ".join(f"« {spec.short} »" for spec in specs)
        raise Problem(
            f"Aucune feuille de ce tableur n’est une section de l’inventaire. Feuilles attendues : {wanted}. Rien n’a été lu."
        )
    for title in titles:
        yield _section(book[title], values[title], by_title[plain(title)])


def _guess(sheet: Any, specs: list[SectionSpec]) -> SectionSpec | None:
    """A single sheet under another name: the section that recognises at least half of its heads."""
    heads = {
        plain(str(value or ""))
        for value in next(sheet.iter_rows(max_row=1, max_col=MAX_COLUMNS, values_only=True), ())
    }
    best = max(specs, key=lambda spec: sum(plain(head_of(column)) in heads for column in spec.columns))
    known = sum(plain(head_of(column)) in heads for column in best.columns)
    return best if known * 2 >= len(best.columns) else None


def _section(sheet: Any, values: Any, spec: SectionSpec) -> FileSection:
    pairs = zip(
        sheet.iter_rows(max_row=MAX_SCANNED, max_col=MAX_COLUMNS), values.iter_rows(max_row=MAX_SCANNED, max_col=MAX_COLUMNS),
        strict=False,
    )  # fmt: skip
    notes: list[str] = []
    head, _ = next(pairs, ((), ()))
    columns, row_at, marks_at = _heads(head, spec, notes)
    lines: list[FileLine] = []
    for number, (raw, computed) in enumerate(pairs, 2):
        line = _line(number, raw, computed, columns)
        line.row_id = _plain_text(raw, row_at)
        if not any(line.texts.values()) and not line.row_id:
            continue
        if len(lines) == MAX_LINES:
            notes.append(
                f"Au-delà de {MAX_LINES} lignes, la suite n’est pas lue : partagez-la en plusieurs fichiers."
            )
            break
        line.marks = _marks(_plain_text(raw, marks_at), spec)
        lines.append(line)
    return FileSection(spec, lines, notes)


def _heads(head: Any, spec: SectionSpec, notes: list[str]) -> tuple[dict[int, Column], int, int]:
    known = {plain(head_of(column)): column for column in spec.columns} | {
        plain(column.spoken.replace("\u00ad", "")): column for column in spec.columns
    }
    columns: dict[int, Column] = {}
    row_at = marks_at = -1
    for index, cell in enumerate(head):
        text = str(cell.value or "").strip()
        if text == ROW_HEAD:
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


def _line(number: int, raw: Any, computed: Any, columns: dict[int, Column]) -> FileLine:
    line = FileLine(number, {})
    for index, column in columns.items():
        cell = raw[index] if index < len(raw) else None
        value = cell.value if cell is not None else None
        if cell is not None and cell.data_type == "f":
            # Only the value a formula gave is taken, never the formula.
            value = computed[index].value if index < len(computed) else None
            (line.formulas if value is not None else line.hollow).append(head_of(column))
        line.texts[column.name] = text_of_value(value)
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
    return str(value).strip()[:2000]


def _plain_text(raw: Any, index: int) -> str:
    return str(raw[index].value or "").strip() if 0 <= index < len(raw) else ""


def _marks(text: str, spec: SectionSpec) -> dict[str, tuple[int, str]]:
    parts = text.split(".")
    if len(parts) != len(spec.columns):
        return {}
    found = {}
    for column, part in zip(spec.columns, parts, strict=True):
        version, _, printed = part.partition(":")
        if version.isdecimal():
            found[column.name] = (int(version), printed)
    return found
