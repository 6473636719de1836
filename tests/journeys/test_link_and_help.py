"""On a phone: a section handed by a link, filled in with the line cut; then « Bloqué ? », and the answer on the page. And a
reply begun on a computer, the line cut, given back on a phone."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.seeded import Demonstration

pytestmark = pytest.mark.browser


def _phone(browser: Browser) -> BrowserContext:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR")
    context.set_default_timeout(30_000)
    return context


def _wide(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


def test_what_was_chosen_is_told_where_the_page_opens(browser: Browser, demonstration: Demonstration) -> None:
    hall = _phone(browser)
    demonstration.enter(hall, "secretaire")
    page = hall.new_page()
    page.goto(f"{demonstration.url}/inventaires/")
    page.goto(f"{page.url}contrats/")
    page.get_by_label("Ma mairie et l’équipe du projet").check()
    page.get_by_role("button", name=re.compile("ce partage|le partage")).click()
    page.wait_for_url("**#partage")
    expect(page.get_by_text("Choix enregistré")).to_be_in_viewport()
    hall.close()


def test_a_colleague_fills_in_on_a_phone_is_stuck_and_is_answered(
    browser: Browser, demonstration: Demonstration
) -> None:
    hall, team, phone = _phone(browser), _phone(browser), _phone(browser)
    demonstration.enter(hall, "secretaire")
    page = hall.new_page()
    page.goto(f"{demonstration.url}/inventaires/")
    page.goto(f"{page.url}contrats/lien/")
    page.get_by_label("Nom de votre collègue").fill("Camille Exemple")
    page.get_by_label("Le lien s’ouvre jusqu’au").fill((date.today() + timedelta(days=20)).isoformat())
    page.get_by_role("button", name="Préparer le lien").click()
    address = page.get_by_label("Adresse du lien").input_value()

    mine = phone.new_page()
    mine.goto(address)
    mine.get_by_role("button", name="Ouvrir la section").click()
    mine.wait_for_url("**/confie/")
    assert _wide(mine) <= 390
    # The line is cut while typing: what is typed stays, and leaves when the line is back.
    mine.get_by_role("button", name="Ajouter un contrat").click()
    phone.set_offline(True)
    mine.get_by_label("Objet du contrat, ligne 3").fill("Gaz de l’école")
    mine.get_by_label("Objet du contrat, ligne 3").press("Tab")
    expect(mine.get_by_label("Objet du contrat, ligne 3")).to_have_value("Gaz de l’école")
    phone.set_offline(False)
    expect(mine.locator("[data-grille-etat]")).to_contain_text(re.compile("Enregistré"), timeout=40_000)

    with phone.expect_page() as opened:
        mine.get_by_role("link", name=re.compile("Bloqué")).click()
    asking = opened.value
    asking.wait_for_load_state()
    assert _wide(asking) <= 390
    typed = asking.get_by_label("Voici ce qui partira de la page")
    expect(typed).to_have_value(re.compile("Gaz de l’école"))
    asking.get_by_role("button", name="Ne rien envoyer de la page").click()
    expect(typed).to_have_value("")
    asking.get_by_label("Qu’est-ce qui vous bloque").fill("Je ne connais pas le préavis.")
    asking.get_by_role("button", name="Demander de l’aide").click()
    expect(asking.get_by_role("heading", name="Votre demande d’aide")).to_be_visible()

    demonstration.enter(team, "cheffe-de-projet")
    office = team.new_page()
    office.goto(f"{demonstration.url}/bloque/demandes/")
    office.get_by_role("link", name=re.compile("Camille Exemple")).click()
    office.get_by_label("Votre réponse").fill("Écrivez un point d’interrogation.")
    office.get_by_role("button", name="Répondre").click()
    expect(office.get_by_text("Votre réponse est partie")).to_be_visible()
    mine.reload()
    expect(mine.get_by_text("Écrivez un point d’interrogation.")).to_be_visible()
    expect(mine.get_by_label("Objet du contrat, ligne 3")).to_have_value("Gaz de l’école")
    for context in (hall, team, phone):
        context.close()


def test_a_reply_begun_is_kept_through_a_cut_line_and_given_back_on_another_device(
    browser: Browser, demonstration: Demonstration
) -> None:
    desk, phone = _phone(browser), _phone(browser)
    for context in (desk, phone):
        demonstration.enter(context, "animateur")
    page = desk.new_page()
    page.goto(f"{demonstration.url}/espaces/")
    page.get_by_role("link", name="Groupe Urbanisme").first.click()
    page.get_by_role("link", name=re.compile("Quel logiciel")).first.click()
    area, state = page.get_by_label("Votre message"), page.locator("[data-brouillon-etat]")
    expect(area).to_have_value(re.compile("qui tient le registre quand$"))  # begun before, and kept
    area.press("Control+End")
    area.press_sequentially(" la mairie est fermée")
    expect(state).to_have_text(re.compile(r"^Brouillon gardé à \d+.h.\d\d\.$"))
    desk.set_offline(True)
    area.press_sequentially(" le mercredi ?")
    expect(state).to_have_text("Hors ligne, vos mots sont gardés ici.")
    # The tab is lost with the line: the device gives its words back, then the server has them.
    page.close()
    desk.set_offline(False)
    page = desk.new_page()
    other = phone.new_page()
    other.goto(f"{demonstration.url}/espaces/")
    other.get_by_role("link", name="Groupe Urbanisme").first.click()
    other.get_by_role("link", name=re.compile("Quel logiciel")).first.click()
    page.goto(other.url)
    expect(page.get_by_label("Votre message")).to_have_value(re.compile("fermée le mercredi ?"))
    expect(page.locator("[data-brouillon-etat]")).to_have_text(re.compile("^Brouillon gardé à"))
    # The phone had the page open: both texts are shown, and neither is lost.
    theirs = other.get_by_label("Votre message")
    theirs.press("Control+End")
    theirs.press_sequentially(" au téléphone")
    expect(other.locator("[data-autre-texte]")).to_have_text(re.compile("fermée le mercredi"))
    other.get_by_role("button", name="Prendre cet autre texte").click()
    expect(theirs).to_have_value(re.compile("fermée le mercredi"))
    assert _wide(other) <= 390
    # A reader is named by the keyboard alone.
    theirs.press("Control+End")
    theirs.press_sequentially(" @ama")
    expect(other.locator(".personnes [role=option]")).to_have_count(1)
    theirs.press("ArrowDown")
    theirs.press("Enter")
    expect(theirs).to_have_value(re.compile("@Amandine Roujassol $"))
    other.get_by_role("button", name="Publier").click()
    other.wait_for_url("**message=*")
    expect(other.get_by_text("Un message prévient Amandine Roujassol.")).to_be_visible()
    expect(other.get_by_label("Votre message")).to_have_value("")
    assert (
        other.evaluate("Object.keys(localStorage).filter(key => key.startsWith('mosaique.b|')).length") == 0
    )
    # The session ends while typing: the device keeps the words, and gives them back once signed in.
    page.reload()
    area = page.get_by_label("Votre message")
    area.press_sequentially("Encore un mot")
    expect(page.locator("[data-brouillon-etat]")).to_have_text(re.compile("^Brouillon gardé à"))
    address = page.url
    desk.clear_cookies()
    area.press_sequentially(" avant jeudi")
    expect(page.locator("[data-brouillon-etat]")).to_have_text(re.compile("^Votre session a pris fin"))
    demonstration.enter(desk, "animateur")
    page.goto(address)
    expect(area).to_have_value("Encore un mot avant jeudi")
    expect(page.locator("[data-brouillon-etat]")).to_have_text(re.compile("^Brouillon gardé à"))
