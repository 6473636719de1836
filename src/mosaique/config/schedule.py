"""All periodic work, in one list."""

from mosaique.kernel.periodic import Periodic

PERIODIC: list[Periodic] = [
    Periodic("access-cards", "day", "mosaique.accounts.tasks.rewrite_stale_cards"),
    Periodic("sign-in-codes", "day", "mosaique.accounts.tasks.forget_old_codes"),
    Periodic("people-imports", "day", "mosaique.accounts.tasks.forget_old_imports"),
    Periodic("journal-digest", "day", "mosaique.journal.tasks.digest_yesterday"),
    Periodic("housekeeping", "day", "mosaique.kernel.tasks.housekeeping"),
    Periodic("mentions", "minute", "mosaique.discussions.tasks.tell_mentioned"),
    Periodic("drafts", "day", "mosaique.discussions.tasks.forget_drafts"),
    Periodic("preparations", "day", "mosaique.scheme.tasks.forget_leftovers"),
    Periodic("files-removed", "day", "mosaique.files.tasks.forget_bytes"),
    Periodic("help-calls", "day", "mosaique.assistance.tasks.forget_typed"),
    Periodic("perimeter", "hour", "mosaique.accounts.tasks.enact_perimeter_changes"),
    Periodic("tacit-opinions", "hour", "mosaique.consultation.tasks.note_tacit_opinions"),
]
