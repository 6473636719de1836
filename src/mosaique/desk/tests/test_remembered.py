"""A home is composed once, then shown again as long as nothing has happened: never stale, never another's."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mosaique.access import cards
from mosaique.access.models import Mandate
from mosaique.demo.people import Company
from mosaique.desk import remembered
from mosaique.desk.tests.test_home import plain
from mosaique.inventory import services as inventory
from mosaique.kernel import clock

For = Callable[[str | None], Client]
DAY = date(2026, 11, 26)


def cost(client: Client) -> int:
    with CaptureQueriesContext(connection) as found:
        client.get("/")
    return len(found)


@pytest.mark.parametrize("slug", ["cheffe-de-projet", "maire", "secretaire", "agent", "partenaire"])
def test_a_home_where_nothing_has_happened_costs_four_queries(
    cast: Company, client_for: For, slug: str
) -> None:
    cast.people["cheffe-de-projet"].is_operator = False
    cast.people["cheffe-de-projet"].save()
    client = client_for(slug)
    client.get("/")
    client.get("/")  # the first visit left its mark, which is part of what is known
    assert cost(client) == 4


def test_what_another_person_does_is_seen_at_the_next_visit(cast: Company, client_for: For) -> None:
    client = client_for("maire")
    client.get("/")
    assert "Rendre l’inventaire" not in plain(client.get("/"))
    inventory.open_campaign(
        actor=cast.actor("cheffe-de-projet"), territory=cast.territory, reference_date=DAY, opens_on=DAY,
        closes_on=DAY + timedelta(30), sections=["staff"],
    )  # fmt: skip
    assert "Rendre l’inventaire" in plain(client.get("/"))


def test_a_date_set_on_the_territory_is_seen_at_the_next_visit(cast: Company, client_for: For) -> None:
    client = client_for("maire")
    for _ in range(2):
        assert "Date visée" not in plain(client.get("/"))
    client_for("presidente").post("/calendrier/", {"day": "2027-12-14"})
    assert "Date visée" in plain(client.get("/"))


def test_another_day_another_home(cast: Company, client_for: For) -> None:
    client = client_for("maire")
    cast.territory.adoption_target = DAY + timedelta(10)
    cast.territory.save()
    for _ in range(2):
        assert "est passée" not in plain(client.get("/"))
    with clock.at(DAY + timedelta(11)):
        assert "est passée" in plain(client.get("/"))


def test_nobody_gets_what_was_composed_for_another(cast: Company, client_for: For) -> None:
    """Two people of one hall, then one person with less than before."""
    names = {}
    for slug in ("maire", "secretaire", "maire-b"):
        client = client_for(slug)
        names[slug] = [plain(client.get("/")) for _ in range(2)][1]
    assert len(set(names.values())) == 3
    assert all(f"Bonjour {cast.people[slug].given_name}" in text for slug, text in names.items())
    client = client_for("maire")
    assert "Saint-Cirgue" in plain(client.get("/")) or client.get("/")
    Mandate.objects.filter(person=cast.people["maire"]).update(ends_on=DAY)
    cards.rewrite([cast.people["maire"]])
    assert "aucun mandat n’est encore à votre nom" in plain(client.get("/"))


def test_a_process_keeps_a_bounded_number(cast: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST", 3)
    made = [remembered.shared(("state",), ("about", n), lambda n=n: n) for n in range(10)]  # type: ignore[misc]
    assert made == list(range(10)) and len(remembered._kept) == 3
    assert remembered.shared(("state",), ("about", 9), lambda: -1) == 9, "the latest are kept"
    assert remembered.shared(None, ("about", 9), lambda: -1) == -1, "a page that knows no state computes"
