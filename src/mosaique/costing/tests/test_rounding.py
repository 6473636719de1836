"""Properties of the exact sharing, and the wording of figures."""

from decimal import Decimal as D
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mosaique.costing.engine.errors import CostingError
from mosaique.costing.engine.figures import Figure, Unknown
from mosaique.costing.engine.rounding import from_cents, largest_remainder, product, to_cents, whole_numbers
from mosaique.costing.engine.wording import counted, of_place, plural, price, trimmed, with_unit

cents = st.decimals(-(10**7), 10**7, places=2)
weights = st.lists(st.decimals(0, 10**5, places=2), min_size=1, max_size=40).filter(any)


def allocate(total, values):
    shares, _ = largest_remainder(to_cents(total), whole_numbers(values))
    return [from_cents(share) for share in shares]


@settings(deadline=None)  # a busy machine is not a failed property
@given(total=cents, values=weights)
def test_the_sum_is_the_total_and_each_share_is_within_a_cent(total, values):
    shares = allocate(total, values)
    assert sum(shares) == total
    whole = sum(values)
    for share, value in zip(shares, values, strict=True):
        assert abs(share - total * value / whole) < D("0.01")
        if value == 0:
            assert share == 0


@settings(deadline=None)  # a busy machine is not a failed property
@given(total=cents, values=weights)
def test_a_receipt_mirrors_a_cost(total, values):
    assert allocate(-total, values) == [-share for share in allocate(total, values)]


@settings(deadline=None)  # a busy machine is not a failed property
@given(total=st.decimals(0, 10**7, places=2), values=weights)
def test_more_of_the_criterion_never_pays_less(total, values):
    pairs = sorted(zip(values, allocate(total, values), strict=True))
    for (low, small), (high, large) in pairwise(pairs):
        if low < high:
            assert small <= large


@settings(deadline=None)  # a busy machine is not a failed property
@given(total=cents, values=weights, scale=st.sampled_from([D("0.001"), D(3), D(1000), D("0.7")]))
def test_the_unit_of_the_criterion_does_not_matter(total, values, scale):
    assert allocate(total, [value * scale for value in values]) == allocate(total, values)


@settings(deadline=None)  # a busy machine is not a failed property
@given(price=st.decimals(0, 10**6, places=4), units=st.decimals(0, 10**6, places=4))
def test_a_product_is_the_nearest_cent(price, units):
    # Prices and quantities of 4 decimals: the exact product has 8, well within the 28 digits of Decimal.
    difference = product(price, units) - price * units
    assert D("-0.005") < difference <= D("0.005")


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (with_unit(D("5566.00"), "hab."), "5\u202f566\u00a0hab."),
        (with_unit(D("12.5000"), "km"), "12,5\u00a0km"),
        (counted(D("30"), "heure"), "30\u00a0heures"),
        (counted(D("1.5"), "heure"), "1,5\u00a0heure"),
        (counted(D("7"), "permis de construire"), "7\u00a0permis de construire"),
        (counted(D("2"), "certificat d’urbanisme"), "2\u00a0certificats d’urbanisme"),
        (counted(D("2"), "week-end"), "2\u00a0week-ends"),
        (counted(D("2"), "bureau"), "2\u00a0bureaux"),
        (counted(D("2"), "signal"), "2\u00a0signaux"),
        (counted(D("2"), "km"), "2\u00a0km"),
        (counted(D("2"), "hab."), "2\u00a0hab."),
        (price(D("20.9")), "20,90\u00a0€"),
        (price(D("0.1234")), "0,1234\u00a0€"),
        (str(trimmed(D("1E+3"))), "1000"),
        (str(trimmed(D("0.50"))), "0.5"),
        (plural(1, "commune", "communes"), "1\u00a0commune"),
        (plural(0, "commune", "communes"), "0\u00a0commune"),
        (plural(1200, "commune", "communes"), "1\u202f200\u00a0communes"),
        (of_place("Assac"), "d’Assac"),
        (of_place("Syndicat des eaux"), "du Syndicat des eaux"),
        (of_place("CIAS"), "du CIAS"),
        (of_place("Association du lavoir"), "de l’Association du lavoir"),
        (of_place("Évron"), "d’Évron"),
        (of_place("Le Dourn"), "du Dourn"),
        (of_place("Les Cabannes"), "des Cabannes"),
        (of_place("La Rochelle"), "de La Rochelle"),
    ],
)
def test_figures_as_a_french_reader_expects(shown, expected):
    assert shown == expected


def test_a_figure_is_known_or_says_why_not():
    assert Figure.of("1.5").value == D("1.50")
    assert Figure.no_effect().value == D("0.00") and Figure.no_effect().unknown is None
    assert Figure.unknown_because("refuse").unknown is Unknown.REFUSE
    for wrong in (lambda: Figure(None), lambda: Figure(D(1), Unknown.INCONNU), lambda: Figure.of("0.123")):
        with pytest.raises(CostingError):
            wrong()
    with pytest.raises(ValueError, match="peut-être"):
        Figure.unknown_because("peut-être")
