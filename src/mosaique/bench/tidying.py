"""After filling: what PostgreSQL would do by itself a minute later, in the middle of the measure."""

from django.db import connection


def tidy() -> None:
    """Vacuum and count, now. SQLite does nothing of the kind by itself, so nothing is done for it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
