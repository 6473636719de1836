"""The home of a commune and that of the intercommunality."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mosaique.access.models import Mandate
from mosaique.consultation import services as consultation
from mosaique.demo.people import Company
from mosaique.desk.tests.test_home import plain
from mosaique.inventory import services as inventory
from mosaique.inventory.models import Return
from mosaique.scheme import services as scheme
from mosaique.scheme.models import ActionSheet, Version
from mosaique.territory.models import Authority, TerritoryMember

For = Callable[[str | None], Client]
DAY = date(2026, 11, 26)
COMMUNE_A, COMMUNE_B, EPCI = "/collectivites/81245/", "/collectivites/81283/", "/collectivites/248100497/"


def _collect(cast: Company) -> None:
    inventory.open_campaign(
        actor=cast.actor("cheffe-de-projet"), territory=cast.territory, reference_date=DAY, opens_on=DAY,
        closes_on=DAY + timedelta(30), sections=["staff", "needs"],
    )  # fmt: skip


def test_a_commune_is_told_by_its_people_and_where_it_stands(cast: Company, client_for: For) -> None:
    _collect(cast)
    page = client_for("maire").get(COMMUNE_A)
    text = plain(page)
    mayor = cast.people["maire"]
    assert mayor.full_name in text and "Qui parle pour Saint-Cirgue" in text
    assert mayor.email not in page.content.decode(), "names and titles, never an address"
    assert "204 habitants (Insee, population municipale 2023)" in text
    assert "Pas commencé" in text and "0 section sur 2" in text and "Ouvrir notre inventaire" in text
    assert "C’est votre commune" in text


def test_another_commune_reads_a_word_where_the_hall_reads_how_far(cast: Company, client_for: For) -> None:
    _collect(cast)
    Return.objects.filter(authority=cast.commune_a).update(states={"staff": "done", "needs": "empty"})
    for slug, told in (
        ("maire", True),
        ("secretaire", True),
        ("cheffe-de-projet", True),
        ("maire-b", False),
        ("agent", False),
    ):
        text = plain(client_for(slug).get(COMMUNE_A))
        assert "En cours" in text, slug
        assert ("1 section sur 2" in text) is told, slug


def test_who_left_is_no_longer_said_to_speak(cast: Company, client_for: For) -> None:
    held = Mandate.objects.get(person=cast.people["maire-b"])
    assert cast.people["maire-b"].full_name in plain(client_for("maire").get(COMMUNE_B))
    held.ends_on = DAY
    held.save()
    assert cast.people["maire-b"].full_name not in plain(client_for("maire").get(COMMUNE_B))


def test_a_commune_that_left_keeps_its_page(cast: Company, client_for: For) -> None:
    TerritoryMember.objects.filter(authority=cast.commune_b).update(left_on=date(2026, 11, 4))
    text = plain(client_for("maire").get(COMMUNE_B))
    assert "ne fait plus partie" in text and "4 novembre 2026" in text
    assert "Saussenac" not in plain(client_for("maire").get(EPCI))


def test_the_council_s_opinion_is_on_the_page(cast: Company, version: Version, client_for: For) -> None:
    opened = consultation.open_consultation(actor=cast.actor("presidente"), version=version)
    text = plain(client_for("maire-b").get(COMMUNE_A))
    assert "Réception non notée" in text and "Voir le dossier de ce conseil" in text
    assert "Avis attendu (4)" in plain(client_for("maire-b").get(EPCI)), opened


def test_the_table_is_narrowed_and_sorted_by_its_address(cast: Company, client_for: For) -> None:
    _collect(cast)
    Return.objects.filter(authority=cast.commune_a).update(
        states={"staff": "done", "needs": "done"}, completed_at="2026-11-20T10:00Z"
    )
    client = client_for("cheffe-de-projet")

    def names(query: str) -> list[str]:
        table = client.get(EPCI + query).context["table"]
        return [line.authority.name for line in table.lines]

    assert names("") == ["Courris", "Saint-Cirgue", "Saussenac", "Trébas"]
    assert names("?tri=population") == ["Saussenac", "Trébas", "Saint-Cirgue", "Courris"]
    assert names("?voir=inventaire") == ["Courris", "Saussenac", "Trébas"]
    assert names("?voir=nimporte&tri=quoi") == names("")
    assert "Inventaire à rendre (3)" in plain(client.get(EPCI))


def test_an_answer_to_a_sheet_settled_since_is_none_to_those_still_open(
    cast: Company, client_for: For
) -> None:
    lead = cast.actor("cheffe-de-projet")
    plan = scheme.open_scheme(actor=lead, territory=cast.territory)
    axis = scheme.add_axis(actor=lead, scheme=plan, title="Services")
    settled, still_open = (
        scheme.create_sheet(actor=lead, scheme=plan, axis=axis, title=title)
        for title in ("Balayeuse", "Archives")
    )
    for sheet in (settled, still_open):
        scheme.set_status(actor=lead, sheet=sheet, to=ActionSheet.Status.STUDY)
    scheme.give_position(actor=cast.actor("maire"), sheet=settled, answer="yes")
    scheme.give_position(actor=cast.actor("maire-b"), sheet=still_open, answer="yes")
    ActionSheet.objects.filter(pk=settled.pk).update(status=ActionSheet.Status.RETAINED)
    table = client_for("cheffe-de-projet").get(EPCI + "?voir=positions").context["table"]
    assert [line.authority.name for line in table.lines] == ["Courris", "Saint-Cirgue", "Trébas"]


def test_a_territory_without_commune_says_so(cast: Company, client_for: For) -> None:
    TerritoryMember.objects.filter(authority__kind=Authority.Kind.COMMUNE).update(left_on=date(2026, 11, 1))
    assert "Aucune commune n’est encore membre ici" in plain(client_for("cheffe-de-projet").get(EPCI))


def test_the_page_of_the_intercommunality_costs_the_same_with_more_communes(
    cast: Company, client_for: For
) -> None:
    _collect(cast)
    client = client_for("maire")

    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(EPCI)
        return len(found)

    cost()
    before = cost()
    for n in range(20):
        one = Authority.objects.create(
            kind="commune",
            name=f"Saint-Numéro {n}",
            siren=f"2198{n:05d}",
            insee_code=f"81{900 + n}",
            department="81",
        )
        TerritoryMember.objects.create(territory=cast.territory, authority=one, tile_drawing=1, tile_hue="bv")
    assert cost() == before


def test_the_short_address_leads_to_one_s_own(cast: Company, client_for: For) -> None:
    assert client_for("maire").get("/notre-collectivite/").headers["Location"] == COMMUNE_A
    assert client_for("presidente").get("/notre-collectivite/").headers["Location"] == EPCI
    assert f'href="{COMMUNE_A}"' in client_for("maire").get("/aide/").content.decode(), (
        "« Notre commune » in the menu"
    )
