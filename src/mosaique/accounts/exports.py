"""The list of people as a spreadsheet that can be read back as it is: the columns are those `contacts` knows.

Text is text, whatever it begins with: in a CSV, what a spreadsheet would take for a formula gets an apostrophe, which the
reading takes off again.
"""

import csv
import io
from collections.abc import Callable, Iterable, Sequence

from mosaique.access import themes
from mosaique.access.roles import Role
from mosaique.accounts.tracking import Followed

HEADS = (
    "Prénom", "Nom", "Adresse électronique", "Collectivité", "Fonction", "Titre", "Thèmes", "Mandat du", "Mandat au", "Invitation",
)  # fmt: skip
_WIDTHS = (16, 20, 34, 28, 34, 34, 30, 13, 13, 34)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows(people: Iterable[Followed]) -> list[list[str]]:
    """One line per mandate, as it would be typed."""
    found = []
    for one in people:
        mandate, person = one.mandate, one.mandate.person
        said = f"{one.standing.word}. {one.standing.detail}" if one.standing.detail else one.standing.word
        found.append([
            person.given_name, person.family_name, person.email or "sans adresse", mandate.authority.name, Role(mandate.role).label,
            mandate.title, ", ".join(theme.label for theme in themes.of_mask(mandate.themes)) if mandate.themes else "",
            f"{mandate.starts_on:%d/%m/%Y}", f"{mandate.last_day:%d/%m/%Y}" if mandate.last_day else "", said,
        ])  # fmt: skip
    return found


def to_csv(lines: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(HEADS)
    writer.writerows([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")  # with its mark, Excel reads the accents


def to_xlsx(lines: Sequence[Sequence[str]]) -> bytes:
    import xlsxwriter  # only who exports pays for it

    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": "Personnes", "author": "Mosaïque"})
    sheet = book.add_worksheet("Personnes")
    head = book.add_format({"bold": True, "bg_color": "#f1eadb", "font_color": "#1a2630", "bottom": 1})
    # quote_prefix: what begins with = + - @ stays text when the cell is edited by hand.
    text = book.add_format({"num_format": "@", "quote_prefix": True})
    for index, name in enumerate(HEADS):
        sheet.write_string(0, index, name, head)
        sheet.set_column(index, index, _WIDTHS[index], text)
    for number, line in enumerate(lines, 1):
        for index, cell in enumerate(line):
            sheet.write_string(number, index, cell, text)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(lines), 1), len(HEADS) - 1)
    book.close()
    return out.getvalue()


def to_ods(lines: Sequence[Sequence[str]]) -> bytes:
    import odfdo

    document = odfdo.Document("spreadsheet")
    document.body.clear()
    table = odfdo.Table("Personnes")
    for line in (HEADS, *lines):
        row = odfdo.Row()
        for index, cell in enumerate(line):
            row.set_cell(index, odfdo.Cell(str(cell), cell_type="string"))
        table.append_row(row)
    document.body.append(table)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


FORMATS: dict[str, tuple[str, Callable[[Sequence[Sequence[str]]], bytes]]] = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", to_xlsx),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", to_ods),
    "csv": ("text/csv; charset=utf-8", to_csv),
}
