"""The guided tour: offered once, page by page, left at any moment."""

from collections.abc import Callable

import pytest
from django.test import Client

from mosaique.access.models import ReadMark
from mosaique.demo.people import Company
from mosaique.desk import tour as tours
from mosaique.desk.tests.test_home import plain

For = Callable[[str | None], Client]


def test_it_is_offered_at_the_first_visit_and_never_again_once_declined(
    cast: Company, client_for: For
) -> None:
    client = client_for("maire")
    assert "Première visite" in plain(client.get("/"))
    answer = client.post("/visite/", {"non": "1"}, follow=True)
    assert "vous la retrouverez dans la page d’aide" in plain(answer)
    assert "Première visite" not in plain(client.get("/"))
    assert "Première visite" not in plain(client_for("maire").get("/")), "nor from another computer"
    assert "Première visite" in plain(client_for("maire-b").get("/")), "for another person it is"
    assert ReadMark.objects.filter(kind="tour").count() == 1
    assert 'href="/visite/"' in client.get("/aide/").content.decode()


@pytest.mark.parametrize("slug", ["cheffe-de-projet", "maire", "secretaire", "agent", "partenaire"])
def test_each_page_of_the_tour_opens_and_carries_its_words(cast: Company, client_for: For, slug: str) -> None:
    client = client_for(slug)
    stops = tours.stops_of(cast.actor(slug))
    assert len(stops) >= 3
    for rank, stop in enumerate(stops):
        page = client.post("/visite/", {"etape": str(rank)}, follow=True)
        text = page.content.decode()
        assert page.status_code == 200, stop
        assert stop.title in text and f"page {rank + 1} sur {len(stops)}" in text.replace("\u00a0", " ")
        assert ("Terminer la visite" in text) == (rank == len(stops) - 1)
    done = client.post("/visite/", {"fin": "1"}, follow=True)
    assert "La visite est terminée" in plain(done) and "Visite guidée" not in done.content.decode()


def test_going_elsewhere_pauses_it(cast: Company, client_for: For) -> None:
    client = client_for("maire")
    client.post("/visite/", {"etape": "2"})
    text = client.get("/calendrier/").content.decode()
    assert "en pause à la page 3" in text.replace("\u00a0", " ") and "Reprendre la visite" in text
    left = client.post("/visite/", {"quitter": "1"}, follow=True)
    assert "Visite guidée" not in left.content.decode()


def test_a_stop_that_does_not_exist_leaves_the_tour(cast: Company, client_for: For) -> None:
    client = client_for("maire")
    for wrong in ("99", "-1", "²", "1" * 40, ""):
        assert client.post("/visite/", {"etape": wrong}).status_code == 302
        assert tours.KEY not in client.session


def test_a_shorter_tour_after_a_change_of_mandate_shows_nothing(cast: Company, client_for: For) -> None:
    client = client_for("secretaire")
    session = client.session
    session[tours.KEY] = 6
    session.save()
    assert "Visite guidée" not in client.get("/").content.decode()
