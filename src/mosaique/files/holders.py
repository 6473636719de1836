"""Who still reads a file that was set aside. Rooms above say so, in their registry, for the files they hold.

A file set aside (`Upload.withheld`: the message it is joined to is hidden) keeps its scope, and is refused to all of its
readers but those that a holder lets through. No holder answers for it: nobody reads it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mosaique.access.actor import Actor

if TYPE_CHECKING:
    from mosaique.files.models import Upload


@dataclass(frozen=True, slots=True)
class Holder:
    """`kind` – reference kind of what holds the file (« post »).  `lets(actor, upload)` – whether this holder has the file
    and lets the actor, already one of its readers, read it although it is set aside."""

    kind: str
    lets: Callable[[Actor, "Upload"], bool]


_holders: dict[str, Holder] = {}


def register(holder: Holder) -> None:
    if holder.kind in _holders and _holders[holder.kind] != holder:
        raise ValueError(f"two holders of files named {holder.kind}")
    _holders[holder.kind] = holder


def readable(actor: Actor, upload: "Upload") -> bool:
    """Whether a reader of the row may have the file itself. No query unless it is set aside."""
    from mosaique.kernel import registry

    if not upload.withheld:
        return True
    registry.load()
    return any(holder.lets(actor, upload) for holder in _holders.values())
