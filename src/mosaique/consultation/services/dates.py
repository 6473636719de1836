"""Dates of a council's file and its sittings: entered with their proof, corrected with their reason."""

from datetime import date, time
from typing import Any

from mosaique import journal
from mosaique.access.actor import Actor
from mosaique.consultation.facts import facts_of, live
from mosaique.consultation.models import Channel, CouncilFile, DatedFact, Sitting
from mosaique.consultation.policies import may_acknowledge, may_keep_dates, may_set_sittings
from mosaique.consultation.registry import FACT_CORRECTED, FACT_ENTERED, SITTING_CANCELLED, SITTING_SET
from mosaique.files import services as files
from mosaique.files.models import Upload
from mosaique.kernel import clock
from mosaique.kernel.service import service
from mosaique.kernel.typography import date_long
from mosaique.kernel.verdict import Problem, require

PROOFS = (".pdf", ".png", ".jpg", ".jpeg")


def _locked(council: CouncilFile) -> CouncilFile:
    return CouncilFile.objects.locked(council)


def _check_date(council: CouncilFile, kind: str, on_date: date) -> None:
    """Impossible dates are refused with both dates in the sentence."""
    today = clock.today(council.consultation.territory.zone)
    facts = facts_of(council)
    if on_date > today:
        raise Problem(
            f"Le {date_long(on_date)} n’est pas encore arrivé : la date n’a pas été enregistrée. "
            "Notez une date passée, ou celle d’aujourd’hui.",
            "on_date",
        )
    if kind == DatedFact.Kind.RECEIVED and facts.sent and on_date < facts.sent.on_date:
        raise Problem(
            f"Le rapport est parti le {date_long(facts.sent.on_date)} : il n’a pas pu être reçu le {date_long(on_date)}. "
            "Rien n’a changé. Corrigez cette date, ou d’abord celle de l’envoi.",
            "on_date",
        )
    if kind == DatedFact.Kind.SENT and facts.received and on_date > facts.received.on_date:
        raise Problem(
            f"Ce conseil a reçu le rapport le {date_long(facts.received.on_date)} : l’envoi ne peut pas être postérieur. "
            "Rien n’a changé.",
            "on_date",
        )
    frozen = clock.day_of(council.consultation.version.frozen_at, council.consultation.territory.zone)
    if on_date < frozen:
        done = "partir" if kind == DatedFact.Kind.SENT else "être reçue"
        raise Problem(
            f"Cette version a été figée le {date_long(frozen)} : elle n’a pas pu {done} le {date_long(on_date)}. "
            "Rien n’a changé ; vérifiez la date, l’année surtout.",
            "on_date",
        )
    if kind == DatedFact.Kind.RECEIVED and facts.opinion and on_date > facts.opinion.voted_on:
        raise Problem(
            f"Ce conseil a délibéré le {date_long(facts.opinion.voted_on)} : la réception ne peut pas être postérieure.",
            "on_date",
        )


def _proof(actor: Actor, council: CouncilFile, file: Any) -> Upload | None:
    return files.store(actor=actor, scope=council.scope, file=file, accepted=PROOFS) if file else None


@service
def enter_fact(
    *,
    actor: Actor,
    council: CouncilFile,
    kind: str,
    on_date: date,
    channel: str,
    reference: str = "",
    file: Any = None,
) -> DatedFact:
    """Enter a first date (sent or received) for a council. Reception starts its clock."""
    council = _locked(council)
    require(may_keep_dates(actor, council))
    if council.facts.filter(kind=kind).exists():
        raise Problem(
            "Cette date est déjà enregistrée. Pour la changer, corrigez-la en disant pourquoi.", "on_date"
        )
    _check_date(council, kind, on_date)
    fact = DatedFact.objects.create(
        council=council, kind=kind, on_date=on_date, channel=channel, reference=reference.strip(),
        proof=_proof(actor, council, file), entered_by_id=actor.mandate.id if actor.mandate else None,
        entered_at=clock.now(),
    )  # fmt: skip
    journal.record(actor, FACT_ENTERED, council, fact=kind, on=on_date)
    return fact


@service
def acknowledge(*, actor: Actor, council: CouncilFile) -> DatedFact:
    """The town hall says the report has arrived today: the proof is the act itself. Asking twice changes nothing."""
    council = _locked(council)
    require(may_acknowledge(actor, council))
    existing = facts_of(council).received
    if existing is not None:
        return existing
    today = clock.today(council.consultation.territory.zone)
    _check_date(council, DatedFact.Kind.RECEIVED, today)
    fact = DatedFact.objects.create(
        council=council, kind=DatedFact.Kind.RECEIVED, on_date=today, channel=Channel.LINK,
        entered_by_id=actor.mandate.id if actor.mandate else None, entered_at=clock.now(),
    )  # fmt: skip
    journal.record(actor, FACT_ENTERED, council, fact=fact.kind, on=today)
    return fact


@service
def correct_fact(
    *, actor: Actor, council: CouncilFile, kind: str, on_date: date, channel: str, reason: str, reference: str = "",
    file: Any = None, seen: int,
) -> DatedFact:  # fmt: skip
    """Replace a date, saying why; the former one stays visible. `seen` is the fact read by the person who corrects."""
    council = _locked(council)
    require(may_keep_dates(actor, council))
    current = live(list(council.facts.filter(kind=kind)))
    if current is None:
        raise Problem("Il n’y a pas encore de date à corriger : enregistrez-la d’abord.", "on_date")
    if current.pk != seen:
        raise Problem(
            f"Cette date vient d’être corrigée par quelqu’un d’autre ({date_long(current.on_date)}). "
            "Votre correction n’a pas été enregistrée : relisez, puis recommencez si elle reste utile.",
            "on_date",
        )
    if not reason.strip():
        raise Problem("Dites pourquoi la date change : la raison reste au dossier.", "reason")
    _check_date(council, kind, on_date)
    fact = DatedFact.objects.create(
        council=council, kind=kind, on_date=on_date, channel=channel, reference=reference.strip(),
        proof=_proof(actor, council, file) or current.proof, reason=reason.strip(), corrects=current,
        entered_by_id=actor.mandate.id if actor.mandate else None, entered_at=clock.now(),
    )  # fmt: skip
    if council.tacit_noted_on:  # the limit has moved: the nightly task notes it again when it comes
        council.tacit_noted_on = None
        council.save(update_fields=["tacit_noted_on"])
    journal.record(
        actor, FACT_CORRECTED, council, fact=kind, before=current.on_date, after=on_date,
    )  # fmt: skip
    return fact


@service
def set_sitting(*, actor: Actor, council: CouncilFile, on_date: date, at_time: time | None = None) -> Sitting:
    """Announce a coming sitting of a council."""
    require(may_set_sittings(actor, council))
    if on_date < clock.today(council.consultation.territory.zone):
        raise Problem("Cette séance est passée : notez une date à venir.", "on_date")
    sitting, made = Sitting.objects.get_or_create(
        authority_id=council.authority_id, on_date=on_date, cancelled_at=None,
        defaults={
            "at_time": at_time, "scope": council.scope, "entered_by_id": actor.mandate.id if actor.mandate else None
        },
    )  # fmt: skip
    if not made and sitting.at_time != at_time:
        sitting.at_time = at_time
        sitting.save(update_fields=["at_time"])
    journal.record(actor, SITTING_SET, council, on=on_date)
    return sitting


@service
def cancel_sitting(*, actor: Actor, council: CouncilFile, sitting_id: int) -> None:
    """Withdraw an announced sitting."""
    require(may_set_sittings(actor, council))
    done = Sitting.objects.filter(pk=sitting_id, authority_id=council.authority_id, cancelled_at=None).update(
        cancelled_at=clock.now()
    )
    if done:
        journal.record(actor, SITTING_CANCELLED, council)
