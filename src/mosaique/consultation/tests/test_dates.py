"""Dates of a council's file that cannot be: refused with a sentence, and no clock starts."""

from datetime import date

import pytest

from mosaique.consultation import services
from mosaique.consultation.models import Consultation, CouncilFile, DatedFact
from mosaique.consultation.queries import adoption_warnings
from mosaique.consultation.services.adoption import CommunityVote
from mosaique.demo.people import Company
from mosaique.kernel.verdict import Problem
from mosaique.scheme.services import set_scheme_state


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


def test_a_vote_on_a_text_since_reopened_says_so_and_stands(
    cast: Company, consultation: Consultation
) -> None:
    vote = CommunityVote("adopted", date(2026, 11, 26), "2026-93", 20, 3, 1)

    def now() -> Consultation:
        return Consultation.objects.select_related("version__scheme").get(pk=consultation.pk)

    assert "rouverte" not in " ".join(w.text for w in adoption_warnings(now(), vote.voted_on))
    scheme, lead = now().version.scheme, cast.actor("cheffe-de-projet")
    set_scheme_state(actor=lead, scheme=scheme, state=scheme.State.DRAFTING)
    adoption = services.record_vote(actor=lead, consultation=now(), vote=vote)
    assert "rouverte" in adoption.warnings[0] and adoption.outcome == "adopted"
