"""Reading append-only facts: what holds now, and what was corrected. Used by services and pages alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from mosaique.consultation.models import CouncilFile, DatedFact, Opinion, ReserveAnswer

F = TypeVar("F", DatedFact, Opinion, ReserveAnswer)


def live(rows: Iterable[F]) -> F | None:
    """The row that holds now: the one nothing corrects."""
    kept = list(rows)
    corrected = {row.corrects_id for row in kept if row.corrects_id}
    return next((row for row in reversed(kept) if row.pk not in corrected), None)


@dataclass(frozen=True, slots=True)
class Correction:
    """What was written, what replaced it, why."""

    before: DatedFact | Opinion | ReserveAnswer
    after: DatedFact | Opinion | ReserveAnswer


def corrections(rows: Iterable[F]) -> list[Correction]:
    kept = {row.pk: row for row in rows}
    return [Correction(kept[row.corrects_id], row) for row in kept.values() if row.corrects_id]


@dataclass(frozen=True, slots=True)
class CouncilFacts:
    """Everything known of a council's file, read once (facts, opinions prefetched)."""

    sent: DatedFact | None
    received: DatedFact | None
    opinion: Opinion | None
    answer: ReserveAnswer | None = None

    @property
    def has_reserves(self) -> bool:
        return self.opinion is not None and bool(self.opinion.reserves.strip())

    @property
    def awaits_answer(self) -> bool:
        """Reserves were voted, and nothing is written to the council yet."""
        return self.has_reserves and self.answer is None


def answer_to(opinion: Opinion | None, opinions: Iterable[Opinion]) -> ReserveAnswer | None:
    """The answer to the reserves as they read now. Corrected without touching them, an opinion keeps its answer."""
    if opinion is None:
        return None
    same = [row for row in opinions if row.reserves == opinion.reserves]
    found = (live(list(row.answers.all())) for row in reversed(same))
    return next((row for row in found if row is not None), None)


def facts_of(council: CouncilFile) -> CouncilFacts:
    """From the prefetched rows when they are, else by two queries."""
    facts = list(council.facts.all())
    opinions = list(council.opinions.all())
    opinion = live(opinions)
    answered = opinion is not None and bool(opinion.reserves.strip())
    return CouncilFacts(
        live(f for f in facts if f.kind == DatedFact.Kind.SENT),
        live(f for f in facts if f.kind == DatedFact.Kind.RECEIVED),
        opinion,
        answer_to(opinion, opinions) if answered else None,
    )
