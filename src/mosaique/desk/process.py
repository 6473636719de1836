"""Where the process stands: the nine steps of the scheme, from what exists, never from a status someone must maintain."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mosaique.kernel.typography import date_long, month_year
from mosaique.kernel.ui.parts import Mark, Step, StepState

NAMES = (
    "Lancer",
    "Recenser",
    "Écouter",
    "Identifier",
    "Construire",
    "Rédiger",
    "Consulter",
    "Adopter",
    "Suivre",
)


@dataclass(frozen=True, slots=True)
class Standing:
    """The facts the steps are read from. Dates are local days; None means that it has not happened."""

    today: date
    opened_on: date | None = None
    campaign_from: date | None = None
    campaign_until: date | None = None
    campaign_closed: bool = False  # definitively: before that, what comes after the date is still taken
    inventories: int = 0  # given back
    expected: int = 0  # awaited
    threads: int = 0
    sheets: int = 0
    sheets_built: int = 0  # in construction or beyond
    frozen_on: date | None = None
    consulted_on: date | None = None
    settled: bool = False  # every council has spoken, or its delay is over
    adopted_on: date | None = None
    rejected_on: date | None = None
    target: date | None = None
    counted: bool = (
        True  # whether numbers may be told: a visitor reads how far it is, not what is in preparation
    )


def _state(done: bool, begun: bool) -> StepState:
    return "fait" if done else "encours" if begun else "avenir"


def steps(
    found: Standing, links: Mapping[str, str] | None = None, ahead: Mapping[str, str] | None = None
) -> list[Step]:
    """The nine steps with their state in words: « Fait », « En cours », a date, or nothing yet.

    « Fait » is said of what somebody did: a collection that brought nothing, a debate nobody held are not done.
    A date that passes ends nothing either: late inventories are taken until the collection is closed, or the report frozen.
    `links`: name of a step → address of its page, for who may open it (a public page gives none); `ahead`: addresses
    open even before the step has begun.
    """
    frozen = found.frozen_on is not None
    past = bool(found.campaign_until and found.campaign_until < found.today)
    collected = frozen or found.campaign_closed or past
    gathered = frozen or found.campaign_closed or (past and found.inventories >= found.expected)
    voted = found.adopted_on is not None or found.rejected_on is not None
    states: list[tuple[StepState, str]] = [
        (
            _state(frozen or found.campaign_from is not None or found.sheets > 0, True),
            _since(found.opened_on),
        ),
        (
            _state(gathered and found.inventories > 0, found.campaign_from is not None),
            _inventories(found) if collected else _until(found.campaign_until),
        ),
        (
            _state(frozen and found.threads > 0, frozen or found.threads > 0),
            "aucun échange ici" if frozen and not found.threads else "",
        ),
        (
            # A first idea while the communes still answer begins this step; sheets that are built, or the date, end it.
            _state(
                frozen or found.sheets_built > 0 or (found.sheets > 0 and collected),
                found.sheets > 0 or (collected and found.campaign_from is not None),
            ),
            _count(found, found.sheets),
        ),
        (_state(frozen, found.sheets_built > 0), _count(found, found.sheets_built)),
        (_state(frozen, found.sheets_built > 0 and collected), _since(found.frozen_on)),
        (
            _state(found.settled or voted, found.consulted_on is not None),
            _since(found.consulted_on),
        ),
        (_state(found.adopted_on is not None, found.settled or voted), _adoption(found)),
        (_state(False, found.adopted_on is not None), "chaque année" if found.adopted_on else ""),
    ]
    known, open_ahead = links or {}, ahead or {}
    return [
        Step(name, state, when, open_ahead.get(name) or (known.get(name, "") if state != "avenir" else ""))
        for name, (state, when) in zip(NAMES, states, strict=True)
    ]


def _since(day: date | None) -> str:
    return month_year(day) if day else ""


def _until(day: date | None) -> str:
    return f"jusqu’au {date_long(day)}" if day else ""


def _count(found: Standing, sheets: int) -> str:
    return f"{sheets} fiche{'s' if sheets > 1 else ''}" if sheets and found.counted else ""


def _inventories(found: Standing) -> str:
    """« 12 inventaires sur 19 », once the date is past."""
    if not found.counted or not found.expected or found.inventories == found.expected:
        return ""
    if not found.inventories:
        return "aucun inventaire rendu"
    return f"{found.inventories} inventaire{'s' if found.inventories > 1 else ''} sur {found.expected}"


def _adoption(found: Standing) -> str:
    if found.adopted_on:
        return date_long(found.adopted_on)
    if found.rejected_on:
        return f"rejeté le {date_long(found.rejected_on)}"
    return f"visée le {date_long(found.target)}" if found.target else ""


def heading(found: Standing) -> str:
    """The timeline's title, as a sentence."""
    if found.adopted_on:
        return "Le schéma est adopté : il se suit désormais chaque année"
    if found.rejected_on:
        return "Le conseil communautaire n’a pas adopté le projet"
    if found.settled:
        return "Tous les conseils se sont prononcés, le vote peut avoir lieu"
    if found.consulted_on:
        return "Les conseils municipaux donnent leur avis"
    if found.frozen_on:
        return "Le rapport est figé, il reste à le soumettre aux conseils"
    if found.sheets_built:
        return "Les fiches se construisent, le rapport se rédige"
    if found.campaign_from:
        return "On recense et on écoute, rien n’est encore décidé"
    return "La démarche commence"


def marks(found: Standing, latest_reception: date | None) -> list[Mark]:
    """The three or four dates that command the rest."""
    if found.adopted_on or found.rejected_on:
        return []  # the vote has taken place: nothing leads to it any more
    if found.target is None or found.target <= found.today or latest_reception is None:
        return []
    rows = [Mark(found.today, "Aujourd’hui", "", here=True)]
    if latest_reception > found.today and found.consulted_on is None:
        months = max(1, round((latest_reception - found.today).days / 30.4))
        rows.append(
            Mark(
                latest_reception,
                "Le rapport est arrivé dans toutes les mairies",
                f"{months} mois pour bâtir et rédiger",
            )
        )
        rows.append(
            Mark(
                found.target,
                "Vote du conseil communautaire",
                "3 mois pour les avis, le silence vaut avis favorable",
            )
        )
    else:
        days = (found.target - found.today).days
        rows.append(Mark(found.target, "Vote du conseil communautaire", f"{days} jours"))
    return rows
