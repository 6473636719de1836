"""A phone on a poor line: 1.6 Mbit/s, 150 ms to the server and back, a processor four times slower. What moved while it came."""

from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

BITS, DELAY_MS, SLOWER = 1_600_000, 150, 4
# Layout shifts that no gesture asked for, added up by the browser itself.
_WATCH = """
window.bouge = 0;
new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) window.bouge += e.value; })
  .observe({type: 'layout-shift', buffered: true});
"""


@dataclass
class SlowPhone:
    """A window at 390 px on that line; `bytes` is what it has received, `pages` how many it has opened."""

    context: BrowserContext
    page: Page
    session: CDPSession
    received: list[int] = field(default_factory=list)
    pages: int = 0

    @classmethod
    def new(cls, browser: Browser) -> "SlowPhone":
        context = browser.new_context(
            viewport={"width": 390, "height": 844}, locale="fr-FR", has_touch=True, is_mobile=True, device_scale_factor=2
        )  # fmt: skip
        context.set_default_timeout(30_000)
        context.add_init_script(_WATCH)
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": DELAY_MS,
                "downloadThroughput": BITS / 8,
                "uploadThroughput": BITS / 16,
            },
        )
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        phone = cls(context, page, session)
        session.on(
            "Network.loadingFinished", lambda event: phone.received.append(int(event["encodedDataLength"]))
        )
        page.on("load", lambda _: phone._opened())
        return phone

    def _opened(self) -> None:
        self.pages += 1

    def moved(self) -> float:
        """How much of the present page moved by itself since it began to come (0: nothing)."""
        self.page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
        self.page.wait_for_timeout(200)
        return float(self.page.evaluate("window.bouge"))

    @property
    def line_seconds(self) -> float:
        """What the line alone takes for what was received: its bytes, and two journeys to the server a page."""
        return sum(self.received) * 8 / BITS + self.pages * 2 * DELAY_MS / 1000
