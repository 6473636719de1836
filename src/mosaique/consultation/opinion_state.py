"""Where a council's opinion stands on a given local day: computed from the dates, never stored as a choice.

An opinion is express or tacit, never both. A deliberation taken after the end stays on record beside the tacit
opinion and changes nothing in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mosaique.consultation.deadlines import DateError, Deadline, opinion_deadline
from mosaique.consultation.procedures.base import Procedure, Silence
from mosaique.kernel.typography import date_long, typographie


class OpinionKind(StrEnum):
    """What a council may say."""

    FAVOURABLE = "favourable"
    RESERVES = "reserves"
    UNFAVOURABLE = "unfavourable"


class StateKind(StrEnum):
    """Every state of an opinion; the first three are express."""

    FAVOURABLE = "favourable"
    RESERVES = "reserves"
    UNFAVOURABLE = "unfavourable"
    NOT_STARTED = "not_started"  # no reception date: no clock
    PENDING = "pending"
    TACIT_FAVOURABLE = "tacit_favourable"
    TACIT_REFUSAL = "tacit_refusal"
    PASSED = "passed"  # over, and the deciding body may go on without it
    SILENT = "silent"  # over, and silence states nothing
    LEFT = "left"  # the commune left before the end, without an opinion: nothing is read in its silence


STATE_FR: dict[StateKind, str] = {
    StateKind.FAVOURABLE: "Favorable",
    StateKind.RESERVES: "Favorable avec réserves",
    StateKind.UNFAVOURABLE: "Défavorable",
    StateKind.NOT_STARTED: "Réception non notée",
    StateKind.PENDING: "En cours",
    StateKind.TACIT_FAVOURABLE: "Tacite, favorable",
    StateKind.TACIT_REFUSAL: "Tacite, refus",
    StateKind.PASSED: "Sans avis, la décision peut se prendre",
    StateKind.SILENT: "Sans avis",
    StateKind.LEFT: "Commune partie",
}
AFTER_SILENCE: dict[Silence, StateKind] = {
    Silence.FAVOURABLE: StateKind.TACIT_FAVOURABLE,
    Silence.REFUSED: StateKind.TACIT_REFUSAL,
    Silence.PASSES: StateKind.PASSED,
    Silence.NOTHING: StateKind.SILENT,
}


@dataclass(frozen=True, slots=True)
class Opinion:
    """One deliberation: what it says and the day of the vote. `reference` is its number, for display."""

    kind: OpinionKind
    deliberated_on: date
    reference: str = ""


@dataclass(frozen=True, slots=True)
class OpinionState:
    """`express` decides when there is one; `replaced` are earlier votes of the same council, within the delay;
    `late` are votes taken once it was over."""

    kind: StateKind
    deadline: Deadline | None
    express: Opinion | None
    replaced: tuple[Opinion, ...]
    late: tuple[Opinion, ...]
    sentence: str

    @property
    def is_express(self) -> bool:
        return self.express is not None

    @property
    def is_tacit(self) -> bool:
        return self.kind in (StateKind.TACIT_FAVOURABLE, StateKind.TACIT_REFUSAL)

    @property
    def is_open(self) -> bool:
        """Nothing is said yet and something may still be."""
        return self.kind in (StateKind.NOT_STARTED, StateKind.PENDING)

    @property
    def label(self) -> str:
        return typographie(STATE_FR[self.kind])

    def days_left(self, today: date) -> int | None:
        """Days left after today while the clock runs (0 on the last day)."""
        if self.kind is not StateKind.PENDING or self.deadline is None:
            return None
        return (self.deadline.last_day - today).days


def date_problems(
    *,
    today: date,
    sent_on: date | None = None,
    received_on: date | None = None,
    deliberated_on: date | None = None,
) -> tuple[DateError, ...]:
    """Every impossible date among those known, each with the sentence to show beside its field."""
    problems: list[DateError] = []
    for day, field, subject in (
        (sent_on, "sent_on", "L'envoi est noté"),
        (received_on, "received_on", "La réception est notée"),
        (deliberated_on, "deliberated_on", "La délibération est notée"),
    ):
        if day is not None and day > today:
            problems.append(
                DateError(
                    f"{subject} au {date_long(day)}, dans l'avenir. Notez la date quand la chose aura eu lieu.",
                    field,
                )
            )
    if sent_on is not None and received_on is not None and received_on < sent_on:
        problems.append(
            DateError(
                f"La réception ({date_long(received_on)}) est notée avant l'envoi ({date_long(sent_on)}). "
                "Corrigez une des deux dates.",
                "received_on",
            )
        )
    if received_on is not None and deliberated_on is not None and deliberated_on < received_on:
        problems.append(
            DateError(
                f"La délibération ({date_long(deliberated_on)}) est notée avant la réception du rapport "
                f"({date_long(received_on)}). Corrigez une des deux dates.",
                "deliberated_on",
            )
        )
    return tuple(problems)


def state(
    *,
    procedure: Procedure,
    received_on: date | None,
    today: date,
    opinions: Sequence[Opinion] = (),
    sent_on: date | None = None,
    extend_if_non_working: bool = False,
    departement: str = "",
    left_on: date | None = None,
) -> OpinionState:
    """The state on `today` (a local day). Raises `DateError` for an impossible date.

    `opinions` are given in the order in which they were recorded; of two votes on one day the last recorded wins.
    `left_on`: first day on which the commune was no longer a member. No text says what its silence is worth: none is read.
    """
    votes: list[date | None] = [opinion.deliberated_on for opinion in opinions]
    for voted_on in votes or [None]:
        for problem in date_problems(
            today=today, sent_on=sent_on, received_on=received_on, deliberated_on=voted_on
        ):
            raise problem
    deadline = None
    if received_on is not None and procedure.months is not None:
        deadline = opinion_deadline(
            received_on,
            extend_if_non_working,
            months=procedure.months,
            departement=departement,
            delay=procedure.delay_fact,
            counting=procedure.counting_fact,
        )
    ranked = sorted(opinions, key=lambda opinion: opinion.deliberated_on)
    in_time = [
        opinion for opinion in ranked if deadline is None or not deadline.is_over(opinion.deliberated_on)
    ]
    express = in_time[-1] if in_time else None
    kind = _kind(express, received_on, deadline, procedure.silence, today)
    if express is None and _left_before_the_end(left_on, deadline, today):
        kind = StateKind.LEFT
    late = tuple(ranked[len(in_time) :])
    return OpinionState(
        kind=kind,
        deadline=deadline,
        express=express,
        replaced=tuple(in_time[:-1]),
        late=late,
        sentence=_sentence(kind, deadline, express, late, procedure, left_on),
    )


def _left_before_the_end(left_on: date | None, deadline: Deadline | None, today: date) -> bool:
    return left_on is not None and left_on <= today and (deadline is None or left_on <= deadline.last_day)


def _kind(
    express: Opinion | None,
    received_on: date | None,
    deadline: Deadline | None,
    silence: Silence,
    today: date,
) -> StateKind:
    if express is not None:
        return StateKind(express.kind.value)
    if received_on is None:
        return StateKind.NOT_STARTED
    if deadline is None or not deadline.is_over(today):
        return StateKind.PENDING
    return AFTER_SILENCE[silence]


def _sentence(
    kind: StateKind,
    deadline: Deadline | None,
    express: Opinion | None,
    late: tuple[Opinion, ...],
    procedure: Procedure,
    left_on: date | None = None,
) -> str:
    if kind is StateKind.LEFT and left_on is not None:
        sentence = (
            f"La commune a quitté l'intercommunalité le {date_long(left_on)}, sans que son conseil ait donné d'avis. Mosaïque n'en "
            "attend plus et ne lit rien dans son silence : à vérifier avec la préfecture."
        )
    elif express is not None:
        number = f" (délibération {express.reference})" if express.reference else ""
        sentence = f"Avis {STATE_FR[kind].lower()}, voté le {date_long(express.deliberated_on)}{number}."
    elif kind is StateKind.NOT_STARTED:
        sentence = "Aucune date de réception n'est notée : le délai n'a pas commencé."
    elif deadline is None:
        sentence = f"Avis attendu, sans délai compté. {procedure.silence_fr}"
    elif kind is StateKind.PENDING:
        sentence = (
            f"Réponse possible jusqu'au {date_long(deadline.last_day)} à minuit. {procedure.silence_fr}"
        )
    else:
        sentence = (
            f"Sans délibération au {date_long(deadline.last_day)} à minuit. {procedure.silence_fr} "
            f"Constat du {date_long(deadline.tacit_on)}."
        )
    for opinion in late:
        sentence += (
            f" Une délibération du {date_long(opinion.deliberated_on)} ({_short(opinion)}) est arrivée après le "
            "délai : elle reste au dossier et ne change pas l'avis."
        )
    return typographie(sentence)


def _short(opinion: Opinion) -> str:
    return STATE_FR[StateKind(opinion.kind.value)].lower()
