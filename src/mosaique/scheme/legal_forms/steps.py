"""What is still missing before a sheet can be signed: a list that informs, and never a refusal.

Only verified facts count towards « prête à signer »; the others are shown as points to check.
"""

from dataclasses import dataclass, field
from datetime import date

from mosaique.kernel.typography import typographie
from mosaique.scheme.legal_forms.base import DocumentKind, Fact, Instrument, LegalForm, to_check


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFacts:
    """What is known of a sheet. None always means that nobody has said, never no."""

    documents: frozenset[DocumentKind] = field(default_factory=frozenset)
    """Kinds of documents attached to the sheet."""
    staff_concerned: bool | None = None
    cst_opinion_on: date | None = None
    """Day on which the (last) comité social territorial concerned gave its opinion, whatever it is."""
    deliberations_expected: int | None = None
    deliberations_taken: int = 0
    cost_method_written: bool | None = None
    forecast_units_written: bool | None = None
    payment_period_months: int | None = None
    signed_on: date | None = None
    unit_cost_notified_on: date | None = None
    budget_adoption_on: date | None = None


@dataclass(frozen=True, slots=True)
class StepVerdict:
    """One line of the list: `done` is None when nobody has said."""

    label: str
    done: bool | None
    why: str
    article: str
    mark: str
    counts: bool
    """True when the step weighs on « prête à signer »: verified, and due before the signature."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """`ready` is None when no verified step exists: the tool then says nothing either way."""

    ready: bool | None
    sentence: str
    missing: tuple[StepVerdict, ...]


def next_steps(form: LegalForm, facts: SheetFacts) -> tuple[StepVerdict, ...]:
    """Every step of the form with its state, in the order in which things are usually done."""
    return tuple(
        StepVerdict(
            label=step.label,
            done=step.done(facts),
            why=step.fact.text,
            article=step.fact.article,
            mark=step.fact.mark,
            counts=step.fact.is_verified and not step.reminder,
        )
        for step in form.steps
    )


def readiness(form: LegalForm, facts: SheetFacts) -> Readiness:
    """Is the sheet « prête à signer »? An information for the reader; no button depends on it."""
    counted = [step for step in next_steps(form, facts) if step.counts]
    missing = tuple(step for step in counted if not step.done)
    if form.instrument is Instrument.NONE:
        return Readiness(None, typographie("Rien n'est à signer pour cette forme."), ())
    if not counted:
        return Readiness(
            None,
            typographie(
                "Nous n'avons encore relu aucun texte pour cette forme : l'outil ne dit pas si elle est prête à "
                "signer. Voyez les points à vérifier."
            ),
            (),
        )
    if missing:
        labels = " ; ".join(step.label[0].lower() + step.label[1:] for step in missing)
        return Readiness(False, typographie(f"Pas encore prête à signer. Il reste : {labels}."), missing)
    left = sum(1 for step in next_steps(form, facts) if not step.counts and not step.done)
    sentence = "Prête à signer, d'après les points vérifiés."
    if left:
        sentence += f" Points restant à vérifier : {left}."
    return Readiness(True, typographie(sentence), ())


@dataclass(frozen=True, slots=True)
class AcOffer:
    """Whether a form may propose charging the attribution de compensation (AC)."""

    offered: bool
    sentence: str
    fact: Fact


NO_IMPUTATION = to_check(
    "Cette forme ne prévoit pas d'imputation sur l'attribution de compensation : les sommes se règlent par titre.",
    "usage, sans article",
)


def ac_imputation(form: LegalForm, tax_regime: str) -> AcOffer:
    """Offered only by a form that foresees it and to an EPCI under FPU (`tax_regime` « FPU », « FA »… or empty)."""
    if not form.ac_imputation:
        return AcOffer(False, NO_IMPUTATION.text, NO_IMPUTATION)
    if tax_regime == "FPU":
        sentence = (
            "Votre intercommunalité est en fiscalité professionnelle unique : l'imputation est possible."
        )
    elif tax_regime:
        sentence = (
            "Votre intercommunalité n'est pas en fiscalité professionnelle unique : il n'y a pas d'attribution de "
            "compensation, les communes remboursent sur titre."
        )
    else:
        sentence = (
            "Le régime fiscal de votre intercommunalité n'est pas connu : renseignez-le pour savoir si l'imputation "
            "est possible."
        )
    return AcOffer(tax_regime == "FPU", typographie(sentence), form.tax_condition)


# --- Checks shared by several forms


def has(kind: DocumentKind, facts: SheetFacts) -> bool:
    """The document is attached."""
    return kind in facts.documents


def all_deliberated(facts: SheetFacts) -> bool | None:
    """Every party has voted; None as long as nobody has said how many are expected."""
    if not facts.deliberations_expected:
        return None
    return facts.deliberations_taken >= facts.deliberations_expected


def unit_cost_told_in_time(facts: SheetFacts) -> bool | None:
    """CGCT D. 5211-16: before the budget each year; in the year of signing, within three months of it."""
    told, signed, budget = facts.unit_cost_notified_on, facts.signed_on, facts.budget_adoption_on
    if told is None:
        return None if signed is None else False
    if signed is not None and signed <= told and signed.year == told.year:
        months = told.month - signed.month
        return months < 3 or (months == 3 and told.day <= signed.day)
    return None if budget is None else told < budget


def paid_within_a_year(facts: SheetFacts) -> bool | None:
    """CGCT D. 5211-16: the period of payment is at most one year."""
    months = facts.payment_period_months
    return None if months is None else 0 < months <= 12
