"""Coming in with a device, in a real Chromium and its virtual authenticator: added, used, refused, taken away; and without script.
Then a second step: set up, asked, replaced by a recovery code; what only this road shows is held to axe, too."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pyotp
import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.journeys.seeded import Demonstration
from tests.journeys.test_accessibility import wrong_in

pytestmark = pytest.mark.browser


@dataclass
class Phone:
    """A window of 390 px and the device behind it."""

    page: Page
    cdp: CDPSession
    device: str

    def knows_its_owner(self, yes: bool) -> None:
        self.cdp.send("WebAuthn.setUserVerified", {"authenticatorId": self.device, "isUserVerified": yes})

    def keys(self) -> int:
        kept = self.cdp.send("WebAuthn.getCredentials", {"authenticatorId": self.device})
        return len(kept["credentials"])


@pytest.fixture
def phone(browser: Browser) -> Iterator[Phone]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR")
    context.set_default_timeout(30_000)
    page = context.new_page()
    cdp = context.new_cdp_session(page)
    cdp.send("WebAuthn.enable", {"enableUI": False})
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    made = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield Phone(page, cdp, made["authenticatorId"])
    context.close()


def _wide(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


def test_a_telephone_is_added_then_opens_the_door(phone: Phone, demonstration: Demonstration) -> None:
    page, site = phone.page, demonstration.url
    demonstration.enter(page.context, "cheffe-de-projet")
    page.goto(f"{site}/compte/")
    page.get_by_role("link", name="Choisir comment j’entre").click()
    page.get_by_role("link", name="Ajouter une clé d’accès").click()
    expect(page.get_by_text("Ce navigateur ne sait pas le faire")).to_be_hidden()
    page.get_by_role("button", name="Ajouter cet appareil").click()
    expect(page.get_by_role("alert")).to_contain_text("Donnez un nom")
    assert phone.keys() == 0, "nothing stays on the device for nothing"
    # A device that does not recognise its owner adds nothing, and the page says so.
    phone.knows_its_owner(False)
    page.get_by_label("Nom de cette clé").fill("Mon téléphone")
    page.get_by_role("button", name="Ajouter cet appareil").click()
    expect(page.get_by_role("alert")).to_contain_text("Rien n’a changé")
    assert _wide(page) <= 390 and phone.keys() == 0
    phone.knows_its_owner(True)
    page.get_by_role("button", name="Ajouter cet appareil").click()
    page.wait_for_url(f"{site}/compte/entrer/")
    expect(page.get_by_text("La clé « Mon téléphone » est ajoutée")).to_be_visible()
    assert phone.keys() == 1 and _wide(page) <= 390
    page.goto(f"{site}/demo/courrier/")
    expect(page.get_by_text("Une clé d’accès a été ajoutée à votre compte").first).to_be_visible()
    # The same device is not added twice.
    page.goto(f"{site}/compte/entrer/cle/")
    page.get_by_label("Nom de cette clé").fill("Le même")
    page.get_by_role("button", name="Ajouter cet appareil").click()
    expect(page.get_by_role("alert")).to_contain_text("a déjà une clé")

    page.context.clear_cookies()
    page.goto(f"{site}/connexion/?next=/espaces/")
    page.get_by_role("button", name="Entrer avec cet appareil").click()
    page.wait_for_url(f"{site}/espaces/")
    page.goto(f"{site}/compte/entrer/")
    expect(page.get_by_text("A servi le")).to_be_visible()

    # Taken away here, it opens nothing there, and the page says what to do.
    page.get_by_role("button", name="Retirer : Mon téléphone").click()
    expect(page.get_by_text("elle ne fait plus entrer")).to_be_visible()
    page.context.clear_cookies()
    page.goto(f"{site}/connexion/")
    page.get_by_role("button", name="Entrer avec cet appareil").click()
    expect(page.get_by_role("alert")).to_contain_text("Entrez avec un code")
    assert page.url == f"{site}/connexion/" and _wide(page) <= 390


def test_a_device_without_key_leaves_the_page_usable(phone: Phone, demonstration: Demonstration) -> None:
    page = phone.page
    page.goto(f"{demonstration.url}/connexion/")
    page.get_by_role("button", name="Entrer avec cet appareil").click()
    expect(page.get_by_role("alert")).to_contain_text("L’appareil n’a rien donné")
    expect(page.get_by_role("button", name="Entrer avec cet appareil")).to_be_enabled()
    page.get_by_label("Votre adresse de courriel").fill("mutualisation@exemple.fr")
    page.get_by_role("button", name="Recevoir mon code").click()
    expect(page.get_by_role("heading", name="Un code vous attend")).to_be_visible()


def test_without_script_there_is_no_button_that_does_nothing(
    browser: Browser, demonstration: Demonstration
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="fr-FR")
    page = context.new_page()
    page.goto(f"{demonstration.url}/connexion/")
    expect(page.get_by_role("button", name="Entrer avec cet appareil")).to_be_hidden()
    expect(page.get_by_role("button", name="Recevoir mon code")).to_be_visible()
    demonstration.enter(context, "cheffe-de-projet")
    page.goto(f"{demonstration.url}/compte/entrer/cle/")
    expect(page.get_by_text("Ce navigateur ne sait pas le faire")).to_be_visible()
    expect(page.get_by_role("button", name="Ajouter cet appareil")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_a_second_step_is_set_up_then_asked(
    browser: Browser, demonstration: Demonstration, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, locale="fr-FR")
    context.set_default_timeout(30_000)
    page, site, wrong = context.new_page(), demonstration.url, []
    who, mailbox = (
        ("dgs", "direction@exemple.fr") if width == 320 else ("presidente", "presidence@exemple.fr")
    )
    demonstration.enter(context, who)
    page.goto(f"{site}/compte/entrer/deuxieme-etape/")
    wrong += wrong_in(page)
    secret = re.sub(r"\s", "", page.locator(".cachet .code").inner_text())
    code = page.get_by_label("Code de votre téléphone")
    code.fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Mettre en place").click()
    expect(page.get_by_role("heading", name="Vos dix codes de secours")).to_be_visible()
    wrong += wrong_in(page)
    recovery = page.locator(".secours b").first.inner_text()
    page.get_by_role("link", name="Je les ai gardés").click()
    expect(page.get_by_text("Il reste 10 codes de secours")).to_be_visible()
    wrong += wrong_in(page)

    context.clear_cookies()
    page.goto(f"{site}/connexion/")
    page.get_by_label("Votre adresse de courriel").fill(mailbox)
    page.get_by_role("button", name="Recevoir mon code").click()
    mail = context.request.get(f"{site}/demo/courrier/?a={mailbox}").text()
    sent = re.search(r"Votre code : (\d{3}\s\d{3})", mail)
    assert sent
    page.get_by_label("Code reçu par courriel").fill(sent.group(1))
    page.get_by_role("button", name="Entrer", exact=True).click()
    expect(page.get_by_role("heading", name="Le code de votre téléphone")).to_be_visible()
    wrong += wrong_in(page)
    code.fill("000000")
    page.get_by_role("button", name="Entrer", exact=True).click()
    expect(page.get_by_text("il vous reste 9 essais").first).to_be_visible()
    wrong += wrong_in(page)
    page.get_by_text("Je n’ai pas mon téléphone").click()
    page.get_by_label("Code de secours").fill("AAA AAA AAA")
    page.get_by_role("button", name="Entrer avec un code de secours").click()
    expect(page.get_by_text("Ce n’est aucun de vos codes").first).to_be_visible()
    wrong += wrong_in(page)
    page.get_by_label("Code de secours").fill(recovery)
    page.get_by_role("button", name="Entrer avec un code de secours").click()
    expect(page.get_by_text("il en reste 9")).to_be_visible()
    assert wrong == []
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_where_others_read_the_mailbox_the_personal_code_comes_first(
    browser: Browser, demonstration: Demonstration, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, locale="fr-FR")
    context.set_default_timeout(30_000)
    page, site = context.new_page(), demonstration.url
    demonstration.enter(context, "maire")
    page.goto(f"{site}/compte/entrer/mot-de-passe/")
    expect(page.get_by_role("heading", name="Confirmez d’abord que c’est vous")).to_be_visible()
    wrong = wrong_in(page)
    page.get_by_label("Votre code personnel").fill("1357")
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_text("Ce n’est pas ce code").first).to_be_visible(timeout=15_000)
    wrong += wrong_in(page)
    told = re.search(r"code personnel\s(\d{4,6})", page.locator("aside.demo").inner_text())
    assert told, "the demonstration tells its own codes"
    page.get_by_label("Votre code personnel").fill(told.group(1))
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", name="Choisir un mot de passe")).to_be_visible(timeout=15_000)
    assert wrong + wrong_in(page) == []
    context.close()
