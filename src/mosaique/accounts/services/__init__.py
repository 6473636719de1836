"""Verbs of people: proving a mailbox, opening a session, granting and ending mandates, inviting."""

from mosaique.accounts.services.codes import Answer, Proof, check_code, consume_link, request_code
from mosaique.accounts.services.imports import (
    choose_columns,
    correct_lines,
    discard_import,
    forget_old_imports,
    receive_people,
    send_lines,
)
from mosaique.accounts.services.invitations import accept_invitation, invite, invite_operator, invite_rows
from mosaique.accounts.services.mandates import (
    add_person,
    end_mandate,
    find_or_create_person,
    grant_mandate,
    rewrite_stale_cards,
    write_mandate,
)

__all__ = [
    "Answer", "Proof", "accept_invitation", "add_person", "check_code", "choose_columns", "consume_link", "correct_lines",
    "discard_import", "end_mandate", "find_or_create_person", "forget_old_imports", "grant_mandate", "invite",
    "invite_operator", "invite_rows", "receive_people", "request_code", "rewrite_stale_cards", "send_lines", "write_mandate",
]  # fmt: skip
