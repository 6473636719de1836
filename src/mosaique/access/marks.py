"""`mark_read`: the only write a GET may make (with the journal's readings)."""

from datetime import datetime

from mosaique.access.actor import Actor
from mosaique.access.models import ReadMark
from mosaique.kernel import clock
from mosaique.kernel.prepared import Prepared

_MARK = Prepared(
    lambda person, kind, ref: ReadMark.objects.filter(person_id=person, kind=kind, ref_id=ref).values_list(
        "at"
    )
)


def mark_read(actor: Actor, kind: str, ref_id: int = 0) -> None:
    """Remember that the person read this now."""
    if actor.person_id is not None:
        ReadMark.objects.bulk_create(  # one statement, where update_or_create takes four on every page read
            [ReadMark(person_id=actor.person_id, kind=kind, ref_id=ref_id, at=clock.now())],
            update_conflicts=True,
            unique_fields=["person", "kind", "ref_id"],
            update_fields=["at"],
        )


def last_read(actor: Actor, kind: str, ref_id: int = 0) -> datetime | None:
    if actor.person_id is None:
        return None
    row = _MARK.row(actor.person_id, kind, ref_id)
    return row[0] if row else None
