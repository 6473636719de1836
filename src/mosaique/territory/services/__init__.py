"""Verbs on places: territories made from the reference, and the changes of who is a member. No person here: `actor` is only
passed on by `accounts`, which takes the verdicts and writes the journal."""

from mosaique.territory.services.kinds import Draft
from mosaique.territory.services.perimeter import (
    announce,
    cancel,
    check,
    correct,
    enact,
    note_order,
)
from mosaique.territory.services.territories import create_territory, open_territory, set_adoption_target

__all__ = [
    "Draft", "announce", "cancel", "check", "correct", "create_territory", "enact", "note_order", "open_territory",
    "set_adoption_target",
]  # fmt: skip
