"""The seeded demonstration, built once for the module: a minute of work that every test of it only reads."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client

from mosaique.conftest import TODAY
from mosaique.demo.seeding.all import seed
from mosaique.demo.seeding.stage import Stage
from mosaique.kernel import clock


@pytest.fixture(scope="module")
def seeded(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Stage]:
    """The whole past of the demonstration, in a transaction undone when the module ends."""
    from django.db import transaction

    before = django_settings.DEMO, django_settings.MEDIA_ROOT
    django_settings.DEMO, django_settings.MEDIA_ROOT = True, tmp_path_factory.mktemp("fichiers")
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        try:
            with clock.at(TODAY):
                yield seed(TODAY)
        finally:
            transaction.set_rollback(True)
            whole.__exit__(None, None, None)
            django_settings.DEMO, django_settings.MEDIA_ROOT = before


@pytest.fixture
def in_demo(settings: Any, tmp_path: Path) -> None:
    """The demonstration is on: its addresses are served, its date is a file of its own."""
    settings.DEMO = True
    settings.DATA = tmp_path
    settings.ROOT_URLCONF = "mosaique.demo.tests.addresses"


@pytest.fixture
def enter(seeded: Stage, in_demo: None, db: None) -> Callable[[str], Client]:
    """A browser that has chosen a persona on /demo/."""

    def choose(slug: str) -> Client:
        client = Client()
        answer = client.post("/demo/entrer/", {"persona": slug})
        assert answer.status_code == 302
        return client

    return choose
