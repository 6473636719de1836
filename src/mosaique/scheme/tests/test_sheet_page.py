"""The sheet's page: what each persona reads, and that it stays cheap."""

from datetime import timedelta
from typing import Any

import pytest

from mosaique.costing import services as costing
from mosaique.costing.services import Cost
from mosaique.discussions import services as discussions
from mosaique.scheme import queries, services
from mosaique.scheme.models import ActionSheet
from mosaique.scheme.tests.conftest import Scene
from mosaique.scheme.tests.test_versions import frozen
from mosaique.territory.models import Authority, TerritoryMember

pytestmark = pytest.mark.django_db


def test_the_mayor_reads_what_it_changes_and_answers(scene: Scene, client_for: Any) -> None:
    client = client_for("maire")
    page = client.get(f"/fiches/{scene.sheet.pk}/").content.decode()
    assert "Ce que cela change pour Saint-Cirgue" in page
    assert "8\u202f777" in page  # 54 000,01 € × 204 ÷ 1 255 hab.
    assert "ne vaut pas délibération" in page
    answer = client.post(f"/fiches/{scene.sheet.pk}/position/", {"position": "si", "condition": ""})
    assert answer.status_code == 200 and "attend votre condition" in answer.content.decode()
    assert "Cette réponse n’est pas encore enregistrée" in answer.content.decode()
    answer = client.post(
        f"/fiches/{scene.sheet.pk}/position/",
        {"position": "si", "condition": "si la réponse vient sous quinze jours"},
    )
    assert answer.status_code == 302
    assert scene.sheet.positions.get().condition == "si la réponse vient sous quinze jours"


def test_conditions_are_read_by_town_halls_only(scene: Scene, client_for: Any) -> None:
    services.give_position(
        actor=scene.company.actor("maire-b"),
        sheet=scene.sheet,
        answer="yes_if",
        condition="si cela coûte moins cher",
    )
    assert "moins cher" in client_for("maire").get(f"/fiches/{scene.sheet.pk}/").content.decode()
    assert "moins cher" not in client_for("agent").get(f"/fiches/{scene.sheet.pk}/").content.decode()


@pytest.mark.parametrize(
    "slug", ["cheffe-de-projet", "presidente", "dgs", "secretaire", "agent", "animateur"]
)
def test_every_reader_gets_a_page(scene: Scene, client_for: Any, slug: str) -> None:
    client = client_for(slug)
    for sheet in (scene.sheet, scene.idea):
        assert client.get(f"/fiches/{sheet.pk}/").status_code == 200
        assert client.get(f"/fiches/{sheet.pk}/positions/").status_code == 200
        assert client.get(f"/couts/{sheet.scenario_id}/").status_code == 200


def test_a_stranger_finds_nothing(scene: Scene, client_for: Any) -> None:
    assert client_for("partenaire").get(f"/fiches/{scene.sheet.pk}/").status_code == 404
    assert client_for(None).get(f"/fiches/{scene.sheet.pk}/").status_code == 302


def test_the_page_asks_few_queries(scene: Scene, client_for: Any, django_assert_max_num_queries: Any) -> None:
    for slug in ("maire", "cheffe-de-projet"):
        client = client_for(slug)
        with django_assert_max_num_queries(12):
            client.get(f"/fiches/{scene.sheet.pk}/")


def test_the_debate_of_the_group_is_shown_to_who_reads_it(scene: Scene, client_for: Any) -> None:
    discussions.open_thread(
        actor=scene.company.actor("animateur"), space=scene.company.spaces["urbanisme"], title="Qui signe les actes ?",
        body="À débattre.", client_token="b" * 16, open_to_what="La signature", who_decides="Le maire", outcome_promise="Une réponse",
    )  # fmt: skip
    address = f"/fiches/{scene.sheet.pk}/"
    member = client_for("animateur").get(address).content.decode()
    assert "Qui signe les actes" in member and "1 message" in member
    other = client_for("maire").get(address).content.decode()
    assert "roupe Urbanisme" in other and "Qui signe les actes" not in other


def test_a_cost_of_which_nothing_is_known_is_not_zero(scene: Scene, client_for: Any) -> None:
    costing.set_lines(
        actor=scene.company.actor("cheffe-de-projet"), scenario=scene.fresh().scenario, year=2029,
        lines=[Cost(scene.company.territory.epci, "running", "Logiciel", None, "inconnu")],
    )  # fmt: skip
    page = client_for("maire").get(f"/fiches/{scene.sheet.pk}/").content.decode()
    start = page.index('class="reperes"')
    figures = page[start : page.index("</dl>", start)]
    assert "Non connu" in figures and "0\u00a0€" not in figures
    assert "Au moins" not in page and "pour ce qui est connu" in figures  # staff: one employer is not known


def test_a_sheet_changed_after_the_version_voted_says_which_text_stands(
    scene: Scene, client_for: Any
) -> None:
    version = frozen(scene)
    lead, address = scene.company.actor("cheffe-de-projet"), f"/fiches/{scene.sheet.pk}/"
    services.set_scheme_state(actor=lead, scheme=scene.scheme, state="adopted")
    assert "fait foi" not in client_for("maire").get(address).content.decode()
    ActionSheet.objects.filter(pk=scene.sheet.pk).update(edited_at=version.frozen_at + timedelta(hours=1))
    page = client_for("maire").get(address).content.decode()
    assert "fait foi" in page and f"/versions/{version.pk}/lire/" in page


def test_communes_follow_the_french_alphabet(scene: Scene) -> None:
    """« Évron » stands with the E, not after every other name."""
    late = Authority.objects.create(kind="commune", name="Évron", insee_code="81999", siren="219819999")
    TerritoryMember.objects.create(
        territory=scene.company.territory, authority=late, tile_drawing=1, tile_hue="ocre"
    )
    names = [one.name for one in queries.communes(queries.members(scene.company.territory.pk))]
    assert names == ["Courris", "Évron", "Saint-Cirgue", "Saussenac", "Trébas"]
