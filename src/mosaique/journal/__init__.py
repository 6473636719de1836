"""One append-only line per act: ids, verb, scope, time, coded changes; never a name, an address or free text.

Doors: `record`, `verbs.Verb`, `verbs.register`, `Line.objects.visible_to`.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mosaique.access.actor import Actor
    from mosaique.access.models import Scope
    from mosaique.journal.models import Line


def record(
    actor: "Actor", verb: Any, obj: Any, *, scope: "Scope | None" = None, for_authority_id: int | None = None,
    **changes: Any,
) -> "Line | None":  # fmt: skip
    """Write the line of an act (inside its service). See journal.recording."""
    from mosaique.journal.recording import write

    return write(actor, verb, obj, scope=scope, for_authority_id=for_authority_id, changes=changes)
