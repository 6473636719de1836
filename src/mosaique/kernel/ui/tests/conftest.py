"""A real Chromium for the tests marked `browser`, and a grid server that may be killed."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from playwright.sync_api import Browser, BrowserContext, Page

from mosaique.kernel.testing.assets import plain_assets
from mosaique.kernel.testing.guards import FailOnUndefined
from mosaique.kernel.ui.chrome import Chrome, Switch
from mosaique.kernel.ui.parts import Link, Tile
from mosaique.kernel.ui.tests.grid_server import GridServer

__all__ = ["plain_assets"]  # a fixture

SIGNED_IN = Chrome(
    place="Saussenac, CC Val 81",
    territory_name="CC Val 81",
    person_name="Nadine Lacroix",
    person_key="12",
    role_label="Secrétaire générale de mairie",
    acting_label="Saussenac",
    acting_tile=Tile(3, "olive"),
    menu=(
        Link("À faire", "/"),
        Link("Notre inventaire", "/inventaire/", True),
        Link("Échanges", "/echanges/"),
    ),
    switches=(Switch("7", "Crespinet", Tile(4, "olive")),),
    switch_url="/passer/",
    account_url="/compte/",
    search_url="/chercher/",
    sign_in_url="/connexion/",
    sign_out_url="/sortie/",
    help_url="/bloque/",
    footer=(Link("Aide et glossaire", "/aide/"),),
    sources="Sources : Insee ; IGN.",
    demo=True,
)


@pytest.fixture(autouse=True)
def alone(settings: Any, plain_assets: None) -> None:
    """The kernel by itself: no room above it, and an undefined template variable is an error."""
    settings.ROOT_URLCONF = "mosaique.kernel.ui.urls"
    templates = copy.deepcopy(settings.TEMPLATES)
    options = templates[0]["OPTIONS"]
    options["string_if_invalid"] = FailOnUndefined()
    options["context_processors"] = [
        name for name in options["context_processors"] if not name.startswith("mosaique.")
    ]
    settings.TEMPLATES = templates


@pytest.fixture
def show() -> Callable[..., str]:
    """Render a template as a page: show("404.html"), show("ui/gallery.html", path="/composants/", **context)."""

    def run(name: str, path: str = "/", chrome: Chrome | None = SIGNED_IN, **context: Any) -> str:
        request = RequestFactory().get(path)
        surroundings = {"chrome": chrome} if chrome else {}
        return render_to_string(name, {**surroundings, **context}, request)

    return run


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="fr-FR")
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []


@pytest.fixture
def grid() -> Iterator[GridServer]:
    server = GridServer()
    yield server
    server.kill()
