"""A long list of boxes: searched with script, whole without it, and what is ticked goes along either way."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import mosaique
from mosaique.kernel.ui.gallery import example_context

SCRIPT = Path(mosaique.__file__).parent / "kernel" / "ui" / "static" / "ui" / "app.js"


@pytest.mark.browser
def test_a_long_list_is_searched_and_keeps_what_is_ticked(page: Page, show: Callable[..., str]) -> None:
    page.set_content(
        show("ui/gallery.html", path="/composants/", **example_context()), wait_until="domcontentloaded"
    )
    part = page.locator(
        "fieldset", has=page.get_by_text("Qui viendra", exact=False)
    ).first  # the gallery shows errors too
    search, boxes = part.get_by_label("Chercher un nom, une fonction"), part.locator(".choix label")
    expect(search).to_be_hidden()  # without script there is nothing to search with, and every box
    count = boxes.count()
    assert count > 15
    page.add_script_tag(content=SCRIPT.read_text(encoding="utf-8"))
    boxes.nth(1).locator("input").check()
    search.fill("FONCTION et")
    expect(boxes.filter(visible=True)).to_have_count(1)
    told = part.get_by_text(f"Trouvés : 1 sur {count}. Cochés : 1.")
    expect(told).to_be_visible()
    boxes.nth(0).locator("input").check()
    expect(part.get_by_text(f"Trouvés : 1 sur {count}. Cochés : 2.")).to_be_visible()
    search.fill("personne introuvable")
    expect(part.get_by_text("Rien ne correspond")).to_be_visible()
    search.press("Enter")  # looks for nothing more, and sends nothing
    search.fill("")
    expect(boxes.filter(visible=True)).to_have_count(count)
    assert boxes.locator("input:checked").count() == 2
