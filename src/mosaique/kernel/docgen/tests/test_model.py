"""The document's vocabulary is closed, its JSON canonical, its refusals in French."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mosaique.kernel.docgen import DocumentError, from_json, to_json
from mosaique.kernel.docgen.model import (
    Column,
    Document,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Picture,
    Row,
    Run,
    Table,
    Tile,
    Unknown,
)

from .sample import report


def document(*blocks: object) -> Document:
    return Document("Titre", "Communauté", date(2027, 8, 26), "Service", tuple(blocks))  # type: ignore[arg-type]


def test_json_comes_back_equal_and_identical():
    original = report(19)
    text = to_json(original)
    assert from_json(text) == original
    assert to_json(from_json(text)) == text


def test_json_is_canonical():
    payload = json.loads(to_json(report(3)))
    assert to_json(report(3)) == json.dumps(
        payload, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.builds(Unknown, st.text(min_size=1, max_size=12)),
)


@given(CELLS)
def test_any_cell_comes_back_equal(cell):
    table = Table("Un tableau", (Column("Valeur"),), (Row((cell,)),))
    back = from_json(to_json(document(table))).blocks[0]
    assert isinstance(back, Table)
    assert back == table
    assert type(back.rows[0].cells[0]) is type(cell)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda d: d["document"].update(surprise=1), "champ inconnu « surprise »"),
        (lambda d: d["document"].pop("title"), "il manque « title »"),
        (lambda d: d["document"].update(title=3), "« document.title »"),
        (lambda d: d["document"]["blocks"].append({"type": "Script"}), "type inconnu"),
        (lambda d: d["document"]["blocks"].append({"type": "Column", "label": "x"}), "« document.blocks"),
        (lambda d: d["document"].update(date={"date": "2027-13-45"}), "n’est pas une date"),
        (lambda d: d.update(schema="autre"), "version attendue"),
    ],
)
def test_damaged_json_is_refused_in_french(change, sentence):
    payload = json.loads(to_json(document(Paragraph("Bonjour"))))
    change(payload)
    with pytest.raises(DocumentError, match=sentence):
        from_json(json.dumps(payload))


@pytest.mark.parametrize(
    "text", ["", "[]", "null", "{", '{"schema":"mosaique-document-1","document":1.5}', "[" * 5000]
)
def test_what_is_not_a_document_is_refused(text):
    with pytest.raises(DocumentError):
        from_json(text)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Heading(5, "Titre", "a"), "niveau 5"),
        (lambda: Heading(1, " ", "a"), "vide"),
        (lambda: Heading(1, "Titre", "Pas une ancre"), "ancre"),
        (lambda: Row((1.5,)), "nombres exacts"),
        (lambda: Table("", (Column("A"),), ()), "titre"),
        (lambda: Table("T", (Column("A"), Column("B")), (Row((1,)),)), "ligne 1 : 1 cases pour 2 colonnes"),
        (lambda: Tile(8, "bv"), "de 0 à 7"),
        (lambda: Picture(b"GIF89a", "Logo"), "PNG"),
        (lambda: Run("x", link="javascript:alert(1)"), "adresse utilisable"),
        (lambda: KeyFigures(tuple(KeyFigure("1", "x") for _ in range(5))), "quatre"),
        (lambda: document(Heading(1, "A", "a"), Heading(1, "B", "a")), "même ancre"),
        (lambda: document(Paragraph((Run("x", link="#nulle-part"),))), "n’existe pas"),
        (lambda: Document("T", "C", date(2027, 1, 1), "S", (), code="ABC"), "16 caractères"),
    ],
)
def test_impossible_parts_are_refused_in_french(make, sentence):
    with pytest.raises(DocumentError, match=sentence):
        make()


def test_defaults_are_not_written_so_that_older_hashes_hold():
    text = to_json(document(Paragraph("Bonjour")))
    assert '"small"' not in text
    assert (
        Decimal("1.50")
        == from_json(to_json(document(Table("T", (Column("A", "money"),), (Row((Decimal("1.50"),)),)))))
        .blocks[0]
        .rows[0]
        .cells[0]
    )  # type: ignore[union-attr]
