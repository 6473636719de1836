"""A person with a phone: everything is reached with a finger. The same gestures as the keyboard's, for the same tasks."""

import re
from datetime import date

from playwright.sync_api import Locator, Page

# Buttons are as wide as a finger; a link in a sentence is at least what WCAG 2.2 (2.5.8) asks, or has room around it.
SMALLEST = 44


class Finger:
    def __init__(self, page: Page) -> None:
        self.page = page

    def _touch(self, target: Locator) -> None:
        target.first.scroll_into_view_if_needed()
        box = target.first.bounding_box()
        assert box, target
        if target.first.evaluate(
            "element => element.matches('button, .btn, input:not([type=radio], [type=checkbox])')"
        ):
            assert box["height"] >= SMALLEST, f"too small for a finger at {self.page.url}: {target} {box}"
        target.first.tap()

    def press(self, name: str, *, role: str = "button", exact: bool = False, stays: bool = False) -> None:
        target = self.page.get_by_role(role, name=name, exact=exact)  # type: ignore[arg-type]
        if stays:
            self._touch(target)
        else:
            self.open(target)

    def open(self, target: Locator) -> None:
        with self.page.expect_navigation(wait_until="load"):
            self._touch(target)

    def follow(self, name: str, *, exact: bool = False) -> None:
        self.press(name, role="link", exact=exact)

    def write(self, label: str, text: str) -> None:
        """Touch a field, then type over what it holds."""
        target = self.page.get_by_label(re.compile(label))
        self._touch(target)
        target.first.select_text()
        self.page.keyboard.insert_text(text)

    def write_date(self, label: str, day: date) -> None:
        """The day is taken in the phone's own calendar, which is the system's, not ours."""
        target = self.page.get_by_label(re.compile(label))
        self._touch(target)
        target.first.fill(day.isoformat())

    def tick(self, label: str, *, role: str = "checkbox") -> None:
        """A choice is touched anywhere on its tile."""
        target = self.page.get_by_role(role, name=re.compile(label))  # type: ignore[arg-type]
        tile = target.first.locator("xpath=ancestor::label[1]")
        box = tile.bounding_box()
        assert box and box["height"] >= SMALLEST, f"too small for a finger at {self.page.url}: {target} {box}"
        tile.tap()

    def choose(self, label: str, option: str) -> None:
        """A list opens the phone's own wheel, which is the system's."""
        target = self.page.get_by_label(re.compile(label))
        self._touch(target)
        target.first.select_option(label=option)
