"""`mark_read`: the only write a GET may make (with the journal's readings)."""

from datetime import datetime

from django.db import connection
from django.db.models import Max

from mosaique.access.actor import Actor
from mosaique.access.models import ReadMark
from mosaique.kernel import clock
from mosaique.kernel.prepared import Prepared

_MARKS = Prepared(
    lambda person: (
        ReadMark.objects.filter(person_id=person)
        .order_by("kind")
        .values_list("kind")
        .annotate(latest=Max("at"))
    )
)
# One statement and no transaction around it: this is written by a page being read.
_MARK_READ = """
INSERT INTO access_readmark (person_id, kind, ref_id, at) VALUES (%s, %s, %s, %s)
ON CONFLICT (person_id, kind, ref_id) DO UPDATE SET at = excluded.at
"""


def mark_read(actor: Actor, kind: str, ref_id: int = 0, *, moment: datetime | None = None) -> None:
    """Remember that the person read this now (or then)."""
    if actor.person_id is not None:
        with connection.cursor() as cursor:
            at = connection.ops.adapt_datetimefield_value(moment or clock.now())
            cursor.execute(_MARK_READ, [actor.person_id, kind, ref_id, at])


def own_marks(actor: Actor) -> dict[str, datetime]:
    """Kind of mark → the latest of the person's own (their last visit, the last thread they read): one query for all."""
    return {} if actor.person_id is None else dict(_MARKS.rows(actor.person_id))
