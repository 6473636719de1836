"""Verbs of this room, and its reference."""

from typing import Any

from mosaique.journal.verbs import Verb, register
from mosaique.kernel.ref import RefKind
from mosaique.kernel.ref import register as register_kind


def _calls() -> Any:
    from mosaique.assistance.models import HelpCall

    return HelpCall


register_kind(RefKind("help_call", _calls, "la demande d’aide", lambda row: row.label))

HELP_CALLED = Verb("help_called", "a envoyé {object}", in_feed=False)
HELP_REPLIED = Verb("help_replied", "a répondu à {object}", in_feed=False)
HELP_SETTLED = Verb("help_settled", "a réglé {object}", in_feed=False)
HELP_PURGED = Verb("help_purged", "a effacé ce qui était écrit dans {object}", in_feed=False)
register(HELP_CALLED, HELP_REPLIED, HELP_SETTLED, HELP_PURGED)
