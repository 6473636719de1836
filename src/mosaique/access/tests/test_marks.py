"""Reading marks: one statement, one row a person and a thing, the moment kept to the last digit."""

from datetime import datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from mosaique.access import marks
from mosaique.access.actor import ANONYMOUS, Actor
from mosaique.access.models import ReadMark
from mosaique.demo.people import Company
from mosaique.kernel import clock


def kept(actor: Actor) -> dict[tuple[str, int], datetime]:
    rows = ReadMark.objects.filter(person_id=actor.person_id)
    return {(kind, pk): at for kind, pk, at in rows.values_list("kind", "ref_id", "at")}


def test_a_mark_is_written_then_moved(cast: Company) -> None:
    actor, other = cast.actor("maire"), cast.actor("agent")
    assert kept(actor) == {}
    first = clock.now() + timedelta(microseconds=123_456)
    for moment in (first, first + timedelta(hours=3)):
        with clock.at(moment), CaptureQueriesContext(connection) as captured:
            marks.mark_read(actor, "thread", 7)
        assert len(captured) == 1
        assert kept(actor) == {("thread", 7): moment}
    assert kept(other) == {}


def test_a_visitor_leaves_no_mark(cast: Company) -> None:
    marks.mark_read(ANONYMOUS, "thread", 7)
    assert not ReadMark.objects.exists()
