"""A phone on a poor line: 1.6 Mbit/s, 150 ms to the server and back, a processor four times slower. What moved while it came."""

from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, CDPSession, Locator, Page

BITS, DELAY_MS, SLOWER = 1_600_000, 150, 4
# What a person takes, in seconds: to look at a page, to find and touch a thing, to type a sign. Slow on purpose.
LOOKING, TOUCHING, TYPING = 5, 1.5, 0.4
# Layout shifts, added up by the browser itself. Nobody touches a page while it comes: what it takes for a recent gesture is the
# size of the phone, emulated, and it must hide nothing of the next half second.
_WATCH = """
window.bouge = 0;
const add = entries => { for (const e of entries) window.bouge += e.value; };
const watcher = new PerformanceObserver(list => add(list.getEntries()));
watcher.observe({type: 'layout-shift', buffered: true});
window.bouge_dit = () => { add(watcher.takeRecords()); return window.bouge; };
"""
# The browser tells of a shift some time after it was painted: two frames, then a moment with nothing else to do.
_PAINTED = """
document.fonts.ready.then(() => new Promise(done =>
  requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(() => setTimeout(done, 400))))))
"""


@dataclass
class SlowPhone:
    """A window at 390 px on that line; `bytes` is what it has received, `pages` how many it has opened."""

    context: BrowserContext
    page: Page
    session: CDPSession
    received: list[int] = field(default_factory=list)
    pages: int = 0
    touches: int = 0
    signs: int = 0

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
        self.page.evaluate(_PAINTED)
        return float(self.page.evaluate("window.bouge_dit()"))

    @property
    def line_seconds(self) -> float:
        """What the line alone takes for what was received: its bytes, and two journeys to the server a page."""
        return sum(self.received) * 8 / BITS + self.pages * 2 * DELAY_MS / 1000

    @property
    def person_seconds(self) -> float:
        """What a person who is in no hurry takes for what was looked at, touched and typed."""
        return self.pages * LOOKING + self.touches * TOUCHING + self.signs * TYPING

    def touch(self, target: Locator, *, opens: bool = False) -> None:
        target.first.scroll_into_view_if_needed()
        self.touches += 1
        if opens:
            with self.page.expect_navigation(wait_until="load"):
                target.first.tap()
        else:
            target.first.tap()

    def write(self, target: Locator, text: str) -> None:
        self.touch(target)
        self.signs += len(text)
        target.first.press_sequentially(text)
