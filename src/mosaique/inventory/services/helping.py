"""Entry on behalf: asked by the commune, done by the team, confirmed by the commune before it counts."""

from mosaique import journal
from mosaique.access.actor import Actor
from mosaique.inventory import registry, summaries
from mosaique.inventory.models import HelpRequest, Row, SectionSheet
from mosaique.inventory.policies import may_ask_help, may_confirm
from mosaique.inventory.services.sharing import move
from mosaique.kernel import clock
from mosaique.kernel.service import service
from mosaique.kernel.verdict import Problem, require


@service
def ask_help(*, actor: Actor, sheet: SectionSheet, note: str = "") -> SectionSheet:
    """« Remplissez pour nous cette section »: the team may read and write it until the commune takes it back."""
    sheet = SectionSheet.objects.for_screen().select_for_update(of=("self",)).get(pk=sheet.pk)
    require(may_ask_help(actor, sheet))
    if sheet.help_open:
        raise Problem("La demande est déjà faite : l’équipe du projet peut remplir cette section.")
    HelpRequest.objects.create(
        sheet=sheet, note=note[:500], asked_by_id=actor.person_id, asked_at=clock.now()
    )
    sheet.help_open = True
    sheet.save(update_fields=["help_open"])
    if sheet.sharing in ("", SectionSheet.Sharing.AUTHORITY):
        move(actor, sheet, SectionSheet.Sharing.TEAM)
    journal.record(actor, registry.HELP_ASKED, sheet)
    return sheet


@service
def end_help(*, actor: Actor, sheet: SectionSheet) -> SectionSheet:
    """The commune takes the section back; what the team typed stays, to be confirmed."""
    sheet = SectionSheet.objects.for_screen().select_for_update(of=("self",)).get(pk=sheet.pk)
    require(may_confirm(actor, sheet))
    HelpRequest.objects.filter(sheet=sheet, ended_at=None).update(ended_at=clock.now())
    sheet.help_open = False
    sheet.save(update_fields=["help_open"])
    journal.record(actor, registry.HELP_CLOSED, sheet)
    return sheet


@service
def confirm_entries(*, actor: Actor, sheet: SectionSheet, rows: list[int] | None = None) -> int:
    """The commune confirms what was typed for it (all of it, or some lines): only then does it count."""
    sheet = SectionSheet.objects.for_screen().select_for_update(of=("self",)).get(pk=sheet.pk)
    require(may_confirm(actor, sheet))
    waiting = Row.objects.kept().filter(sheet=sheet, confirmed_at=None).exclude(entered_for=None)
    if rows is not None:
        waiting = waiting.filter(pk__in=rows)
    count = waiting.update(confirmed_at=clock.now())
    if count:
        summaries.refresh(sheet, Row.objects.kept().filter(sheet=sheet))
        journal.record(actor, registry.ENTRY_CONFIRMED, sheet, lines=count)
    return count
