"""The whole road, by keyboard alone: from an empty instance to an adopted scheme whose code anyone may verify."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.instance import Instance
from tests.journeys.keyboard import Keyboard

pytestmark = pytest.mark.browser

LIST = (
    "Alain Roucou;mairie-a@exemple.fr;Saint-Cirgue;maire\n"
    "Nadine Lacroix;mairie-a@exemple.fr;Saint-Cirgue;secrétaire\n"
    "Mireille Dupouy;mairie-b@exemple.fr;Saussenac;maire"
)


PDF = "application/pdf"
DELIBERATION = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class Traveller:
    """Someone with a window of their own."""

    def __init__(self, browser: Browser, instance: Instance) -> None:
        self.context: BrowserContext = browser.new_context(
            viewport={"width": 1280, "height": 900}, locale="fr-FR"
        )
        self.context.set_default_timeout(30_000)
        self.url = instance.url
        self.page: Page = self.context.new_page()
        self.keys = Keyboard(self.page)
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("response", self._listen)

    def _listen(self, response: object) -> None:
        if (status := response.status) >= 500:  # type: ignore[attr-defined]
            self.errors.append(f"{status} {response.url}")  # type: ignore[attr-defined]

    def at(self, path: str) -> Keyboard:
        self.page.goto(path if path.startswith("http") else self.url + path)
        return self.keys

    def reads(self, words: str) -> None:
        expect(self.page.locator("main")).to_contain_text(words)


@pytest.fixture
def people(browser: Browser, instance: Instance) -> Iterator[dict[str, Traveller]]:
    found = {
        name: Traveller(browser, instance) for name in ("lead", "Alain", "Nadine", "Mireille", "visitor")
    }
    yield found
    wrong = {name: one.errors for name, one in found.items() if one.errors}
    for one in found.values():
        one.context.close()
    assert wrong == {}


def _invitations(lead: Traveller) -> dict[str, str]:
    """Given name → one-use address, as the demonstration's mail page shows them."""
    lead.at("/demo/courrier/")
    letters = lead.page.eval_on_selector_all(
        "main a[href*='/demo/courrier/']", "links => links.map(link => link.href)"
    )
    found = {}
    for letter in {letter for letter in letters if re.search(r"/\d+/$", letter)}:
        lead.at(letter)
        text = lead.page.inner_text("main")
        name, link = re.search(r"Bonjour (\w+)", text), re.search(r"http\S+/invitation/\S+", text)
        if name and link:
            found[name.group(1)] = link.group()
    return found


def _today(who: Traveller) -> date:
    return date.fromisoformat(who.page.locator("#demo-date").input_value())


def test_from_an_empty_instance_to_a_verified_scheme(
    instance: Instance, people: dict[str, Traveller]
) -> None:
    lead = people["lead"]
    _territory(instance, lead)
    _people(lead, people)
    _inventory(instance, lead, people["Nadine"])
    _sheet(lead, people["Alain"], people["Mireille"])
    code, report = _freeze_and_send(lead)
    _opinions(people["Alain"])
    _adoption(lead)
    visitor = people["visitor"]
    keys = visitor.at("/verifier/")
    keys.write("Code de la version", code)
    keys.press("Vérifier", exact=True)
    visitor.reads("version 1")
    visitor.reads("Ce code existe")
    keys.write("Code de la version", "0000 0000 0000 0000")
    keys.press("Vérifier", exact=True)
    expect(visitor.page.locator("main")).not_to_contain_text("Ce code existe")
    for content, said in ((report, "identique"), (report + b" ", "ne correspond à aucun fichier")):
        keys = visitor.at("/verifier/")
        keys.attach("Fichier à vérifier", "rapport.pdf", PDF, content)
        keys.press("Vérifier", exact=True)
        visitor.reads(said)


def _territory(instance: Instance, lead: Traveller) -> None:
    link = re.search(r"http\S+", instance.manage("invite", "instance@exemple.fr"))
    assert link
    keys = lead.at(link.group())
    keys.write("Votre prénom", "Hélène")
    keys.write("Votre nom", "Carrière")
    keys.press("Entrer")
    keys = lead.at("/territoires/nouveau/")
    keys.write("Intercommunalité ou commune", "val 81")
    keys.enter()
    lead.reads("19 communes")
    keys.press("Créer le territoire CC Val 81")
    lead.reads("CC Val 81 est ouvert")


def _people(lead: Traveller, people: dict[str, Traveller]) -> None:
    keys = lead.at("/personnes/")
    keys.follow("Coller une liste")
    keys.write("Les personnes, une par ligne", LIST)
    keys.press("Relire la liste")
    lead.reads("Trois lignes, toutes prêtes à partir")
    keys.press("Envoyer les 3 invitations")
    links = _invitations(lead)
    assert set(links) == {"Alain", "Nadine", "Mireille"}
    for name, link in links.items():
        people[name].at(link).press("Voir mon invitation")
        people[name].keys.press("Entrer")
        people[name].reads("voici ce que vous pouvez faire, et sur quoi peser")


def _inventory(instance: Instance, lead: Traveller, nadine: Traveller) -> None:
    lead.at("/inventaires/collecte/").press("Ouvrir la collecte")
    lead.reads("19 inventaires attendent leur commune")
    keys = nadine.at("/inventaires/")
    keys.follow("Passer à « Personnel »")
    keys.press("Ajouter un poste", stays=True)
    _type_a_line(nadine, 1, "Accueil et agence postale", "0,5")
    _kept(nadine, ["Accueil et agence postale"])
    # The line is cut while typing: what is typed stays, and leaves when the line is back.
    address = nadine.page.url
    keys.press("Ajouter un poste", stays=True)
    nadine.context.set_offline(True)
    _type_a_line(nadine, 2, "Voirie et espaces verts", "1")
    nadine.page.wait_for_timeout(800)
    nadine.context.set_offline(False)
    _kept(nadine, ["Accueil et agence postale", "Voirie et espaces verts"])
    # The server is killed while typing: the same, once it is back.
    keys.press("Ajouter un poste", stays=True)
    instance.cut()
    _type_a_line(nadine, 3, "Cantine", "0,8")
    nadine.page.wait_for_timeout(800)
    instance.serve()
    _kept(nadine, ["Accueil et agence postale", "Voirie et espaces verts", "Cantine"])
    keys = nadine.at(address)
    keys.tick("Ma mairie et l’équipe du projet", role="radio")
    keys.press("Choisir ce partage")
    keys.press("Rendre cette section")
    nadine.reads("La section Personnel est rendue")
    keys.follow("Verser au rapport")
    keys.press("Verser ces chiffres au rapport")
    nadine.reads("versés au rapport")


def _type_a_line(who: Traveller, number: int, mission: str, etp: str) -> None:
    """In the grid: the mission, then Tab to the budgeted ETP."""
    cell = who.page.get_by_label(f"Poste ou mission, ligne {number}")
    expect(cell).to_be_focused()
    who.page.keyboard.type(mission)
    for _ in range(4):
        who.page.keyboard.press("Tab")
    expect(who.page.get_by_label(f"ETP prévus au budget, ligne {number}")).to_be_focused()
    who.page.keyboard.type(etp)
    who.page.keyboard.press("Enter")


def _kept(who: Traveller, missions: list[str]) -> None:
    """What the server holds, seen from another tab of the same person, within ten seconds."""
    other = who.context.new_page()
    for _ in range(20):
        other.goto(who.page.url)
        held = other.eval_on_selector_all("[data-col=mission]", "cells => cells.map(cell => cell.value)")
        if held == missions:
            break
        other.wait_for_timeout(500)
    other.close()
    assert held == missions


def _sheet(lead: Traveller, alain: Traveller, mireille: Traveller) -> None:
    lead.at("/schema/").press("Ouvrir le schéma")
    keys = lead.at("/fiches/")
    keys.follow("Ouvrir la première fiche")
    keys.write("Titre de la fiche", "Un service commun d’urbanisme")
    keys.write("^Nouvel axe", "Aménager")
    keys.choose("Thème", "Urbanisme")
    keys.press("Ouvrir la fiche")
    sheet = lead.page.url
    keys = alain.at(sheet)
    keys.tick("^Oui, si", role="radio")
    keys.write("Votre condition", "Si le délai de réponse baisse.")
    # Alain and Nadine share a mailbox: what is his is confirmed by a code he chooses here, and what he wrote stays.
    keys.write("Choisissez votre code personnel", "1234")
    keys.write("Le même code", "1234")
    keys.press("Enregistrer la position")
    alain.reads("Des chiffres qui se suivent")
    keys.write("Choisissez votre code personnel", "4071")
    keys.write("Le même code", "4071")
    keys.press("Enregistrer la position")
    alain.reads("Votre position est enregistrée")
    keys = mireille.at(sheet)
    keys.tick("^Plus tard", role="radio")
    keys.press("Enregistrer la position")
    mireille.reads("Votre position est enregistrée")
    keys = lead.at(sheet)
    keys.follow("Chiffrer cette fiche")
    keys.follow("Qui et quand")
    keys.tick("Saint-Cirgue")
    keys.tick("Saussenac")
    keys.press("Enregistrer le périmètre")
    keys.follow("Saisir les coûts")
    keys.write("Intitulé, ligne 1", "Deux instructrices")
    keys.write("Montant, ligne 1", "50400,01")
    keys.press("Enregistrer")
    keys.follow("Clé de répartition")
    keys.tick("Parts égales", role="radio")
    keys.press("Continuer avec cette clé")
    keys.press("Garder la clé et calculer")
    # Exact to the cent; the odd one goes where the tie rule says (INSEE code), and nowhere is it lost.
    lead.reads("25\u202f200,01")
    lead.reads("25\u202f200,00")


def _freeze_and_send(lead: Traveller) -> tuple[str, bytes]:
    """Freeze and send; the version's code, as anyone reads it on paper, and its report."""
    keys = lead.at("/schema/")
    keys.follow("Figer une version")
    keys.tick("J’ai lu")
    keys.press("Figer la version 1")
    lead.reads("La version 1 ne change plus")
    code = re.search(r"\b[0-9a-f]{4}(?:\s[0-9a-f]{4}){3}\b", lead.page.inner_text("main"))
    assert code, "the code is on the version's page"
    with lead.page.expect_download() as download:
        keys.reach(lead.page.get_by_role("link", name=re.compile("PDF")))
        lead.page.keyboard.press("Enter")
    report = download.value.path().read_bytes()
    assert report.startswith(b"%PDF-")
    keys.follow("Soumettre aux conseils")
    lead.reads("17 mairies sur 19 n’ont pas d’adresse connue")
    keys.press("Ouvrir la consultation des 19 conseils")
    lead.reads("Le rapport est parti vers deux mairies, 17 envois restent à noter")
    return code.group(), report


def _opinions(alain: Traveller) -> None:
    keys = alain.at("/")
    keys.follow("Accuser réception du rapport de mutualisation")
    keys.press("Accuser réception")
    alain.reads("La réception est enregistrée")
    today = _today(alain)
    keys.follow("Donner l’avis du conseil")
    keys.tick("^Favorable avec réserves", role="radio")
    keys.write("Réserves", "Un bilan après un an.")
    keys.write_date("Séance du", today)
    keys.attach("^La délibération", "deliberation.pdf", PDF, DELIBERATION)
    keys.press("Enregistrer l’avis du conseil")
    alain.reads("Favorable avec réserves")
    with alain.page.expect_download() as download:
        keys.reach(alain.page.get_by_role("link", name="deliberation.pdf"))
        alain.page.keyboard.press("Enter")
    assert download.value.path().read_bytes() == DELIBERATION


def _adoption(lead: Traveller) -> None:
    """Four months later: most councils never acknowledged; the page says so, and forbids nothing."""
    keys = lead.at("/avis/")
    later = _today(lead) + timedelta(days=120)
    keys.write_date("Nous sommes le", later)
    keys.press("Avancer à cette date")
    assert _today(lead) == later
    lead.at(lead.page.url.rstrip("/") + "/adoption/")
    keys.tick("Adopté", role="radio")
    keys.write_date("Séance du", later)
    keys.write("Numéro de la délibération", "2027-12")
    keys.write("^Pour", "25")
    keys.write("^Contre", "2")
    keys.write("^Abstentions", "1")
    keys.press("Enregistrer le vote")
    lead.reads("adopté")
    keys.press("Adresser")
    lead.reads("adressé à 2 conseils")  # two town halls have a mailbox; the others are told one by one
