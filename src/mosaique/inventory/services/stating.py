"""Giving a section back, and taking it again."""

from mosaique import journal
from mosaique.access.actor import Actor
from mosaique.inventory import aggregates, cells, registry, summaries
from mosaique.inventory.models import Row, SectionLink, SectionSheet
from mosaique.inventory.policies import may_give_back, may_reopen
from mosaique.kernel import clock
from mosaique.kernel.service import service
from mosaique.kernel.verdict import Problem, require
from mosaique.territory.naming import in_words


@service
def give_back(*, actor: Actor, sheet: SectionSheet, nothing: bool = False) -> SectionSheet:
    """« Rendre cette section ». `nothing`: an empty table is an answer (« nous n’avons aucun matériel »)."""
    sheet = SectionSheet.objects.for_screen().select_for_update(of=("self",)).get(pk=sheet.pk)
    require(may_give_back(actor, sheet))
    rows = list(Row.objects.kept().filter(sheet=sheet))
    _check(sheet, rows, nothing)
    sheet.state = SectionSheet.State.DONE
    sheet.done_by_id, sheet.done_at = actor.person_id, clock.now()
    sheet.version += 1
    sheet.save(update_fields=["state", "done_by", "done_at", "version"])
    inventory = summaries.copy_state(sheet)
    summaries.refresh(sheet, rows)
    journal.record(actor, registry.SECTION_DONE, sheet)
    if inventory.is_complete:
        journal.record(actor, registry.RETURN_DONE, inventory)
    aggregates.refresh(sheet)
    return sheet


def _check(sheet: SectionSheet, rows: list[Row], nothing: bool) -> None:
    spec = sheet.spec
    if not sheet.sharing:
        raise Problem("Dites d’abord qui voit ces données : rien n’est partagé sans votre choix.", "sharing")
    link = SectionLink.objects.open().filter(sheet=sheet).first()
    if link is not None and link.lasts:
        raise Problem(
            f"Cette section est confiée à {link.name} par un lien. Reprenez-la, relisez ses lignes, puis rendez-la.",
            "link",
        )
    waiting = sum(row.to_confirm for row in rows)
    if waiting:
        lines = (
            "Une ligne saisie pour vous attend"
            if waiting == 1
            else f"{waiting} lignes saisies pour vous attendent"
        )
        raise Problem(f"{lines} votre confirmation. Relisez, puis confirmez.", "confirm")
    refused = sum(bool(cells.refusals(spec, row.cells)) for row in rows)
    if refused:
        lines = (
            "Une ligne est à revoir"
            if refused == 1
            else f"{in_words(refused).capitalize()} lignes sont à revoir"
        )
        raise Problem(
            f"{lines} avant de rendre la section : la raison est écrite dessous. Votre saisie est gardée.",
            "rows",
        )
    filled = [row for row in rows if not cells.is_empty(row.cells)]
    unnamed = [
        n
        for n, row in enumerate(rows, 1)
        if row in filled and not row.cells.get(spec.first.name, {}).get("v")
    ]
    if unnamed:
        raise Problem(f"Ligne {unnamed[0]} : il manque « {spec.first.label} ». Le reste est gardé.", "rows")
    if not filled and not nothing:
        raise Problem(
            f"Ce tableau est vide. Si la commune n’a aucun {spec.noun}, cochez « Nous n’avons rien à déclarer ».",
            "nothing",
        )


@service
def reopen(*, actor: Actor, sheet: SectionSheet) -> SectionSheet:
    """Take a section again. What was already released stays as released until it is released anew or revoked."""
    sheet = SectionSheet.objects.for_screen().select_for_update(of=("self",)).get(pk=sheet.pk)
    require(may_reopen(actor, sheet))
    sheet.state = SectionSheet.State.DRAFT
    sheet.done_by, sheet.done_at = None, None
    sheet.version += 1
    sheet.save(update_fields=["state", "done_by", "done_at", "version"])
    summaries.copy_state(sheet)
    summaries.refresh(sheet, Row.objects.kept().filter(sheet=sheet))
    journal.record(actor, registry.SECTION_REOPENED, sheet)
    return sheet
