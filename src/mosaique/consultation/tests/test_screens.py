"""Screens: who opens what, what they read, how many queries, what a wrong answer says."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from mosaique.consultation import policies, queries, services
from mosaique.consultation.models import Consultation, CouncilFile
from mosaique.demo.people import Company
from mosaique.kernel import clock
from mosaique.scheme.models import Version
from mosaique.territory.models import Authority, TerritoryMember

For = Callable[[str | None], Client]


def test_the_board_reads_as_a_sentence_and_is_the_same_for_all_who_take_part(
    cast: Company, council_a: CouncilFile, client_for: For
) -> None:
    services.acknowledge(actor=cast.actor("maire"), council=council_a)
    for slug in ("cheffe-de-projet", "maire", "agent"):
        page = client_for(slug).get(council_a.consultation.get_absolute_url())
        assert page.status_code == 200
        assert "Un conseil a encore du temps, trois réceptions à noter" in page.content.decode()
    assert client_for("partenaire").get(council_a.consultation.get_absolute_url()).status_code == 404
    assert client_for(None).get(council_a.consultation.get_absolute_url()).status_code == 302


def test_without_consultation_the_page_says_what_will_come(cast: Company, client_for: For) -> None:
    assert "Aucun rapport n’est encore soumis" in client_for("maire").get("/avis/").content.decode()


def test_every_page_opens_for_the_team_and_the_council(
    cast: Company, council_a: CouncilFile, version: Version, client_for: For
) -> None:
    services.acknowledge(actor=cast.actor("maire"), council=council_a)
    pk, consultation = council_a.pk, council_a.consultation_id
    for url in [f"/avis/{pk}/", f"/avis/{pk}/bordereau/", f"/avis/{pk}/received/date/", f"/avis/{pk}/sent/date/",
                f"/avis/{pk}/donner/", f"/avis/{pk}/seances/", f"/avis/consultation/{consultation}/adoption/",
                f"/avis/consultation/{consultation}/bordereau/", f"/versions/{version.pk}/soumettre/"]:  # fmt: skip
        assert client_for("cheffe-de-projet").get(url).status_code == 200, url
    for url, status in [(f"/avis/{pk}/", 200), (f"/avis/{pk}/donner/", 200), (f"/avis/{pk}/received/date/", 403),
                        (f"/versions/{version.pk}/soumettre/", 403), (f"/avis/{pk}/other/date/", 403)]:  # fmt: skip
        assert client_for("maire").get(url).status_code == status, url
    assert client_for("maire-b").get(f"/avis/{pk}/donner/").status_code == 403
    assert client_for("cheffe-de-projet").get(f"/avis/{pk}/other/date/").status_code == 404


def test_a_mayor_acknowledges_then_gives_the_opinion_from_the_page(
    cast: Company, council_a: CouncilFile, client_for: For
) -> None:
    client = client_for("maire")
    page = client.get(council_a.get_absolute_url()).content.decode()
    assert "Accuser réception" in page
    assert client.post(f"/avis/{council_a.pk}/reception/").status_code == 302
    wrong = {"answer": "reserves", "voted_on": "2026-11-26", "reserves": ""}
    refused = client.post(f"/avis/{council_a.pk}/donner/", wrong).content.decode()
    assert "Écrivez les réserves" in refused
    right = wrong | {
        "reserves": "Une permanence par mois.",
        "votes_for": "8",
        "votes_against": "2",
        "number": "12",
    }
    assert client.post(f"/avis/{council_a.pk}/donner/", right).status_code == 302
    assert "Une permanence par mois." in client.get(council_a.get_absolute_url()).content.decode()


def test_the_board_costs_the_same_for_four_and_forty_councils(
    cast: Company, version: Version, client_for: For, django_assert_max_num_queries: Any
) -> None:
    for number in range(40):
        commune = Authority.objects.create(
            kind="commune", name=f"Commune {number:02}", siren=f"9{number:08}", insee_code=f"99{number:03}"
        )
        TerritoryMember.objects.create(
            territory=cast.territory, authority=commune, tile_drawing=number % 8, tile_hue="bv"
        )
    opened = services.open_consultation(actor=cast.actor("dgs"), version=version)
    client = client_for("cheffe-de-projet")
    client.get(opened.get_absolute_url())
    with django_assert_max_num_queries(10):
        client.get(opened.get_absolute_url())


def test_todos_say_the_next_thing_to_each(cast: Company, council_a: CouncilFile) -> None:
    assert [todo.title for todo in queries.todos(cast.actor("maire"))] == [
        "Accuser réception du rapport de mutualisation"
    ]
    services.acknowledge(actor=cast.actor("maire"), council=council_a)
    todo = queries.todos(cast.actor("secretaire"))[0]
    assert (todo.title, todo.due) == ("Donner l’avis de votre conseil sur le rapport", date(2027, 2, 26))
    assert (
        queries.todos(cast.actor("cheffe-de-projet"))[0].title
        == "Noter la réception du rapport par trois mairies"
    )
    assert queries.todos(cast.actor("agent")) == []


@pytest.mark.parametrize(
    ("policy", "allowed"),
    [
        (policies.may_keep_dates, {"cheffe-de-projet", "dgs", "presidente"}),
        (policies.may_acknowledge, {"maire", "secretaire"}),
        (policies.may_give_opinion, {"maire", "secretaire", "cheffe-de-projet", "dgs", "presidente"}),
    ],
)
def test_policies_are_truth_tables_without_a_query(
    cast: Company, council_a: CouncilFile, policy: Any, allowed: set[str], django_assert_num_queries: Any
) -> None:
    actors = {slug: cast.actor(slug) for slug in cast.people}
    with django_assert_num_queries(0):
        assert {slug for slug, actor in actors.items() if policy(actor, council_a)} == allowed


def test_the_table_downloads_as_a_real_spreadsheet(
    cast: Company, consultation: Consultation, client_for: For
) -> None:
    answer = client_for("maire").get(f"/avis/consultation/{consultation.pk}/tableau.ods")
    assert answer.content[:2] == b"PK"
    assert b"application/vnd.oasis.opendocument.spreadsheet" in answer.content[:120]


def test_the_adoption_page_lists_what_to_know_and_keeps_it(
    cast: Company, council_a: CouncilFile, client_for: For
) -> None:
    client = client_for("presidente")
    url = f"/avis/consultation/{council_a.consultation_id}/adoption/"
    with clock.at(date(2027, 3, 10) + timedelta(1)):
        assert "à connaître avant le vote" in client.get(url).content.decode()
        vote = {
            "outcome": "adopted",
            "voted_on": "2027-03-10",
            "number": "2027-11",
            "votes_for": "20",
            "votes_against": "2",
            "abstentions": "1",
        }
        assert client.post(url, vote).status_code == 302
        assert "Le schéma est adopté" in client.get(url).content.decode()
        assert client.post(f"/avis/consultation/{council_a.consultation_id}/adresser/").status_code == 302
        page = client.get(url).content.decode()
        assert "adressé à 2 conseils" in page
        assert "2 conseils à servir autrement" in page
        council = Authority.objects.get(name="Trébas")
        form = f"/avis/consultation/{council_a.consultation_id}/adresser/{council.pk}/"
        assert client.get(form).status_code == 200
        assert client.post(form, {"on_date": "2027-03-11", "channel": "hand"}).status_code == 302
        assert "adressé à 3 conseils" in client.get(url).content.decode()


def test_a_frozen_version_waits_for_its_sending(cast: Company, version: Version, client_for: For) -> None:
    page = client_for("cheffe-de-projet").get("/avis/").content.decode()
    assert f"/versions/{version.pk}/soumettre/" in page
    assert [todo.title for todo in queries.todos(cast.actor("presidente"))] == [
        "Soumettre la version 1 aux conseils municipaux"
    ]
    assert "soumettre/" not in client_for("maire").get("/avis/").content.decode()
    assert queries.todos(cast.actor("maire")) == []
