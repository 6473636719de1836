"""An inventory as a spreadsheet that can be sent back: lists to choose from, reasons in words, hidden marks of each line."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from mosaique.inventory import cells
from mosaique.inventory.columns import MARK_HEAD, ROW_HEAD, Column, head_of
from mosaique.inventory.grid import marks_of
from mosaique.inventory.models import Return, Row
from mosaique.inventory.spec import SectionSpec
from mosaique.kernel import typography

SPARE_ROWS = 500  # lists of choices go on below the last line, for those who add some
_INK, _PAPER, _BLUE = "#1a2630", "#f1eadb", "#0a5a5e"


def workbook(inventory: Return, pairs: Sequence[tuple[SectionSpec, Sequence[Row]]]) -> bytes:
    """The file. Text is written as text, never as a formula, whatever it begins with."""
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
    formats = {
        "title": book.add_format({"bold": True, "font_size": 16, "font_color": _INK}),
        "head": book.add_format({"bold": True, "bg_color": _PAPER, "font_color": _INK, "bottom": 1, "text_wrap": True, "valign": "top"}),
        # quote_prefix: what begins with = + - @ stays text when the cell is edited by hand.
        "text": book.add_format({"num_format": "@", "quote_prefix": True, "valign": "top"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "int": book.add_format({"num_format": "0"}), "etp": book.add_format({"num_format": "0.00"}),
        "money": book.add_format({"num_format": "#,##0.00"}), "date": book.add_format({"num_format": "dd/mm/yyyy"}),
        "unknown": book.add_format({"font_color": "#3c5a85", "italic": True}),
    }  # fmt: skip
    _guide(book, formats, inventory, [spec for spec, _ in pairs])
    for spec, rows in pairs:
        _section(book, formats, spec, rows)
    book.close()
    return out.getvalue()


def _guide(book: Any, formats: dict[str, Any], inventory: Return, specs: Sequence[SectionSpec]) -> None:
    sheet = book.add_worksheet("Mode d’emploi")
    sheet.set_column(0, 0, 100)
    sheet.hide_gridlines(2)
    lines = [
        f"Situation au {typography.date_long(inventory.campaign.reference_date)}. Une feuille par section : "
        + ", ".join(spec.short for spec in specs) + ".",
        "Une ligne par poste, matériel, contrat ou thème. Jamais de nom de personne : une colonne « Nom » ne serait pas lue.",
        "Vous ne savez pas ? Écrivez « Ne sait pas », « Non concerné », « Ne souhaite pas répondre » ou « Non communiqué ». "
        "Une case vide n’est jamais comptée comme zéro.",
        "Ajoutez des lignes à la suite. Une ligne effacée du fichier n’est pas effacée de l’inventaire : retirez-la dans Mosaïque.",
        "Renvoyez ce fichier depuis la page de votre inventaire, « Remplir dans un tableur ». Vous verrez, ligne par ligne, ce qui "
        "changerait, avant d’enregistrer quoi que ce soit.",
    ]  # fmt: skip
    sheet.write_string(0, 0, typography.typographie(f"Inventaire {inventory.of_commune}"), formats["title"])
    for number, line in enumerate(lines, 2):
        sheet.write_string(number, 0, typography.typographie(line), formats["wrap"])


def _section(book: Any, formats: dict[str, Any], spec: SectionSpec, rows: Sequence[Row]) -> None:
    sheet = book.add_worksheet(spec.short)
    width = len(spec.columns)
    for index, column in enumerate(spec.columns):
        sheet.write_string(0, index, head_of(column), formats["head"])
        wide = 34 if index == 0 else 24 if column.kind == "text" else 16
        sheet.set_column(
            index, index, wide, formats[column.kind] if column.kind in formats else formats["text"]
        )
        if column.help:
            sheet.write_comment(0, index, typography.typographie(column.help))
        if column.kind == "choice":
            _choices(sheet, column, index, len(rows) + SPARE_ROWS)
    sheet.write_string(0, width, ROW_HEAD)
    sheet.write_string(0, width + 1, MARK_HEAD)
    sheet.set_column(width, width + 1, None, None, {"hidden": True})
    for number, row in enumerate(rows, 1):
        for index, column in enumerate(spec.columns):
            _write(sheet, formats, number, index, column, row.cells.get(column.name))
        sheet.write_string(number, width, str(row.pk))
        sheet.write_string(number, width + 1, marks_of(spec, row, code=False))
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _choices(sheet: Any, column: Column, index: int, last: int) -> None:
    labels = [label for _, label in column.choices] + (
        [label for _, label in cells.REASONS] if column.unknown else []
    )
    # A list written inside the rule holds 255 characters; a longer one goes without, and the head says the choices.
    if len(",".join(labels)) <= 250 and not any("," in label for label in labels):
        sheet.data_validation(
            1, index, last, index,
            {"validate": "list", "source": labels, "error_type": "warning", "error_title": "Hors de la liste",
             "error_message": "Cette réponse n’est pas dans la liste ; elle vous sera signalée au retour."},
        )  # fmt: skip
    else:
        sheet.write_comment(0, index, "Réponses possibles : " + ", ".join(labels), {"height": 220})


def _write(
    sheet: Any, formats: dict[str, Any], number: int, index: int, column: Column, cell: cells.Cell | None
) -> None:
    cell = cell or {}
    text = cells.text_of(column, cell)
    if not text:
        return
    if "r" in cell:
        sheet.write_string(number, index, text, formats["text"])
    elif "u" in cell:
        sheet.write_string(number, index, text, formats["unknown"])
    elif column.numeric:
        # A spreadsheet knows only binary numbers: two decimals come back exactly.
        sheet.write_number(number, index, float(Decimal(cell["v"])), formats[column.kind])
    elif column.kind == "date":
        sheet.write_datetime(number, index, date.fromisoformat(cell["v"]), formats["date"])
    else:
        sheet.write_string(number, index, text, formats["text"])
