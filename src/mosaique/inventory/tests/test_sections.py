"""The contract every section keeps, present and future; and a file of `sections/` that is not listed fails."""

from decimal import Decimal
from pathlib import Path

import pytest

from mosaique.inventory import cells, sections
from mosaique.inventory.columns import Refusal, clean, shown
from mosaique.inventory.registry import BY_SLUG, SECTIONS
from mosaique.inventory.spec import FEW, Line, SectionSpec
from mosaique.kernel.typography import typographie

ALL = list(SECTIONS.values())


def test_every_file_is_listed() -> None:
    files = {path.stem for path in Path(sections.__file__).parent.glob("*.py")} - {"__init__"}
    assert files == set(SECTIONS)


def test_slugs_and_letters_are_told_apart() -> None:
    assert len(BY_SLUG) == len(SECTIONS) == len({spec.letter for spec in ALL})


@pytest.mark.parametrize("spec", ALL, ids=lambda spec: spec.name)
def test_columns_are_sound(spec: SectionSpec) -> None:
    assert spec.first.required and not spec.first.unknown
    names = [column.name for column in spec.columns]
    assert len(names) == len(set(names)) and "nom" not in names
    for column in spec.columns:
        assert column.kind != "choice" or column.choices
        assert not column.total or column.numeric


@pytest.mark.parametrize("spec", ALL, ids=lambda spec: spec.name)
def test_what_is_shown_is_read_back_the_same(spec: SectionSpec) -> None:
    samples = {
        "text": ["« Tracteur »"],
        "int": ["0", "2014"],
        "an": ["2014"],
        "etp": ["0.50", "1.50"],
        "money": ["1234567.89"],
        "date": ["2028-02-29"],
    }
    for column in spec.columns:
        for value in [code for code, _ in column.choices] or samples[
            column.unit if column.unit == "an" else column.kind
        ]:
            assert clean(column, value) == value
            assert clean(column, shown(column, value)) == value


@pytest.mark.parametrize("spec", ALL, ids=lambda spec: spec.name)
def test_nothing_is_said_of_nothing(spec: SectionSpec) -> None:
    """No line, or lines without a value: sentences and figures hold, and no unknown number becomes a zero."""
    for lines in (
        [],
        [Line({spec.first.name: spec.first.choices[0][0] if spec.first.choices else "X"}, {})] * 3,
    ):
        sentence = spec.sentence("Saint-Cirgue", lines)
        assert sentence.startswith("Saint-Cirgue") and sentence.endswith(".")
        assert typographie(sentence)
        for figure in spec.figures(lines):
            assert figure.value is not None or figure.unknown
    silent = {figure.name: figure for figure in spec.figures(lines)}
    for column in spec.columns:
        if column.total and column.name in silent:
            assert silent[column.name].value is None and silent[column.name].missing == 3


@pytest.mark.parametrize("spec", ALL, ids=lambda spec: spec.name)
def test_totals_are_figures_every_commune_has(spec: SectionSpec) -> None:
    assert set(spec.totals) <= {figure.name for figure in spec.figures([])}


@pytest.mark.parametrize(
    ("typed", "offers"),
    [
        ("35", ["1,00", "35 groupe"]),
        ("17,5", ["0,50", "17,50 groupe"]),
        ("2", ["2 groupe"]),
        ("151", ["151 groupe"]),
    ],
)
def test_hours_typed_for_posts_are_offered_as_posts(typed: str, offers: list[str]) -> None:
    column = SECTIONS["staff"].column("etp_budget")
    assert column is not None
    with pytest.raises(Refusal) as refused:
        clean(column, typed)
    assert [meant for _, meant in refused.value.offers] == offers
    assert all(clean(column, meant) for meant in offers)  # what is offered is taken


@pytest.mark.parametrize("typed", ["31/02/2027", "2027", "12/2027", "31/12/1800", "bientôt"])
def test_impossible_dates_are_refused(typed: str) -> None:
    column = SECTIONS["contracts"].column("fin")
    assert column is not None
    with pytest.raises(Refusal):
        clean(column, typed)


@pytest.mark.parametrize(
    ("typed", "kept"), [("31/12/27", "2027-12-31"), ("1-3-2028", "2028-03-01"), ("2027-12-31", "2027-12-31")]
)
def test_dates_are_read_as_people_write_them(typed: str, kept: str) -> None:
    column = SECTIONS["contracts"].column("fin")
    assert column is not None and clean(column, typed) == kept


def test_words_for_not_knowing_are_reasons_but_a_choice_of_the_list_is_not() -> None:
    staff = SECTIONS["staff"]
    column = staff.column("filiere")
    assert column is not None
    for text, code in (
        ("?", "inconnu"),
        ("ne sait pas", "inconnu"),
        ("Non concerné", "non_concerne"),
        ("NSP", "inconnu"),
    ):
        assert cells.judge(column, text, None).unknown == code
    assert cells.judge(column, "SOCIALE", None).value == "sociale"


def test_staff_says_no_retirement_under_five_posts() -> None:
    line = Line({"mission": "Accueil", "filiere": "administrative", "depart": "1", "etp_budget": "1.00"}, {})
    few, enough = SECTIONS["staff"], [line] * FEW
    assert "retraite" not in few.sentence("Trébas", [line] * (FEW - 1))
    assert "retraite" in few.sentence("Trébas", enough)
    by_name = {figure.name: figure for figure in few.figures([line] * (FEW - 1))}
    assert (by_name["departs_5_ans"].value, by_name["departs_5_ans"].unknown) == (None, "non_communique")
    assert {figure.name: figure.value for figure in few.figures(enough)}["departs_5_ans"] == Decimal(5)


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        (("2027-12-31", "2027-03-01", "2029-01-31"), "3 contrats, dont 2 jusqu’en 2027."),
        (("2027-12-31", "1999-12-31"), "2 contrats, dont 1 jusqu’en 2027 ; 1 est arrivé à sa fin."),
        (("1999-12-31", "2025-12-31"), "2 contrats ; 2 sont arrivés à leur fin."),
    ],
)
def test_a_contract_that_is_over_is_said_to_be_over(ends: tuple[str, ...], said: str) -> None:
    lines = [Line({"objet": "Gaz", "fin": end}, {}) for end in ends]
    assert SECTIONS["contracts"].sentence("Trébas", lines) == f"Trébas : {said}"
