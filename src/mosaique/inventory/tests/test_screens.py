"""Screens: who opens what, the protocol over HTTP, the grid without script, constant queries."""

import json
import re
from collections.abc import Callable
from datetime import date
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest

from mosaique.demo.people import Company
from mosaique.inventory import services
from mosaique.inventory.models import Campaign, Return, Row, SectionSheet
from mosaique.kernel import clock
from mosaique.kernel.models import OutgoingMail
from mosaique.kernel.verdict import Problem
from mosaique.territory.models import Authority, TerritoryMember

Fill = Callable[..., list[Row]]
SECRET = "Poste tout à fait secret"


def page(sheet: SectionSheet, tail: str = "") -> str:
    return f"/inventaires/{sheet.inventory_id}/{sheet.spec.slug}/{tail}"


@pytest.mark.parametrize(
    ("sharing", "opened"),
    [
        ("authority", {"maire", "secretaire"}),
        ("team", {"maire", "secretaire", "cheffe-de-projet", "dgs"}),
        (
            "circle",
            {"maire", "secretaire", "cheffe-de-projet", "dgs", "maire-b", "secretaire-b", "presidente"},
        ),
    ],
)
def test_the_other_commune_finds_no_trace(
    cast: Company, client_for: Any, staff: SectionSheet, fill: Fill, sharing: str, opened: set[str]
) -> None:
    fill(staff, [{"mission": SECRET}])
    services.choose_sharing(actor=cast.actor("maire"), sheet=staff, sharing=sharing)
    readers = {"maire", "secretaire"} | ({"cheffe-de-projet", "dgs"} if sharing != "authority" else set())
    for slug in cast.people:
        client = client_for(slug)
        answer = client.get(page(staff))
        assert (answer.status_code == 200) == (slug in opened), slug
        assert (SECRET in answer.content.decode()) == (slug in readers), slug
        for tail in ("", "?tableau"):
            body = client.get(f"/inventaires/{tail}", follow=True).content.decode()
            assert SECRET not in body
        if slug not in readers:
            assert (
                SECRET not in client.get(f"/inventaires/{staff.inventory_id}/", follow=True).content.decode()
            )
            assert (
                SECRET.encode() not in client.get(f"/inventaires/{staff.inventory_id}/tableur.xlsx").content
            )
            for tail in ("aide/", "rapport/"):
                assert client.get(page(staff, tail)).status_code in (403, 404)
            assert client.post(page(staff, "etat/"), {"etat": "rendre"}).status_code in (403, 404)
    assert client_for(None).get(page(staff)).status_code == 302


def send(client: Any, sheet: SectionSheet, changes: Any) -> Any:
    body = json.dumps({"changes": changes}) if not isinstance(changes, str) else changes
    return client.post(f"/inventaires/cases/{sheet.pk}/", body, content_type="application/json")


def test_the_protocol_over_http(client_for: Any, staff: SectionSheet) -> None:
    add = [{"id": "1", "row": "n-1", "op": "add", "col": None, "value": None, "unknown": None, "seen": 0},
           {"id": "2", "row": "n-1", "op": "set", "col": "etp_budget", "value": "0.5", "unknown": None, "seen": 0}]  # fmt: skip
    answer = send(client_for("secretaire"), staff, add)
    assert answer.status_code == 200
    assert [r["status"] for r in answer.json()["results"]] == ["saved", "saved"]
    assert answer.json()["totals"]["etp_budget"] == "0,50"
    assert send(client_for("secretaire"), staff, add).json()["results"] == answer.json()["results"]
    assert send(client_for("secretaire"), staff, "pas du json").status_code == 400
    assert send(client_for("maire-b"), staff, add).status_code == 404
    services.choose_sharing(actor=_actor(client_for, staff), sheet=staff, sharing="team")
    refused = send(client_for("cheffe-de-projet"), staff, add)
    assert refused.status_code == 403 and "demande" in refused.json()["reason"]


@pytest.mark.parametrize("half", ["\ud83d", "\0"])
def test_a_sign_cut_in_two_leaves_the_section_readable(
    client_for: Any, staff: SectionSheet, half: str
) -> None:
    client = client_for("secretaire")
    put = {"op": "set", "unknown": None, "seen": 0, "row": "n-1"}
    answer = send(client, staff, [
        {"id": "1", "row": "n-1", "op": "add"},
        {**put, "id": "2", "col": "mission", "value": f"Accueil{half}"},
        {**put, "id": "3", "col": "etp_budget", "value": f"un{half}"},
    ])  # fmt: skip
    assert [r["status"] for r in answer.json()["results"]] == ["saved", "saved", "refused"]
    assert "Accueil" in client.get(page(staff)).content.decode()
    assert client.get(f"/inventaires/{staff.inventory_id}/tableur.xlsx").status_code == 200
    assert send(client, staff, [{"id": f"4{half}", "row": "n-2", "op": "add"}]).status_code == 400


def _actor(client_for: Any, staff: SectionSheet) -> Any:
    from mosaique.access.middleware import actor_of
    from mosaique.access.models import Person

    return actor_of(Person.objects.get(mandates__authority=staff.inventory.authority, mandates__role="mayor"))


def test_saving_one_cell_costs_eight_queries(
    client_for: Any, staff: SectionSheet, fill: Fill, django_assert_max_num_queries: Any
) -> None:
    row = fill(staff, [{"mission": "Accueil", "etp_budget": "1"}] * 300)[40]
    client = client_for("secretaire")
    one = {
        "id": "q",
        "row": str(row.pk),
        "op": "set",
        "col": "etp_budget",
        "value": "0,5",
        "unknown": None,
        "seen": 1,
    }
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        assert send(client, staff, [one]).json()["results"][0]["status"] == "saved"
    useful = [q["sql"] for q in seen if "SAVEPOINT" not in q["sql"]]
    assert len(useful) <= 8, useful


def fields(html: str) -> dict[str, str]:
    """What a browser without script would send: every field of the grid's form with its value."""
    form = html[html.index('id="grille"') : html.index("</form>", html.index('id="grille"'))]
    form = re.sub(r"<template.*?</template>", "", form, flags=re.DOTALL)
    from html import unescape

    found = {
        m[1]: unescape(m[2]) for m in re.finditer(r'<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', form)
    }
    for select in re.finditer(r'<select name="([^"]+)".*?</select>', form, flags=re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)"[^>]* selected', select[0])
        found[select[1]] = unescape(chosen[1]) if chosen else ""
    return found


def test_the_grid_without_script(cast: Company, client_for: Any, staff: SectionSheet, fill: Fill) -> None:
    rows = fill(
        staff,
        [
            {"mission": "Accueil", "filiere": "technique", "etp_budget": "?"},
            {"mission": "Voirie", "etp_budget": "1"},
        ],
    )
    client = client_for("secretaire")
    form = fields(client.get(page(staff)).content.decode())
    before = [row.cells for row in Row.objects.filter(sheet=staff)]
    client.post(page(staff), form)
    assert [
        row.cells for row in Row.objects.filter(sheet=staff)
    ] == before  # nothing touched, nothing changed
    # Meanwhile another person changes two cells; this form changes one of them, and a third.
    services.apply_changes(actor=cast.actor("maire"), sheet=staff, changes=[
        {"id": "m1", "row": str(rows[1].pk), "op": "set", "col": "etp_budget", "value": "0,9", "unknown": None, "seen": 1},
        {"id": "m2", "row": str(rows[0].pk), "op": "set", "col": "filiere", "value": "police", "unknown": None, "seen": 1},
    ])  # fmt: skip
    answer = client.post(
        page(staff), form | {f"r-{rows[1].pk}-etp_budget": "0,7", f"r-{rows[0].pk}-etp_pourvu": "trop"}
    )
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "L’autre valeur, enregistrée" in html and 'value="0,7"' in html and "trop" in html
    first, second = Row.objects.filter(sheet=staff)
    assert (first.cells["filiere"]["v"], second.cells["etp_budget"]["v"], first.cells["etp_pourvu"]["r"]) == (
        "police",
        "0.90",
        "trop",
    )
    client.post(page(staff), fields(html))  # sent again as shown: mine is kept
    second.refresh_from_db()
    assert second.cells["etp_budget"]["v"] == "0.70"


def test_the_other_acts_of_the_page_bring_the_table_along_without_script(
    cast: Company, client_for: Any, staff: SectionSheet, fill: Fill
) -> None:
    """« Choisir ce partage » and « Rendre » keep what was just typed; while something could not be kept, they wait."""
    (row,) = fill(staff, [{"mission": "Accueil", "etp_budget": "1"}])
    client, cell = client_for("secretaire"), f"r-{row.pk}-etp_budget"

    def kept() -> tuple[str, str, str]:
        row.refresh_from_db()
        staff.refresh_from_db()
        return row.cells["etp_budget"]["v"], staff.sharing, staff.state

    shown = client.get(page(staff)).content.decode()
    submits = Submits("grille")
    submits.feed(shown)
    assert {page(staff, "partage/"), page(staff, "etat/")} <= {one.get("formaction") for one in submits.found}
    first = fields(shown)
    client.post(page(staff, "partage/"), first | {cell: "0,5", "sharing": "team"})
    assert kept() == ("0.50", "team", "draft")
    stale = client.post(page(staff, "etat/"), first | {cell: "0,7", "etat": "rendre", "jeton": "autre"})
    assert stale.status_code == 409 and kept() == ("0.50", "team", "draft")
    assert f'action="{page(staff)}" id="grille"' in stale.content.decode(), "sent again, it only saves"
    client.post(page(staff, "etat/"), fields(stale.content.decode()) | {"etat": "rendre"})
    assert kept() == ("0.70", "team", "done")


def test_adding_and_removing_without_script(client_for: Any, staff: SectionSheet, fill: Fill) -> None:
    client = client_for("secretaire")
    form = fields(client.get(page(staff)).content.decode())
    for _ in range(2):  # a double click adds one line
        client.post(page(staff), form | {"ajouter": "1"})
    row = Row.objects.kept().get(sheet=staff)
    client.post(page(staff), fields(client.get(page(staff)).content.decode()) | {"retirer": str(row.pk)})
    assert not Row.objects.kept().filter(sheet=staff).exists()


class Submits(HTMLParser):
    """Submit buttons of one form, in the order of the page: the browser presses the first one on Enter."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self.form, self.inside, self.found = form, "", list[dict[str, str | None]]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        had = dict(attrs)
        if tag == "form":
            self.inside = had.get("id") or "?"
        elif tag == "button" and had.get("type") == "submit" and had.get("form", self.inside) == self.form:
            self.found.append(had)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = ""


def test_enter_without_script_only_saves_even_with_lines_to_confirm(
    cast: Company, client_for: Any, staff: SectionSheet, fill: Fill
) -> None:
    services.choose_sharing(actor=cast.actor("maire"), sheet=staff, sharing="authority")
    services.ask_help(actor=cast.actor("maire"), sheet=staff, note="")
    fill(staff, [{"mission": "Accueil"}], slug="cheffe-de-projet")
    body = client_for("secretaire").get(page(staff)).content.decode()
    submits = Submits("grille")
    submits.feed(body)
    assert {"retirer", "confirmer"} <= {one.get("name") for one in submits.found}
    assert "name" not in submits.found[0] and "hidden" not in submits.found[0]


def test_a_line_removed_without_script_can_be_put_back(
    client_for: Any, staff: SectionSheet, fill: Fill
) -> None:
    (row,) = fill(staff, [{"mission": "Accueil de <b>Nîmes</b>"}])
    client = client_for("secretaire")
    gone = client.post(page(staff), {"retirer": str(row.pk)}, follow=True)
    url = gone.redirect_chain[0][0]
    body = gone.content.decode()
    assert (
        "Une ligne vient d’être retirée" in body
        and "Accueil de &lt;b&gt;Nîmes&lt;/b&gt;" in body.partition("retiree")[2]
    )
    assert f'form="grille" name="remettre" value="{row.pk}">Remettre la ligne' in body
    assert client.post(page(staff), {"remettre": str(row.pk)}).status_code == 302
    row.refresh_from_db()
    assert row.removed_at is None
    assert "Remettre la ligne" not in client.get(url.partition("#")[0]).content.decode()
    for odd in ("x", "0", "9" * 40, "²"):
        assert client.get(f"{page(staff)}?retiree={odd}").status_code == 200
        assert client.post(page(staff), {"remettre": odd}).status_code == 302


def test_every_state_of_a_section_has_its_words(
    cast: Company, client_for: Any, staff: SectionSheet, fill: Fill
) -> None:
    client = client_for("secretaire")
    assert "Aucun poste n’est encore saisi" in client.get(page(staff)).content.decode()
    assert "Vous n’avez pas encore choisi" in client.get(page(staff)).content.decode()
    fill(staff, [{"mission": "Accueil", "etp_budget": "35"}])
    assert "avez-vous saisi des heures" in client.get(page(staff)).content.decode()
    client.post(page(staff, "partage/"), {"sharing": "team"})
    answer = client.post(page(staff, "etat/"), {"etat": "rendre"}, follow=True)
    assert "à revoir" in answer.content.decode()
    client.post(page(staff), {"retirer": str(Row.objects.get(sheet=staff).pk)})
    client.post(page(staff, "etat/"), {"etat": "rendre", "rien": "1"})
    assert "Cette section est rendue" in client.get(page(staff)).content.decode()
    read = client_for("cheffe-de-projet").get(page(staff)).content.decode()
    assert "rien à déclarer" in read and "<input" not in read.split("<main")[1]
    services.close_campaign(actor=cast.actor("cheffe-de-projet"), campaign=staff.inventory.campaign)
    assert "La collecte est close" in client.get(page(staff)).content.decode()


def test_who_has_read_is_told(cast: Company, client_for: Any, staff: SectionSheet) -> None:
    services.choose_sharing(actor=cast.actor("maire"), sheet=staff, sharing="team")
    client_for("cheffe-de-projet").get(page(staff))
    html = client_for("secretaire").get(page(staff)).content.decode()
    assert "Hélène Carrière" in html and "hors de votre mairie" in html


def test_help_and_release_by_the_screens(
    cast: Company, client_for: Any, staff: SectionSheet, fill: Fill
) -> None:
    secretary, lead = client_for("secretaire"), client_for("cheffe-de-projet")
    secretary.post(page(staff, "aide/"), {"note": "Classeur vert"})
    assert "Classeur vert" in lead.get(page(staff)).content.decode()
    fill(staff, [{"mission": "Accueil", "etp_budget": "1"}], slug="cheffe-de-projet")
    assert "Saisi pour vous" in secretary.get(page(staff)).content.decode()
    secretary.post(page(staff), {"confirmer": "tout"})
    secretary.post(page(staff, "aide/"), {"aide": "reprendre"})
    secretary.post(page(staff, "etat/"), {"etat": "rendre"})
    html = secretary.get(page(staff, "rapport/")).content.decode()
    from html import unescape

    shown = unescape(re.search(r'name="vu" value="([^"]*)"', html)[1])  # type: ignore[index]
    answer = secretary.post(page(staff, "rapport/"), {"vu": shown, "chiffres": ["etp_budget"]}, follow=True)
    assert "Un chiffre versé" in answer.content.decode()
    assert secretary.post(page(staff, "rapport/"), {"vu": "{", "chiffres": ["etp_budget"]}).status_code == 400
    secretary.post(page(staff, "rapport/"), {"rapport": "retirer"})
    assert not staff.releases.in_force().exists()


def crowd(cast: Company, count: int) -> None:
    for n in range(count):
        extra = Authority.objects.create(
            kind="commune", name=f"Commune {n}", siren=f"9{n:08d}", insee_code=f"82{n:03d}", tncc="0"
        )
        TerritoryMember.objects.create(
            territory=cast.territory, authority=extra, tile_drawing=n % 8, tile_hue="bv"
        )


def test_a_crowded_map_names_the_largest_of_those_awaited(cast: Company, client_for: Any) -> None:
    crowd(cast, 60)  # « Commune 0 »… : first by name, and nobody lives there
    services.open_campaign(
        actor=cast.actor("cheffe-de-projet"), territory=cast.territory, reference_date=date(2026, 1, 1),
        opens_on=date(2026, 11, 1), closes_on=date(2026, 12, 11), sections=["staff"],
    )  # fmt: skip
    shown = str(client_for("cheffe-de-projet").get("/inventaires/").context["board"].map)
    assert re.search(r"<text[^>]*>(?:<tspan[^>]*>)?Trébas", shown)


@pytest.mark.parametrize("count", [0, 158])
def test_the_board_costs_the_same_for_one_or_a_hundred_and_fifty_communes(
    cast: Company, client_for: Any, django_assert_num_queries: Any, count: int
) -> None:
    crowd(cast, count)
    services.open_campaign(
        actor=cast.actor("cheffe-de-projet"), territory=cast.territory, reference_date=date(2026, 1, 1),
        opens_on=date(2026, 11, 1), closes_on=date(2026, 12, 11), sections=["staff", "needs"],
    )  # fmt: skip
    client = client_for("cheffe-de-projet")
    client.get("/inventaires/")
    with django_assert_num_queries(9):
        answer = client.get("/inventaires/")
    assert answer.status_code == 200


def test_other_communes_read_state_words_only(
    client_for: Any, campaign: Campaign, staff: SectionSheet, fill: Fill
) -> None:
    fill(staff, [{"mission": SECRET}])
    html = client_for("maire-b").get("/inventaires/?tableau").content.decode()
    assert "En cours" in html and "Saint-Cirgue" in html
    assert "section sur" not in html and "dernière saisie" not in html
    assert "dernière saisie" in client_for("cheffe-de-projet").get("/inventaires/").content.decode()


def test_opening_a_collection(cast: Company, client_for: Any) -> None:
    lead = client_for("cheffe-de-projet")
    assert "Préparer la collecte" in lead.get("/inventaires/").content.decode()
    assert "Préparer la collecte" not in client_for("maire").get("/inventaires/").content.decode()
    assert client_for("maire").get("/inventaires/collecte/").status_code == 403
    data = {
        "sections": ["staff"],
        "reference_date": "2026-01-01",
        "opens_on": "2026-12-01",
        "closes_on": "2026-11-01",
        "used_for": "x",
    }
    assert "fermerait avant d’ouvrir" in lead.post("/inventaires/collecte/", data).content.decode()
    assert "31" not in lead.post("/inventaires/collecte/", data | {"closes_on": "2026-02-31"}).headers.get(
        "Location", ""
    )
    assert not Campaign.objects.exists()
    lead.post("/inventaires/collecte/", data | {"closes_on": "2026-12-31"})
    assert Return.objects.count() == 4
    assert (
        "déjà ouverte"
        in lead.post("/inventaires/collecte/", data | {"closes_on": "2026-12-31"}).content.decode()
    )


def test_changing_dates_from_an_old_page_shows_both(client_for: Any, campaign: Campaign) -> None:
    lead = client_for("cheffe-de-projet")
    data = {
        "reference_date": "2026-01-01",
        "opens_on": "2026-11-01",
        "closes_on": "2026-12-20",
        "used_for": "Pour le rapport",
        "seen": 1,
    }
    assert lead.post(f"/inventaires/collecte/{campaign.pk}/", data).status_code == 302
    assert (
        lead.post(f"/inventaires/collecte/{campaign.pk}/", data | {"closes_on": "2026-12-24"}).status_code
        == 409
    )


def test_reminders_go_to_those_who_owe_and_not_twice_in_a_week(
    cast: Company, client_for: Any, campaign: Campaign
) -> None:
    lead = cast.actor("cheffe-de-projet")
    done = Return.objects.get(campaign=campaign, authority=cast.commune_b)
    done.completed_at = clock.now()
    done.states = dict.fromkeys(campaign.sections, "done")
    done.save()
    preview = (
        client_for("cheffe-de-projet").get(f"/inventaires/collecte/{campaign.pk}/relances/").content.decode()
    )
    assert "Saussenac" not in preview.split("<main")[1] and "Votre réponse est attendue" in preview
    everyone = list(Return.objects.filter(campaign=campaign).values_list("pk", flat=True))
    told = services.remind(
        actor=lead, campaign=campaign, returns=everyone, address="https://mosaique.exemple.fr"
    )
    assert [inventory.authority.name for inventory in told.sent] == ["Saint-Cirgue"]
    # Nobody is known there yet: not a reminder, and said so.
    assert [inventory.authority.name for inventory in told.unreached] == ["Courris", "Trébas"]
    # The mayor and the secretary share one mailbox: one message.
    mails = OutgoingMail.objects.filter(kind="inventory_reminder")
    assert [mail.to for mail in mails] == ["mairie-a@exemple.fr"]
    assert "https://mosaique.exemple.fr/inventaires/" in mails[0].text
    with pytest.raises(Problem, match="moins de 7 jours"):
        services.remind(actor=lead, campaign=campaign, returns=everyone, address="https://x")
    services.remind(actor=lead, campaign=campaign, returns=everyone, address="https://x", again=True)
    assert mails.all().count() == 2


def test_estimates_by_the_screen(cast: Company, client_for: Any, staff: SectionSheet) -> None:
    url = f"/inventaires/{staff.inventory_id}/estimations/"
    assert client_for("maire").get(url).status_code == 403
    lead = client_for("cheffe-de-projet")
    data = {
        "figure": "staff.etp_budget",
        "value": "4,2",
        "source": "Budget annexé 2025",
        "as_of": "2025-12-31",
    }
    assert "Donnez un nombre" in lead.post(url, data | {"value": ""}).content.decode()
    lead.post(url, data)
    assert (
        "non confirmées par la commune"
        in client_for("maire").get(f"/inventaires/{staff.inventory_id}/").content.decode()
    )
    assert (
        "Budget annexé"
        not in client_for("maire-b").get(f"/inventaires/{staff.inventory_id}/").content.decode()
    )


@pytest.mark.parametrize("ticked", [[], ["9" * 30], ["9" * 5000, "²"]])
def test_reminders_go_to_nobody_when_no_commune_is_ticked(
    client_for: Any, campaign: Campaign, ticked: list[str]
) -> None:
    before = OutgoingMail.objects.count()
    page = client_for("cheffe-de-projet").post(
        f"/inventaires/collecte/{campaign.pk}/relances/", {"envoyer": "1", "communes": ticked}
    )
    assert OutgoingMail.objects.count() == before
    assert "Aucune commune n’est cochée : aucun message n’est parti" in page.content.decode().replace(
        "\u00a0", " "
    )


@pytest.mark.parametrize(
    ("opens", "closes", "proposed"),
    [
        (date(2026, 11, 26), date(2026, 12, 26), False),  # opened today
        (date(2026, 11, 20), date(2026, 12, 26), False),
        (date(2026, 11, 19), date(2026, 12, 26), True),  # a week has gone
        (date(2026, 11, 24), date(2026, 12, 3), False),
        (date(2026, 11, 24), date(2026, 12, 2), True),  # fewer than seven days left
        (date(2026, 10, 1), date(2026, 11, 20), True),  # late
    ],
)
def test_the_board_proposes_reminders_when_they_make_sense(
    client_for: Any, campaign: Campaign, opens: date, closes: date, proposed: bool
) -> None:
    Campaign.objects.filter(pk=campaign.pk).update(opens_on=opens, closes_on=closes)
    board = client_for("cheffe-de-projet").get("/inventaires/").content.decode()
    assert ("Prochain pas : relancer" in board.replace("\u00a0", " ")) == proposed
    assert ("Laissez-leur le temps" in board) != proposed
    assert f"/inventaires/collecte/{campaign.pk}/relances/" in board


def test_a_commune_that_joins_has_its_inventory_by_a_button_of_who_leads(
    cast: Company, client_for: Any, campaign: Campaign
) -> None:
    lead, address = client_for("cheffe-de-projet"), f"/inventaires/collecte/{campaign.pk}/"
    assert "depuis l’ouverture" not in lead.get("/inventaires/").content.decode()
    late = Authority.objects.create(kind="commune", name="Courbelle", insee_code="81901", siren="219810901")
    TerritoryMember.objects.create(
        territory=cast.territory, authority=late, joined_on=clock.today(), tile_drawing=1, tile_hue="ocre"
    )
    board = lead.get("/inventaires/").content.decode()
    assert "Courbelle" in board and 'name="accueillir"' in board
    assert 'name="accueillir"' not in client_for("agent").get("/inventaires/?tableau").content.decode()
    assert client_for("maire").post(address, {"accueillir": "1"}).status_code == 403
    assert not Return.objects.filter(authority=late).exists()
    told = lead.post(address, {"accueillir": "1"}, follow=True).content.decode()
    assert "Un inventaire attend désormais Courbelle" in told and 'name="accueillir"' not in told
    new = Return.objects.for_screen().get(authority=late)
    assert new.sheets.count() == len(campaign.sections) and set(new.states) == set(campaign.sections)
    assert {sheet.scope.visibility for sheet in new.sheets.select_related("scope")} == {"authority"}
    with pytest.raises(Problem, match="a déjà son inventaire"):
        services.open_to_joined(actor=cast.actor("cheffe-de-projet"), campaign=campaign)


def test_one_figure_is_not_several(cast: Company, client_for: Any, staff: SectionSheet, fill: Fill) -> None:
    client = client_for("secretaire")
    fill(staff, [{"mission": "Accueil", "etp_budget": "1"}])
    client.post(page(staff, "partage/"), {"sharing": "team"})
    client.post(page(staff, "etat/"), {"etat": "rendre"})
    seen = re.search(r'name="vu" value="([^"]*)"', client.get(page(staff, "rapport/")).content.decode())
    assert seen
    data = {"vu": unescape(seen[1]), "chiffres": ["postes"]}
    told = client.post(page(staff, "rapport/"), data, follow=True).content.decode()
    assert "Un chiffre versé au rapport. Vous pouvez le retirer" in told
    assert "Un chiffre de cette section est au rapport" in told and "Le relire ou le retirer" in told
    again = client.get(page(staff, "rapport/")).content.decode()
    assert "Un chiffre de cette section est au rapport" in again and "Retirer ce chiffre du rapport" in again


def test_the_help_of_a_column_describes_its_cells_and_is_written_once(
    client_for: Any, sheet_of: Any, fill: Fill
) -> None:
    sheet = sheet_of("contracts")
    fill(sheet, [{"objet": "Électricité"}, {"objet": "Gaz", "montant": "beaucoup"}])
    body = client_for("secretaire").get(page(sheet)).content.decode()
    described = re.findall(r'data-col="(\w+)"[^>]* aria-describedby="([^" ]*)', body)
    helped = {column.name for column in sheet.spec.columns if column.help}
    assert {name for name, ids in described if "-h-" in ids} == helped
    for name in helped:
        assert body.count(f'id="b{sheet.pk}-h-{name}"') == 1
    assert " title=" not in body.partition("<thead>")[2].partition("</thead>")[0]


def test_the_board_says_which_communes_nobody_reads_for(
    cast: Company, client_for: Any, staff: SectionSheet
) -> None:
    page = unescape(client_for("cheffe-de-projet").get("/inventaires/").content.decode())
    told = re.search(r"<b>([^<]+) communes n’ont encore personne ici</b>\s: ([^<]+)\.", page)
    assert told and told[2].startswith("Courris et Trébas") and "Inviter les mairies" in page
    assert (
        "encore personne ici" not in client_for("maire").get("/inventaires/?tableau").content.decode()
    )  # the team's work, not theirs


def test_what_each_section_asks_is_said_to_who_opens_a_collection(cast: Company, client_for: Any) -> None:
    page = client_for("cheffe-de-projet").get("/inventaires/collecte/").content.decode()
    assert (
        "Quels contrats engagent la commune\N{NARROW NO-BREAK SPACE}? Environ 15\N{NO-BREAK SPACE}minutes."
        in page
    )
