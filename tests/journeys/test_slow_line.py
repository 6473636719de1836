"""On a phone and a poor line: nothing moves while a page comes, and a town hall's answer takes less than two minutes."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from mosaique.kernel import clock
from tests.journeys.seeded import Demonstration
from tests.journeys.slow_line import SlowPhone
from tests.journeys.test_weight import PAGES

pytestmark = pytest.mark.browser

MOST_MOVED = 0.02
TWO_MINUTES = 120
BOX, WHO = "mairie-sana@exemple.fr", "Régine Trémoulat"


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


def test_a_secretary_gives_the_opinion_of_her_council_in_two_minutes_from_the_message(
    demonstration: Demonstration, browser: Browser
) -> None:
    """Nothing kept on the phone, no session, a mailbox shared with the mayor, no personal code yet: the longest way."""
    mailbox = browser.new_context()  # her mail, read elsewhere: what it costs is not ours
    mail = mailbox.new_page()

    def message(subject: str) -> str:
        mail.goto(f"{demonstration.url}/demo/courrier/?a={BOX.replace('@', '%40')}")
        mail.get_by_role("link", name=re.compile(subject)).first.click()
        return mail.inner_text("main")

    link = re.search(r"http\S+/avis/\d+/", message("attendu sur le rapport"))
    assert link
    phone = SlowPhone.new(browser)
    page = phone.page
    page.goto(link.group(), wait_until="load")
    phone.write(page.get_by_label("Votre adresse"), BOX)
    phone.touch(page.get_by_role("button", name="Recevoir mon code"), opens=True)
    code = re.search(r"\b(\d{3})\s?(\d{3})\b", message("code"))
    assert code
    phone.write(page.get_by_label(re.compile("[Cc]ode")), "".join(code.groups()))
    phone.touch(page.get_by_role("button", name="Entrer"), opens=True)
    phone.touch(page.get_by_role("button", name=re.compile(WHO)), opens=True)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sana")
    phone.touch(page.get_by_role("link", name=re.compile("l.avis")), opens=True)
    phone.touch(page.get_by_text("Favorable", exact=True))
    page.get_by_label("Séance du").fill(
        (clock.today() - timedelta(days=1)).isoformat()
    )  # the phone's own calendar
    phone.touches += 4
    phone.write(page.get_by_label("Choisissez votre code personnel"), "285194")
    phone.write(page.get_by_label("Le même code, une seconde fois"), "285194")
    phone.touch(page.get_by_role("button", name="Enregistrer l’avis du conseil"), opens=True)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sana")
    expect(page.locator("main")).to_contain_text("Favorable")
    page.reload()
    expect(page.locator("main")).to_contain_text("Favorable")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    taken = phone.line_seconds + phone.person_seconds
    assert phone.pages <= 8 and phone.line_seconds > 1
    assert taken < TWO_MINUTES, (phone.line_seconds, phone.person_seconds)
    mailbox.close()
    phone.context.close()
