"""Sheets of a file sent back, whatever its format: values only, within limits, never a formula nor a link.

The archive is checked before any part of it is read as a spreadsheet.
"""

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import IO, Any
from xml.etree import ElementTree

from mosaique.kernel.verdict import Problem

MAX_ENTRIES = 300
MAX_UNPACKED = 60 * 1024 * 1024
MAX_RATIO = 200
MAX_SCANNED = 6000  # lines of one sheet
MAX_COLUMNS = 60
MAX_KEPT = 20_000  # lines of the whole file

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_SAVE_AS = "Dans votre tableur : « Enregistrer sous », format Excel (.xlsx) ou OpenDocument (.ods)."


@dataclass(frozen=True, slots=True)
class Seen:
    """A cell as it came: its value, and whether a formula gave it."""

    value: Any = None
    formula: bool = False


BLANK = Seen()
# Number of the line as the spreadsheet shows it, and its cells.
Lines = Iterator[tuple[int, list[Seen]]]


@dataclass(frozen=True, slots=True)
class Page:
    title: str
    lines: Callable[[], Lines]
    merged: bool


def open_pages(file: IO[bytes]) -> list[Page]:
    """Every sheet of the file. Raises a `Problem` that says what the file is and what to do."""
    kind = check_archive(file)
    try:
        return _ods(file) if kind == "ods" else _xlsx(file)
    except Problem:
        raise
    except Exception as error:  # about anything comes out of a damaged file
        raise damaged() from error


def damaged() -> Problem:
    return Problem(
        "Ce tableur est abîmé : il n’a pas pu être lu jusqu’au bout. Rien n’a été enregistré. Ouvrez-le, enregistrez-le de "
        "nouveau, puis renvoyez-le."
    )


def check_archive(file: IO[bytes]) -> str:
    """`xlsx` or `ods`; refuses what is not a reasonable spreadsheet before any part of it is read as such."""
    start = file.read(8)
    file.seek(0)
    if start[:4] == _OLD_OFFICE:
        # The old .xls, and an .xlsx under a password, begin alike.
        raise Problem(
            "Ce fichier est un ancien tableur (.xls), ou un tableur protégé par un mot de passe. Rien n’a été lu. Ouvrez-le, "
            "puis « Enregistrer sous », sans mot de passe, format Excel (.xlsx) ou OpenDocument (.ods)."
        )
    try:
        with zipfile.ZipFile(file) as archive:
            return _checked(archive)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, EOFError, RuntimeError, NotImplementedError):
        raise Problem(
            f"Ce fichier n’est pas un tableur lisible. Rien n’a été enregistré. {_SAVE_AS}"
        ) from None
    finally:
        file.seek(0)


def _checked(archive: zipfile.ZipFile) -> str:
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
    names = {part.filename for part in parts}
    kind = "xlsx" if "xl/workbook.xml" in names else "ods" if "content.xml" in names else ""
    if not kind:
        raise Problem(f"Ce fichier n’est pas un tableur. Rien n’a été lu. {_SAVE_AS}")
    if kind == "ods" and ("mimetype" not in names or b"spreadsheet" not in archive.read("mimetype")[:100]):
        raise Problem(f"Ce fichier n’est pas un tableur, mais un autre document. Rien n’a été lu. {_SAVE_AS}")
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            content = archive.read(part)
            if kind == "ods" and part.filename == "META-INF/manifest.xml" and b"encryption-data" in content:
                raise Problem(
                    "Ce fichier est protégé par un mot de passe. Enregistrez-le sans protection, puis renvoyez-le."
                )
            # Entities of a document type are never needed by a spreadsheet, and serve to exhaust a reader.
            if b"<!DOCTYPE" in content or b"<!ENTITY" in content or content[:2] in (b"\xff\xfe", b"\xfe\xff"):
                raise Problem("Ce fichier contient ce qu’un tableur n’écrit pas : il n’a pas été lu.")
    return kind


# --- Excel ----------------------------------------------------------------------------------


def _xlsx(file: IO[bytes]) -> list[Page]:
    import openpyxl  # a quarter of a second that only the reading of a spreadsheet has to pay

    def book(*, values: bool) -> Any:
        file.seek(0)
        return openpyxl.load_workbook(file, read_only=True, data_only=values, keep_links=False)

    written, computed = book(values=False), book(values=True)
    with zipfile.ZipFile(file) as archive:
        merged = {
            sheet.title: b"<mergeCell " in archive.read(sheet._worksheet_path) for sheet in written.worksheets
        }
    return [
        Page(sheet.title, _xlsx_lines(sheet, computed[sheet.title]), merged[sheet.title])
        for sheet in written.worksheets
    ]


def _xlsx_lines(sheet: Any, computed: Any) -> Callable[[], Lines]:
    def lines() -> Lines:
        bounds = {"max_row": MAX_SCANNED, "max_col": MAX_COLUMNS}
        pairs = zip(sheet.iter_rows(**bounds), computed.iter_rows(**bounds, values_only=True), strict=False)
        for number, (raw, values) in enumerate(pairs, 1):
            yield (
                number,
                [
                    Seen(value, True) if cell.data_type == "f" else Seen(cell.value)
                    for cell, value in zip(raw, values, strict=False)
                ],
            )

    return lines


# --- OpenDocument ---------------------------------------------------------------------------

_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}%s"
_TABLE, _ROW, _CELL, _COVERED = (
    _NS % ("table", name) for name in ("table", "table-row", "table-cell", "covered-table-cell")
)
_NAME, _FORMULA = _NS % ("table", "name"), _NS % ("table", "formula")
_MANY_COLUMNS, _MANY_ROWS = (_NS % ("table", f"number-{what}-repeated") for what in ("columns", "rows"))
_SPANS = tuple(_NS % ("table", f"number-{what}-spanned") for what in ("columns", "rows"))
_KIND, _VALUE, _DAY, _TRUTH, _STRING = (
    _NS % ("office", name) for name in ("value-type", "value", "date-value", "boolean-value", "string-value")
)
_P, _S, _TAB, _BREAK, _COUNT = (_NS % ("text", name) for name in ("p", "s", "tab", "line-break", "c"))
_ASIDE = {_NS % ("office", "annotation"), _TABLE}


def _ods(file: IO[bytes]) -> list[Page]:
    pages: list[Page] = []
    title, merged, number, depth = "", False, 0, 0
    kept: list[tuple[int, list[Seen]]] = []
    total = 0
    with zipfile.ZipFile(file) as archive, archive.open("content.xml") as content:
        # No document type has gone through the check: nothing here can be expanded.
        for event, element in ElementTree.iterparse(content, ("start", "end")):
            if element.tag == _TABLE:
                depth += 1 if event == "start" else -1
                if event == "start" and depth == 1:
                    title, merged, number, kept = element.get(_NAME, ""), False, 0, []
                elif event == "end" and depth == 0:
                    pages.append(Page(title, _given(kept), merged))
                    element.clear()
            elif event == "end" and element.tag == _ROW and depth == 1:
                times = _times(element.get(_MANY_ROWS))
                if number < MAX_SCANNED:
                    cells, joined = _ods_cells(element)
                    merged = merged or joined
                    if cells:
                        # The same list for every repeated line: a thousand of them weigh no more than one.
                        lines = range(number + 1, min(number + times, MAX_SCANNED) + 1)
                        kept.extend((line, cells) for line in lines)
                        total += len(lines)
                        if total > MAX_KEPT:
                            raise Problem(
                                f"Ce fichier compte plus de {MAX_KEPT} lignes. Rien n’a été lu : gardez seulement les feuilles "
                                "de l’inventaire."
                            )
                number += times
                element.clear()
    return pages


def _given(kept: list[tuple[int, list[Seen]]]) -> Callable[[], Lines]:
    return lambda: iter(kept)


def _times(text: str | None) -> int:
    return max(1, int(text)) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 1


def _ods_cells(row: ElementTree.Element) -> tuple[list[Seen], bool]:
    """Cells up to the last one that says something, and whether some were merged."""
    cells: list[Seen] = []
    merged = False
    for element in row:
        if element.tag not in (_CELL, _COVERED):
            continue
        merged = merged or element.tag == _COVERED or any(_times(element.get(name)) > 1 for name in _SPANS)
        seen = _ods_cell(element)
        room = MAX_COLUMNS - len(cells)
        cells.extend([seen] * min(_times(element.get(_MANY_COLUMNS)), room))
        if len(cells) == MAX_COLUMNS:
            break
    while cells and cells[-1] == BLANK:
        cells.pop()
    return cells, merged


def _ods_cell(element: ElementTree.Element) -> Seen:
    formula = element.get(_FORMULA) is not None
    kind = element.get(_KIND)
    value: Any = None
    if kind in ("float", "currency", "percentage"):
        value = _decimal(element.get(_VALUE, ""))
    elif kind == "date":
        value = _day(element.get(_DAY, ""))
    elif kind == "boolean":
        value = element.get(_TRUTH) == "true"
    elif kind is not None or not formula:
        text = element.get(_STRING)
        value = text if text is not None else _said(element)
    return Seen(value if value != "" else None, True) if formula else Seen(value if value != "" else None)


def _decimal(text: str) -> Any:
    try:
        number = Decimal(text[:40])
    except InvalidOperation:
        return text[:40]
    return float(number) if number.is_finite() else text[:40]


def _day(text: str) -> Any:
    try:
        return datetime.fromisoformat(text[:30]) if "T" in text else date.fromisoformat(text[:10])
    except ValueError:
        return text[:30]


def _said(element: ElementTree.Element) -> str:
    """Paragraphs of a cell, one a line; comments beside it are not its words."""
    return "\n".join("".join(_words(child)) for child in element if child.tag == _P)


def _words(element: ElementTree.Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == _S:
            yield " " * min(_times(child.get(_COUNT)), 200)
        elif child.tag == _TAB:
            yield "\t"
        elif child.tag == _BREAK:
            yield "\n"
        elif child.tag not in _ASIDE:
            yield from _words(child)
        yield child.tail or ""
