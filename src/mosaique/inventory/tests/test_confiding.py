"""A section handed by a link: what it opens, what it never opens, what becomes of what comes through it."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from mosaique.access.actor import ANONYMOUS
from mosaique.access.scoped import ScopedQuerySet
from mosaique.accounts.secrecy import token_hash
from mosaique.demo.people import Company
from mosaique.inventory import cells, services
from mosaique.inventory.models import AppliedChange, Row, SectionLink, SectionSheet
from mosaique.journal.models import Line
from mosaique.kernel import clock
from mosaique.kernel.models import OutgoingMail
from mosaique.kernel.verdict import Problem, Refused

Fill = Callable[..., list[Row]]
ADDRESS = "https://mosaique.example/confie/"


def confide(cast: Company, sheet: SectionSheet, **more: Any) -> tuple[SectionLink, str]:
    given: dict[str, Any] = {
        "name": "Camille Exemple", "until": clock.today() + timedelta(days=10), "address": ADDRESS, **more
    }  # fmt: skip
    found: tuple[SectionLink, str] = services.confide(actor=cast.actor("secretaire"), sheet=sheet, **given)
    return found


def type_one(link: SectionLink, mission: str = "Voirie") -> None:
    services.apply_changes(actor=link.actor, sheet=link.sheet, changes=[
        {"id": "g-1", "op": "add", "row": "n-g"},
        {"id": "g-2", "op": "set", "row": "n-g", "col": "mission", "value": mission, "seen": 0},
        {"id": "g-3", "op": "set", "row": "n-g", "col": "etp_budget", "value": "0,5", "seen": 0},
    ])  # fmt: skip


def test_the_whole_road_of_a_link(cast: Company, staff: SectionSheet) -> None:
    start = Line.objects.count()
    secretary = cast.people["secretaire"].pk
    link, token = confide(cast, staff, email="camille@mairie.example")
    mail = OutgoingMail.objects.get(kind="inventory_confided")
    assert mail.to == "camille@mairie.example" and f"{ADDRESS}{token}/" in mail.text
    assert link.token_hash == token_hash(token) and token not in str(SectionLink.objects.values())
    assert "camille@" not in str(list(SectionLink.objects.values()))  # the address is not kept
    link = services.open_link(actor=ANONYMOUS, link=link)
    type_one(link)
    row = Row.objects.get(sheet=staff)
    assert (row.entered_for_id, row.by_link_id, row.to_confirm) == (cast.commune_a.pk, link.pk, True)
    assert cells.counting([row]) == []  # counts once confirmed
    services.finish_by_link(actor=link.actor, link=link, address="https://mosaique.example")
    told = OutgoingMail.objects.get(kind="inventory_link_finished")
    assert told.to == cast.people["secretaire"].email and "Une ligne est saisie." in told.text
    services.choose_sharing(actor=cast.actor("secretaire"), sheet=staff, sharing="authority")
    with pytest.raises(Problem, match="confiée à Camille Exemple"):
        services.give_back(actor=cast.actor("secretaire"), sheet=staff)
    services.take_back(actor=cast.actor("secretaire"), sheet=staff)
    with pytest.raises(Problem, match="attend votre confirmation"):
        services.give_back(actor=cast.actor("secretaire"), sheet=staff)
    services.confirm_entries(actor=cast.actor("secretaire"), sheet=staff)
    services.give_back(actor=cast.actor("secretaire"), sheet=staff)
    lines = [(line.verb, line.person_id) for line in Line.objects.order_by("pk")[start:]]
    assert lines == [
        ("inventory_section_confided", secretary), ("inventory_link_opened", None), ("inventory_rows_entered", None),
        ("inventory_link_finished", None), ("inventory_sharing_chosen", secretary), ("inventory_section_taken_back", secretary),
        ("inventory_entry_confirmed", secretary), ("inventory_section_done", secretary),
    ]  # fmt: skip


def test_only_the_town_hall_hands_its_section_once_and_until_a_day_to_come(
    cast: Company, staff: SectionSheet
) -> None:
    for slug in ("cheffe-de-projet", "maire-b", "secretaire-b", "agent"):
        with pytest.raises(Refused):
            services.confide(
                actor=cast.actor(slug), sheet=staff, name="X", until=clock.today(), address=ADDRESS
            )
    with pytest.raises(Problem, match="passée"):
        confide(cast, staff, until=clock.today() - timedelta(days=1))
    confide(cast, staff)
    with pytest.raises(Problem, match="déjà confiée à Camille"):
        confide(cast, staff, name="Autre")
    assert SectionLink.objects.count() == 1


def test_the_holder_reads_that_section_and_not_a_row_more_than_a_visitor(
    cast: Company, staff: SectionSheet, sheet_of: Callable[[str], SectionSheet], fill: Fill
) -> None:
    fill(sheet_of("contracts"), [{"objet": "Électricité"}])
    link, _ = confide(cast, staff)
    for model in apps.get_models():
        manager = model._default_manager
        if isinstance(manager.all(), ScopedQuerySet):
            seen = set(manager.visible_to(link.actor).values_list("pk", flat=True))
            public = set(manager.visible_to(ANONYMOUS).values_list("pk", flat=True))
            assert seen == ({staff.pk} if model is SectionSheet else public), model
    contracts = sheet_of("contracts")
    with pytest.raises(Refused):
        services.apply_changes(
            actor=link.actor, sheet=contracts, changes=[{"id": "x", "op": "add", "row": "n-x"}]
        )
    for act in ("take_back", "confirm_entries", "give_back", "ask_help"):
        with pytest.raises(Refused):
            getattr(services, act)(actor=link.actor, sheet=staff)


def test_a_line_of_the_town_hall_is_corrected_but_not_removed(
    cast: Company, staff: SectionSheet, fill: Fill
) -> None:
    (row,) = fill(staff, [{"mission": "Accueil", "etp_budget": "0,6"}])
    link, _ = confide(cast, staff)
    changes = [
        {"id": "r", "op": "remove", "row": str(row.pk)},
        {"id": "s", "op": "set", "row": str(row.pk), "col": "etp_budget", "value": "0,7", "seen": 1},
    ]
    answer = services.apply_changes(actor=link.actor, sheet=staff, changes=changes)
    assert [result["status"] for result in answer["results"]] == ["refused", "saved"]
    row.refresh_from_db()
    assert row.removed_at is None and row.to_confirm and row.by_link_id == link.pk
    # Corrected by the link, it is still the town hall's; a line the link has added is its own.
    type_one(link)
    added = Row.objects.get(sheet=staff, added_by_link=True)
    again = [
        {"id": "r2", "op": "remove", "row": str(row.pk)},
        {"id": "r3", "op": "remove", "row": str(added.pk)},
    ]
    answer = services.apply_changes(actor=link.actor, sheet=staff, changes=again)
    assert [result["status"] for result in answer["results"]] == ["refused", "saved"]


def test_only_the_lines_of_the_link_are_offered_to_be_removed(
    cast: Company, staff: SectionSheet, fill: Fill
) -> None:
    (row,) = fill(staff, [{"mission": "Accueil", "etp_budget": "0,6"}])
    link, token = confide(cast, staff)
    type_one(link)
    added = Row.objects.get(sheet=staff, added_by_link=True)
    page = _door(token, Client()).content.decode()
    assert f'name="retirer" value="{added.pk}"' in page and f'name="retirer" value="{row.pk}"' not in page


def _door(token: str, browser: Client) -> Any:
    return browser.post(f"/confie/{token}/", follow=True)


def test_the_door_opens_by_its_button_and_tells_a_second_browser(cast: Company, staff: SectionSheet) -> None:
    link, token = confide(cast, staff)
    colleague, other = Client(), Client()
    page = colleague.get(f"/confie/{token}/")
    assert page.status_code == 200 and "Ouvrir la section" in page.content.decode()
    link.refresh_from_db()
    assert link.opened_at is None  # a filter that follows links opens nothing
    assert colleague.get("/confie/").status_code == 410
    page = _door(token, colleague)
    assert "data-grille" in page.content.decode()
    assert "Ce lien a déjà été ouvert" in other.get(f"/confie/{token}/").content.decode()
    assert "Ce lien a déjà été ouvert" not in colleague.get(f"/confie/{token}/").content.decode()
    _door(token, other)
    link.refresh_from_db()
    assert link.openings == 2
    # Everywhere else, its holder is a visitor.
    inventory = staff.inventory_id
    for url in (
        f"/inventaires/{inventory}/",
        f"/inventaires/{inventory}/personnel/",
        f"/inventaires/{inventory}/contrats/",
    ):
        assert colleague.get(url).status_code == 302
    assert (
        colleague.post(f"/inventaires/cases/{staff.pk}/", "{}", content_type="application/json").status_code
        == 302
    )


def test_who_holds_a_link_finds_the_section_again_from_the_first_page(
    cast: Company, staff: SectionSheet
) -> None:
    _, token = confide(cast, staff)
    holder, stranger = Client(), Client()
    holder.post(f"/confie/{token}/")
    page = holder.get("/").content.decode()
    assert staff.label.removeprefix("la section ") in page and 'href="/confie/"' in page
    assert 'href="/confie/"' not in stranger.get("/").content.decode()
    services.take_back(actor=cast.actor("secretaire"), sheet=staff)
    assert 'href="/confie/"' not in holder.get("/").content.decode()


def test_without_script_lines_are_typed_and_a_link_taken_back_keeps_what_is_on_the_device(
    cast: Company, staff: SectionSheet, fill: Fill
) -> None:
    fill(staff, [{"mission": "Accueil"}])
    _, token = confide(cast, staff)
    colleague = Client()
    page = _door(token, colleague).content.decode()
    names = dict(re.findall(r'name="([^"]+)"[^>]*? value="([^"]*)"', page))
    (key,) = {name[2:] for name in names if name.startswith("v-")}
    data = {"jeton": names["jeton"], f"v-{key}": names[f"v-{key}"], f"r-{key}-mission": "Accueil et poste"}
    assert colleague.post("/confie/", data).status_code == 302
    assert Row.objects.get(pk=key).cells["mission"]["v"] == "Accueil et poste"
    change = {"id": "w", "op": "set", "row": key, "col": "mission", "value": "Accueil du matin", "seen": 2}
    body = json.dumps({"changes": [change]})
    services.take_back(actor=cast.actor("secretaire"), sheet=staff)
    answer = colleague.post("/confie/cases/", body, content_type="application/json")
    assert answer.status_code == 403 and "reste sur cet appareil" in answer.json()["reason"]
    assert (
        colleague.get("/confie/").status_code == 410 and colleague.get(f"/confie/{token}/").status_code == 410
    )
    assert not AppliedChange.objects.filter(change_id="w").exists()


def test_the_giver_sees_to_whom_since_when_and_how_many_lines(
    cast: Company, staff: SectionSheet, client_for: Any
) -> None:
    client = client_for("secretaire")
    url = f"/inventaires/{staff.inventory_id}/personnel/lien/"
    until = clock.today() + timedelta(days=5)
    answer = client.post(url, {"name": "Camille Exemple", "email": "", "until": until.isoformat()})
    (token,) = re.findall(r"/confie/([\w-]{20,})/", answer.content.decode())
    assert not OutgoingMail.objects.filter(kind="inventory_confided").exists()
    link = SectionLink.objects.get(token_hash=token_hash(token))
    type_one(link)
    page = client.get(staff.get_absolute_url()).content.decode()
    assert "Confiée à Camille Exemple" in page and "Une ligne saisie" in page
    assert "Saisi par Camille Exemple, par lien." in page
    assert (
        "Camille"
        not in client_for("cheffe-de-projet").get(staff.get_absolute_url(), follow=True).content.decode()
    )
    client.post(url, {"reprendre": "1"})
    link.refresh_from_db()
    assert link.ended_at is not None


def test_past_its_last_day_a_link_opens_nothing(cast: Company, staff: SectionSheet) -> None:
    link, token = confide(cast, staff, until=clock.today())
    SectionLink.objects.filter(pk=link.pk).update(until=clock.today() - timedelta(days=1))
    assert Client().get(f"/confie/{token}/").status_code == 410
    link.refresh_from_db()
    with pytest.raises(Problem, match="repris"):
        type_one(link)
