"""« Histoire du périmètre » on the screen, the data of a commune taken away, and what a departure changes on the other pages."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.test import Client

from mosaique.accounts import services
from mosaique.accounts.tasks import enact_perimeter_changes
from mosaique.consultation import queries as consultation
from mosaique.consultation import services as consulting
from mosaique.consultation.models import CouncilFile
from mosaique.consultation.opinion_state import StateKind
from mosaique.consultation.tasks import note_tacit_opinions
from mosaique.demo.people import Company
from mosaique.desk import perimeter as histories
from mosaique.desk.perimeter_forms import KINDS
from mosaique.desk.views.perimeter import OFFERS
from mosaique.inventory import queries as inventories
from mosaique.inventory import services as inventory
from mosaique.inventory.models import Return, SectionSheet
from mosaique.kernel import clock
from mosaique.kernel.verdict import Problem
from mosaique.scheme import freezing, preparing
from mosaique.scheme import services as scheme
from mosaique.scheme import tasks as scheme_tasks
from mosaique.scheme.models import ActionSheet, Version, VersionFile
from mosaique.territory import perimeter, queries
from mosaique.territory.models import Authority, PerimeterChange
from mosaique.territory.services import Draft

For = Callable[[str | None], Client]
TODAY = date(2026, 11, 26)
NEW_YEAR = date(2027, 1, 1)


def said(cast: Company, **more: str) -> dict[str, Any]:
    return {
        "communes": [cast.commune_a.pk, cast.commune_b.pk], "successor_name": "Val-d’Assou", "chief": cast.commune_a.pk,
        "takes_effect_on": "2027-01-01", "note": "Vœu des deux conseils", **more,
    }  # fmt: skip


def leave(cast: Company, day: date = TODAY) -> PerimeterChange:
    change: PerimeterChange = services.announce_change(
        actor=cast.actor("cheffe-de-projet"), territory=cast.territory,
        draft=Draft("leaving", day, (cast.commune_b,)),
    )  # fmt: skip
    return change


def text(answer: Any) -> str:
    """The page with plain spaces, and dates in one piece."""
    read = re.sub(r"</?(?:sup|time)\b[^>]*>", "", answer.content.decode())
    return read.replace("\u202f", " ").replace("\xa0", " ")


# --- Announcing ---------------------------------------------------------------------------------


def test_what_will_happen_is_shown_before_anything_is_written(cast: Company, client_for: For) -> None:
    lead = client_for("cheffe-de-projet")
    shown = text(lead.post("/perimetre/annoncer/commune-nouvelle/", said(cast)))
    for words in (
        "Ce qui va se passer", "Val-d’Assou est créée ici", "845 habitants", "Le 1er janvier 2027, 3 communes membres",
        "Rien n’est effacé", "Aucun mandat ne passe tout seul", "à vérifier",
    ):  # fmt: skip
        assert words in shown, words
    assert not PerimeterChange.objects.exists()
    # « Revenir à la saisie » gives back everything that was typed.
    back = text(lead.post("/perimetre/annoncer/commune-nouvelle/", said(cast, modifier="1")))
    assert "Vœu des deux conseils" in back and 'value="Val-d’Assou"' in back
    done = lead.post("/perimetre/annoncer/commune-nouvelle/", said(cast, confirmer="1"), follow=True)
    assert "Il prendra effet le 1er janvier 2027" in text(done)
    assert PerimeterChange.objects.get().title == "Commune nouvelle Val-d’Assou"


@pytest.mark.parametrize(
    ("what", "typed", "words"),
    [
        ("retrait", {"takes_effect_on": "2027-01-01"}, "Aucune commune n’est cochée"),
        ("retrait", {"communes": "x", "takes_effect_on": "2027-01-01"}, "n’est pas membre ici"),
        ("adhesion", {"joining": "Nulle-Part-les-Oies", "takes_effect_on": "2027-01-01"}, "Aucune commune ne s’appelle"),
        ("adhesion", {"joining": "saint martin", "takes_effect_on": "2027-01-01"}, "Plusieurs communes s’appellent ainsi"),
        ("adhesion", {"joining": "99999", "takes_effect_on": "2027-01-01"}, "99999"),
        ("fusion", {"with_bodies": "CC A", "successor_name": "CC B", "successor_siren": "12", "takes_effect_on": "2027-01-01"},
         "neuf chiffres"),
        ("fusion", {"with_bodies": "CC A", "successor_name": "CC B", "successor_siren": "248 100 498", "takes_effect_on": "2027-01-01"},
         "clé de contrôle"),
        ("fusion", {"with_bodies": "CC A", "successor_name": "CC B", "takes_effect_on": "0001-01-01"}, "vraisemblable"),
    ],
)  # fmt: skip
def test_bad_input_comes_back_with_a_sentence(
    client_for: For, what: str, typed: dict[str, Any], words: str
) -> None:
    for more in ({}, {"confirmer": "1"}):
        answer = client_for("dgs").post(f"/perimetre/annoncer/{what}/", typed | more)
        assert answer.status_code == 200 and words in text(answer)
    assert not PerimeterChange.objects.exists()


def test_a_name_borne_once_near_here_is_enough(client_for: For) -> None:
    shown = text(
        client_for("dgs").post(
            "/perimetre/annoncer/adhesion/", {"joining": "Saint-Grégoire", "takes_effect_on": "2027-01-01"}
        )
    )
    assert "Saint-Grégoire est membre le 1er janvier 2027" in shown


def test_every_kind_has_its_form_its_offer_its_article_and_its_effects() -> None:
    every = set(PerimeterChange.Kind)
    assert {form.kind for form in KINDS.values()} == every
    assert [address for address, _, _ in OFFERS] == list(KINDS)
    assert set(histories.ARTICLES) == set(histories._EFFECTS) == every


def test_an_unknown_kind_is_no_page(client_for: For) -> None:
    assert client_for("dgs").get("/perimetre/annoncer/annexion/").status_code == 404


def test_a_correction_sent_from_an_old_page_shows_both_texts(cast: Company, client_for: For) -> None:
    change = leave(cast, NEW_YEAR)
    typed = {"communes": cast.commune_b.pk, "takes_effect_on": "2027-03-01", "confirmer": "1"}
    url = f"/perimetre/{change.pk}/corriger/"
    assert client_for("dgs").post(url, typed | {"version": "1"}).status_code == 302
    assert client_for("cheffe-de-projet").post(url, typed | {"version": "1"}).status_code == 409


def test_a_page_that_came_back_with_a_fault_is_still_the_old_one(cast: Company, client_for: For) -> None:
    change = leave(cast, NEW_YEAR)
    url, typed = f"/perimetre/{change.pk}/corriger/", {"communes": cast.commune_b.pk, "version": "1"}
    client_for("dgs").post(url, typed | {"takes_effect_on": "2027-03-01", "confirmer": "1"})
    back = text(client_for("cheffe-de-projet").post(url, typed | {"takes_effect_on": "1027-03-01"}))
    assert "pas vraisemblable" in back and 'name="version" value="1"' in back


def test_the_note_of_an_old_page_replaces_nothing(cast: Company, client_for: For) -> None:
    change = leave(cast)
    url = f"/perimetre/{change.pk}/corriger/"
    seen = client_for("dgs").get(url).context["seen"]
    assert client_for("dgs").post(url, {"note": "Un", "version": seen}).status_code == 302
    assert client_for("cheffe-de-projet").post(url, {"note": "Deux", "version": seen}).status_code == 409
    change.refresh_from_db()
    assert change.note == "Un"


def test_cancelled_by_its_button(cast: Company, client_for: For) -> None:
    change = leave(cast, NEW_YEAR)
    client_for("dgs").post(f"/perimetre/{change.pk}/annuler/")
    assert "annulé" in text(client_for("maire").get(f"/perimetre/{change.pk}/"))
    assert client_for("dgs").post(f"/perimetre/{change.pk}/annuler/").status_code == 422


# --- The history --------------------------------------------------------------------------------


def test_the_history_tells_who_was_a_member_on_a_day(cast: Company, client_for: For) -> None:
    leave(cast, date(2026, 9, 1))
    maire = client_for("maire")
    page = text(maire.get("/perimetre/"))
    assert "Retrait de Saussenac" in page and "3 communes membres aujourd’hui" in page
    before = text(maire.get("/perimetre/?au=2026-08-31"))
    assert "4 communes membres le 31 août 2026" in before and "Saussenac" in before
    assert "n’est pas" in text(maire.get("/perimetre/?au=demain")) or "revoir" in text(
        maire.get("/perimetre/?au=demain")
    )
    former = text(maire.get("/collectivites/81283/"))
    assert "ne fait plus partie de l’intercommunalité" in former


def test_the_page_of_a_commune_nouvelle_and_that_of_a_former_commune(cast: Company, client_for: For) -> None:
    services.announce_change(
        actor=cast.actor("dgs"), territory=cast.territory,
        draft=Draft("new_commune", TODAY, (cast.commune_a, cast.commune_b), successor_name="Val-d’Assou", chief=cast.commune_a),
    )  # fmt: skip
    lead = client_for("cheffe-de-projet")
    new = text(lead.get("/collectivites/81245-2026/"))
    assert "Commune nouvelle, membre" in new and "en attendant le chiffre officiel" in new
    assert "Val-d’Assou</a> : commune déléguée" in text(lead.get("/collectivites/81245/"))
    codes = {member.code for member in queries.members(cast.territory)}
    assert codes == {"81245-2026", "81068", "81292"}
    page = text(lead.get(f"/perimetre/{PerimeterChange.objects.get().pk}/"))
    assert "Dites qui agit pour la commune nouvelle" in page
    chosen = {f"m{m.pk}": "no" for m in perimeter_people(cast)} | {f"m{mandate_of(cast, 'maire')}": "mayor"}
    lead.post(f"/perimetre/{PerimeterChange.objects.get().pk}/personnes/", chosen)
    home = client_for("maire").get("/notre-collectivite/", follow=True)
    assert "C’est votre commune" in text(home)
    # He reads, and may take away, what the former communes kept to themselves.
    assert client_for("maire").get("/collectivites/81283/donnees/").status_code == 200
    assert client_for("secretaire-b").get("/collectivites/81245/donnees/").status_code == 404


def perimeter_people(cast: Company) -> list[Any]:
    from mosaique.desk.perimeter import to_carry

    return to_carry(PerimeterChange.objects.for_screen().get())


def mandate_of(cast: Company, slug: str) -> int:
    return cast.people[slug].mandates.get().pk


# --- A commune that left ------------------------------------------------------------------------


def test_the_home_of_who_left_says_so_and_leads_to_their_data(cast: Company, client_for: For) -> None:
    leave(cast)
    maire_b = client_for("maire-b")
    home = text(maire_b.get("/"))
    assert "Saussenac ne fait plus partie de CC Val 81" in home and "/collectivites/81283/donnees/" in home
    assert maire_b.get("/perimetre/").status_code == 404
    assert maire_b.get("/collectivites/81245/").status_code == 404
    assert maire_b.get("/collectivites/81283/donnees/").status_code == 200
    assert "C’est votre commune" not in text(maire_b.get("/notre-collectivite/", follow=True))


@pytest.mark.parametrize("url", ["/fiches/", "/schema/", "/inventaires/", "/avis/", "/espaces/"])
def test_a_page_that_closed_says_so_rather_than_that_nothing_exists(
    cast: Company, client_for: For, url: str
) -> None:
    leave(cast)
    closed = text(client_for("maire-b").get(url))
    assert "ne vous sont plus ouverts" in closed and "n’est encore" not in closed
    assert "ne vous sont plus ouverts" not in text(client_for("maire").get(url))


def test_the_account_of_who_left_claims_no_right(cast: Company, client_for: For) -> None:
    assert "Vous parlez pour votre commune" in text(client_for("maire-b").get("/compte/"))
    leave(cast)
    for url in ("/compte/", "/bienvenue/"):
        page = text(client_for("maire-b").get(url))
        assert "vous gardez la lecture de ce qui était à elle" in page and "Vous parlez pour" not in page
        assert "Décider au nom" not in page and "Confier une partie" not in page


def test_an_agent_of_a_commune_that_left_is_told_who_takes_the_data(cast: Company, client_for: For) -> None:
    services.announce_change(
        actor=cast.actor("dgs"), territory=cast.territory, draft=Draft("leaving", TODAY, (cast.commune_a,))
    )
    agent = client_for("agent")
    assert "par sa mairie" in text(agent.get("/"))
    assert agent.get("/collectivites/81245/donnees/").status_code == 404


@pytest.fixture
def filled(cast: Company) -> Return:
    campaign = inventory.open_campaign(
        actor=cast.actor("cheffe-de-projet"), territory=cast.territory, reference_date=date(2026, 1, 1), opens_on=TODAY,
        closes_on=date(2027, 1, 31), sections=("contracts",),
    )  # fmt: skip
    own = Return.objects.get(campaign=campaign, authority=cast.commune_b)
    sheet = SectionSheet.objects.get(inventory=own, section="contracts")
    inventory.apply_changes(actor=cast.actor("secretaire-b"), sheet=sheet, changes=[
        {"id": "1", "op": "add", "row": "n-1"},
        {"id": "2", "op": "set", "row": "n-1", "col": "objet", "value": "=Cantine"},
    ])  # fmt: skip
    inventory.choose_sharing(actor=cast.actor("maire-b"), sheet=sheet, sharing="circle")
    inventory.give_back(actor=cast.actor("secretaire-b"), sheet=sheet)
    return own


def opened(archive: bytes) -> dict[str, bytes]:
    made = zipfile.ZipFile(io.BytesIO(archive))
    assert made.testzip() is None
    return {name: made.read(name) for name in made.namelist()}


def test_the_same_archive_before_and_after_leaving(cast: Company, client_for: For, filled: Return) -> None:
    maire_b = client_for("maire-b")
    for _ in ("before", "after"):
        files = opened(maire_b.get("/collectivites/81283/donnees.zip").content)
        stem = f"inventaire-2026-01-01-{filled.pk}"
        assert {
            f"{stem}.xlsx",
            f"{stem}.ods",
            "positions-et-avis.xlsx",
            "positions-et-avis.ods",
            "lisez-moi.html",
        } <= set(files)
        book = openpyxl.load_workbook(io.BytesIO(files[f"{stem}.xlsx"]))
        assert any(
            cell.value == "=Cantine" and cell.data_type == "s"
            for sheet in book
            for row in sheet
            for cell in row
        )
        assert "=Cantine" in files["lisez-moi.html"].decode()
        if not PerimeterChange.objects.exists():
            leave(cast)
    # What was shared with every commune is still read by them.
    assert "=Cantine" in text(client_for("maire").get(f"/inventaires/{filled.pk}/contrats/"))


def test_nobody_else_takes_them(cast: Company, client_for: For, filled: Return) -> None:
    for slug in ("maire", "cheffe-de-projet", "agent"):
        for url in ("/collectivites/81283/donnees/", "/collectivites/81283/donnees.zip"):
            assert client_for(slug).get(url).status_code == 403
    assert client_for("dgs").get("/collectivites/248100497/donnees/").status_code == 403


def test_who_left_writes_nothing_more(cast: Company, client_for: For, filled: Return) -> None:
    leave(cast)
    answer = client_for("secretaire-b").post(
        f"/inventaires/{filled.pk}/contrats/grille/", '{"changes": []}', content_type="application/json"
    )
    assert answer.status_code in (403, 404)


# --- What is opened, frozen, counted -------------------------------------------------------------


@pytest.fixture
def sheet(cast: Company) -> ActionSheet:
    lead = cast.actor("cheffe-de-projet")
    plan = scheme.open_scheme(actor=lead, territory=cast.territory)
    axis = scheme.add_axis(actor=lead, scheme=plan, title="Aménager", body="")
    made: ActionSheet = scheme.create_sheet(
        actor=lead, scheme=plan, axis=axis, title="Un service commun", summary="Une équipe"
    )
    scheme.edit_sheet(
        actor=lead,
        sheet=made,
        seen=made.version,
        changes={"legal_form": "service_commun", "start_on": date(2028, 7, 1)},
    )
    return made


def test_what_it_said_is_its_own_not_the_title_of_a_sheet_it_reads_no_more(
    cast: Company, client_for: For, sheet: ActionSheet
) -> None:
    lead, maire_b = cast.actor("cheffe-de-projet"), client_for("maire-b")
    scheme.give_position(
        actor=cast.actor("maire-b"), sheet=sheet, answer="yes_if", condition="Si le coût baisse."
    )

    def taken() -> str:
        page = text(maire_b.get("/collectivites/81283/donnees/"))
        files = opened(maire_b.get("/collectivites/81283/donnees.zip").content)
        book = openpyxl.load_workbook(io.BytesIO(files["positions-et-avis.xlsx"]))
        cells = [str(cell.value) for row in book["Positions"] for cell in row]
        return " ".join((page, files["lisez-moi.html"].decode(), *cells))

    assert taken().count("Un service commun") == 3
    sheet.refresh_from_db()
    scheme.move_sheet(actor=lead, sheet=sheet, visibility="team", space=None)
    sheet.refresh_from_db()
    scheme.edit_sheet(actor=lead, sheet=sheet, seen=sheet.version, changes={"title": "Fermer une antenne"})
    assert maire_b.get(sheet.get_absolute_url()).status_code == 404
    assert "antenne" not in taken() and taken().count("Si le coût baisse.") == 3
    assert "que la commune ne lit plus" in taken()


@pytest.fixture
def version(cast: Company, sheet: ActionSheet) -> Version:
    lead = cast.actor("cheffe-de-projet")
    sheet.scheme.refresh_from_db()
    made: Version = freezing.freeze_version(
        actor=lead, scheme=sheet.scheme, acknowledged=True, note="Première"
    )
    return made


def test_a_frozen_version_and_its_pages_keep_the_communes_of_its_day(cast: Company, version: Version) -> None:
    content, sha = version.content, version.sha256
    leave(cast)
    scheme_tasks.make_commune_pages.call(version.pk)
    version.refresh_from_db()
    assert (version.content, version.sha256) == (content, sha)
    made = VersionFile.objects.filter(version=version, kind="commune")
    assert cast.commune_b.pk in made.values_list("authority_id", flat=True) and made.count() == 4
    asked = preparing.ask(actor=cast.actor("dgs"), version=version, kind=preparing.EXTRACTS, formats=("odt",))
    preparing.run(asked.pk, asked.attempt)
    assert asked.files.exists()


def test_what_is_opened_afterwards_does_not_count_it(cast: Company, version: Version) -> None:
    leave(cast)
    lead = cast.actor("cheffe-de-projet")
    opened_now = consulting.open_consultation(actor=lead, version=version)
    assert opened_now.councils.count() == 3
    campaign = inventory.open_campaign(
        actor=lead, territory=cast.territory, reference_date=date(2026, 1, 1), opens_on=TODAY, closes_on=date(2027, 1, 31),
        sections=("staff",),
    )  # fmt: skip
    assert not Return.objects.filter(campaign=campaign, authority=cast.commune_b).exists()


def test_a_council_that_leaves_in_the_middle_keeps_its_line_and_nothing_is_read_in_its_silence(
    cast: Company, client_for: For, version: Version
) -> None:
    lead = cast.actor("cheffe-de-projet")
    opened_now = consulting.open_consultation(actor=lead, version=version)
    council = CouncilFile.objects.get(consultation=opened_now, authority=cast.commune_b)
    consulting.enter_fact(actor=lead, council=council, kind="received", on_date=TODAY, channel="hand")
    leave(cast, NEW_YEAR)
    with clock.at(NEW_YEAR):
        enact_perimeter_changes.call()
    with clock.at(date(2027, 6, 1)):  # long after the three months
        note_tacit_opinions.call()
        council.refresh_from_db()
        assert council.tacit_noted_on is None
        seen = consultation.board(opened_now)
        row = next(row for row in seen.rows if row.council == council)
        assert row.state.kind is StateKind.LEFT and row.left_on == NEW_YEAR and not row.state.is_open
        assert len(seen.rows) == 4 and seen.count(StateKind.TACIT_FAVOURABLE) == 0
        page = text(client_for("cheffe-de-projet").get(f"/avis/consultation/{opened_now.pk}/"))
        assert "a quitté l’intercommunalité le 1er janvier 2027" in page and "le périmètre a changé" in page


def test_a_council_whose_delay_had_ended_before_it_left_keeps_its_tacit_opinion(
    cast: Company, version: Version
) -> None:
    lead = cast.actor("cheffe-de-projet")
    opened_now = consulting.open_consultation(actor=lead, version=version)
    council = CouncilFile.objects.get(consultation=opened_now, authority=cast.commune_b)
    consulting.enter_fact(actor=lead, council=council, kind="received", on_date=TODAY, channel="hand")
    leave(cast, date(2027, 4, 1))
    with clock.at(date(2027, 6, 1)):  # the worker had been off since November
        enact_perimeter_changes.call()
        note_tacit_opinions.call()
        council.refresh_from_db()
        assert council.tacit_noted_on is not None
        assert consultation.row_of(council).state.kind is StateKind.TACIT_FAVOURABLE


def test_calculations_that_still_count_it_are_named_to_the_lead(
    cast: Company, client_for: For, sheet: ActionSheet
) -> None:
    from mosaique.costing import services as costing

    bodies = list(perimeter.commune_bodies(cast.territory))
    costing.set_perimeter(
        actor=cast.actor("cheffe-de-projet"), scenario=sheet.scenario, parties=bodies, carrier=cast.territory.epci,
        carrier_shares=False, first_year=2027, last_year=2029, full_year=2029,
    )  # fmt: skip
    change = leave(cast)
    assert "Les calculs à reprendre" in text(client_for("cheffe-de-projet").get(f"/perimetre/{change.pk}/"))
    assert "Les calculs à reprendre" not in text(client_for("maire").get(f"/perimetre/{change.pk}/"))
    assert Authority.objects.filter(pk=cast.commune_b.pk).exists()


def test_an_inventory_whose_commune_left_stays_and_is_awaited_no_more(cast: Company, client_for: For) -> None:
    lead = cast.actor("cheffe-de-projet")
    campaign = inventory.open_campaign(
        actor=lead, territory=cast.territory, reference_date=date(2026, 1, 1), opens_on=TODAY, closes_on=date(2026, 12, 10),
        sections=("staff",),
    )  # fmt: skip
    assert len(inventories.board(lead, campaign).owing) == 4
    leave(cast)
    seen = inventories.board(lead, campaign)
    assert len(seen.rows) == 4 and len(seen.owing) == 3
    assert [row.word for row in seen.rows if row.inventory.authority_id == cast.commune_b.pk] == [
        "Commune partie"
    ]
    assert inventories.laid_tiles(inventories.current_campaign(cast.territory)) == ([], 3)
    own = Return.objects.get(campaign=campaign, authority=cast.commune_b)
    with pytest.raises(Problem, match="ont quitté"):
        inventory.remind(actor=lead, campaign=campaign, returns=[own.pk], address="https://exemple.fr")
    assert "Relancer les trois communes" in text(client_for("cheffe-de-projet").get("/"))
    assert client_for("cheffe-de-projet").get("/inventaires/").status_code == 200


def test_the_lead_is_asked_who_acts_for_a_commune_nouvelle(cast: Company, client_for: For) -> None:
    services.announce_change(
        actor=cast.actor("dgs"), territory=cast.territory,
        draft=Draft("new_commune", TODAY, (cast.commune_a, cast.commune_b), successor_name="Val-d’Assou", chief=cast.commune_a),
    )  # fmt: skip
    assert "Dire qui agit pour Val-d’Assou" in text(client_for("cheffe-de-projet").get("/"))


def test_past_positions_stay_in_the_history_of_a_sheet(
    cast: Company, client_for: For, sheet: ActionSheet
) -> None:
    sheet = scheme.edit_sheet(
        actor=cast.actor("cheffe-de-projet"), sheet=ActionSheet.objects.get(pk=sheet.pk),
        seen=ActionSheet.objects.get(pk=sheet.pk).version, changes={"open_until": date(2026, 12, 31)},
    )  # fmt: skip
    scheme.give_position(
        actor=cast.actor("maire-b"), sheet=sheet, answer="yes_if", condition="Si la régie suit"
    )
    assert "Si la régie suit" in text(client_for("cheffe-de-projet").get(f"/fiches/{sheet.pk}/"))
    leave(cast)
    lead = client_for("cheffe-de-projet")
    assert "Si la régie suit" in text(lead.get(f"/fiches/{sheet.pk}/positions/"))
    # It is counted no more among the answers of the communes.
    assert "Si la régie suit" not in text(lead.get(f"/fiches/{sheet.pk}/"))


def test_nobody_types_for_a_commune_that_left(cast: Company, filled: Return) -> None:
    sheet = SectionSheet.objects.get(inventory=filled)
    inventory.reopen(actor=cast.actor("secretaire-b"), sheet=sheet)
    sheet.refresh_from_db()
    inventory.ask_help(actor=cast.actor("secretaire-b"), sheet=sheet, note="Merci")
    link, _ = inventory.confide(
        actor=cast.actor("secretaire-b"),
        sheet=sheet,
        name="Agnès",
        until=date(2026, 12, 18),
        address="https://exemple.fr/",
    )
    leave(cast)
    for actor in (cast.actor("cheffe-de-projet"), link.actor):
        with pytest.raises(Problem, match="ne fait plus partie"):
            inventory.apply_changes(
                actor=actor, sheet=sheet, changes=[{"id": "9", "op": "add", "row": "n-9"}]
            )
    assert "pour Saussenac" not in str(inventories.todos(cast.actor("cheffe-de-projet"), filled.campaign))


def test_the_hall_finds_the_data_of_its_commune_beside_its_own(client_for: For) -> None:
    assert "/collectivites/81283/donnees/" in text(client_for("secretaire-b").get("/vos-donnees/"))
    for slug in ("agent", "dgs", None):
        assert "/donnees/" not in text(client_for(slug).get("/vos-donnees/"))
