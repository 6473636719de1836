"""A person with a keyboard and nothing else: everything is reached with Tab, opened with Enter, chosen with arrows."""

import re
from datetime import date

from playwright.sync_api import Locator, Page

MOST_TABS = 400


class Keyboard:
    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, target: Locator) -> None:
        """Tab to it, from where one is; a page that traps the focus, or skips the control, fails here."""
        target.first.wait_for(state="visible")
        for _ in range(MOST_TABS):
            if target.first.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"not reached with the keyboard at {self.page.url}: {target}")

    def press(self, name: str, *, role: str = "button", exact: bool = False, stays: bool = False) -> None:
        """Reach a button or a link by its name, press it, and wait for what it opens (unless it opens nothing)."""
        target = self.page.get_by_role(role, name=name, exact=exact)  # type: ignore[arg-type]
        self.reach(target)
        if stays:
            self.page.keyboard.press("Enter")
        else:
            self.enter()

    def enter(self) -> None:
        """Press Enter where one is, and wait for the page it leads to."""
        with self.page.expect_navigation(wait_until="load"):
            self.page.keyboard.press("Enter")

    def open(self, target: Locator) -> None:
        """Reach a link that its name alone does not tell from another, and open it."""
        self.reach(target)
        self.enter()

    def follow(self, name: str, *, exact: bool = False) -> None:
        self.press(name, role="link", exact=exact)

    def write(self, label: str, text: str) -> None:
        """Write in a field, over what it holds."""
        target = self.page.get_by_label(re.compile(label))
        self.reach(target)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def attach(self, label: str, name: str, kind: str, content: bytes) -> None:
        """Reach a file field and choose a file (the window that lists files is the system's, not ours)."""
        target = self.page.get_by_label(re.compile(label))
        self.reach(target)
        target.first.set_input_files({"name": name, "mimeType": kind, "buffer": content})

    def write_date(self, label: str, day: date) -> None:
        """Fill the parts of a date field. Their order is the browser's own: the one that gives the day is the right one."""
        target = self.page.get_by_label(re.compile(label))
        for shape in ("%d%m%Y", "%m%d%Y"):
            self.reach(target)
            for _ in range(3):
                self.page.keyboard.press("ArrowLeft")
            self.page.keyboard.type(day.strftime(shape))
            if target.first.input_value() == day.isoformat():
                return
        raise AssertionError(f"the date field {label} holds {target.first.input_value()}")

    def tick(self, label: str, *, role: str = "checkbox") -> None:
        """Tick a box, or take one of several choices."""
        target = self.page.get_by_role(role, name=re.compile(label))  # type: ignore[arg-type]
        if role == "radio" and not target.first.evaluate("element => element === document.activeElement"):
            self._reach_group(target)
            return
        self.reach(target)
        if not target.first.is_checked():
            self.page.keyboard.press("Space")

    def _reach_group(self, target: Locator) -> None:
        """Tab enters a group of choices at one of them; arrows go to the others."""
        name = target.first.get_attribute("name")
        for _ in range(MOST_TABS):
            if self.page.evaluate("document.activeElement.name") == name:
                break
            self.page.keyboard.press("Tab")
        self.page.keyboard.press("Space")
        for _ in range(40):
            if target.first.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"choice not reached at {self.page.url}: {target}")

    def choose(self, label: str, option: str) -> None:
        """Choose in a list by typing the beginning of an option."""
        target = self.page.get_by_label(re.compile(label))
        self.reach(target)
        self.page.keyboard.type(option)
