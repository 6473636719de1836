"""What is copied from a section for readers who do not see it: its state word, and the sentence it agreed to share."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from mosaique.access.models import Scope, Visibility
from mosaique.inventory import cells
from mosaique.inventory.models import Return, SectionSheet, Summary
from mosaique.kernel import clock

_WIDE: dict[str, Visibility] = {
    SectionSheet.Sharing.CIRCLE: Visibility.CIRCLE,
    SectionSheet.Sharing.PUBLIC: Visibility.PUBLIC,
}


def sentence_of(sheet: SectionSheet, rows: Iterable[Any]) -> str:
    """The sentence another mayor would read."""
    lines = cells.counting(rows)
    if sheet.state != SectionSheet.State.DONE and not lines:
        # An empty table that is not given back says nothing yet: it is not « aucun ».
        return f"{sheet.inventory.commune} n’a encore rien déclaré dans cette section."
    text = sheet.spec.sentence(sheet.inventory.commune, lines)
    return text if sheet.state == SectionSheet.State.DONE else f"{text} (Saisie en cours.)"


def refresh(sheet: SectionSheet, rows: Iterable[Any]) -> None:
    """Write, rewrite or erase the shared sentence. Called inside the services that change lines or sharing."""
    visibility = _WIDE.get(sheet.sharing)
    if visibility is None:
        return
    scope = Scope.objects.obtain(territory=sheet.inventory.campaign.territory, visibility=visibility)
    Summary.objects.update_or_create(
        sheet=sheet, defaults={"scope": scope, "text": sentence_of(sheet, rows), "written_at": clock.now()}
    )


def erase(sheet: SectionSheet) -> None:
    Summary.objects.filter(sheet=sheet).delete()


def copy_state(sheet: SectionSheet, *, entry_on: date | None = None) -> Return:
    """Copy the section's state to the inventory, whose state words every commune may read."""
    inventory = Return.objects.select_for_update(of=("self",)).get(pk=sheet.inventory_id)
    inventory.states = {**inventory.states, sheet.section: sheet.state}
    if entry_on is not None:
        inventory.last_entry_on = entry_on
    complete = all(state == SectionSheet.State.DONE for state in inventory.states.values())
    if complete and inventory.completed_at is None:
        inventory.completed_at = clock.now()
    elif not complete:
        inventory.completed_at = None
    inventory.save(update_fields=["states", "last_entry_on", "completed_at"])
    return inventory
