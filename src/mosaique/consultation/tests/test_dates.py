"""Dates of a council's file that cannot be: refused with a sentence, and no clock starts."""

from datetime import date

import pytest

from mosaique.consultation import services
from mosaique.consultation.models import CouncilFile, DatedFact
from mosaique.demo.people import Company
from mosaique.kernel.verdict import Problem


@pytest.mark.parametrize("kind", [DatedFact.Kind.SENT, DatedFact.Kind.RECEIVED])
@pytest.mark.parametrize("day", [date(2020, 2, 29), date(2025, 1, 15), date(2026, 11, 25)])
def test_nothing_leaves_nor_arrives_before_the_version_is_frozen(
    cast: Company, council_a: CouncilFile, kind: str, day: date
) -> None:
    """The version is frozen on 26 November 2026."""
    council_a.facts.all().delete()
    with pytest.raises(Problem, match="a été figée le 26"):
        services.enter_fact(
            actor=cast.actor("cheffe-de-projet"), council=council_a, kind=kind, on_date=day, channel="letter"
        )
    assert not council_a.facts.exists()
