"""A real Chromium. Two ways in: the world's pages answered in this process, or the product itself started on a fresh folder."""

import mimetypes
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, BrowserContext, Page, Route

from mosaique.kernel.testing.assets import plain_assets
from tests.journeys.instance import Instance
from tests.journeys.seeded import Demonstration
from tests.matrix.doors import Guarded, client_of
from tests.world.builder import World

__all__ = ["plain_assets"]  # a fixture
SITE = "http://localhost"


class Looking:
    """A persona's window. The page is made before it is asked for: what answers the browser runs beside the test's own
    database connection and clock."""

    def __init__(self, context: BrowserContext, client: Guarded) -> None:
        self.context, self.client = context, client
        self.made: dict[str, Any] = {}
        self.errors: list[str] = []
        context.route("**/*", self._answer)
        self.page = context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def at(self, url: str) -> Page:
        return self.shown(url, self.client.get(url))

    def shown(self, url: str, response: Any) -> Page:
        """An answer already made (a refused form, a closed object) as it would be seen at its address."""
        self.errors.clear()
        self.made[url] = response
        self.page.goto(SITE + url)
        return self.page

    def _answer(self, route: Route) -> None:
        parts = urlsplit(route.request.url)
        response = self.made.get(parts.path)
        if parts.path.startswith("/static/"):
            _static(route, parts.path.removeprefix("/static/"))
        elif response is None:
            route.fulfill(status=404, body="")
        else:
            headers = {name.lower(): value for name, value in response.headers.items()}
            route.fulfill(status=response.status_code, headers=headers, body=response.whole)


@pytest.fixture
def look(browser: Browser, world: World, plain_assets: None) -> Iterator[Callable[[str, int], Looking]]:
    """A window per persona and width, on the world as this test sees it."""
    opened: list[BrowserContext] = []

    def make(slug: str, width: int) -> Looking:
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="fr-FR")
        context.set_default_timeout(30_000)
        opened.append(context)
        return Looking(context, client_of(world, slug))

    yield make
    for context in opened:
        context.close()


def _static(route: Route, name: str) -> None:
    path = finders.find(name)
    if path is None:
        route.fulfill(status=404, body="")
    else:
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        route.fulfill(status=200, content_type=kind, path=str(path))


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """The product served from an empty folder, as `./mosaique demo` would, without its invented life."""
    started = Instance(tmp_path_factory.mktemp("instance"))
    yield started
    started.stop()


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """The product with its invented life: forty-eight communes, ten sheets, a consultation under way."""
    started = Demonstration(tmp_path_factory.mktemp("demonstration"))
    yield started
    started.stop()
