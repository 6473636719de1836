"""The common ground of the scenarios: the seeded territory, people signed in, the floor, and where results are told."""

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mosaique.access.models import Person
from mosaique.bench import apart
from mosaique.bench.sizes import SIZES, Size

READERS = 16


@dataclass(frozen=True, slots=True)
class Asked:
    """Pages to ask an application for: the cookie of each reader, and the paths that reader may ask."""

    cookies: list[str]
    paths: list[list[str]]


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it is answered: queries, and bytes of HTML as compressed by gzip."""

    queries: int
    gzipped: int


@dataclass
class Ground:
    """`filled` is what `seed.fill` gave; `say` writes one JSON line. What only some scenarios need is made when first asked."""

    size: str
    filled: dict[str, Any]
    rounds: int
    pages: int
    say: Callable[[dict[str, Any]], None]
    kept: dict[str, Any] = field(default_factory=dict)  # what a scenario's `prepare` leaves for its `measure`

    @property
    def counts(self) -> Size:
        return SIZES[self.size]

    @cached_property
    def floor(self) -> Asked:
        """The same content in the floor's own tables, and its thread pages."""
        done = subprocess.run(
            [sys.executable, "-m", "mosaique.bench.floor.fill", self.size],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **apart.floor_environment()},
        )
        return Asked(**json.loads(done.stdout))

    @cached_property
    def readers(self) -> list[tuple[Person, str]]:
        """People drawn over the roles, each with the cookie of a session."""
        people = list(Person.objects.filter(handle__startswith="bench").order_by("pk"))
        return [(person, signed_in(person)) for person in people[:: max(1, len(people) // READERS)][:READERS]]


def signed_in(person: Person) -> str:
    """The cookie of a new session of this person."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "mosaique.access.auth.MailboxBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def look(cookie: str, path: str) -> Page:
    """Ask one page here, in this process, to count its queries and weigh it."""
    tab = Client()
    name, _, value = cookie.partition("=")
    tab.cookies[name] = value
    with CaptureQueriesContext(connection) as captured:
        answer = tab.get(path, headers={"host": "localhost"})
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return Page(len(captured), len(gzip.compress(answer.content, 6)))
