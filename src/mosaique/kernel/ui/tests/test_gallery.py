"""/composants/ is complete, and the styles hold nothing that no page wears. Both lists come from the sources."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test.signals import template_rendered
from playwright.sync_api import Page

import mosaique
from mosaique.kernel.ui.gallery import example_context
from mosaique.kernel.ui.tests.style import SHEETS, classes, selectors

HOUSE = Path(mosaique.__file__).resolve().parent
PARTS = HOUSE / "kernel" / "ui" / "templates" / "ui"
SHOWN = sorted(path.name for path in SHEETS.glob("*.css"))

# Whole pages cannot stand inside another: the selector's first word → the template that shows it.
WHOLE_PAGES = {
    ".seuil": "kernel/ui/templates/ui/seuil.html",
    ".projection": "desk/templates/desk/projection/base.html",
    ":root:has(.projection)": "desk/templates/desk/projection/base.html",
    ".projection-corps": "desk/templates/desk/projection/steps.html",
    ".projection-duo": "desk/templates/desk/projection/opinions.html",
    ".projection-barre": "desk/templates/desk/projection/base.html",
}


def _left_out(selector: str) -> bool:
    return re.split(r"(?<=.)[ >+~]", selector, maxsplit=1)[0] in WHOLE_PAGES


@pytest.fixture
def gallery(show: Callable[..., str]) -> str:
    return show("ui/gallery.html", path="/composants/", **example_context())


def _missing(page: Page, sheet: str) -> list[str]:
    wanted = [one for one in selectors(sheet) if not _left_out(one)]
    return page.evaluate("wanted => wanted.filter(one => !document.querySelector(one))", wanted)


@pytest.mark.browser
def test_everything_the_styles_dress_is_in_the_gallery(page: Page, gallery: str) -> None:
    page.set_content(gallery, wait_until="domcontentloaded")
    missing = {name: _missing(page, (SHEETS / name).read_text(encoding="utf-8")) for name in SHOWN}
    assert {name: found for name, found in missing.items() if found} == {}


@pytest.mark.browser
def test_a_component_or_a_state_that_is_forgotten_is_named(page: Page, gallery: str) -> None:
    page.set_content(gallery, wait_until="domcontentloaded")
    sheet = """@layer composants { .inconnue { color: red } .btn.geant:hover::before { content: "{.x}" }
      @media (width < 9rem) { .message:is(.bon, .perdu) p { margin: 0 } } .btn.plein { color: red } }"""
    assert _missing(page, sheet) == [".inconnue", ".btn.geant", ".message:is(.perdu) p"]


def test_whole_pages_left_out_are_shown_where_it_is_said() -> None:
    dressed = {one for name in SHOWN for one in selectors((SHEETS / name).read_text(encoding="utf-8"))}
    for selector, template in WHOLE_PAGES.items():
        assert any(one.startswith(selector) for one in dressed), f"{selector} is dressed nowhere"
        word = re.findall(r"\.([\w-]+)", selector)[-1]
        assert re.search(rf'class="[^"]*\b{word}\b', (HOUSE / template).read_text(encoding="utf-8")), template


def test_every_template_of_a_component_is_rendered_in_the_gallery(show: Callable[..., str]) -> None:
    seen: set[str] = set()

    def note(template: Any, **_: Any) -> None:
        seen.add(template.name or "")

    template_rendered.connect(note)
    try:
        show("ui/gallery.html", path="/composants/", **example_context())
    finally:
        template_rendered.disconnect(note)
    files = {f"ui/{path.relative_to(PARTS)}" for path in PARTS.rglob("*.html")}
    apart = {"ui/seuil.html"}  # a whole page: sign-in
    assert files - apart - seen == set()
    assert apart <= files


_CLASS = re.compile(r"""class=\\?["']((?:{%.*?%}|{{.*?}}|[^"'])*)""")
_QUOTED = re.compile(r"""["'`][ .]?([a-z][a-z0-9 -]*)["'`]""")


def _worn() -> set[str]:
    """Every class a page may wear: those of its templates, and the short words the code and the scripts quote."""
    found = [path for kind in ("*.html", "*.py") for path in HOUSE.rglob(kind) if "tests" not in path.parts]
    found += (SHEETS.parents[1] / "js").rglob("*.js")
    texts = [path.read_text(encoding="utf-8") for path in found if not path.name.startswith("gallery")]
    lists = [words for text in texts for words in _CLASS.findall(text)]
    lists += [words for text in texts for words in _QUOTED.findall(text)]
    return {word for words in lists for word in re.findall(r"[\w-]+", words)}


# Classes made of two parts by code: the beginning → where.
MADE = {"k-": "kernel/ui/tags/atoms.py", "e-": "kernel/ui/tags/atoms.py"}
ONLY_HERE = {"piece", "teintes", "tuiles"}  # the gallery's own page


def unworn(worn: set[str], sheet: str) -> set[str]:
    return {name for name in classes(sheet) - ONLY_HERE - worn if not name.startswith(tuple(MADE))}


def test_no_style_is_for_nothing() -> None:
    worn = _worn()
    found = {name: unworn(worn, (SHEETS / name).read_text(encoding="utf-8")) for name in SHOWN}
    assert {name: names for name, names in found.items() if names} == {}
    assert unworn(worn, ".jamais-portee p { margin: 0 } .btn { margin: 0 }") == {"jamais-portee"}
