"""The editable grid in a real Chromium: keys, paste, undo, refusals, two people, and a server that dies."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from mosaique.kernel.ui.tests.grid_server import GridServer

pytestmark = pytest.mark.browser


def cell(page: Page, row: str, col: str) -> Any:
    return page.locator(f'tr[data-row="{row}"] [data-col="{col}"]')


def saved(page: Page) -> None:
    expect(page.locator("[data-grille-etat]")).to_contain_text("Enregistré à 10 h 42")


def paste(page: Page, text: str) -> None:
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        text,
    )


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.name || document.activeElement.className")


def stored(page: Page) -> int:
    return page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('mosaique.g|')).length")


def eventually(check: Callable[[], bool], page: Page) -> None:
    for _ in range(100):
        if check():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it never happened")


def test_arrows_enter_and_typing_replace(page: Page, grid: GridServer) -> None:
    page.goto(grid.url)
    cell(page, "2", "etp").click()
    page.keyboard.type("0,6")
    page.keyboard.press("Enter")
    assert focused(page) == "r-3-etp"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    assert focused(page) == "r-2-filiere"
    page.keyboard.press("ArrowDown")
    assert focused(page) == "r-3-filiere", "arrows leave a list of choices without changing it"
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("ArrowRight")
    saved(page)
    expect(cell(page, "2", "etp")).to_have_value("0,60")
    assert grid.store.rows["2"]["etp"].value == "0,60"
    expect(page.locator("[data-total=etp]")).to_have_text("5,60")
    assert stored(page) == 0, "nothing stays on the device once acknowledged"


def test_escape_gives_the_former_value_back_and_sends_nothing(page: Page, grid: GridServer) -> None:
    page.goto(grid.url)
    cell(page, "1", "poste").click()
    page.keyboard.type("Erreur")
    assert stored(page) == 1, "on the device from the first letter"
    page.keyboard.press("Escape")
    expect(cell(page, "1", "poste")).to_have_value("Poste 1")
    page.keyboard.press("Tab")
    page.wait_for_timeout(500)
    assert grid.store.requests == []
    assert stored(page) == 0


def test_f2_edits_inside_the_cell(page: Page, grid: GridServer) -> None:
    page.goto(grid.url)
    cell(page, "1", "poste").focus()
    page.keyboard.press("F2")
    page.keyboard.type("bis")
    page.keyboard.press("ArrowLeft")
    assert focused(page) == "r-1-poste"
    page.keyboard.press("Enter")
    saved(page)
    assert grid.store.rows["1"]["poste"].value == "Poste 1bis"


def test_undo_and_redo(page: Page, grid: GridServer) -> None:
    page.goto(grid.url)
    cell(page, "1", "etp").click()
    page.keyboard.type("0,5")
    page.keyboard.press("Enter")
    saved(page)
    page.keyboard.press("Control+z")
    eventually(lambda: grid.store.rows["1"]["etp"].value == "1,00", page)
    page.keyboard.press("Control+Shift+Z")
    eventually(lambda: grid.store.rows["1"]["etp"].value == "0,50", page)


def test_paste_a_block_adds_rows_and_keeps_what_does_not_fit(page: Page, grid: GridServer) -> None:
    page.goto(grid.url)
    cell(page, "5", "poste").click()
    paste(
        page,
        'Cantine\ttechnique\t0,74\tDans l’année\r\n"Accueil\n""agence"" postale"\tSociâle\t0.5\t\r\nJardins\tEspaces verts\t1,00\t?\r\n',
    )
    saved_rows = page.locator("tr[data-row]")
    expect(saved_rows).to_have_count(7)
    eventually(lambda: len(grid.store.rows) == 7, page)
    eventually(lambda: grid.store.rows["1007"]["depart"].unknown == "inconnu", page)
    rows = grid.store.rows
    assert rows["5"]["depart"].value == "Dans l’année"
    assert rows["6"]["poste"].value == 'Accueil "agence" postale'
    assert rows["6"]["filiere"].value == "sociale", "matched without accents"
    assert rows["6"]["etp"].value == "0,50"
    assert rows["1007"]["filiere"].value == "", "an unknown choice is never sent"
    refused = cell(page, "1007", "filiere")
    expect(refused).to_have_attribute("aria-invalid", "true")
    assert refused.evaluate("control => control.selectedOptions[0].label") == "Espaces verts"
    expect(page.locator("tr.erreur")).to_contain_text("« Espaces verts » ne fait pas partie des choix")
    expect(page.locator("[data-grille-etat]")).to_contain_text("À revoir, 1 case")
    cell(page, "5", "poste").focus()
    page.keyboard.press("Control+z")
    eventually(lambda: rows["5"]["poste"].value == "Poste 5" and "1007" in grid.store.removed, page)


def test_unknown_has_a_reason(page: Page, grid: GridServer) -> None:
    page.goto(grid.url)
    cell(page, "1", "etp").focus()
    page.keyboard.press("?")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    eventually(lambda: grid.store.rows["1"]["etp"].unknown == "non_concerne", page)
    expect(cell(page, "1", "etp")).to_have_value("Non concerné")
    assert focused(page) == "r-1-etp"
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    eventually(lambda: grid.store.rows["1"]["etp"].unknown is None, page)


def test_a_question_mark_alone_typed_on_a_phone(page: Page, grid: GridServer) -> None:
    page.goto(grid.url)
    cell(page, "1", "etp").fill("?")
    cell(page, "2", "etp").click()
    eventually(lambda: grid.store.rows["1"]["etp"].unknown == "inconnu", page)
    expect(cell(page, "1", "etp")).to_have_value("Ne sait pas")


def test_a_choice_is_sent_and_can_be_undone(page: Page, grid: GridServer) -> None:
    page.goto(grid.url)
    cell(page, "1", "filiere").select_option("sociale")
    eventually(lambda: grid.store.rows["1"]["filiere"].value == "sociale", page)
    cell(page, "1", "filiere").focus()
    page.keyboard.press("Control+z")
    eventually(lambda: grid.store.rows["1"]["filiere"].value == "technique", page)
    cell(page, "1", "filiere").select_option(label="Ne sait pas")
    eventually(lambda: grid.store.rows["1"]["filiere"].unknown == "inconnu", page)


def test_a_question_mark_inside_a_sentence_is_only_a_question_mark(page: Page, grid: GridServer) -> None:
    page.goto(grid.url)
    cell(page, "1", "poste").click()
    page.keyboard.type("Vacant ?")
    page.keyboard.press("Enter")
    saved(page)
    assert grid.store.rows["1"]["poste"].value == "Vacant ?"


def test_refusal_is_told_under_the_row_and_to_screen_readers(page: Page, grid: GridServer) -> None:
    page.goto(grid.url)
    wrong = cell(page, "4", "etp")
    wrong.click()
    page.keyboard.type("35")
    page.keyboard.press("Enter")
    error = page.locator('tr.erreur[data-de="4"]')
    expect(error).to_contain_text("avez-vous saisi des heures")
    expect(wrong).to_have_value("35")
    described = (wrong.get_attribute("aria-describedby") or "").split()
    assert described[0] == "b7-h-etp", "the help of the column stays"
    assert page.locator(f"[id='{described[-1]}']").inner_text().startswith("ETP")
    assert "refusé" in page.locator(".grille-cadre ~ .vh[role=status]").inner_text()
    assert stored(page) == 1, "what was typed is kept"
    page.reload()
    expect(cell(page, "4", "etp")).to_have_value("35")
    cell(page, "4", "etp").click()
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    saved(page)
    expect(page.locator("tr.erreur")).to_have_count(0)
    assert stored(page) == 0


def test_a_refusal_offers_what_was_probably_meant(page: Page, grid: GridServer) -> None:
    page.goto(grid.url)
    wrong = cell(page, "4", "etp")
    wrong.click()
    page.keyboard.type("35")
    page.keyboard.press("Enter")
    offer = page.locator('tr.erreur[data-de="4"]').get_by_role("button", name="Mettre 1,00")
    offer.focus()
    page.keyboard.press("Enter")
    saved(page)
    expect(wrong).to_have_value("1,00")
    expect(wrong).to_be_focused()
    expect(page.locator("tr.erreur")).to_have_count(0)
    assert grid.store.rows["4"]["etp"].value == "1,00" and stored(page) == 0


def test_remove_a_row_and_put_it_back(page: Page, grid: GridServer) -> None:
    page.goto(grid.url)
    page.get_by_label("Retirer la ligne 2").click()
    expect(cell(page, "2", "poste")).to_be_hidden()
    eventually(lambda: grid.store.removed == {"2"}, page)
    page.get_by_role("button", name="Remettre la ligne").click()
    expect(cell(page, "2", "poste")).to_be_visible()
    eventually(lambda: grid.store.removed == set(), page)


def test_a_removed_row_is_offered_back_where_it_was_until_the_next_act(page: Page, grid: GridServer) -> None:
    page.clock.install()
    page.goto(grid.url)
    page.get_by_label("Retirer la ligne 2").focus()
    page.keyboard.press("Enter")
    assert focused(page) == "r-3-poste"
    page.clock.run_for(120_000)
    page.keyboard.press("Shift+Tab")
    back = page.get_by_role("button", name="Remettre la ligne")
    expect(back).to_be_focused()
    page.keyboard.press("Enter")
    expect(cell(page, "2", "poste")).to_be_focused()
    expect(back).to_have_count(0)
    page.get_by_label("Retirer la ligne 2").click()
    expect(back).to_be_visible()
    cell(page, "4", "poste").focus()
    expect(back).to_be_visible()
    page.keyboard.type("A")
    expect(back).to_have_count(0)


def test_the_help_of_a_column_is_seen_by_keyboard_and_on_phones(browser: Browser, grid: GridServer) -> None:
    for width in (1280, 390):
        context = browser.new_context(viewport={"width": width, "height": 500})
        page = context.new_page()
        page.goto(grid.url)
        line = page.locator(".grille-aide")
        below = page.locator(".ajouter").bounding_box()
        for row in ("1", "5"):
            cell(page, row, "etp").focus()
            if width == 1280:
                expect(line).to_have_text("ETP\u00a0: Équivalent temps plein, avec deux décimales.")
                expect(line).to_be_in_viewport(ratio=1)
                assert page.locator(".ajouter").bounding_box()["height"] == below["height"]
                place, shown = cell(page, row, "etp").bounding_box(), line.bounding_box()
                assert place["y"] + place["height"] <= shown["y"], "the line hides the cell it speaks of"
            else:
                expect(line).to_be_hidden()
                told = cell(page, row, "etp").evaluate(
                    "control => getComputedStyle(control.closest('td'), '::before').content"
                )
                assert "temps plein" in told
        cell(page, "1", "poste").focus()
        expect(line).to_be_empty()
        context.close()


def test_add_a_row_and_fill_it_before_the_server_names_it(page: Page, grid: GridServer) -> None:
    page.goto(grid.url)
    page.get_by_role("button", name="Ajouter un poste").click()
    page.keyboard.type("Nouveau poste")
    page.keyboard.press("Tab")
    saved(page)
    assert grid.store.rows["1007"]["poste"].value == "Nouveau poste"
    assert focused(page) == "r-1007-filiere"


def test_two_people_in_the_same_cell(page: Page, grid: GridServer) -> None:
    page.goto(grid.url)
    other = grid.store.rows["3"]["poste"]
    other.value, other.version = "Écrit par l’autre", 1
    cell(page, "3", "poste").click()
    page.keyboard.type("Écrit par moi")
    page.keyboard.press("Enter")
    choice = page.locator('tr.erreur[data-de="3"]')
    expect(choice).to_contain_text("Écrit par l’autre")
    assert other.value == "Écrit par l’autre", "nobody is overwritten"
    page.get_by_role("button", name="Garder la mienne").click()
    saved(page)
    assert other.value == "Écrit par moi"
    other.value, other.version = "Encore l’autre", 9
    cell(page, "3", "poste").click()
    page.keyboard.type("Encore moi")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Prendre l’autre").click()
    expect(cell(page, "3", "poste")).to_have_value("Encore l’autre")
    assert stored(page) == 0


def test_killed_server_loses_nothing(page: Page, grid: GridServer) -> None:
    page.goto(grid.url)
    grid.kill()
    for row, text in (("1", "Un"), ("2", "Deux"), ("3", "Trois")):
        cell(page, row, "poste").click()
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    banner = page.locator(".grille-bandeau")
    expect(banner).to_contain_text("Connexion perdue : vos saisies sont gardées sur cet appareil")
    expect(page.locator("[data-grille-etat]")).to_contain_text("En attente, 3 cases")
    assert stored(page) == 3
    grid.start()
    saved(page)
    assert [grid.store.rows[row]["poste"].value for row in "123"] == ["Un", "Deux", "Trois"]
    expect(banner).to_be_empty()
    assert stored(page) == 0


def test_typed_and_closed_while_the_server_is_dead(page: Page, grid: GridServer) -> None:
    page.goto(grid.url)
    grid.kill()
    cell(page, "1", "poste").click()
    page.keyboard.type("Validé")
    page.keyboard.press("Enter")
    page.keyboard.type("Pas fini de tap")
    page.get_by_role("button", name="Ajouter un poste").click()
    page.keyboard.type("Ligne née hors ligne")
    page.goto("about:blank")
    grid.start()
    page.goto(grid.url)
    saved(page)
    rows = grid.store.rows
    assert rows["1"]["poste"].value == "Validé"
    assert rows["2"]["poste"].value == "Pas fini de tap"
    assert rows["1007"]["poste"].value == "Ligne née hors ligne"
    expect(cell(page, "1007", "poste")).to_have_value("Ligne née hors ligne")


def test_an_answer_lost_on_the_way_is_not_applied_twice(page: Page, grid: GridServer) -> None:
    page.goto(grid.url)
    dropped = []

    def drop_first(route: Any) -> None:
        if dropped:
            route.continue_()
            return
        dropped.append(route.request.post_data_json)
        route.fetch()
        route.abort()

    page.route("**/grille/", drop_first)
    page.get_by_role("button", name="Ajouter un poste").click()
    page.keyboard.type("Une seule fois")
    page.keyboard.press("Enter")
    saved(page)
    assert len(grid.store.rows) == 7
    assert dropped


def test_signed_out_keeps_and_explains(page: Page, grid: GridServer) -> None:
    page.goto(grid.url)
    grid.store.status = 403
    cell(page, "1", "poste").click()
    page.keyboard.type("Gardé")
    page.keyboard.press("Enter")
    banner = page.locator(".grille-bandeau")
    expect(banner).to_contain_text("Vous n’êtes plus connecté")
    expect(banner.get_by_role("link")).to_have_attribute("href", "/connexion/?next=%2F")
    assert stored(page) == 1
    grid.store.status = 200
    page.reload()
    saved(page)
    assert grid.store.rows["1"]["poste"].value == "Gardé"


def test_another_person_on_the_same_computer_sees_nothing(page: Page, grid: GridServer) -> None:
    page.goto(grid.url)
    grid.kill()
    cell(page, "1", "poste").click()
    page.keyboard.type("À moi")
    page.keyboard.press("Enter")
    page.goto("about:blank")
    grid.start()
    page.route(
        grid.url,
        lambda route: route.fulfill(
            body=route.fetch().text().replace('data-personne="12"', 'data-personne="77"')
        ),
    )
    page.goto(grid.url)
    expect(cell(page, "1", "poste")).to_have_value("Poste 1")
    page.wait_for_timeout(400)
    assert grid.store.rows["1"]["poste"].value == "Poste 1"


def test_without_script_it_is_a_form(browser: Browser, grid: GridServer) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(grid.url)
    page.fill('[name="r-2-poste"]', "Sans script")
    page.get_by_role("button", name="Enregistrer le tableau").last.click()
    assert grid.store.posted["r-2-poste"] == ["Sans script"]
    assert grid.store.posted["r-6-etp"] == ["1,00"]
    context.close()


@pytest.mark.parametrize("script", [False, True])
def test_the_key_that_sends_a_form_removes_no_line(browser: Browser, grid: GridServer, script: bool) -> None:
    """Enter presses the first button of a form; with script, what it would send is already on its way."""
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(grid.url)
    page.fill('[name="r-2-poste"]', "Par la touche")
    if not script:
        with page.expect_navigation():
            page.keyboard.press("Enter")
    else:
        page.locator("[data-entree]").dispatch_event("click")
        saved(page)
        assert grid.store.rows["2"]["poste"].value == "Par la touche"
    assert "retirer" not in grid.store.posted and not grid.store.removed
    assert (grid.store.posted == {}) == script
    context.close()


def test_three_hundred_rows_stay_quick(page: Page) -> None:
    grid = GridServer(300)
    try:
        page.goto(grid.url)
        cell(page, "150", "poste").click()
        page.evaluate(
            """() => {
                window.spent = [];
                for (const kind of ["keydown", "input"]) {
                    let begin = 0;
                    window.addEventListener(kind, () => { begin = performance.now(); }, true);
                    window.addEventListener(kind, () => window.spent.push(performance.now() - begin));
                }
            }"""
        )
        for _ in range(30):
            page.keyboard.type("abc")
            page.keyboard.press("Enter")
        spent = sorted(page.evaluate("window.spent"))
        assert len(spent) > 100
        assert spent[len(spent) // 2] < 16, spent[-5:]
        cell(page, "1", "poste").click()
        paste(page, "\n".join(f"Ligne {n}\ttechnique\t0,5" for n in range(300)))
        eventually(lambda: grid.store.rows["300"]["poste"].value == "Ligne 299", page)
        saved(page)
    finally:
        grid.kill()


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_accessible_and_no_sideways_scroll(browser: Browser, grid: GridServer, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(grid.url)
    grid.store.rows["3"]["poste"].version = 5
    cell(page, "3", "poste").click()
    page.keyboard.type("Deux valeurs")
    page.keyboard.press("Enter")
    cell(page, "4", "etp").click()
    page.keyboard.type("35")
    page.keyboard.press("Enter")
    cell(page, "1", "etp").click()
    page.keyboard.type("0,5")
    page.keyboard.press("Enter")
    expect(page.locator("tr.erreur")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
    context.close()
