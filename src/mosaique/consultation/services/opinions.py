"""What councils vote. An opinion given after the limit is kept beside the tacit one; it does not replace it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from mosaique import journal
from mosaique.access.actor import Actor
from mosaique.access.confirmation import require_personal
from mosaique.consultation.deadlines import opinion_deadline
from mosaique.consultation.facts import facts_of, live
from mosaique.consultation.models import CouncilFile, Opinion, ReserveAnswer
from mosaique.consultation.policies import may_answer_reserve, may_give_opinion
from mosaique.consultation.registry import (
    OPINION_COMPLETED,
    OPINION_CORRECTED,
    OPINION_GIVEN,
    OPINION_TACIT,
    RESERVE_ANSWER_CORRECTED,
    RESERVE_ANSWERED,
)
from mosaique.consultation.services.dates import PROOFS
from mosaique.files import services as files
from mosaique.kernel import clock
from mosaique.kernel.service import service
from mosaique.kernel.typography import date_long
from mosaique.kernel.verdict import Problem, require
from mosaique.territory import perimeter


@dataclass(frozen=True, slots=True)
class Vote:
    """What the deliberation says. Counts are optional: a town hall may first know only the answer."""

    answer: str
    voted_on: date
    number: str = ""
    votes_for: int | None = None
    votes_against: int | None = None
    abstentions: int | None = None
    reserves: str = ""


def _check(council: CouncilFile, vote: Vote) -> None:
    facts = facts_of(council)
    if facts.received is None:
        raise Problem(
            "La date de réception du rapport par cette mairie n’est pas enregistrée. L’avis n’a pas été gardé : "
            "notez d’abord la réception, votre saisie reste ci-dessous.",
            "voted_on",
        )
    if vote.voted_on < facts.received.on_date:
        raise Problem(
            f"Le rapport a été reçu le {date_long(facts.received.on_date)} : le conseil n’a pas pu en délibérer le "
            f"{date_long(vote.voted_on)}. Vérifiez la date de la séance.",
            "voted_on",
        )
    if vote.voted_on > clock.today(council.consultation.territory.zone):
        raise Problem(
            f"Le {date_long(vote.voted_on)} n’est pas encore arrivé : enregistrez l’avis après la séance.",
            "voted_on",
        )
    if vote.answer == Opinion.Answer.RESERVES and not vote.reserves.strip():
        raise Problem("Écrivez les réserves du conseil : chacune recevra une réponse.", "reserves")
    # A tie is not refused: the mayor's vote may have settled it. Unfavourable: one votes for or against that opinion.
    favourable = vote.answer != Opinion.Answer.UNFAVOURABLE and vote.votes_for is not None
    if favourable and (vote.votes_against or 0) > (vote.votes_for or 0):
        raise Problem(
            f"{vote.votes_for} voix pour et {vote.votes_against} contre ne donnent pas un avis favorable : vérifiez le "
            "décompte ou l’avis. Rien n’a été enregistré.",
            "votes_for",
        )
    counts = [vote.votes_for, vote.votes_against, vote.abstentions]
    if any(count is not None for count in counts) and sum(count or 0 for count in counts) == 0:
        raise Problem(
            "Les voix s’additionnent à zéro : laissez les cases vides si vous ne les connaissez pas.",
            "votes_for",
        )


def _row(actor: Actor, council: CouncilFile, vote: Vote, file: Any, **extra: Any) -> Opinion:
    deliberation = files.store(actor=actor, scope=council.scope, file=file, accepted=PROOFS) if file else None
    if deliberation is None and "corrects" in extra:
        deliberation = extra["corrects"].deliberation
    return Opinion.objects.create(
        council=council, answer=vote.answer, voted_on=vote.voted_on, number=vote.number.strip(),
        votes_for=vote.votes_for, votes_against=vote.votes_against, abstentions=vote.abstentions,
        reserves=vote.reserves.strip(), deliberation=deliberation,
        entered_by_id=actor.mandate.id if actor.mandate else None, entered_at=clock.now(), **extra,
    )  # fmt: skip


@service
def give_opinion(*, actor: Actor, council: CouncilFile, vote: Vote, file: Any = None) -> Opinion:
    """Record a council's vote, on time or late (a late one stays beside the tacit opinion)."""
    council = CouncilFile.objects.locked(council)
    require(may_give_opinion(actor, council))
    require_personal(actor)
    if council.opinions.exists():
        raise Problem(
            "L’avis de ce conseil est déjà enregistré. Pour le changer, corrigez-le en disant pourquoi.",
            "answer",
        )
    _check(council, vote)
    opinion = _row(actor, council, vote, file)
    journal.record(
        actor,
        OPINION_GIVEN,
        council,
        answer=vote.answer,
        on=vote.voted_on,
    )
    return opinion


@service
def correct_opinion(
    *, actor: Actor, council: CouncilFile, vote: Vote, reason: str, seen: int, file: Any = None
) -> Opinion:
    """Replace a recorded opinion, saying why; the former one stays at the file."""
    council = CouncilFile.objects.locked(council)
    require(may_give_opinion(actor, council))
    require_personal(actor)
    current = live(list(council.opinions.all()))
    if current is None:
        raise Problem("Il n’y a pas encore d’avis à corriger : enregistrez-le d’abord.", "answer")
    if current.pk != seen:
        raise Problem(
            "L’avis vient d’être corrigé par quelqu’un d’autre. Votre correction n’a pas été enregistrée : "
            "relisez ce qui est écrit maintenant, puis recommencez si elle reste utile.",
            "answer",
        )
    completes = _completes(current, vote) and not (file and current.deliberation_id)
    if (
        completes
        and not file
        and all(getattr(current, name) == _told(getattr(vote, name)) for name in _LATER)
    ):
        raise Problem("Rien n’est changé ni ajouté : l’avis reste tel qu’il est enregistré.", "answer")
    if not reason.strip() and not completes:
        raise Problem("Dites pourquoi l’avis change : la raison reste au dossier.", "reason")
    _check(council, vote)
    opinion = _row(actor, council, vote, file, corrects=current, reason=reason.strip() or "Complété.")
    verb = OPINION_COMPLETED if completes else OPINION_CORRECTED
    journal.record(actor, verb, council, before=current.answer, after=vote.answer)
    return opinion


_SAID = ("answer", "voted_on", "reserves")
_LATER = ("number", "votes_for", "votes_against", "abstentions")  # what a town hall may know afterwards


def _completes(current: Opinion, vote: Vote) -> bool:
    """Nothing that was said changes: counts, a number or the deliberation come beside it."""
    return all(getattr(current, name) == _told(getattr(vote, name)) for name in _SAID) and all(
        getattr(current, name) in (None, "", _told(getattr(vote, name))) for name in _LATER
    )


def _told(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


@service
def answer_reserve(
    *, actor: Actor, council: CouncilFile, text: str, reason: str = "", seen: int | None = None
) -> ReserveAnswer:
    """Answer in writing the reserves of a council, or correct that answer saying why (`seen`: the answer read)."""
    council = CouncilFile.objects.locked(council)
    require(may_answer_reserve(actor, council))
    facts = facts_of(council)
    if facts.opinion is None or not facts.has_reserves:
        raise Problem(
            "Ce conseil n’a pas voté de réserve : il n’y a rien à quoi répondre. Rien n’a été enregistré."
        )
    if not text.strip():
        raise Problem("La réponse est vide. Rien n’a été enregistré.", "text")
    current = facts.answer
    if (current.pk if current else None) != seen:
        raise Problem(
            "La réponse ou les réserves ont changé pendant que vous écriviez. La vôtre n’a pas été enregistrée : "
            "relisez ce qui est écrit maintenant, votre texte reste ci-dessous.",
            "text",
        )
    if current is not None and not reason.strip():
        raise Problem("Dites pourquoi la réponse change : la raison reste au dossier.", "reason")
    answer = ReserveAnswer.objects.create(
        opinion=current.opinion if current else facts.opinion, text=text.strip(), reason=reason.strip(), corrects=current,
        entered_by_id=actor.mandate.id if actor.mandate else None, entered_at=clock.now(),
    )  # fmt: skip
    journal.record(actor, RESERVE_ANSWER_CORRECTED if current else RESERVE_ANSWERED, council)
    return answer


@service
def note_tacit(*, actor: Actor, council: CouncilFile) -> bool:
    """Note, once, that a council's silence has become a favourable opinion. Called by the nightly task."""
    council = CouncilFile.objects.locked(council)
    facts = facts_of(council)
    if council.tacit_noted_on or facts.received is None:
        return False
    deadline = opinion_deadline(
        facts.received.on_date,
        council.consultation.extend_if_non_working,
        departement=council.authority.department,
    )
    if clock.today(council.consultation.territory.zone) < deadline.tacit_on:
        return False
    # Of a commune that had left before the end, nothing is read in the silence.
    on_last_day = perimeter.members(council.consultation.territory, deadline.last_day)
    if not on_last_day.filter(authority=council.authority_id).exists():
        return False
    if facts.opinion is not None and facts.opinion.voted_on <= deadline.last_day:
        return False
    council.tacit_noted_on = deadline.tacit_on
    council.save(update_fields=["tacit_noted_on"])
    journal.record(actor, OPINION_TACIT, council, on=deadline.tacit_on)
    return True
