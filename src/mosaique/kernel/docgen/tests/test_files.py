"""The three files opened again by other libraries: styles, language, structure, and always the same bytes."""

import hashlib
import io
import os
import re
import subprocess
import sys
import xml.dom.minidom
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx as python_docx
import odfdo
import pikepdf
import pypdfium2
import pytest

from mosaique.kernel.docgen import FORMATS, DocumentError, render
from mosaique.kernel.docgen.flow import build
from mosaique.kernel.docgen.model import Column, Document, Heading, Paragraph, Row, Table, Unknown
from mosaique.kernel.docgen.paginate import paginate
from mosaique.kernel.docgen.tables import plan

from .drawings import LOOK, gallery
from .sample import names, report

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return {fmt: render(report(19), fmt) for fmt in FORMATS}


def small(*blocks: object) -> Document:
    return Document("Essai", "Communauté", date(2027, 8, 26), "Service", tuple(blocks))  # type: ignore[arg-type]


def pdf_text(data: bytes) -> list[str]:
    opened = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_bounded() for page in opened]
    finally:
        opened.close()


PRINT_HASHES = """
import hashlib, importlib
from mosaique.kernel.docgen import FORMATS, render
from mosaique.kernel.docgen.tests.drawings import LOOK, gallery
from mosaique.kernel.docgen.tests.sample import report
print(*[hashlib.sha256(render(d, f)).hexdigest() for f in FORMATS for d in (report(19), gallery(LOOK))])
"""


def test_another_process_makes_the_same_bytes(files):
    source = str(Path(__file__).parents[4])
    environment = {
        **os.environ,
        "PYTHONPATH": source,
        "PYTHONHASHSEED": "7",
        "TZ": "Pacific/Auckland",
        "LANG": "C",
    }
    done = subprocess.run(
        [sys.executable, "-c", PRINT_HASHES], capture_output=True, text=True, check=True, env=environment
    )
    made = [data for f in FORMATS for data in (files[f], render(gallery(LOOK), f))]
    assert done.stdout.split() == [hashlib.sha256(data).hexdigest() for data in made]


@pytest.mark.parametrize("fmt", ["docx", "odt"])
def test_archives_are_sound(files, fmt):
    with zipfile.ZipFile(io.BytesIO(files[fmt])) as packed:
        assert packed.testzip() is None
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert len(set(packed.namelist())) == len(packed.namelist())
        for name in packed.namelist():
            if name.endswith((".xml", ".rels")):
                xml.dom.minidom.parseString(packed.read(name))


def test_docx_named_styles_and_language(files):
    opened = python_docx.Document(io.BytesIO(files["docx"]))
    assert opened.core_properties.title == "Ce que nos 19 communes feront ensemble"
    assert opened.core_properties.language == "fr-FR"
    assert opened.core_properties.created.date() == date(2027, 8, 26)
    titles = [(p.style.name, p.text) for p in opened.paragraphs if p.style.name.startswith("Heading")]
    assert ("Heading 1", "Pourquoi un schéma, et ce que dit la loi") in titles
    assert {name for name, _ in titles} == {"Heading 1", "Heading 2", "Heading 3"}
    assert 'w:lang w:val="fr-FR"' in opened.styles.element.xml
    level = opened.styles["Heading 2"].element.find(f".//{W}numPr/{W}ilvl")
    assert level.get(f"{W}val") == "1"


def test_docx_contents_are_filled_and_lead_to_bookmarks(files):
    opened = python_docx.Document(io.BytesIO(files["docx"]))
    body = opened.element.body
    marks = {b.get(f"{W}name") for b in body.iter(f"{W}bookmarkStart")}
    entries = [p for p in opened.paragraphs if p.style.name.startswith("toc ")]
    assert len(entries) >= 12
    for entry in entries:
        link = entry._p.find(f"{W}hyperlink")
        assert link.get(f"{W}anchor") in marks
        assert entry.text.split("\t")[-1].isdigit()
    instructions = "".join(t.text or "" for t in body.iter(f"{W}instrText"))
    assert 'TOC \\o "1-2"' in instructions


def test_docx_tables_repeat_their_header_and_never_cut_a_row(files):
    opened = python_docx.Document(io.BytesIO(files["docx"]))
    captioned = [t for t in opened.tables if t._tbl.tblPr.find(f"{W}tblCaption") is not None]
    assert len(captioned) == 8
    for table in captioned:
        assert table.rows[0]._tr.trPr.find(f"{W}tblHeader") is not None
        assert all(row._tr.trPr.find(f"{W}cantSplit") is not None for row in table.rows)
        widths = [int(c.get(f"{W}w")) for c in table._tbl.tblGrid.iterchildren()]
        assert sum(widths) in (9638, 14570)


def test_docx_turns_the_page_for_a_wide_table_and_back(files):
    opened = python_docx.Document(io.BytesIO(files["docx"]))
    assert [s.orientation for s in opened.sections] == [0, 0, 0, 1, 0]
    for section in opened.sections[1:]:
        assert "Communauté de communes Val 81" in section.header.paragraphs[0].text
        assert "7f3a\u00a091c2\u00a0e05b\u00a04d18" in section.footer.tables[0].cell(0, 1).text
        assert " PAGE " in section.footer._element.xml


def test_docx_pictures_have_alternative_texts(files):
    opened = python_docx.Document(io.BytesIO(files["docx"]))
    said = [d.get("descr") for d in opened.element.body.iter() if d.tag.endswith("}docPr")]
    assert "Logo de la communauté de communes" in said
    assert "Carte des trois pôles du territoire" in said
    silent = [d for d in opened.element.body.iter() if d.tag.endswith("}docPr") and not d.get("descr")]
    assert all("decorative" in "".join(child.tag for child in d.iter()) for d in silent)


def test_odt_styles_outline_and_contents(files):
    opened = odfdo.Document(io.BytesIO(files["odt"]))
    assert opened.get_type() == "text"
    assert opened.meta.title == "Ce que nos 19 communes feront ensemble"
    titles = opened.body.headers
    assert {int(h.level) for h in titles} == {1, 2, 3}
    named = {
        h.style if str(h.style).startswith("Heading") else opened.get_style("paragraph", h.style).parent_style
        for h in titles
    }
    assert named == {"Heading_20_1", "Heading_20_2", "Heading_20_3"}
    contents = opened.body.get_tocs()[0]
    lines = [p.inner_text for p in contents.get_elements("descendant::text:p")][1:]
    assert len(lines) >= 12
    assert all(re.search(r"\t\d+\]\(#[a-z0-9-]+\)$", line) for line in lines)
    for table in opened.body.tables:
        headers = table.get_elements("table:table-header-rows")
        assert headers or "13" in table.get_elements("table:table-row")[0].inner_text
    with zipfile.ZipFile(io.BytesIO(files["odt"])) as packed:
        first = packed.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        styles = packed.read("styles.xml").decode()
        assert 'fo:language="fr" fo:country="FR"' in styles
        assert 'style:name="Paysage"' in styles


def _structure(pdf: pikepdf.Pdf) -> dict[str, int]:
    counts: dict[str, int] = {}

    def walk(node: object) -> None:
        if isinstance(node, pikepdf.Array):
            for child in node:  # type: ignore[attr-defined]
                walk(child)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                name = str(node["/S"]).strip("/")
                counts[name] = counts.get(name, 0) + 1
                if name == "Figure":
                    assert str(node["/Alt"]).strip()
            if "/K" in node:
                walk(node["/K"])

    walk(pdf.Root.StructTreeRoot)
    return counts


def test_pdf_is_tagged_for_universal_access(files):
    with pikepdf.open(io.BytesIO(files["pdf"])) as opened:
        assert str(opened.Root.Lang).startswith("fr")
        assert bool(opened.Root.MarkInfo.Marked)
        assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)
        with opened.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            assert meta["dc:title"] == "Ce que nos 19 communes feront ensemble"
        found = _structure(opened)
        for name in (
            "H1",
            "H2",
            "H3",
            "P",
            "L",
            "LI",
            "Table",
            "THead",
            "TH",
            "TD",
            "Caption",
            "Figure",
            "TOC",
            "Link",
        ):
            assert found.get(name), name
        assert found["Table"] == 8
        with opened.open_outline() as outline:
            labels = [item.title for item in outline.root]
            assert labels[0] == "1 Pourquoi un schéma, et ce que dit la loi"
            assert labels[-1] == "Annexes et glossaire"


def test_pdf_pages_carry_the_code_and_turn_for_wide_tables(files):
    pages = pdf_text(files["pdf"])
    assert all("7f3a" in page for page in pages)
    with pikepdf.open(io.BytesIO(files["pdf"])) as opened:
        shapes = {tuple(round(float(x)) for x in page.mediabox[2:]) for page in opened.pages}
    assert shapes == {(595, 842), (842, 595)}


def test_unknown_is_said_and_never_zero(files):
    table = Table(
        "T",
        (Column("Commune"), Column("ETP", "etp"), Column("Coût", "money")),
        (Row(("Assac", Unknown(), None)),),
    )
    text = "".join(pdf_text(render(small(table), "pdf")))
    assert "non communiqué" in text
    assert "0,00" not in text


def test_an_empty_table_says_so():
    empty = small(Table("Conventions", (Column("Nom"), Column("Fin", "date")), ()))
    assert "Aucune ligne" in "".join(pdf_text(render(empty, "pdf")))
    opened = python_docx.Document(io.BytesIO(render(empty, "docx")))
    assert opened.tables[0].cell(1, 0).text == "Aucune ligne"


def test_a_table_too_wide_for_any_page_is_cut_in_several_with_its_first_column():
    columns = (Column("Commune"), *(Column(f"Année {n}", "money") for n in range(30)))
    rows = tuple(Row((name, *[Decimal("1234567.89")] * 30)) for name in names(5))
    parts = plan(Table("Trente ans", columns, rows))
    assert len(parts) > 1
    assert all(part.table.columns[0].label == "Commune" for part in parts)
    assert sum(len(part.widths) - 1 for part in parts) == 30
    assert [part.table.caption for part in parts][1:] == ["Trente ans (suite)"] * (len(parts) - 1)


def test_signs_no_font_draws_do_not_stop_the_pdf():
    text = "".join(pdf_text(render(small(Heading(1, "Avis 👍", "avis"), Paragraph("Merci 中文 ≥ 3")), "pdf")))
    assert "Avis ?" in text
    assert "≥" in text


@pytest.mark.parametrize("fmt", FORMATS)
def test_text_is_never_markup(fmt):
    nasty = 'Prix <b>&amp; #let x = 1 $a$ *gras* _x_ \\ "]]> \x00\x0b { @lab #panic("x") }'
    render(
        small(Heading(1, nasty, "a"), Paragraph(nasty), Table(nasty, (Column(nasty),), (Row((nasty,)),))), fmt
    )


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_bare_document_is_made(fmt):
    assert len(render(replace(small(Paragraph("Bonjour")), contents=False), fmt)) > 2000


@pytest.mark.parametrize("fmt", FORMATS)
def test_an_empty_document_is_still_a_file(fmt):
    assert len(render(small(), fmt)) > 1000


def test_an_unknown_format_is_refused_in_french():
    with pytest.raises(DocumentError, match="docx, odt ou pdf"):
        render(small(), "rtf")  # type: ignore[arg-type]


@pytest.mark.parametrize("document", [report(19), report(48, sheets=5, prose=3)], ids=["19", "48"])
def test_pdf_pages_are_those_of_the_office_files(document):
    """Someone says « page 27 » in a meeting: it must be the same page in all three files."""
    flow = build(document)
    paginate(flow, first_page=2)
    pages = [" ".join(page.split()) for page in pdf_text(render(document, "pdf"))]
    for entry in flow.contents:
        title = " ".join(entry.text.split())
        assert title in pages[entry.page - 1], f"{title} : {entry.page}"
        assert re.search(re.escape(title) + r"[ .]*" + str(entry.page), pages[1])
