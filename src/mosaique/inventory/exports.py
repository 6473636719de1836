"""An inventory as a spreadsheet that can be sent back: lists to choose from, reasons in words, hidden marks of each line."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from mosaique.inventory import ods
from mosaique.inventory.columns import Column
from mosaique.inventory.layout import (
    ERROR_TEXT,
    ERROR_TITLE,
    GUIDE,
    INK,
    LISTS,
    PAPER,
    SPARE_ROWS,
    UNKNOWN_INK,
    SectionPage,
    answers,
    guide,
    written,
)
from mosaique.inventory.models import Return, Row
from mosaique.inventory.spec import SectionSpec
from mosaique.kernel import typography

MIMES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
# What may be done to a protected sheet: everything but rewriting its heads.
_ALLOWED = dict.fromkeys(
    ("format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "sort", "autofilter", "insert_hyperlinks"),
    True,
)  # fmt: skip


def workbook(
    inventory: Return, pairs: Sequence[tuple[SectionSpec, Sequence[Row]]], kind: str = "xlsx"
) -> bytes:
    """The file, as `xlsx` or `ods`. Text is written as text, never as a formula, whatever it begins with."""
    pages = [SectionPage(inventory, spec, rows) for spec, rows in pairs]
    return ods.workbook(inventory, pages) if kind == "ods" else _xlsx(inventory, pages)


def _xlsx(inventory: Return, pages: Sequence[SectionPage]) -> bytes:
    out = BytesIO()
    # Nothing of a cell may become a formula or a link.
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"title": f"Inventaire {inventory.of_commune}", "author": "Mosaïque"})
    free = {"locked": False, "valign": "top"}
    formats = {
        "title": book.add_format({"bold": True, "font_size": 16, "font_color": INK}),
        "head": book.add_format({"bold": True, "bg_color": PAPER, "font_color": INK, "bottom": 1, "text_wrap": True, "valign": "top"}),
        # quote_prefix: what begins with = + - @ stays text when the cell is edited by hand.
        "text": book.add_format({"num_format": "@", "quote_prefix": True, **free}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "int": book.add_format({"num_format": "0", **free}), "etp": book.add_format({"num_format": "0.00", **free}),
        "money": book.add_format({"num_format": "#,##0.00", **free}), "date": book.add_format({"num_format": "dd/mm/yyyy", **free}),
        "unknown": book.add_format({"font_color": UNKNOWN_INK, "italic": True, **free}), "free": book.add_format(free),
    }  # fmt: skip
    sheet = book.add_worksheet(GUIDE)
    sheet.set_column(0, 0, 85)
    sheet.hide_gridlines(2)
    title, lines = guide(inventory, pages)
    sheet.write_string(0, 0, title, formats["title"])
    for number, line in enumerate(lines, 2):
        sheet.write_string(number, 0, line, formats["wrap"])
        sheet.set_row(number, 16 * (1 + len(line) // 80))  # not every spreadsheet fits the height to the text
    sheet.fit_to_pages(1, 0)
    sheets = [book.add_worksheet(page.spec.short) for page in pages]
    lists = _Lists(book)
    for sheet, page in zip(sheets, pages, strict=True):
        _section(sheet, formats, page, lists)
    book.close()
    return out.getvalue()


class _Lists:
    """Answers of the drop-downs, on a hidden sheet: a list written inside its rule holds 255 characters and no comma."""

    def __init__(self, book: Any) -> None:
        self.sheet = book.add_worksheet(LISTS)
        self.sheet.hide()
        self.count = 0

    def add(self, labels: Sequence[str]) -> str:
        index = self.count
        self.count += 1
        for number, label in enumerate(labels):
            self.sheet.write_string(number, index, label)
        name = xlsxwriter.utility.xl_col_to_name(index, True)
        return f"={LISTS}!{name}$1:{name}${len(labels)}"


def _section(sheet: Any, formats: dict[str, Any], page: SectionPage, lists: _Lists) -> None:
    spec, width = page.spec, len(page.spec.columns)
    last = len(page.rows) + SPARE_ROWS
    sheet.set_row(0, 34)  # two lines of head
    for index, (column, head) in enumerate(zip(spec.columns, page.heads, strict=True)):
        sheet.write_string(0, index, head, formats["head"])
        wide = 34 if index == 0 else 24 if column.kind == "text" else 16
        sheet.set_column(index, index, wide, formats.get(column.kind, formats["text"]))
        if column.help:
            sheet.write_comment(0, index, typography.typographie(column.help))
        if column.kind == "choice":
            sheet.data_validation(
                1, index, last, index,
                {"validate": "list", "source": lists.add(answers(column)), "error_type": "warning", "error_title": ERROR_TITLE,
                 "error_message": ERROR_TEXT},
            )  # fmt: skip
    for index, head in enumerate(page.hidden_heads, width):
        sheet.write_string(0, index, head)
    sheet.set_column(width, width + 1, None, formats["free"], {"hidden": True})
    for number, row in enumerate(page.rows, 1):
        for index, column in enumerate(spec.columns):
            _write(sheet, formats, number, index, column, row)
        for index, text in enumerate(page.hidden(row), width):
            sheet.write_string(number, index, text, formats["free"])
    sheet.protect("", _ALLOWED)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write(sheet: Any, formats: dict[str, Any], number: int, index: int, column: Column, row: Row) -> None:
    found = written(column, row.cells.get(column.name))
    if found is None:
        return
    how, text = found
    if how == "number":
        # A spreadsheet knows only binary numbers: two decimals come back exactly.
        sheet.write_number(number, index, float(Decimal(text)), formats[column.kind])
    elif how == "date":
        sheet.write_datetime(number, index, date.fromisoformat(text), formats["date"])
    else:
        sheet.write_string(number, index, text, formats[how])
