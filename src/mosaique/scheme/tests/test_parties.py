"""Bodies other than communes as parties to a sheet: chosen, shown, printed; what was frozen before stays as it was."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from mosaique.access.middleware import actor_of
from mosaique.access.models import Person, Visibility
from mosaique.accounts import services as accounts
from mosaique.accounts.models import TerritoryParty
from mosaique.costing import services as costing
from mosaique.demo.people import Company
from mosaique.desk.tests.test_home import plain
from mosaique.kernel import clock
from mosaique.kernel.docgen.model import Paragraph
from mosaique.kernel.verdict import Problem, Refused, Stale
from mosaique.scheme import documents, report, services
from mosaique.scheme.tests.conftest import Scene
from mosaique.scheme.tests.test_versions import frozen, ready
from mosaique.territory.models import Authority

For = Callable[[str | None], Client]


@pytest.fixture
def water(cast: Company) -> TerritoryParty:
    party = accounts.add_party(
        actor=cast.actor("cheffe-de-projet"),
        territory=cast.territory,
        kind="syndicate",
        name="SIVOM des eaux",
    )
    assert isinstance(party, TerritoryParty)
    return party


def name(scene: Scene, party: TerritoryParty, slug: str = "animateur") -> None:
    sheet = scene.fresh()
    services.set_parties(
        actor=scene.company.actor(slug), sheet=sheet, seen=sheet.version, bodies=[party.authority]
    )


def test_a_sheet_names_a_body_and_says_so(scene: Scene, water: TerritoryParty, client_for: For) -> None:
    client, url = client_for("animateur"), f"/fiches/{scene.sheet.pk}/modifier/parties/"
    form = client.get(url).context["form"]
    assert form.fields["parties"].choices == [(str(water.authority_id), "SIVOM des eaux (syndicat)")]
    sent = client.post(
        url, {"seen": scene.fresh().version, "parties": [str(water.authority_id)]}, follow=True
    )
    text = plain(sent)
    assert "Autres parties à l’accord" in text and "SIVOM des eaux Syndicat" in text
    assert (
        f"/collectivites/{water.authority.code}/"
        in client_for("agent").get(f"/fiches/{scene.sheet.pk}/").content.decode()
    )
    page = plain(client_for("maire").get(f"/collectivites/{water.authority.code}/"))
    assert "Une fiche le nomme" in page or "1 fiche le nomme" in page
    assert "Fiche 1, Créer un service commun" in plain(client_for("maire").get("/parties/"))


def test_without_any_body_the_form_says_where_to_add_one(scene: Scene, client_for: For) -> None:
    text = plain(client_for("animateur").get(f"/fiches/{scene.sheet.pk}/modifier/parties/"))
    assert "Aucun autre organisme ne participe encore" in text and "Enregistrer cette partie" not in text


def test_who_may_not_edit_names_nobody(scene: Scene, water: TerritoryParty) -> None:
    for slug in ("maire", "agent", "partenaire"):
        with pytest.raises(Refused):
            name(scene, water, slug)


def test_a_body_of_nowhere_is_refused_and_a_former_one_is_kept(
    scene: Scene, water: TerritoryParty, client_for: For
) -> None:
    other = Authority.objects.create(kind="other", name="Ailleurs", own_code="P000099")
    sheet, lead = scene.fresh(), scene.company.actor("dgs")
    with pytest.raises(Problem, match="Ailleurs n’est pas parmi les parties"):
        services.set_parties(actor=lead, sheet=sheet, seen=sheet.version, bodies=[other])
    name(scene, water)
    accounts.end_party(actor=lead, party=water, until=clock.today())
    page = client_for("dgs").get(f"/fiches/{sheet.pk}/modifier/parties/")
    assert (
        page.context["form"].fields["parties"].choices[0][1] == "SIVOM des eaux (syndicat, ne participe plus)"
    )
    name(scene, water)
    assert "ne participe plus depuis le 26 novembre 2026" in plain(
        client_for("maire").get(f"/fiches/{sheet.pk}/")
    )


def test_a_stale_choice_shows_both(scene: Scene, water: TerritoryParty) -> None:
    old = scene.fresh()
    name(scene, water)
    with pytest.raises(Stale) as stale:
        services.set_parties(actor=scene.company.actor("dgs"), sheet=old, seen=old.version, bodies=[])
    assert stale.value.fields == [("Autres parties à l’accord", "SIVOM des eaux", "")]


def test_a_body_may_bring_the_means(scene: Scene, water: TerritoryParty, client_for: For) -> None:
    form = client_for("animateur").get(f"/fiches/{scene.sheet.pk}/modifier/forme/").context["form"]
    assert (
        water.authority in form.fields["provider"].queryset
        and water.authority in form.fields["beneficiary"].queryset
    )


def test_it_is_frozen_and_printed(scene: Scene, water: TerritoryParty) -> None:
    name(scene, water)
    version = frozen(scene)
    (sheet,) = json.loads(version.content)["sheets"]
    assert sheet["parties"] == [{"code": water.authority.code, "name": "SIVOM des eaux", "kind": "syndicat"}]
    content = report.read(version.content)
    said = [
        str(block)
        for block in documents.report(content, day=date(2026, 11, 26)).blocks
        if isinstance(block, Paragraph)
    ]
    assert any("Autres parties" in one and "SIVOM des eaux (syndicat)" in one for one in said)
    accounts.correct_party(
        actor=scene.company.actor("dgs"), party=water, kind="other", name="Autrement", seen=1
    )
    version.refresh_from_db()
    assert "SIVOM des eaux" in version.content and "Autrement" not in version.content


def test_what_was_frozen_without_them_is_drawn_without(scene: Scene) -> None:
    content: dict[str, Any] = report.compile_content(scene.scheme)
    content["schema"] = "mosaique-rapport-3"
    for sheet in content["sheets"]:
        del sheet["parties"]
    assert all(sheet["parties"] == [] for sheet in report.read(report.canonical(content))["sheets"])


def test_the_consultation_counts_communes_alone(scene: Scene, water: TerritoryParty, client_for: For) -> None:
    """A body that is a party gives neither position nor opinion."""
    name(scene, water)
    page = client_for("maire").get(f"/fiches/{scene.sheet.pk}/").context["page"]
    assert page.expected == 4 and water.authority_id not in {s.member.authority.pk for s in page.standings}
    held = accounts.add_person(
        actor=scene.company.actor("dgs"), territory=scene.company.territory, email="x@exemple.fr", given_name="Odile",
        family_name="Cros", authority=water.authority, role="partner",
    )  # fmt: skip
    partner = actor_of(Person.objects.select_related("card").get(pk=held.person_id))
    with pytest.raises(Refused):
        services.give_position(actor=partner, sheet=scene.fresh(), answer="yes")
    assert scene.sheet.scope.visibility == Visibility.TERRITORY


def test_the_guide_asks_of_the_kind_of_body_the_sheet_names(
    scene: Scene, water: TerritoryParty, client_for: For
) -> None:
    client, url = client_for("animateur"), f"/formes-juridiques/choisir/?fiche={scene.sheet.pk}"
    assert client.get(url).context["form"]["organisme"].value() == ""
    name(scene, water)
    page = client.get(url)
    assert page.context["form"]["organisme"].value() == "syndicat" and page.context["case"].is_empty
    assert "Cette fiche nomme SIVOM des eaux (syndicat)" in plain(page)
    answered = client.get(f"{url}&quoi=equipe&qui=interco&organisme=social")
    text = plain(answered)
    assert "Peut en être partie" in text and "Un CCAS ou un CIAS peut en être" in text
    assert answered.context["form"]["organisme"].value() == "social", "what was answered is kept"
    assert client.get(f"{url}&organisme=rien").context["case"].is_empty


def test_the_sheet_says_what_its_form_says_of_each_body(
    scene: Scene, water: TerritoryParty, client_for: For
) -> None:
    name(scene, water)
    text = plain(client_for("maire").get(f"/fiches/{scene.sheet.pk}/"))
    assert "Service commun : à regarder de près" in text and "il ne nomme pas les syndicats" in text
    accounts.correct_party(
        actor=scene.company.actor("dgs"), party=water, kind="other", name="SIVOM des eaux", seen=1
    )
    assert "à regarder de près" not in plain(client_for("maire").get(f"/fiches/{scene.sheet.pk}/"))


def test_the_two_impacts_say_who_is_counted_beside_the_intercommunality_and_its_communes(
    scene: Scene, water: TerritoryParty
) -> None:
    """The law asks them for the intercommunality and its communes: what is counted beside is told, and the sum still falls right."""

    def told() -> str:
        content = report.read(report.canonical(report.compile_content(scene.scheme)))
        return " ".join(str(block) for block in documents.report(content, day=date(2026, 11, 26)).blocks)

    ready(scene)
    assert "Ces tableaux comptent aussi" not in told()
    scenario, lead = scene.sheet.scenario, scene.company.actor("dgs")
    scenario.parties.add(water.authority)
    costing.choose_key(
        actor=lead,
        scenario=scenario,
        key="flat",
        inputs={"adjust": {"agreed_amount": {water.authority.code: "4000.01"}}},
    )
    costing.run_allocation(actor=lead, scenario=scenario)
    assert "Ces tableaux comptent aussi SIVOM des eaux, hors de l’intercommunalité" in told()
    impacts = report.compile_content(scene.scheme)["impacts"]
    paid = next(a for a in impacts["authorities"] if a["code"] == water.authority.code)
    assert paid["kind"] == "other" and paid["running"][-1]["value"] == "4000.01"
    assert impacts["total"]["running"][-1]["value"] == "54000.01", "transfers net to zero in the whole"
