"""Our sessions are Django's: what one writes the other reads."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mosaique.kernel.sessions import SessionStore

pytestmark = pytest.mark.django_db


def made() -> str:
    session = SessionStore()
    session["who"], session["mandate"] = "Zoé", 12
    session.create()
    assert session.session_key is not None
    return session.session_key


def test_what_is_written_is_read_by_both() -> None:
    key = made()
    with CaptureQueriesContext(connection) as captured:
        ours = SessionStore(key)
        assert (ours["who"], ours["mandate"], ours.session_key) == ("Zoé", 12, key)
    assert len(captured) == 1
    assert dict(ours.items()) == dict(DatabaseSessions(key).items())
    ours["who"] = "Ali"
    ours.save()
    assert SessionStore(key)["who"] == "Ali" and ours.exists(key)
    ours.flush()
    assert SessionStore(key).get("who") is None and not Session.objects.exists()


def test_an_expired_session_is_nobodys() -> None:
    key = made()
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    old = SessionStore(key)
    assert old.get("who") is None and old.session_key is None


@pytest.mark.parametrize("key", ["x" * 32, "x" * 400, "' OR 1=1 --", "a\x00bcdefgh", "é" * 12, "12345678\n"])
def test_a_key_of_ones_own_making_opens_nothing(key: str) -> None:
    made()
    forged = SessionStore(key)
    assert forged.get("who") is None and forged.session_key is None
