"""Clients held to the rules: a GET writes nothing, a POST writes only inside services; every answer is read to its end."""

from typing import Any

from django.test import Client

from mosaique.accounts.session import ENTERED_KEY
from mosaique.kernel import clock
from mosaique.kernel.testing.guards import no_writes, writes_only_in_services
from tests.world.builder import World

# Signing in stamps the person (django's own), and the session's rows are its.
SESSION = ("django_session", "access_readmark", "journal_reading", "kernel_cache", "django_content_type")


class Guarded(Client):
    """What the tests of tests/ walk in with."""

    def get(self, *args: Any, **kwargs: Any) -> Any:
        with no_writes():
            return _read(super().get(*args, **kwargs))

    def post(self, *args: Any, **kwargs: Any) -> Any:
        with writes_only_in_services(except_tables=SESSION):
            return _read(super().post(*args, **kwargs))


def _read(response: Any) -> Any:
    """Bring a streamed file into memory: `whole` is the body, whatever the kind of answer."""
    # Read to its end, a stream closes itself; closing it once more would close the database under the test (PostgreSQL).
    response.whole = b"".join(response.streaming_content) if response.streaming else response.content
    return response


def client_of(world: World, slug: str) -> Guarded:
    """Somebody who has just come in: pages that ask for a recent proof show themselves."""
    client = Guarded()
    person = world.person(slug)
    if person is not None:
        client.force_login(person, backend="mosaique.access.auth.MailboxBackend")
        session = client.session
        session[ENTERED_KEY] = clock.now().isoformat()
        session.save()
    return client
