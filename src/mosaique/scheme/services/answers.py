"""What is said of a sheet: positions of the communes, lines of the log of decisions."""

from datetime import date

from mosaique import journal
from mosaique.access.actor import Actor
from mosaique.access.confirmation import require_personal
from mosaique.kernel import clock
from mosaique.kernel.service import service
from mosaique.kernel.verdict import Problem, require
from mosaique.scheme import policies, registry
from mosaique.scheme.models import (
    ActionSheet,
    Decision,
    Position,
)


@service
def give_position(
    *, actor: Actor, sheet: ActionSheet, answer: str, condition: str = "", council_on: date | None = None
) -> Position:
    """Say what the commune acted for thinks of the sheet. An intention: it does not bind the commune."""
    sheet = ActionSheet.objects.for_screen().locked(sheet)
    require(policies.may_answer(actor, sheet))
    require_personal(actor)
    if answer not in Position.Answer.values:
        raise Problem("Choisissez une des quatre réponses. Votre texte est gardé.", "answer")
    condition = condition.strip()
    if answer == Position.Answer.YES_IF and not condition:
        raise Problem(
            "« Oui, si… » attend votre condition : une phrase suffit. Votre choix est gardé.", "condition"
        )
    if council_on is not None and council_on > clock.today(sheet.scheme.territory.zone):
        raise Problem(
            "La séance du conseil ne peut pas être dans le futur. Votre saisie est gardée.", "council_on"
        )
    held = actor.mandate
    assert held is not None  # the policy has answered for a mandate
    condition = condition if answer != Position.Answer.YES else ""
    last = Position.objects.filter(sheet=sheet, authority_id=held.authority_id).order_by("-pk").first()
    said = (answer, condition, council_on, held.id, sheet.version)
    if last and (last.answer, last.condition, last.council_on, last.said_by_id, last.on_version) == said:
        return last  # clicked twice: said once
    position = Position.objects.create(
        sheet=sheet,
        authority_id=held.authority_id,
        answer=answer,
        condition=condition,
        voice=Position.Voice.COUNCIL if council_on else Position.Voice.MAYOR,
        council_on=council_on,
        said_by_id=held.id,
        on_version=sheet.version,
        at=clock.now(),
    )
    journal.record(actor, registry.POSITION_GIVEN, sheet, answer=answer, version=sheet.version)
    return position


@service
def record_decision(
    *,
    actor: Actor,
    sheet: ActionSheet,
    decided_on: date,
    by: str,
    text: str,
    legal_form: str = "",
    from_kind: str = "",
    from_id: int | None = None,
) -> Decision:
    """Add a line to the log of decisions. Sent twice (double click, line cut), the same line is written once."""
    sheet = ActionSheet.objects.for_screen().locked(sheet)
    require(policies.may_edit_sheet(actor, sheet))
    again = Decision.objects.filter(sheet=sheet, decided_on=decided_on, by=by, text=text).first()
    if (
        again is not None and not legal_form
    ):  # a form chosen, left and chosen again is three lines: its version tells a double
        return again
    if decided_on > clock.today(sheet.scheme.territory.zone):
        raise Problem(
            "Une décision à venir n’est pas encore une décision : corrigez la date. Votre texte est gardé.",
            "decided_on",
        )
    decision = Decision.objects.create(
        sheet=sheet,
        decided_on=decided_on,
        by=by,
        text=text,
        legal_form=legal_form,
        from_kind=from_kind,
        from_id=from_id,
        recorded_by_id=actor.person_id,
        recorded_at=clock.now(),
    )
    if from_kind:
        journal.record(actor, registry.RELEVE_RECEIVED, sheet, source=from_kind, source_id=from_id)
    else:
        journal.record(actor, registry.DECISION_RECORDED, sheet)
    return decision
