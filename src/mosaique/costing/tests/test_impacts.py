"""The two impacts: unknown stays visible, « sans effet » is said, transfers between members cancel out."""

import dataclasses
from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mosaique.costing.engine.errors import CostingError
from mosaique.costing.engine.figures import Figure
from mosaique.costing.engine.impacts import Kind, Line, Nature, Sheet, Transfer, consolidate
from mosaique.costing.engine.parties import Party

EPCI = Party("248100737", "CC Val 81")
ASSAC = Party("81017", "Assac")
CADIX = Party("81047", "Cadix")
CIRGUE = Party("81247", "Saint-Cirgue")
ALL = [EPCI, CIRGUE, CADIX, ASSAC]
YEARS = [2029, 2030]


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def sheet(*lines, ref="f7", perimeter=(), transfers=()):
    return Sheet(ref, f"Fiche {ref}", frozenset(perimeter), tuple(lines), tuple(transfers))


def line(party, value, year=2029, label=""):
    figure = value if isinstance(value, Figure) else Figure.of(value)
    return Line(party.code, year, figure, label)


def costs(*sheets, nature=Nature.LEVEL, kind=Kind.RUNNING_COSTS, years=(2029,), parties=ALL):
    return consolidate(kind=kind, nature=nature, sheets=sheets, parties=parties, years=years)


SILENT = Figure.unknown_because("non_communique")


def test_lines_add_up_by_authority_and_year():
    # Sheet 7: EPCI 50 400 + 3 600 = 54 000 in 2029, 55 000 in 2030; Cadix 2 076,45 in 2029.
    # Sheet 11: Cadix 300 in 2029. Cadix over both sheets: 2 376,45; whole of 2029: 56 376,45.
    result = costs(
        sheet(
            line(EPCI, "50400", label="personnel"),
            line(EPCI, "3600", label="logiciel"),
            line(EPCI, "55000", 2030),
            line(CADIX, "2076.45"),
        ),
        sheet(line(CADIX, "300"), ref="f11"),
        years=[2030, 2029],
    )
    assert result.years == (2029, 2030)
    assert [party.name for party in result.parties] == ["Assac", "Cadix", "Saint-Cirgue", "CC Val 81"]
    assert result.cells["f7", EPCI.code, 2029].known == D("54000.00")
    assert result.by_authority[CADIX.code, 2029].known == D("2376.45")
    assert result.by_sheet["f7", 2029].known == D("56076.45")
    assert result.by_year[2029].known == D("56376.45")
    assert plain(result.by_year[2030].text) == "55 000,00 €"
    assert result.missing() == ()


def test_an_unknown_level_gives_a_minimum_that_counts_who_is_silent():
    result = costs(
        sheet(line(CADIX, "1.20"), line(ASSAC, SILENT), line(CIRGUE, Figure.unknown_because("inconnu"))),
        kind=Kind.ETP,
    )
    total = result.by_year[2029]
    assert not total.is_exact and total.is_minimum
    assert plain(total.text) == "au moins 1,20 ETP (2 communes non communiquées)"
    assert plain(result.by_authority[ASSAC.code, 2029].text) == "non communiqué"
    assert plain(result.by_authority[CIRGUE.code, 2029].text) == "ne sait pas"
    assert [hole.name for hole in result.missing()] == ["Assac", "Saint-Cirgue"]


def test_an_unknown_change_is_never_called_a_minimum():
    # Assac may well save money: « au moins » would be false.
    result = costs(sheet(line(CADIX, "-320"), line(ASSAC, SILENT)), nature=Nature.CHANGE)
    assert not result.by_year[2029].is_minimum
    assert plain(result.by_year[2029].text) == "−320,00 € pour la partie connue (1 commune non communiquée)"
    gained = costs(sheet(line(EPCI, "1.2")), nature=Nature.CHANGE, kind=Kind.ETP)
    assert plain(gained.by_year[2029].text) == "+1,20 ETP"


def test_no_effect_differs_from_not_filled_and_from_not_concerned():
    result = costs(sheet(line(CADIX, Figure.no_effect()), perimeter=[CADIX.code, ASSAC.code]), years=[2029])
    assert result.cells["f7", CADIX.code, 2029].text == "sans effet"
    assert result.cells["f7", ASSAC.code, 2029].text == "non renseigné"
    assert result.cells["f7", CIRGUE.code, 2029].text == "sans objet"
    assert plain(result.by_year[2029].text) == "au moins 0,00 € (1 commune non renseignée)"
    assert result.missing()[0].reason is None


def test_two_opposite_changes_are_no_effect_only_when_all_is_known():
    both = [line(CADIX, "-10"), line(CADIX, "10")]
    assert costs(sheet(*both), nature=Nature.CHANGE).by_authority[CADIX.code, 2029].text == "sans effet"
    holed = costs(sheet(*both, line(CADIX, SILENT)), nature=Nature.CHANGE).by_authority[CADIX.code, 2029]
    assert plain(holed.text) == "0,00 € pour la partie connue (1 commune non communiquée)"


def test_not_concerned_is_an_answer():
    result = costs(sheet(line(CADIX, Figure.unknown_because("non_concerne")), perimeter=[CADIX.code]))
    assert result.by_year[2029].is_exact and result.by_year[2029].text == "sans objet"


def test_holes_agree_in_number_and_say_collectivite_when_one_is_not_a_commune():
    result = costs(
        sheet(line(EPCI, SILENT), line(CADIX, SILENT), perimeter=[ASSAC.code]),
        sheet(line(CADIX, SILENT), ref="f11", perimeter=[CADIX.code]),
    )
    # Cadix is silent twice and counted once; nothing is known at all.
    assert (
        plain(result.by_year[2029].text)
        == "non connu (2 collectivités non communiquées, 1 commune non renseignée)"
    )


def test_one_authority_with_two_reasons_shows_both():
    result = costs(
        sheet(line(CADIX, Figure.unknown_because("refuse"))), sheet(ref="f11", perimeter=[CADIX.code])
    )
    assert result.by_authority[CADIX.code, 2029].text == "non renseigné, refus de communiquer"


def test_a_transfer_between_members_nets_to_zero():
    # The EPCI spends 58 000 and Cadix gives it 2 076,45: 55 923,55 + 2 076,45 = 58 000 for the whole.
    result = costs(
        sheet(
            line(EPCI, "58000"),
            perimeter=[EPCI.code, CADIX.code],
            transfers=[Transfer(CADIX.code, EPCI.code, 2029, Figure.of("2076.45"))],
        )
    )
    assert result.by_authority[EPCI.code, 2029].known == D("55923.55")
    assert result.by_authority[CADIX.code, 2029].known == D("2076.45")
    assert plain(result.by_year[2029].text) == "58 000,00 €"
    # Paying is an answer: Cadix is not « non renseignée » although it has no line of its own.
    assert result.missing() == ()


def test_an_unknown_transfer_is_unknown_for_both_and_nothing_for_the_whole():
    result = costs(
        sheet(
            line(EPCI, "58000"), line(CADIX, "100"), transfers=[Transfer(CADIX.code, EPCI.code, 2029, SILENT)]
        )
    )
    assert plain(result.by_year[2029].text) == "58 100,00 €"
    assert (
        plain(result.by_authority[CADIX.code, 2029].text) == "au moins 100,00 € (1 commune non communiquée)"
    )
    # What the EPCI receives would lower its cost: 58 000 is not a minimum.
    assert plain(result.by_authority[EPCI.code, 2029].text) == (
        "58 000,00 € pour la partie connue (1 collectivité non communiquée)"
    )


def test_a_sheet_made_of_transfers_alone_has_no_effect_on_the_whole():
    moved = Transfer(EPCI.code, CADIX.code, 2029, Figure.of("0.50"))
    result = costs(sheet(transfers=[moved]), kind=Kind.ETP, nature=Nature.CHANGE)
    assert plain(result.by_authority[EPCI.code, 2029].text) == "+0,50 ETP"
    assert plain(result.by_authority[CADIX.code, 2029].text) == "−0,50 ETP"
    assert result.by_year[2029].text == "sans effet"


@settings(deadline=None)  # a busy machine is not a failed property
@given(
    amounts=st.lists(st.decimals(-(10**6), 10**6, places=2), min_size=4, max_size=4),
    moves=st.lists(
        st.tuples(st.permutations(ALL), st.decimals(-(10**5), 10**5, places=2), st.sampled_from(YEARS)),
        max_size=8,
    ),
)
def test_authorities_always_sum_to_the_whole(amounts, moves):
    result = costs(
        sheet(
            *(line(party, value, year) for party, value in zip(ALL, amounts, strict=True) for year in YEARS),
            transfers=[
                Transfer(pair[0].code, pair[1].code, year, Figure.of(value)) for pair, value, year in moves
            ],
        ),
        nature=Nature.CHANGE,
        years=YEARS,
    )
    for year in YEARS:
        assert sum(result.by_authority[party.code, year].known for party in ALL) == sum(amounts)
        assert result.by_year[year].known == result.by_sheet["f7", year].known == sum(amounts)


@pytest.mark.parametrize(
    ("arguments", "path", "words"),
    [
        ({"years": []}, "years", "Aucune année"),
        ({"parties": []}, "parties", "Aucune collectivité"),
        ({"sheets": [sheet(), sheet()]}, "sheets", "comptée deux fois"),
        ({"sheets": [sheet(perimeter=["81999"])]}, "sheets.f7.perimeter", "81999 n’est pas dans le tableau"),
        (
            {"sheets": [sheet(line(Party("81999", "X"), 1))]},
            "sheets.f7.lines.0",
            "81999 n’est pas dans le tableau",
        ),
        ({"sheets": [sheet(line(CADIX, 1, 2031))]}, "sheets.f7.lines.0", "l’année 2031 n’est pas"),
        ({"sheets": [sheet(line(CADIX, "-1"))]}, "sheets.f7.lines.0", "ne peut pas être négatif"),
        (
            {"sheets": [sheet(transfers=[Transfer(CADIX.code, "81999", 2029, Figure.of(1))])]},
            "sheets.f7.transfers.0",
            "81999 n’est pas dans le tableau",
        ),
        (
            {"sheets": [sheet(transfers=[Transfer(CADIX.code, CADIX.code, 2029, Figure.of(1))])]},
            "sheets.f7.transfers.0",
            "ne se verse rien",
        ),
    ],
)
def test_a_figure_that_fits_nowhere_is_refused_not_dropped(arguments, path, words):
    whole = {"sheets": [], "parties": ALL, "years": [2029], **arguments}
    with pytest.raises(CostingError) as caught:
        consolidate(kind=Kind.RUNNING_COSTS, nature=Nature.LEVEL, **whole)
    assert caught.value.path == path
    assert words in plain(caught.value.message_fr)


def test_the_largest_territory_is_consolidated_at_once():
    """158 communes, 30 sheets, 6 years: the figures are indexed, not searched for in every cell."""
    communes = [Party(f"64{n:03}", f"Commune {n}") for n in range(158)]
    years = range(2027, 2033)
    one = tuple(line(commune, "1.00", year) for commune in communes for year in years)
    sheets = [sheet(*one, ref=f"f{n}", perimeter=[c.code for c in communes]) for n in range(30)]
    result = costs(*sheets, parties=communes, years=years)
    assert result.by_year[2030].known == D(158 * 30)
    reads = _Counted(one)
    costs(sheet(ref="f0"), dataclasses.replace(sheet(ref="f1"), lines=reads), parties=communes, years=years)
    # Checking and indexing read the lines a fixed number of times, whatever the number of cells.
    assert reads.passes <= 4


class _Counted(tuple):
    """A tuple that counts how many times it is gone through."""

    passes = 0

    def __iter__(self):
        self.passes += 1
        return super().__iter__()
