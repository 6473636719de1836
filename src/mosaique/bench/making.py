"""Files made twice from the same texts: as the product makes them, and as bare libraries would (the floor of S9).

A hundred pages, each with a title, a paragraph and a table of ten lines and four columns; ten thousand lines of an inventory.
"""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from mosaique.bench import words
from mosaique.inventory import exports
from mosaique.inventory.models import Campaign, Return, Row
from mosaique.inventory.registry import SECTIONS
from mosaique.kernel import docgen
from mosaique.kernel.docgen import model
from mosaique.kernel.docgen.pictures import fonts
from mosaique.territory.models import Authority

DAY = date(2026, 11, 26)
PAGES, LINES, COLUMNS = 100, 10, ("Commune", "Habitants", "Dépense par an", "Ce que cela change")
SECTION = "staff"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of the document: texts only, ready for both makers."""

    title: str
    text: str
    rows: list[tuple[str, int, Decimal, str]]


def leaves(count: int) -> list[Leaf]:
    rng = random.Random(20261126)
    return [
        Leaf(
            f"Fiche {number} : {words.sentence(rng, 4, 7)[:-1].lower()}",
            " ".join(words.sentence(rng, 8, 14) for _ in range(4)),
            [
                (f"Commune {n:03}", rng.randrange(90, 9_000), Decimal(rng.randrange(10_000, 9_000_000)) / 100,
                 words.sentence(rng, 3, 5)[:-1])
                for n in range(number, number + LINES)
            ],
        )
        for number in range(1, count + 1)
    ]  # fmt: skip


# --- Ours ---------------------------------------------------------------------------------------------------


def document(pages: list[Leaf]) -> model.Document:
    """The pages as a document of the product: contents, numbered titles, captions, sources, page numbers in both."""
    columns = (
        model.Column(COLUMNS[0]), model.Column(COLUMNS[1], "integer"), model.Column(COLUMNS[2], "money"), model.Column(COLUMNS[3]),
    )  # fmt: skip
    blocks: list[model.Block] = []
    for number, leaf in enumerate(pages, 1):
        blocks += [
            model.Heading(1, leaf.title, f"fiche-{number}"),
            model.Paragraph(leaf.text),
            model.Table(
                "Ce que paie chaque commune", columns, tuple(model.Row(row) for row in leaf.rows), source="valeurs inventées", year="2026"
            ),
        ]  # fmt: skip
    return model.Document(
        "Document du banc d’essai",
        blocks=tuple(blocks),
        date=DAY,
        author="Mosaïque",
        authority="Banc d’essai",
    )


def report(pages: list[Leaf], fmt: docgen.Format) -> bytes:
    return docgen.render(document(pages), fmt)


def inventory(lines: int) -> Callable[[], bytes]:
    """The spreadsheet of a section; its lines are made beforehand, unsaved."""
    spec = SECTIONS[SECTION]
    campaign = Campaign(reference_date=DAY)
    rows = [
        Row(pk=n + 1, cells={column.name: {"v": _answer(column, n), "n": 1} for column in spec.columns})
        for n in range(lines)
    ]
    holder = Return(pk=1, campaign=campaign, authority=Authority(name="Commune 000", kind="commune"))
    return lambda: exports.workbook(holder, [(spec, rows)])


def _answer(column: Any, number: int) -> str:
    if column.kind == "choice":
        return str(column.choices[number % len(column.choices)][0])
    return f"{number % 3}.{number % 10}0" if column.numeric else f"Mission {number % 400:03}"


# --- The floor ----------------------------------------------------------------------------------------------


def bare_docx(pages: list[Leaf]) -> bytes:
    import docx

    made = docx.Document()
    for leaf in pages:
        made.add_heading(leaf.title, 1)
        made.add_paragraph(leaf.text)
        table = made.add_table(rows=1 + LINES, cols=len(COLUMNS))
        for cell, head in zip(table.rows[0].cells, COLUMNS, strict=True):
            cell.text = head
        for row, line in zip(table.rows[1:], leaf.rows, strict=True):
            for cell, value in zip(row.cells, line, strict=True):
                cell.text = str(value)
        made.add_page_break()
    out = BytesIO()
    made.save(out)
    return out.getvalue()


_BARE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: "Banc d’essai", date: datetime(year: 2026, month: 11, day: 26))
#set text(font: "Atkinson Hyperlegible Next", lang: "fr", size: 10.5pt)
#set page(paper: "a4", numbering: "1")
#outline(title: none)
#for leaf in data {
  pagebreak(weak: true)
  heading(level: 1, leaf.title)
  par(leaf.text)
  figure(kind: table, supplement: none, caption: [Ce que paie chaque commune],
    table(columns: 4, table.header(..data.at(0).head), ..leaf.rows.flatten()))
}
"""


def bare_pdf(pages: list[Leaf]) -> bytes:
    """The same texts by the engine alone, tagged too: what any of its documents costs."""
    import typst

    data = [
        {"title": one.title, "text": one.text, "head": COLUMNS, "rows": [[str(value) for value in row] for row in one.rows]}
        for one in pages
    ]  # fmt: skip
    made = typst.compile(
        _BARE.encode(), format="pdf", font_paths=fonts(), pdf_standards=["ua-1"], timestamp=1_795_000_000,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )  # fmt: skip
    assert isinstance(made, bytes)
    return made


def bare_xlsx(lines: int) -> bytes:
    import xlsxwriter

    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "in_memory": True})
    sheet = book.add_worksheet()
    cells = len(SECTIONS[SECTION].columns) + 2  # ours also writes the two marks of a line
    for number in range(lines):
        for column in range(cells):
            if column % 2:
                sheet.write_number(number, column, number / 10)
            else:
                sheet.write_string(number, column, f"Mission {number % 400:03}")
    book.close()
    return out.getvalue()
