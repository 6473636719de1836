"""Verbs of people: proving a mailbox, opening a session, granting and ending mandates, inviting."""

from mosaique.accounts.services.codes import Answer, Proof, check_code, consume_link, request_code
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
    "Answer", "Proof", "accept_invitation", "add_person", "check_code", "consume_link", "end_mandate",
    "find_or_create_person", "grant_mandate", "invite", "invite_operator", "invite_rows", "request_code",
    "rewrite_stale_cards", "write_mandate",
]  # fmt: skip
