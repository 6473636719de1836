"""Maps, bars, parts and dates in the three files: their words, their patterns, their colours."""

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from typing import Any, get_args
from xml.etree import ElementTree

import pikepdf
import pytest

from mosaique.kernel.docgen import FORMATS, DocumentError, from_json, render, to_json
from mosaique.kernel.docgen.draw import picture_of
from mosaique.kernel.docgen.draw.ink import _pattern
from mosaique.kernel.docgen.drawing import Fill
from mosaique.kernel.docgen.model import (
    Area,
    Bar,
    BarRow,
    Bars,
    Illustration,
    Look,
    Map,
    Panel,
    Share,
    Shares,
    Timeline,
    TimelineRow,
)
from mosaique.kernel.docgen.pictures import png_size

from . import drawings
from .drawings import LOOK, SHARES, TIMELINE, country, gallery, illustration, two_impacts

WORDS = [block for block in gallery().blocks if isinstance(block, Illustration)]


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return {fmt: render(gallery(LOOK), fmt) for fmt in FORMATS}


def figures(node: Any) -> list[Any]:
    found = [node] if node.get("/S") == "/Figure" else []
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            found += figures(kid)
    return found


def test_every_drawing_says_its_result_in_the_pdf(files: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(files["pdf"])) as opened:
        said = [str(node.get("/Alt", "")) for node in figures(opened.Root.StructTreeRoot)]
        told = [text for text in said if "treize communes" in text]
        assert len(told) == len(WORDS)
        # Drawn, not photographed: the only pictures are the sheets' tiles and codes, none here.
        assert not any("/XObject" in page.Resources and len(page.images) for page in opened.pages)


def test_every_drawing_says_its_result_in_word_and_is_sharp(files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(files["docx"])) as opened:
        text = opened.read("word/document.xml").decode()
        pictures = [opened.read(name) for name in opened.namelist() if name.startswith("word/media/")]
    told = re.findall(r'<wp:docPr id="\d+" name="[^"]+" title="([^"]+)" descr="([^"]+)"', text)
    assert len(told) == len(WORDS) and all("treize communes" in alt for _, alt in told)
    assert all(png_size(data)[0] == pytest.approx(170 / 25.4 * 200, abs=1) for data in pictures)


def test_every_drawing_says_its_result_in_libreoffice(files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(files["odt"])) as opened:
        text = opened.read("content.xml").decode()
    told = re.findall(r"<svg:title>([^<]+)</svg:title><svg:desc>([^<]+)</svg:desc>", text)
    assert len(told) == len(WORDS) and all("treize communes" in alt for _, alt in told)


def test_the_colours_chosen_are_those_of_titles_rules_and_heads(files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(files["docx"])) as opened:
        styles, body = opened.read("word/styles.xml").decode(), opened.read("word/document.xml").decode()
    for style in ("Heading1", "Title", "TableauEntete"):
        look = re.search(rf'w:styleId="{style}".*?</w:style>', styles)
        assert look and f'<w:color w:val="{LOOK.main}"/>' in look[0], style
    assert f'w:color="{LOOK.accent}"' in (re.search(r'w:styleId="Header".*?</w:style>', styles) or "")[0]
    assert f'<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{LOOK.main}"/>' in body
    with zipfile.ZipFile(io.BytesIO(files["odt"])) as opened:
        named, content = opened.read("styles.xml").decode(), opened.read("content.xml").decode()
    assert re.search(rf'style:name="Heading_20_1".*?fo:color="#{LOOK.main}"', named)
    assert f"1pt solid #{LOOK.main}" in content and f"0.75pt solid #{LOOK.accent}" in named
    with pikepdf.open(io.BytesIO(files["pdf"])) as opened:
        streams = b"".join(page.Contents.read_bytes() for page in opened.pages)
    red, green, blue = (int(LOOK.main[i : i + 2], 16) / 255 for i in (0, 2, 4))
    assert re.search(rf"{red:.4f}"[:5].encode() + rb"\d* " + f"{green:.4f}"[:5].encode(), streams), blue


def test_colours_move_nothing() -> None:
    plain, coloured = gallery(), gallery(LOOK)
    with (
        pikepdf.open(io.BytesIO(render(plain, "pdf"))) as one,
        pikepdf.open(io.BytesIO(render(coloured, "pdf"))) as two,
    ):
        assert len(one.pages) == len(two.pages)


def test_comes_back_equal_from_json() -> None:
    assert from_json(to_json(gallery(LOOK))) == gallery(LOOK)
    assert '"look"' not in to_json(gallery())


def test_each_pattern_is_another_drawing_and_not_another_hue() -> None:
    flat = {"plein", "clair", "blanc"}
    shapes = [re.sub(r"#[0-9a-f]{6}", "", str(_pattern(f))) for f in get_args(Fill) if f not in flat]
    assert len(set(shapes)) == len(get_args(Fill)) - len(flat)


def drawn(drawing: Any, look: Look | None = None) -> Any:
    svg, _, height = picture_of((drawing,), look)
    assert 0 < height <= 190
    return ElementTree.fromstring(svg)


def texts(root: Any) -> list[str]:
    return [node.text.replace("\u00a0", " ") for node in root.iter("{http://www.w3.org/2000/svg}text")]


def bars_of(*bars: Bar) -> Bars:
    return Bars((Panel("Coût"),), tuple(BarRow(f"Commune {n}", (bar,)) for n, bar in enumerate(bars)))


def test_what_is_unknown_has_a_sign_and_a_word_and_no_length() -> None:
    """Whatever the other bars, the sign of the unknown keeps its size; « sans effet » draws nothing."""
    boxes = []
    for other in ("10", "999999"):
        root = drawn(
            bars_of(
                Bar("connu", Decimal(other)),
                Bar("non communiqué", kind="unknown"),
                Bar("sans effet", kind="none"),
            )
        )
        assert {"non communiqué", "sans effet"} <= set(texts(root))
        rects = [r for r in root.iter("{http://www.w3.org/2000/svg}rect") if "stroke" in r.attrib]
        assert len(rects) == 2
        boxes.append([r.attrib["width"] for r in rects if "hachures" in r.attrib["fill"]])
    assert boxes[0] == boxes[1] == ["12"]


def test_zero_stands_between_less_and_more() -> None:
    root = drawn(bars_of(Bar("−5", Decimal(-5)), Bar("+10", Decimal(10))))
    less, more = (r for r in root.iter("{http://www.w3.org/2000/svg}rect") if "stroke" in r.attrib)
    assert float(less.attrib["x"]) + float(less.attrib["width"]) == pytest.approx(
        float(more.attrib["x"]), abs=0.1
    )
    assert float(more.attrib["width"]) == pytest.approx(2 * float(less.attrib["width"]), rel=0.02)


def test_a_hundred_and_fifty_eight_communes_are_all_named_or_numbered() -> None:
    side = 13
    areas = tuple(
        replace(area, label=area.label if n < 40 else "", number=str(n))
        for n, area in enumerate(country(side).areas[:158])
    )
    root = drawn(Map(side * 100, side * 100, areas))
    assert len(texts(root)) >= 158


def test_names_do_not_cover_one_another() -> None:
    areas = tuple(Area("M0 0l9 0 0 9z", "clair", 50, 50, f"Nom {n}", str(n)) for n in range(40))
    root = drawn(Map(100, 100, areas, width_mm=40))
    places = [(n.attrib["x"], n.attrib["y"]) for n in root.iter("{http://www.w3.org/2000/svg}text")]
    assert 1 < len(places) < 40 and len(set(places)) == len(places)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Bar(" "), "toujours sa valeur"),
        (lambda: Bar("0", Decimal(0), "unknown"), "n’a pas de longueur"),
        (lambda: Bar("5"), "une valeur connue en a une"),
        (lambda: two_impacts(41), "scindez-le"),
        (lambda: Bars((Panel("A"), Panel("B")), (BarRow("x", (Bar("1", Decimal(1)),)),)), "une barre par colonne"),
        (lambda: Shares(()), "8 parts"),
        (lambda: Shares((Share("a", Decimal(0)),)), "un total"),
        (lambda: Share("a", Decimal(-1)), "négative"),
        (lambda: Timeline(("Étude",), (TimelineRow("x", (None,)),)), "au moins une date"),
        (lambda: Map(10, 10, ()), "au moins un contour"),
        (lambda: Area('"/><script>', "plein"), "pas lisible"),
        (lambda: replace(illustration(SHARES), alt="court"), "son résultat en mots"),
        (lambda: replace(illustration(SHARES), table=""), "où est son tableau"),
        (lambda: replace(illustration(SHARES), source=""), "sa source"),
        (lambda: replace(gallery(), blocks=(illustration(TIMELINE),)), "n’existe pas"),
        (lambda: Look("rouge", "000000"), "six chiffres"),
    ],
)  # fmt: skip
def test_a_drawing_that_says_nothing_is_refused_in_french(make: Any, sentence: str) -> None:
    with pytest.raises(DocumentError, match=sentence):
        make()


def test_words_are_never_markup() -> None:
    nasty = '<b>&amp; "]]> ${x}'
    one = Bars((Panel(nasty, (nasty,)),), (BarRow(nasty, (Bar(nasty, Decimal(1)),)),))
    for drawing in (
        one,
        Shares((Share(nasty, Decimal(1)),)),
        replace(TIMELINE, kinds=(nasty, *TIMELINE.kinds[1:])),
    ):
        assert any("<b>&amp;" in text for text in texts(drawn(drawing)))
    render(replace(drawings.gallery(), blocks=(replace(illustration(one), table_anchor=""),)), "pdf")
