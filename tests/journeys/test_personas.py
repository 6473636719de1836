"""Every persona's main task, on a phone with a finger and on a computer with the keyboard alone: done, kept, and never wider
than the screen. The tasks are written once; only the hand changes."""

import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

from mosaique.demo.cast import BY_SLUG, RESIDENT
from tests.journeys.finger import Finger
from tests.journeys.keyboard import Keyboard
from tests.journeys.seeded import Demonstration

pytestmark = pytest.mark.browser

_SEEN = """element => {
  const shown = one => { const style = getComputedStyle(one); return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0; };
  const label = element.closest('label');
  if (!shown(element) && !(label && shown(label))) return 'no visible focus';
  const box = element.getBoundingClientRect();
  const seen = (x, y) => {
    const hit = document.elementFromPoint(x, y);
    return hit && (element.contains(hit) || hit.contains(element) || (label && label.contains(hit)));
  };
  const points = [[.5, .5], [.1, .1], [.9, .1], [.1, .9], [.9, .9]];
  if (!points.some(([h, v]) => seen(box.x + box.width * h, box.y + box.height * v))) return 'hidden under something';
  return '';
}"""


# Said by every page once it is whole, whoever opens it.
_MEASURE = """addEventListener('load', () => {
  const wide = document.documentElement.scrollWidth;
  if (wide > WIDTH) console.log(`too wide: ${wide} at ${location.pathname}`);
})"""


def _measure(width: int) -> str:
    return _MEASURE.replace("WIDTH", str(width))


class SeenKeyboard(Keyboard):
    """A keyboard whose owner looks at the screen: where one is shows, and nothing covers it."""

    def reach(self, target: Locator) -> None:
        super().reach(target)
        trouble = target.first.evaluate(_SEEN)
        assert not trouble, f"{trouble} at {self.page.url}: {target}"

    def choose(self, label: str, option: str) -> None:
        super().choose(label, option)
        expect(self.page.get_by_label(re.compile(label)).first.locator("option:checked")).to_have_text(option)


class Person:
    """A persona, their window, and the hand they use."""

    def __init__(self, browser: Browser, demonstration: Demonstration, slug: str, hand: str) -> None:
        phone = hand == "finger"
        self.width = 390 if phone else 1280
        self.context: BrowserContext = browser.new_context(
            viewport={"width": self.width, "height": 844}, locale="fr-FR", has_touch=phone, is_mobile=phone
        )
        self.context.set_default_timeout(30_000)
        self.url = demonstration.url
        if slug != RESIDENT:
            demonstration.enter(self.context, slug)
        self.page: Page = self.context.new_page()
        self.hand: Finger | Keyboard = Finger(self.page) if phone else SeenKeyboard(self.page)
        self.wrong: list[str] = []
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.add_init_script(_measure(self.width))
        self.page.on("console", self._note)
        self.page.on("response", self._listen)

    def _note(self, line: ConsoleMessage) -> None:
        if line.text.startswith("too wide"):
            self.wrong.append(line.text)

    def _listen(self, response: object) -> None:
        if (status := response.status) >= 500:  # type: ignore[attr-defined]
            self.wrong.append(f"{status} {response.url}")  # type: ignore[attr-defined]

    def at(self, path: str) -> None:
        self.page.goto(self.url + path)

    def offers(self, name: str, *, role: str = "link") -> bool:
        return self.page.get_by_role(role, name=name).count() > 0  # type: ignore[arg-type]

    @property
    def today(self) -> date:
        return date.fromisoformat(self.page.locator("#demo-date").input_value())

    def sign(self) -> None:
        """Where an act must be the person's own, their personal code is asked: the demonstration says it in its bar."""
        field = self.page.get_by_label("Votre code personnel")
        if field.count():
            said = re.search(r"code personnel (\d+)", self.page.inner_text("body"))
            assert said, "the code is asked and nowhere said"
            self.hand.write("Votre code personnel", said.group(1))

    def kept(self, words: str) -> None:
        """Said on the page, and still there when it is asked for again."""
        expect(self.page.locator("main")).to_contain_text(words)
        self.page.reload()
        expect(self.page.locator("main")).to_contain_text(words)


def _notes_a_reception(who: Person, words: str) -> None:
    who.at("/")
    who.hand.follow("Noter la réception du rapport")
    who.hand.follow("Noter la réception")
    who.hand.write_date("Reçu par la mairie le", who.today)
    who.hand.press("Enregistrer la date")
    assert not who.offers("Noter la réception")
    who.kept("peut donner son avis")


def _answers_reserves(who: Person, words: str) -> None:
    who.at("/")
    who.hand.follow("Répondre par écrit")
    who.hand.write("La réponse", words)
    who.hand.press("Enregistrer la réponse")
    who.kept(words)


def _gives_the_opinion(commune: str) -> Callable[[Person, str], None]:
    """The first time from the first page, as the mayor would; the council having voted, its correction."""

    def act(who: Person, words: str) -> None:
        who.at("/")
        if who.offers("Accuser réception"):
            who.hand.follow("Accuser réception")
            who.hand.press("Accuser réception")
        elif who.offers("Donner l’avis"):
            who.hand.follow("Donner l’avis")
        else:
            who.at("/avis/")
            who.hand.open(who.page.locator("main table").get_by_role("link", name=commune))
        correcting = not who.offers("Donner l’avis du conseil")
        who.hand.follow("Corriger cet avis" if correcting else "Donner l’avis du conseil")
        who.hand.tick("^Favorable avec réserves", role="radio")
        who.hand.write("Réserves", words)
        who.hand.write_date("Séance du", who.today)
        if correcting:
            who.hand.write("Pourquoi cette correction", "La réserve était mal recopiée.")
        who.sign()
        who.hand.press("Enregistrer")
        who.kept(words)

    return act


def _fills_in(section: str, add: str, field: str) -> Callable[[Person, str], None]:
    def act(who: Person, words: str) -> None:
        who.at("/inventaires/")
        if who.offers(f"Continuer avec « {section} »"):
            who.hand.follow(f"Continuer avec « {section} »")
        else:
            who.hand.follow(section)
        who.hand.press(add, stays=True)
        line = who.page.locator("[data-row]").count()
        label = f"{field}, ligne {line}"
        expect(who.page.get_by_label(label)).to_be_focused()
        who.page.keyboard.insert_text(words)
        who.page.keyboard.press("Tab")
        expect(who.page.locator("[data-grille-etat]")).to_contain_text("Enregistré", timeout=15_000)
        who.page.reload()
        expect(who.page.get_by_label(label)).to_have_value(words)

    return act


def _writes(space: str, thread: str) -> Callable[[Person, str], None]:
    def act(who: Person, words: str) -> None:
        who.at("/espaces/")
        who.hand.follow(space)
        who.hand.follow(thread)
        who.hand.write("Votre message", words)
        who.hand.press("Publier")
        who.kept(words)

    return act


def _reads_then_writes(who: Person, words: str) -> None:
    """What a sheet does to agents, then a word where it is discussed."""
    who.at("/")
    who.hand.follow("Remplacer une secrétaire")
    expect(who.page.locator("#agents")).to_be_visible()
    _writes("Groupe Voirie", "Un calendrier de prêt")(who, words)


def _sums_up(who: Person, words: str) -> None:
    who.at("/espaces/")
    who.hand.follow("Groupe Urbanisme")
    who.hand.follow("Quel logiciel")
    thread = who.page.url
    who.hand.follow("Le reprendre" if who.offers("Le reprendre") else "Écrire le relevé")
    who.hand.write("D’accord", words)
    who.hand.press("Enregistrer le relevé")
    who.at(re.sub(r"https?://[^/]+", "", thread))
    who.kept(words)


def _verifies(who: Person, words: str) -> None:
    """The code is on the paper in one's hand: here, as the project team reads it."""
    code = PAPER["code"]
    who.at("/verifier/")
    who.hand.write("Code de la version", code)
    who.hand.press("Vérifier", exact=True)
    expect(who.page.locator("main")).to_contain_text("version 1")
    who.at(f"/verifier/{code.replace(' ', '')}/")
    who.kept("Ce code existe")


PAPER: dict[str, str] = {}
TASKS: dict[str, Callable[[Person, str], None]] = {
    "cheffe-de-projet": _notes_a_reception,
    "dgs": _answers_reserves,
    "presidente": _writes("Comité de pilotage", "Avis des conseils"),
    "maire": _gives_the_opinion("Lautignac"),
    "maire-b": _gives_the_opinion("Poucharramet"),
    "secretaire": _fills_in("Contrats", "Ajouter un contrat", "Objet du contrat"),
    "secretaire-b": _fills_in("Matériel", "Ajouter un matériel", "Matériel"),
    "agent": _writes("Groupe Voirie", "Un calendrier de prêt"),
    "representante-du-personnel": _reads_then_writes,
    "animateur": _sums_up,
    "partenaire": _writes("Groupe Urbanisme", "Quel logiciel"),
    RESIDENT: _verifies,
}
HANDS = {"finger": "au téléphone", "keyboard": "au clavier"}


@pytest.fixture
def paper(browser: Browser, demonstration: Demonstration) -> Iterator[None]:
    """What a resident holds: the code printed at the foot of the report."""
    if not PAPER:
        office = browser.new_context()
        demonstration.enter(office, "cheffe-de-projet")
        found = re.search(
            r"\b[0-9a-f]{4}(?:\s[0-9a-f]{4}){3}\b",
            office.request.get(f"{demonstration.url}/versions/1/").text(),
        )
        assert found
        PAPER["code"] = found.group()
        office.close()
    yield


def test_every_persona_has_a_task() -> None:
    assert set(TASKS) == {*BY_SLUG, RESIDENT}


@pytest.mark.usefixtures("paper")
@pytest.mark.parametrize("hand", HANDS)
@pytest.mark.parametrize("slug", TASKS)
def test_the_main_task_is_done_and_kept(
    browser: Browser, demonstration: Demonstration, slug: str, hand: str
) -> None:
    who = Person(browser, demonstration, slug, hand)
    TASKS[slug](who, f"Écrit {HANDS[hand]} par {slug}")
    assert who.wrong == []
    who.context.close()


BROKEN = """<!doctype html><meta name="viewport" content="width=device-width"><style>.muet:focus { outline: none }
.couvert { position: fixed; inset: 0; background: white; z-index: 2 }</style>
<main><button class="muet">Sans foyer</button><a href="#x" class="dessous">Dessous</a><button style="height: 20px">Petit</button>
WIDE</main>"""


def test_a_focus_unseen_or_covered_a_small_button_and_a_wide_page_are_found(browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.set_content(BROKEN)
    with pytest.raises(AssertionError, match="no visible focus"):
        SeenKeyboard(page).reach(page.get_by_role("button", name="Sans foyer"))
    SeenKeyboard(page).reach(page.get_by_role("link", name="Dessous"))
    with pytest.raises(AssertionError, match="too small for a finger"):
        Finger(page).press("Petit", stays=True)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<div class=couvert></div>')")
    with pytest.raises(AssertionError, match="hidden under something"):
        SeenKeyboard(page).reach(page.get_by_role("link", name="Dessous"))
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text))
    page.set_content(
        BROKEN.replace("WIDE", f"<p style='width: 500px'>Large</p><script>{_measure(390)}</script>")
    )
    page.wait_for_timeout(50)
    assert [line for line in said if line.startswith("too wide: 50")]
    context.close()
