"""Django's database sessions, read by a prepared query: every page of a signed-in person pays for it (SESSION_ENGINE)."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.db.models.functions import Now

from mosaique.kernel.prepared import Prepared

_SESSION = Prepared(
    lambda key: Session.objects.filter(session_key=key, expire_date__gt=Now()).values_list(
        "session_data", "expire_date"
    )
)


class SessionStore(DatabaseSessions):
    """The same rows, the same cookies; only the reading differs. Time is the database's: not the demonstration's."""

    def _get_session_from_db(self) -> Session | None:
        key = self.session_key or ""
        made_by_us = key.isascii() and key.isalnum()
        row = _SESSION.row(key) if made_by_us else None
        if row is None:
            self._session_key = None
            return None
        return Session(session_key=key, session_data=row[0], expire_date=row[1])
