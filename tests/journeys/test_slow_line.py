"""On a phone and a poor line: nothing moves while a page comes, and a town hall's answer takes less than two minutes."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.seeded import Demonstration
from tests.journeys.slow_line import SlowPhone
from tests.journeys.test_weight import PAGES

pytestmark = pytest.mark.browser

MOST_MOVED = 0.02


@pytest.mark.parametrize("persona", PAGES)
def test_nothing_moves_while_a_page_comes(
    demonstration: Demonstration, browser: Browser, persona: str | None
) -> None:
    moved: dict[str, float] = {}
    for path in PAGES[persona]:
        phone = SlowPhone.new(browser)  # nothing kept: fonts and styles come with the page
        if persona:
            demonstration.enter(phone.context, persona)
        answer = phone.page.goto(demonstration.url + path, wait_until="load")
        assert answer is not None and answer.status == 200
        if (shift := phone.moved()) > MOST_MOVED:
            moved[path] = round(shift, 3)
        phone.context.close()
    assert moved == {}


def test_a_page_that_moves_is_found(demonstration: Demonstration, browser: Browser) -> None:
    phone = SlowPhone.new(browser)
    phone.page.goto(f"{demonstration.url}/aide/", wait_until="load")
    assert phone.moved() <= MOST_MOVED
    phone.page.evaluate(
        "const late = document.createElement('div'); late.style.height = '300px'; document.body.prepend(late)"
    )
    assert phone.moved() > MOST_MOVED
    phone.context.close()
