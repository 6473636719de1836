"""What a page weighs and how many requests it makes, in Chromium, on the demonstration (docs/interface.md, « Weight »)."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.seeded import Demonstration

pytestmark = pytest.mark.browser

KB = 1000
# The one table of budgets: bytes of bodies as they travel, and requests; a picture drawn in the style sheet is none.
FIRST, FIRST_WITH_A_MAP, LATER, FONTS = 100 * KB, 150 * KB, 15 * KB, 45 * KB
FIRST_REQUESTS, LATER_REQUESTS = 10, 6
# Long files read as a whole page (the frozen report, the gallery of components) are documents, not screens.
PAGES = {
    None: ["/", "/connexion/", "/territoires/cc-coeur-de-garonne/", "/aide/", "/verifier/", "/vos-donnees/"],
    "cheffe-de-projet": ["/", "/inventaires/", "/espaces/", "/fiches/", "/schema/", "/avis/", "/personnes/", "/calendrier/"],
    "maire": ["/", "/fiches/1/", "/fiches/4/", "/notre-collectivite/", "/inventaires/", "/compte/"],
    "secretaire": ["/", "/inventaires/", "/espaces/"],
    "agent": ["/", "/espaces/5/", "/projection/1/"],
}  # fmt: skip


@dataclass
class Traffic:
    """What a window has received since it was last emptied: kind and bytes of the body of each answer that travelled."""

    kinds: dict[str, str] = field(default_factory=dict)
    heads: dict[str, int] = field(default_factory=dict)
    bodies: dict[str, int] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)

    def listen(self, context: BrowserContext) -> Page:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestServedFromCache", lambda event: self.kept.add(event["requestId"]))
        session.on("Network.responseReceived", self._received)
        session.on("Network.loadingFinished", self._finished)
        return page

    def _received(self, event: dict[str, Any]) -> None:
        response = event["response"]
        kept = response.get("fromDiskCache") or event["requestId"] in self.kept
        if response["url"].startswith("http") and not kept:
            self.kinds[event["requestId"]] = event["type"]
            self.heads[event["requestId"]] = int(response["encodedDataLength"])

    def _finished(self, event: dict[str, Any]) -> None:
        if (one := event["requestId"]) in self.kinds:
            self.bodies[one] = int(event["encodedDataLength"]) - self.heads[one]

    def weight(self, kind: str = "") -> int:
        return sum(size for one, size in self.bodies.items() if kind in ("", self.kinds[one]))

    def clear(self) -> None:
        self.kinds.clear()
        self.bodies.clear()


def see(page: Page, address: str) -> None:
    answer = page.goto(address, wait_until="load")
    assert answer is not None and answer.status == 200, address
    page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")


@pytest.mark.parametrize("persona", PAGES)
def test_every_page_keeps_to_its_budget(
    demonstration: Demonstration, browser: Browser, persona: str | None
) -> None:
    over: dict[str, str] = {}
    for path in PAGES[persona]:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
        if persona:
            demonstration.enter(context, persona)
        traffic = Traffic()
        page = traffic.listen(context)
        see(page, demonstration.url + path)
        with_a_map = page.locator("svg.communes").count() > 0
        first, fonts, asked = traffic.weight(), traffic.weight("Font"), len(traffic.kinds)
        assert first > fonts > 10 * KB, "the bodies were counted"
        traffic.clear()
        see(page, demonstration.url + path)
        # The icon is asked once by a window, sometimes late: it belongs to the first visit, and is no part of the later one.
        later = traffic.weight() - traffic.weight("Other")
        asked_again = sum(kind != "Other" for kind in traffic.kinds.values())
        assert later > 1 * KB, "the page itself travels again"
        context.close()
        most = FIRST_WITH_A_MAP if with_a_map else FIRST
        if (
            first > most
            or fonts > FONTS
            or asked > FIRST_REQUESTS
            or later > LATER
            or asked_again > LATER_REQUESTS
        ):
            over[path] = f"first {first} B ({fonts} of fonts) in {asked}, later {later} B in {asked_again}"
    assert over == {}


def test_what_is_counted_is_what_travels(demonstration: Demonstration, browser: Browser) -> None:
    """The same page, whole then alone: its style, script and font are no longer counted, its own body is, compressed."""
    context = browser.new_context(locale="fr-FR")
    traffic = Traffic()
    page = traffic.listen(context)
    see(page, f"{demonstration.url}/composants/")
    whole = traffic.weight()
    traffic.clear()
    answer = page.goto(f"{demonstration.url}/composants/")
    assert answer is not None and answer.headers["content-encoding"] in ("br", "gzip")
    alone = traffic.weight("Document")  # the browser may also ask for an icon, late
    assert alone == int(answer.headers["content-length"]) < len(answer.body())
    assert whole > alone + traffic.weight("Font") + 25 * KB
    context.close()
