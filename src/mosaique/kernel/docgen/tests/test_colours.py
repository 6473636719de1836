"""Contrast on paper, by the reference values of WCAG, and the tone that is offered instead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mosaique.kernel.docgen.colours import LINES, TEXT, contrast, dark_enough, parse

COLOUR = st.integers(0, 0xFFFFFF).map(lambda n: f"{n:06x}")


@pytest.mark.parametrize(
    ("colour", "ratio"),
    [("000000", 21.0), ("ffffff", 1.0), ("767676", 4.54), ("777777", 4.48), ("ff0000", 4.0)],
)
def test_known_contrasts(colour: str, ratio: float) -> None:
    assert contrast(colour) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("#1F5F3A", "1f5f3a"),
        (" 1f5f3a ", "1f5f3a"),
        ("#195", "119955"),
        ("vert", None),
        ("#12345", None),
        ("", None),
    ],
)
def test_a_colour_as_people_write_it(text: str, found: str | None) -> None:
    assert parse(text) == found


@given(COLOUR, st.sampled_from([TEXT, LINES]))
def test_the_tone_offered_is_readable_and_kept_when_it_already_was(colour: str, least: float) -> None:
    offered = dark_enough(colour, least)
    assert contrast(offered) >= least
    if contrast(colour) >= least:
        assert offered == colour


def test_the_tone_offered_is_the_nearest() -> None:
    assert dark_enough("f0c000", TEXT) == "907300"
    assert contrast("917400") < TEXT
