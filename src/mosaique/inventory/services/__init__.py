"""Verbs of the inventory: the only writers."""

from mosaique.inventory.services.campaigns import (
    change_campaign,
    close_campaign,
    open_campaign,
    open_to_joined,
    remind,
)
from mosaique.inventory.services.confiding import confide, finish_by_link, open_link, take_back
from mosaique.inventory.services.entering import apply_changes
from mosaique.inventory.services.estimates import remove_estimate, set_estimate
from mosaique.inventory.services.files import apply_import, receive_import
from mosaique.inventory.services.helping import ask_help, confirm_entries, end_help
from mosaique.inventory.services.releasing import release_figures, revoke_release
from mosaique.inventory.services.sharing import choose_sharing
from mosaique.inventory.services.stating import give_back, reopen

__all__ = [
    "apply_changes", "apply_import", "ask_help", "change_campaign", "choose_sharing", "close_campaign", "confide",
    "confirm_entries", "end_help", "finish_by_link", "give_back", "open_campaign", "open_link", "open_to_joined",
    "receive_import", "release_figures", "remind",
    "remove_estimate", "reopen", "revoke_release", "set_estimate", "take_back",
]  # fmt: skip
