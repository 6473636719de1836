"""The world of tests/: built once per module, in a transaction undone at its end."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from mosaique.conftest import ReadOnlyGet, _clock, _strict_templates, install_territory
from mosaique.demo.people import install
from mosaique.kernel import clock
from mosaique.territory.models import Authority
from tests.world import builder, words
from tests.world.builder import TODAY, World

__all__ = ["_clock", "_strict_templates"]  # every test here lives by the same rules as those of the rooms


@pytest.fixture(scope="module")
def built_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once for the tests of a module; each of them sees it through `world`, and undoes what it changes."""
    with django_db_blocker.unblock(), clock.at(TODAY):
        whole = transaction.atomic()
        whole.__enter__()
        try:
            company = install(
                install_territory(),
                commune_a=Authority.objects.get(insee_code="81245"),
                commune_b=Authority.objects.get(insee_code="81283"),
                since=date(2026, 4, 20),
            )
            built = builder.build(company)
        except BaseException:
            transaction.set_rollback(True)
            whole.__exit__(None, None, None)
            raise
    yield built
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


@pytest.fixture
def world(built_world: World, db: None) -> World:
    return built_world


@pytest.fixture
def sign_in(world: World) -> Any:
    """A client per persona or stranger, signed in, whose GETs are held to write nothing."""

    def make(slug: str) -> Client:
        client = ReadOnlyGet()
        person = world.person(slug)
        if person is not None:
            client.force_login(person, backend="mosaique.access.auth.MailboxBackend")
        return client

    assert words.EVERYONE
    return make
