"""Which legal form? A few answers, and for each form: proposed, possible under a condition, or left out and why.

Pure. Each form states its own conditions in its own file; nothing here knows a form by name. Nothing is decided: the
answers order what to read first, and every exclusion says the rule it comes from, with its mark.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from mosaique.scheme.legal_forms.base import Fact, LegalForm


class Subject(StrEnum):
    """What is shared."""

    TEAM = "equipe"
    AGENT = "agent"
    ASSETS = "biens"
    PURCHASES = "achats"
    WORKS = "travaux"
    POLICE = "police"
    POWER = "competence"
    HELP = "entraide"


class Between(StrEnum):
    """Who shares with whom."""

    EPCI = "interco"
    COMMUNES = "communes"
    OUTSIDE = "dehors"


class Staff(StrEnum):
    """What happens to the agents."""

    MOVED = "rejoignent"
    LENT = "pretes"
    NONE = "aucun"


class Power(StrEnum):
    """Whose power the work belongs to."""

    COMMUNES = "communes"
    EPCI = "interco"


@dataclass(frozen=True, slots=True)
class Case:
    """The answers. None: nobody has said yet, which never leaves a form out."""

    subject: Subject | None = None
    between: Between | None = None
    staff: Staff | None = None
    power: Power | None = None

    @property
    def is_empty(self) -> bool:
        return self == Case()


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing a form supposes. `holds`: True, False, or None when the answers do not tell. `fact` is its rule."""

    holds: Callable[[Case], bool | None]
    fact: Fact


def about(fact: Fact, *subjects: Subject) -> Condition:
    """The form is for these subjects."""
    return Condition(lambda case: None if case.subject is None else case.subject in subjects, fact)


def between(fact: Fact, *parties: Between) -> Condition:
    """The form joins these parties."""
    return Condition(lambda case: None if case.between is None else case.between in parties, fact)


def staff(fact: Fact, *effects: Staff) -> Condition:
    """The form does this to the agents."""
    return Condition(lambda case: None if case.staff is None else case.staff in effects, fact)


def power(fact: Fact, *owners: Power) -> Condition:
    """The form is for work that belongs to these."""
    return Condition(lambda case: None if case.power is None else case.power in owners, fact)


class Verdict(IntEnum):
    """In the order in which they are shown."""

    PROPOSED = 0
    CONDITION = 1
    EXCLUDED = 2


@dataclass(frozen=True, slots=True)
class Proposal:
    """A form before a case: `reasons` are the rules that leave it out, or those the answers do not settle yet."""

    form: LegalForm
    verdict: Verdict
    reasons: tuple[Fact, ...]


def judge(form: LegalForm, case: Case) -> Proposal:
    """Left out as soon as one condition fails, with every rule that fails; else what remains to be known."""
    answers = [(condition.holds(case), condition.fact) for condition in form.conditions]
    if failed := tuple(fact for holds, fact in answers if holds is False):
        return Proposal(form, Verdict.EXCLUDED, failed)
    if unknown := tuple(fact for holds, fact in answers if holds is None):
        return Proposal(form, Verdict.CONDITION, unknown)
    return Proposal(form, Verdict.PROPOSED, ())


def propose(forms: Iterable[LegalForm], case: Case) -> list[Proposal]:
    """Every form, those proposed first; among them, the most demanding of the answers (the closest to the case) first."""
    ranked = [(judge(form, case), -len(form.conditions), rank) for rank, form in enumerate(forms)]
    return [one for one, _, _ in sorted(ranked, key=lambda row: (row[0].verdict, row[1], row[2]))]
