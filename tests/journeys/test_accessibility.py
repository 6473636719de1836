"""Every page of the matrix and each of its states: no violation found by axe, nothing wider than the screen."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import Page

from tests.journeys.conftest import Looking
from tests.matrix.doors import client_of
from tests.matrix.rows import TABLES
from tests.matrix.table import COLUMNS, Row
from tests.world.builder import World

pytestmark = pytest.mark.browser

# Every page stands in the same surroundings; what is wrong with them is told once, by the rooms that hold them.
# A form left empty still sends its token.
TOKEN = {"csrfmiddlewaretoken": "jeton"}
# A refused form takes its reader to what is to be seen again (the grid tells each refusal under its line).
REFUSED = "document.querySelector('main .champ [aria-invalid=true], main .champ .faute') !== null"
SUMMARY_HAS_FOCUS = "document.activeElement.matches('[data-erreurs][role=alert]')"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def wrong_in(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    told = [f"{one['id']}: {one['nodes'][0]['html'][:140]} (×{len(one['nodes'])})" for one in found]
    wider = page.evaluate(OVERFLOW)
    return told + ([f"{wider} px wider than the screen"] if wider > 0 else [])


def is_page(response: Any) -> bool:
    """Something to read in a browser: neither a file nor a redirection."""
    kind, sent_as = response.headers.get("Content-Type", ""), response.headers.get("Content-Disposition", "")
    return bool(
        kind.startswith("text/html") and "attachment" not in sent_as and not 300 <= response.status_code < 400
    )


def pages(world: World, rows: tuple[Row, ...]) -> list[tuple[str, str, str]]:
    """(name, persona, address) of the rows that are pages."""
    found = []
    for row in rows:
        if row.looker is None:
            continue
        url = reverse(row.name, kwargs=row.kwargs(world))
        response = client_of(world, row.looker).get(url)
        if is_page(response):
            found.append((row.name, row.looker, url))
    return found


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("room", TABLES)
def test_every_page(room: str, width: int, world: World, look: Callable[[str, int], Looking]) -> None:
    windows: dict[str, Looking] = {}
    complaints: dict[str, list[str]] = {}
    visited = pages(world, TABLES[room])
    assert visited or room == "files", "a room without a page"
    for name, slug, url in visited:
        if slug not in windows:
            windows[slug] = look(slug, width)
        if told := wrong_in(windows[slug].at(url)) + windows[slug].errors:
            complaints[name] = told
    assert not complaints, "\n".join(f"{name}: {told}" for name, told in complaints.items())


@pytest.mark.parametrize("room", TABLES)
def test_every_state(room: str, world: World, look: Callable[[str, int], Looking]) -> None:
    """Empty, refused, read only, frozen, too much: what the table of the room says a page must also be."""
    windows: dict[str, Looking] = {}
    complaints: dict[str, list[str]] = {}
    for row in TABLES[room]:
        for name, state in row.states.items():
            if state.as_ not in windows:
                windows[state.as_] = look(state.as_, 390)
            window = windows[state.as_]
            before = transaction.savepoint()
            if state.build:
                state.build(world)
            url = reverse(row.name, kwargs=row.kwargs(world))
            asked = f"{url}?{state.query}" if state.query else url
            answer = (
                window.client.get(asked)
                if state.post is None
                else window.client.post(asked, {**state.post, **TOKEN})
            )
            transaction.savepoint_rollback(before)
            if not is_page(answer):
                continue
            told = wrong_in(window.shown(url, answer)) + window.errors
            if window.page.evaluate(REFUSED) and not window.page.evaluate(SUMMARY_HAS_FOCUS):
                told.append("a field is refused, and the focus is not on a summary of what is wrong")
            if told:
                complaints[f"{row.name} ({name})"] = told
    assert not complaints, "\n".join(f"{name}: {told}" for name, told in complaints.items())


@pytest.mark.parametrize("slug", COLUMNS)
def test_first_screen_of_each_persona(slug: str, look: Callable[[str, int], Looking]) -> None:
    """The one page that is another for everyone."""
    window = look(slug, 320)
    assert wrong_in(window.at("/")) + window.errors == []


@pytest.mark.parametrize("width", [390, 320])
def test_text_twice_as_large_pushes_nothing_off_a_phone(
    world: World, look: Callable[[str, int], Looking], width: int
) -> None:
    window = look("secretaire", width)
    session = window.context.new_cdp_session(window.page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    returned = world.return_a.get_absolute_url()
    wide = {}
    for url in (
        "/",
        returned,
        f"{returned}personnel/",
        "/fiches/",
        world.sheet.get_absolute_url(),
        "/espaces/",
        "/compte/",
    ):
        page = window.at(url)
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        if (over := page.evaluate(OVERFLOW)) > 0:
            wide[url] = over
    assert wide == {}


def test_axe_finds_what_is_wrong(world: World, look: Callable[[str, int], Looking]) -> None:
    """A page broken on purpose is found out: otherwise its silence would prove nothing."""
    page = look("maire", 320).at("/aide/")
    page.evaluate(
        "() => { const main = document.querySelector('main'); main.append(new Image());"
        " const wide = document.createElement('div'); wide.style.width = '900px'; wide.textContent = 'large'; main.append(wide); }"
    )
    told = " ".join(wrong_in(page))
    assert "image-alt" in told and "wider" in told
