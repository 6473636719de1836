"""What the community council should know before it votes. Warnings inform; none of them is ever a veto. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from mosaique.consultation.deadlines import ARTICLE, SCHEME_TEXT, Deadline
from mosaique.consultation.opinion_state import OpinionState, StateKind
from mosaique.consultation.procedures.base import Procedure
from mosaique.kernel.typography import date_long, integer, typographie
from mosaique.scheme.legal_forms.base import Fact, verified

TWO_IMPACTS = verified(
    "Le rapport indique l'effet attendu sur les effectifs et sur les dépenses de fonctionnement de "
    "l'intercommunalité et des communes concernées.",
    ARTICLE,
    SCHEME_TEXT,
)
THE_TEXT_VOTED = verified(
    "Le projet de schéma est approuvé par délibération du conseil communautaire.", ARTICLE, SCHEME_TEXT
)
NAMES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class ImpactState:
    """Whether the report states the two impacts for one authority concerned. « Sans effet » is a statement."""

    code: str
    name: str
    etp_stated: bool
    costs_stated: bool


@dataclass(frozen=True, slots=True)
class Council:
    """One council consulted, and where its opinion stands."""

    code: str
    name: str
    state: OpinionState
    awaits_answer: bool = False  # it voted reserves, and nobody has answered them in writing


@dataclass(frozen=True, slots=True)
class AdoptionWarning:
    """`about` lists the codes concerned; `text` is the sentence shown and kept with the vote."""

    blocks: ClassVar[bool] = False

    key: str
    text: str
    fact: Fact
    about: tuple[str, ...]

    @property
    def article(self) -> str:
        return self.fact.article

    @property
    def mark(self) -> str:
        return self.fact.mark


def adoption_warnings(
    *,
    adoption_on: date,
    procedure: Procedure,
    impacts: Iterable[ImpactState],
    councils: Iterable[Council],
    reopened: bool = False,
) -> tuple[AdoptionWarning, ...]:
    """The warnings for a vote on `adoption_on`, most serious first. An empty result says that nothing was seen.

    `reopened`: drafting was opened again after the freeze, so that sheets may say something else than the text voted.
    """
    impacts, councils = tuple(impacts), tuple(councils)
    return (
        *(_REOPENED if reopened else ()),
        *_impacts(impacts),
        *_not_received(councils, procedure),
        *_still_running(adoption_on, councils, procedure),
        *_silence(adoption_on, councils, procedure),
        *_late(councils, procedure),
        *_unfavourable(councils, procedure),
        *_unanswered(councils, procedure),
    )


def _warning(key: str, text: str, fact: Fact, about: Sequence[ImpactState | Council]) -> AdoptionWarning:
    return AdoptionWarning(key, typographie(text), fact, tuple(item.code for item in about))


def _names(items: Sequence[ImpactState | Council]) -> str:
    """Names in full up to eight; beyond, how many more."""
    names = [item.name for item in items]
    if len(names) > NAMES_SHOWN:
        names[NAMES_SHOWN:] = [f"et {integer(len(names) - NAMES_SHOWN)} autres"]
    return ", ".join(names)


def _impacts(impacts: Sequence[ImpactState]) -> list[AdoptionWarning]:
    found = []
    for key, noun, missing in (
        ("etp_missing", "les effectifs", [item for item in impacts if not item.etp_stated]),
        (
            "costs_missing",
            "les dépenses de fonctionnement",
            [item for item in impacts if not item.costs_stated],
        ),
    ):
        if missing:
            found.append(
                _warning(
                    key,
                    f"L'effet sur {noun} n'est pas indiqué pour : {_names(missing)}. Le rapport est incomplet sur "
                    "ce point : un blanc ne se lit pas comme zéro.",
                    TWO_IMPACTS,
                    missing,
                )
            )
    return found


def _not_received(councils: Sequence[Council], procedure: Procedure) -> list[AdoptionWarning]:
    waiting = [council for council in councils if council.state.kind is StateKind.NOT_STARTED]
    if not waiting:
        return []
    return [
        _warning(
            "not_received",
            f"Aucune date de réception n'est notée pour : {_names(waiting)}. Leur délai n'a pas commencé et "
            "leur avis manque.",
            procedure.counting_fact,
            waiting,
        )
    ]


def _silent(councils: Sequence[Council]) -> list[tuple[Council, Deadline]]:
    """Councils that were asked and have not spoken in time. Of a commune that left, nothing is awaited nor read."""
    return [
        (council, council.state.deadline)
        for council in councils
        if council.state.deadline is not None
        and not council.state.is_express
        and council.state.kind is not StateKind.LEFT
    ]


def _still_running(
    adoption_on: date, councils: Sequence[Council], procedure: Procedure
) -> list[AdoptionWarning]:
    """The vote comes before the last clock ends, and the opinion is missing."""
    running = [
        (council, deadline) for council, deadline in _silent(councils) if deadline.tacit_on > adoption_on
    ]
    if not running:
        return []
    last = max(deadline.tacit_on for _, deadline in running)
    about = [council for council, _ in running]
    return [
        _warning(
            "still_running",
            f"Le vote est prévu le {date_long(adoption_on)}, avant la fin du délai de : {_names(about)}. Leur "
            f"avis manque. Tous les délais seront terminés le {date_long(last)}.",
            procedure.delay_fact,
            about,
        )
    ]


def _silence(adoption_on: date, councils: Sequence[Council], procedure: Procedure) -> list[AdoptionWarning]:
    """Who says nothing, and what this procedure, and no other, makes of it."""
    silent = [council for council, deadline in _silent(councils) if deadline.tacit_on <= adoption_on]
    if not silent:
        return []
    return [
        _warning(
            "silence",
            f"Sans délibération enregistrée, et leur délai finit avant le vote : {_names(silent)}. {procedure.silence_fr} "
            "Cette règle est propre à cette procédure : ailleurs, le silence peut dire autre chose.",
            procedure.silence_fact,
            silent,
        )
    ]


def _late(councils: Sequence[Council], procedure: Procedure) -> list[AdoptionWarning]:
    late = [council for council in councils if council.state.late]
    if not late:
        return []
    return [
        _warning(
            "late",
            f"Une délibération est arrivée après le délai pour : {_names(late)}. Elle reste au dossier et se lit "
            "à côté de l'avis retenu ; elle ne le change pas.",
            procedure.silence_fact,
            late,
        )
    ]


def _unfavourable(councils: Sequence[Council], procedure: Procedure) -> list[AdoptionWarning]:
    against = [council for council in councils if council.state.kind is StateKind.UNFAVOURABLE]
    if not against:
        return []
    return [
        _warning(
            "unfavourable",
            f"Avis défavorable de : {_names(against)}. Il n'empêche pas le vote ; dire ce qui en est fait "
            "aide à s'entendre.",
            procedure.effect_fact,
            against,
        )
    ]


def _unanswered(councils: Sequence[Council], procedure: Procedure) -> list[AdoptionWarning]:
    waiting = [council for council in councils if council.awaits_answer]
    if not waiting:
        return []
    count = len(waiting)
    return [
        _warning(
            "unanswered",
            f"Réserve{'s' if count > 1 else ''} sans réponse écrite : {_names(waiting)}. Cela n'empêche pas le vote ; une "
            "réponse a été promise avant lui.",
            procedure.effect_fact,
            waiting,
        )
    ]


_REOPENED = (
    _warning(
        "reopened",
        "La rédaction a été rouverte depuis que cette version est figée : le conseil vote le texte figé. Ce qui a été "
        "modifié depuis dans les fiches n'en fait pas partie ; pour le soumettre aux conseils, figez une nouvelle version.",
        THE_TEXT_VOTED,
        (),
    ),
)
