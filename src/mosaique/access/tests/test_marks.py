"""Reading marks: one statement, one row a person and a thing, the moment kept to the last digit."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from mosaique.access import marks
from mosaique.access.actor import ANONYMOUS
from mosaique.access.models import ReadMark
from mosaique.demo.people import Company
from mosaique.kernel import clock


def test_a_mark_is_written_then_moved(cast: Company) -> None:
    actor, other = cast.actor("maire"), cast.actor("agent")
    assert marks.last_read(actor, "thread", 7) is None
    first = clock.now() + timedelta(microseconds=123_456)
    for moment in (first, first + timedelta(hours=3)):
        with clock.at(moment), CaptureQueriesContext(connection) as captured:
            marks.mark_read(actor, "thread", 7)
        assert len(captured) == 1
        assert marks.last_read(actor, "thread", 7) == moment == ReadMark.objects.get().at
    assert marks.last_read(actor, "thread", 8) is None and marks.last_read(actor, "visit") is None
    assert marks.last_read(other, "thread", 7) is None


def test_a_visitor_leaves_no_mark(cast: Company) -> None:
    marks.mark_read(ANONYMOUS, "thread", 7)
    assert marks.last_read(ANONYMOUS, "thread", 7) is None and not ReadMark.objects.exists()
