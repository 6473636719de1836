"""Verbs on the scheme and its sheets: the only writers (freezing is in `freezing.py`)."""

from mosaique.scheme.services.answers import give_position, record_decision
from mosaique.scheme.services.schemes import (
    add_axis,
    edit_axis,
    edit_chapter,
    open_scheme,
    set_colours,
    set_logo,
    set_scheme_state,
)
from mosaique.scheme.services.sheets import (
    choose_form,
    create_sheet,
    edit_sheet,
    move_sheet,
    set_document,
    set_parties,
    set_residents,
    set_status,
)

__all__ = [
    "add_axis", "choose_form", "create_sheet", "edit_axis", "edit_chapter", "edit_sheet", "give_position", "move_sheet",
    "open_scheme", "record_decision", "set_colours", "set_document", "set_logo", "set_parties", "set_residents", "set_scheme_state",
    "set_status",
]  # fmt: skip
