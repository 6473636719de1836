"""How Django finds the signed-in person: one query, the access card with it. Sign-in itself lives in accounts."""

from typing import Any

from django.http import HttpRequest

from mosaique.access.models import Person


class MailboxBackend:
    """No password: accounts proves the mailbox, then calls `login`."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        return None

    def get_user(self, user_id: int) -> Person | None:
        return Person.objects.select_related("card").filter(pk=user_id, is_active=True).first()
