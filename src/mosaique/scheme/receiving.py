"""« Verser dans une fiche »: what a discussion came to, written in the log of a sheet."""

from typing import TYPE_CHECKING

from mosaique.access.actor import Actor
from mosaique.access.models import Space, Visibility
from mosaique.kernel import clock, richtext
from mosaique.kernel.verdict import Problem
from mosaique.scheme import services
from mosaique.scheme.models import ActionSheet
from mosaique.scheme.policies import may_edit_sheet

if TYPE_CHECKING:
    from mosaique.discussions.models import Releve


def choices(actor: Actor, space: Space) -> list[tuple[int, str]]:
    """Sheets the actor may write in, those of the space first; who reads each is said, for the text will be read there."""
    rows = ActionSheet.objects.visible_to(actor).for_screen().filter(scheme__territory_id=space.territory_id)
    mine = [sheet for sheet in rows if may_edit_sheet(actor, sheet)]
    mine.sort(key=lambda sheet: (sheet.space_id != space.pk, sheet.number))
    return [
        (sheet.pk, f"{sheet} (lue par : {sheet.scope.get_visibility_display().lower()})") for sheet in mine
    ]


def _signature(space: Space) -> str:
    """A sheet is often read more widely than the group it comes from is known, and its log is printed: a group that not
    everyone who takes part knows of is not named."""
    known = space.scope is not None and space.scope.visibility in (Visibility.TERRITORY, Visibility.PUBLIC)
    return f"Relevé du {space.as_group}"[:120] if known else "Relevé d’un groupe de travail"


def receive(actor: Actor, releve: "Releve", target_id: int) -> None:
    """Write the relevé in the sheet's log, with where it comes from."""
    sheet = ActionSheet.objects.visible_to(actor).for_screen().filter(pk=target_id).first()
    if sheet is None:
        raise Problem(
            "Cette fiche n’existe plus ou ne vous est pas ouverte. Le relevé est gardé : choisissez-en une autre."
        )
    agreed, pending = richtext.to_text(releve.agreed).strip(), richtext.to_text(releve.pending).strip()
    parts = [f"Acquis : {agreed}"] if agreed else []
    parts += [f"Pas encore : {pending}"] if pending else []
    services.record_decision(
        actor=actor,
        sheet=sheet,
        decided_on=clock.today(sheet.scheme.territory.zone),
        by=_signature(releve.thread.space),
        text="\n".join(parts) or "Relevé sans texte.",
        from_kind="thread",
        from_id=releve.thread_id,
    )
