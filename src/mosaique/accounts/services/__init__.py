"""Verbs of people: proving a mailbox, granting and ending mandates, inviting; of the bodies that take part, of the perimeter."""

from mosaique.accounts.services.codes import (
    Answer,
    Proof,
    check_code,
    consume_link,
    forget_old_codes,
    request_code,
)
from mosaique.accounts.services.delegations import entrust, take_back
from mosaique.accounts.services.following import correct_address, note_bounce, remind_people, see_invitation
from mosaique.accounts.services.imports import (
    choose_columns,
    correct_lines,
    discard_import,
    forget_old_imports,
    receive_people,
    send_lines,
)
from mosaique.accounts.services.invitations import accept_invitation, invite, invite_operator, invite_rows
from mosaique.accounts.services.letters import accept_letter, ask_letter_code, print_letters
from mosaique.accounts.services.mandates import (
    add_person,
    end_mandate,
    find_or_create_person,
    grant_mandate,
    rewrite_stale_cards,
    write_mandate,
)
from mosaique.accounts.services.parties import add_party, correct_party, end_party
from mosaique.accounts.services.perimeter import (
    announce_change,
    cancel_change,
    carry_over,
    correct_change,
    enact_change,
    note_change,
)
from mosaique.accounts.services.pin import change_pin, check_pin, choose_pin, renew_pin, set_pin_aside
from mosaique.accounts.services.protection import name_protection_contact

__all__ = [
    "Answer", "Proof", "accept_invitation", "accept_letter", "add_party", "add_person", "announce_change",
    "ask_letter_code", "cancel_change", "carry_over", "change_pin", "check_code", "check_pin", "choose_columns",
    "choose_pin", "consume_link", "correct_address", "correct_change", "correct_lines", "correct_party",
    "discard_import", "enact_change", "end_mandate", "end_party", "entrust", "find_or_create_person",
    "forget_old_codes", "forget_old_imports", "grant_mandate", "invite", "invite_operator", "invite_rows",
    "name_protection_contact", "note_bounce", "note_change", "print_letters", "receive_people", "remind_people",
    "renew_pin", "request_code", "rewrite_stale_cards", "see_invitation", "send_lines", "set_pin_aside",
    "take_back", "write_mandate",
]  # fmt: skip
