"""Pages in a real Chromium: no accessibility violation, no sideways scroll, menus by keyboard, leaving a shared computer."""

from collections.abc import Callable, Iterator

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from mosaique.kernel.ui.gallery import example_context
from mosaique.kernel.ui.tests.grid_server import GridServer

pytestmark = pytest.mark.browser


@pytest.fixture
def site(show: Callable[..., str]) -> Iterator[GridServer]:
    server = GridServer()
    server.store.pages = {
        "/composants/": show("ui/gallery.html", path="/composants/", **example_context()),
        "/403/": show("403.html", reason="Seule la mairie modifie cette section."),
        "/404/": show("404.html"),
        "/500/": show("500.html", chrome=None),
        "/sortie-page/": show("404.html"),
    }
    yield server
    server.kill()


def violations(page: Page) -> list[tuple[str, list[str]]]:
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found]


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_pages_are_accessible(browser: Browser, site: GridServer, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if "Content Security" in line.text else None)
    for path in ("composants", "403", "500"):
        page.goto(f"{site.url}{path}/")
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    page.goto(f"{site.url}404/")
    page.locator(".menu-bouton" if width < 1000 else ".moi summary").click()
    assert violations(page) == []
    page.goto(f"{site.url}composants/")
    page.get_by_role("button", name="Qui peut voir ceci").click()
    expect(page.get_by_role("dialog", name="Qui peut voir ceci")).to_be_visible()
    assert violations(page) == []
    assert complaints == []
    context.close()


def test_menus_work_from_the_keyboard(page: Page, site: GridServer) -> None:
    page.goto(f"{site.url}404/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.locator(".moi summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Passer à Crespinet")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Passer à Crespinet")).to_be_hidden()
    expect(page.locator(".moi summary")).to_be_focused()


def test_a_menu_closes_when_the_focus_leaves_it(browser: Browser, site: GridServer) -> None:
    """Otherwise it stays over the very link that is reached."""
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{site.url}404/")
    page.locator(".menu-bouton").focus()
    page.keyboard.press("Enter")
    entry = page.get_by_role("link", name="Notre inventaire")
    expect(entry).to_be_visible()
    page.get_by_role("button", name="Fermer le menu").focus()
    expect(entry).to_be_visible()
    page.keyboard.press("Tab")
    expect(entry).to_be_hidden()
    assert page.evaluate("document.activeElement.closest('main') !== null"), "the focus stays where it went"
    context.close()


def test_the_account_menu_closes_when_the_focus_leaves_it_and_on_escape(page: Page, site: GridServer) -> None:
    page.goto(f"{site.url}404/")
    switch = page.get_by_role("button", name="Passer à Crespinet")
    page.locator(".moi summary").focus()
    page.keyboard.press("Enter")
    expect(switch).to_be_visible()
    page.locator(".moi button").last.focus()
    page.keyboard.press("Tab")
    expect(switch).to_be_hidden()
    # Opened by a mouse that leaves no focus behind (Safari): Escape is heard all the same.
    page.evaluate("document.activeElement.blur(); document.querySelector('.moi').open = true")
    expect(switch).to_be_visible()
    page.keyboard.press("Escape")
    expect(switch).to_be_hidden()


@pytest.mark.parametrize("width", [390, 320])
def test_text_twice_as_large_stays_inside_a_phone(browser: Browser, site: GridServer, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    for path in ("404", "403", "composants"):
        page.goto(f"{site.url}{path}/")
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
    page.goto(f"{site.url}404/")
    expect(page.locator(".menu-bouton")).to_be_in_viewport(ratio=1)
    context.close()


def test_every_sheet_of_a_demonstration_says_so_and_totals_are_printed_once(
    page: Page, site: GridServer
) -> None:
    page.goto(f"{site.url}404/")
    page.evaluate(
        "document.querySelector('main .large').insertAdjacentHTML('beforeend', '<table><thead><tr><th>Poste</th></tr></thead>"
        "<tbody>' + '<tr><td>Une ligne</td></tr>'.repeat(150) + '</tbody><tfoot><tr><td>Total général</td></tr></tfoot></table>')"
    )
    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    # Blanks are the reader's own guess: letters alone are compared.
    sheets = ["".join(sheet.get_textpage().get_text_range().split()) for sheet in printed]
    assert len(sheets) >= 3
    assert "Donnéesfictivesdedémonstration" in sheets[0]
    assert all("Démonstration:contenuinventé" in sheet for sheet in sheets)
    assert ["Totalgénéral" in sheet for sheet in sheets] == [False] * (len(sheets) - 1) + [True]
    assert all("Poste" in sheet for sheet in sheets), "the head of the table comes back on each"


def test_phone_menu_opens_without_script(browser: Browser, site: GridServer) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}404/")
    expect(page.get_by_role("link", name="Notre inventaire")).to_be_hidden()
    page.get_by_role("button", name="Menu", exact=True).click()
    expect(page.get_by_role("link", name="Notre inventaire")).to_be_visible()
    page.get_by_role("button", name="Fermer le menu").click()
    expect(page.get_by_role("link", name="Notre inventaire")).to_be_hidden()
    context.close()


def test_a_refused_form_takes_the_reader_to_what_is_wrong(page: Page, site: GridServer) -> None:
    page.goto(f"{site.url}composants/")
    expect(page.locator("[data-erreurs]")).to_be_focused()
    page.locator("[data-erreurs]").get_by_role("link", name="Coût annuel").click()
    expect(page.locator("#id_e-cost")).to_be_focused()
    expect(page.locator("#id_e-cost")).to_have_value("quatre mille")


def test_leaving_a_shared_computer_with_something_unsent(page: Page, site: GridServer) -> None:
    page.goto(f"{site.url}404/")
    page.route(
        "**/sortie/",
        lambda route: route.fulfill(body="<!doctype html><title>Sorti</title>", content_type="text/html"),
    )
    page.evaluate(
        "localStorage.setItem('mosaique.g|12|b7|c|1|poste', '{}'); localStorage.setItem('mosaique.g|99|b7|c|1|poste', '{}')"
    )
    page.locator(".moi summary").click()
    page.get_by_role("button", name="Me déconnecter").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Une saisie n’est pas encore partie")
    dialog.get_by_role("button", name="Rester ici").click()
    expect(dialog).to_be_hidden()
    assert page.url.endswith("/404/")
    page.locator(".moi summary").click()
    page.get_by_role("button", name="Me déconnecter").click()
    dialog.get_by_role("button", name="Effacer et me déconnecter").click()
    page.wait_for_url("**/sortie/")
    page.goto(f"{site.url}404/")
    assert page.evaluate("Object.keys(localStorage)") == ["mosaique.g|99|b7|c|1|poste"], (
        "never somebody else's"
    )


def test_states_survive_forced_colours(browser: Browser, site: GridServer) -> None:
    context = browser.new_context(forced_colors="active", reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{site.url}composants/")
    assert page.evaluate("getComputedStyle(document.querySelector('.carreau')).forcedColorAdjust") == "none"
    assert page.evaluate("getComputedStyle(document.querySelector('.btn')).transitionDuration") == "0s"
    context.close()
