"""Reading append-only facts: what holds now, and what was corrected. Used by services and pages alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from mosaique.consultation.models import CouncilFile, DatedFact, Opinion

F = TypeVar("F", DatedFact, Opinion)


def live(rows: Iterable[F]) -> F | None:
    """The row that holds now: the one nothing corrects."""
    kept = list(rows)
    corrected = {row.corrects_id for row in kept if row.corrects_id}
    return next((row for row in reversed(kept) if row.pk not in corrected), None)


@dataclass(frozen=True, slots=True)
class Correction:
    """What was written, what replaced it, why."""

    before: DatedFact | Opinion
    after: DatedFact | Opinion


def corrections(rows: Iterable[F]) -> list[Correction]:
    kept = {row.pk: row for row in rows}
    return [Correction(kept[row.corrects_id], row) for row in kept.values() if row.corrects_id]


@dataclass(frozen=True, slots=True)
class CouncilFacts:
    """Everything known of a council's file, read once (facts, opinions prefetched)."""

    sent: DatedFact | None
    received: DatedFact | None
    opinion: Opinion | None


def facts_of(council: CouncilFile) -> CouncilFacts:
    """From the prefetched rows when they are, else by two queries."""
    facts = list(council.facts.all())
    return CouncilFacts(
        live(f for f in facts if f.kind == DatedFact.Kind.SENT),
        live(f for f in facts if f.kind == DatedFact.Kind.RECEIVED),
        live(list(council.opinions.all())),
    )
