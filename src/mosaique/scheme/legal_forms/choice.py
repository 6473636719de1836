"""Which legal form? A few answers, and for each form: proposed, possible under a condition, or left out and why.

Pure. Each form states its own conditions in its own file; nothing here knows a form by name. Nothing is decided: the
answers order what to read first, and every exclusion says the rule it comes from, with its mark.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from mosaique.scheme.legal_forms.base import Fact, LegalForm, to_check


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


class Partner(StrEnum):
    """Another body that would be a party. Values are those of the address."""

    SYNDICATE = "syndicat"
    SOCIAL = "social"
    MANAGEMENT = "gestion"
    ASSOCIATION = "association"


@dataclass(frozen=True, slots=True)
class Case:
    """The answers. None: nobody has said yet, which never leaves a form out."""

    subject: Subject | None = None
    between: Between | None = None
    staff: Staff | None = None
    power: Power | None = None
    partner: Partner | None = None  # None: no other body, or nobody has said yet

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


@dataclass(frozen=True, slots=True)
class BodyRule:
    """Whether these bodies may be parties to a form. `allowed`: True, False, or None when the rule is not settled here."""

    partners: tuple[Partner, ...]
    allowed: bool | None
    fact: Fact

    @property
    def names(self) -> str:
        """« Syndicat, centre de gestion »."""
        said = ", ".join(_NAMES[partner] for partner in self.partners)
        return said[:1].upper() + said[1:]

    @property
    def word(self) -> str:
        """« Peut en être partie »: nothing more than what the fact says, with its mark."""
        return {True: "Peut en être partie", None: "À regarder de près", False: "N’en est pas partie"}[
            self.allowed
        ]


_NAMES = {
    Partner.SYNDICATE: "syndicat", Partner.SOCIAL: "CCAS ou CIAS", Partner.MANAGEMENT: "centre de gestion",
    Partner.ASSOCIATION: "association",
}  # fmt: skip


def welcomes(fact: Fact, *partners: Partner) -> BodyRule:
    """They may be parties."""
    return BodyRule(partners, True, fact)


def bars(fact: Fact, *partners: Partner) -> BodyRule:
    """They may not."""
    return BodyRule(partners, False, fact)


def bars_associations(article: str) -> BodyRule:
    """What is said alike under each article that names public bodies alone."""
    fact = to_check(
        "Une association est une personne privée : elle n'est pas de celles que ce texte réunit.", article
    )
    return bars(fact, Partner.ASSOCIATION)


def doubts(fact: Fact, *partners: Partner) -> BodyRule:
    """Under a condition, or not settled: to be looked at before anything is signed."""
    return BodyRule(partners, None, fact)


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


def rule_of(form: LegalForm, partner: Partner) -> BodyRule:
    """What the form says of this kind of body: each form says something of each kind."""
    return next(rule for rule in form.bodies if partner in rule.partners)


def judge(form: LegalForm, case: Case) -> Proposal:
    """Left out as soon as one condition fails, with every rule that fails; else what remains to be known."""
    answers = [(condition.holds(case), condition.fact) for condition in form.conditions]
    if case.partner is not None:
        rule = rule_of(form, case.partner)
        answers.append((rule.allowed, rule.fact))
    if failed := tuple(fact for holds, fact in answers if holds is False):
        return Proposal(form, Verdict.EXCLUDED, failed)
    if unknown := tuple(fact for holds, fact in answers if holds is None):
        return Proposal(form, Verdict.CONDITION, unknown)
    return Proposal(form, Verdict.PROPOSED, ())


def propose(forms: Iterable[LegalForm], case: Case) -> list[Proposal]:
    """Every form, those proposed first; among them, the most demanding of the answers (the closest to the case) first."""
    ranked = [(judge(form, case), -len(form.conditions), rank) for rank, form in enumerate(forms)]
    return [one for one, _, _ in sorted(ranked, key=lambda row: (row[0].verdict, row[1], row[2]))]
