"""Fixtures every room shares: a small territory with the whole cast, and a client per persona."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client

from mosaique.access.middleware import SHARED_KEY
from mosaique.access.models import Person
from mosaique.demo.people import Company, install
from mosaique.desk import remembered
from mosaique.kernel import clock
from mosaique.kernel.testing.guards import FailOnUndefined, no_writes
from mosaique.territory.models import Authority, Territory, TerritoryMember

TODAY = date(2026, 11, 26)


@pytest.fixture(autouse=True)
def _strict_templates(settings: Any) -> None:
    """An undefined variable in a template is an error, here and only here."""
    from django.template import engines

    for engine in engines.all():
        engine.engine.string_if_invalid = FailOnUndefined()  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    """Every test lives on the same day, at noon in Paris, and remembers nothing of the test before."""
    remembered.forget()
    with clock.at(TODAY):
        yield


class ReadOnlyGet(Client):
    """A client whose GETs may not write (but for reading marks)."""

    def get(self, *args: Any, **kwargs: Any) -> Any:
        with no_writes():
            return super().get(*args, **kwargs)


def install_territory() -> Territory:
    """CC Val 81 with four of its communes: enough for every rule, quick to build."""
    epci = Authority.objects.create(
        kind="epci", name="CC Val 81", siren="248100497", department="81", legal_nature="CC", tax_regime="FA"
    )
    territory = Territory.objects.create(
        epci=epci, slug="cc-val-81", state="open", created_at=clock.now(), reference_vintage="2026"
    )
    TerritoryMember.objects.create(territory=territory, authority=epci, tile_drawing=1, tile_hue="bv")
    communes = [("81245", "218102455", "Saint-Cirgue", 204), ("81283", "218102836", "Saussenac", 641),
                ("81068", "218100681", "Courris", 92), ("81292", "218102927", "Trébas", 410)]  # fmt: skip
    for rank, (code, siren, name, population) in enumerate(communes):
        commune = Authority.objects.create(
            kind="commune", name=name, siren=siren, insee_code=code, department="81", population=population,
            population_year=2023, tncc="0",
        )  # fmt: skip
        TerritoryMember.objects.create(
            territory=territory,
            authority=commune,
            tile_drawing=rank,
            tile_hue=["bv", "ocre", "brique", "olive"][rank],
        )
    return territory


@pytest.fixture
def small_territory(db: None) -> Territory:
    return install_territory()


@pytest.fixture
def cast(small_territory: Territory) -> Company:
    """The whole cast on the small territory: commune A is Saint-Cirgue, commune B Saussenac."""
    return install(
        small_territory,
        commune_a=Authority.objects.get(insee_code="81245"),
        commune_b=Authority.objects.get(insee_code="81283"),
        since=date(2026, 4, 20),
    )


@pytest.fixture
def client_for(cast: Company) -> Callable[[str | None], Client]:
    """A signed-in client per persona slug (None: a visitor). Its GETs are held to write nothing."""

    def make(slug: str | None) -> Client:
        client = ReadOnlyGet()
        if slug is not None:
            one = Person.objects.get(
                pk=cast.people[slug].pk
            )  # as stored now: a change may have closed sessions since
            client.force_login(one, backend="mosaique.access.auth.MailboxBackend")
        return client

    return make


@pytest.fixture
def shared_client_for(client_for: Callable[[str | None], Client]) -> Callable[[str], Client]:
    """The same, come in through a mailbox that others open too."""

    def make(slug: str) -> Client:
        client = client_for(slug)
        session = client.session
        session[SHARED_KEY] = True
        session.save()
        return client

    return make
