"""Every screen answers in its states; refusals say why; what is typed is kept."""

import html
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mosaique.scheme import freezing, services
from mosaique.scheme.forms.parts import PARTS
from mosaique.scheme.models import ActionSheet
from mosaique.scheme.tests.conftest import Scene
from mosaique.scheme.tests.test_versions import frozen, ready

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_apart(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_before_any_scheme_the_page_says_who_opens_it(cast: Any, client_for: Any) -> None:
    assert "Ouvrir le schéma" in client_for("cheffe-de-projet").get("/fiches/").content.decode()
    assert "équipe du projet" in client_for("maire").get("/fiches/").content.decode()
    assert client_for("cheffe-de-projet").post("/fiches/").status_code == 302
    assert "Ouvrir la première fiche" in client_for("cheffe-de-projet").get("/fiches/").content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/fiches/",
        "/fiches/?vue=tableau",
        "/fiches/?theme=finances",
        "/schema/",
        "/schema/apercu/",
        "/schema/manques/",
        "/formes-juridiques/",
    ],
)
@pytest.mark.parametrize("slug", ["cheffe-de-projet", "maire", "agent"])
def test_pages_answer(scene: Scene, client_for: Any, path: str, slug: str) -> None:
    assert client_for(slug).get(path).status_code == 200
    ready(scene)
    assert client_for(slug).get(path).status_code == 200


def test_filters_live_in_the_address(scene: Scene, client_for: Any) -> None:
    page = client_for("maire").get("/fiches/?attend=1&theme=urbanisme").content.decode()
    assert "service commun" in page and "balayeuse" not in page
    services.give_position(actor=scene.company.actor("maire"), sheet=scene.sheet, answer="yes")
    assert (
        "Aucune fiche ne correspond"
        in client_for("maire").get("/fiches/?attend=1&theme=urbanisme").content.decode()
    )


def test_the_list_costs_the_same_with_one_or_thirty(
    scene: Scene, client_for: Any, django_assert_num_queries: Any
) -> None:
    client = client_for("maire")
    for _ in range(2):
        with django_assert_num_queries(7):
            client.get("/fiches/")
        lead = scene.company.actor("cheffe-de-projet")
        for index in range(29):
            sheet = services.create_sheet(
                actor=lead, scheme=scene.scheme, axis=scene.axis, title=f"Fiche de plus {index}"
            )
            services.give_position(actor=scene.company.actor("maire-b"), sheet=sheet, answer="yes")


@pytest.mark.parametrize("part", PARTS)
def test_each_part_is_edited_apart(scene: Scene, client_for: Any, part: str) -> None:
    client = client_for("animateur")
    url = f"/fiches/{scene.sheet.pk}/modifier/{part}/"
    page = client.get(url)
    assert page.status_code == 200
    form = page.context["form"]
    data = {name: form[name].value() if form[name].value() is not None else "" for name in form.fields}
    assert client.post(url, data).status_code == 302
    assert client_for("maire").get(url).status_code == 403


def test_a_stale_save_shows_both_texts(scene: Scene, client_for: Any) -> None:
    client = client_for("cheffe-de-projet")
    url = f"/fiches/{scene.sheet.pk}/modifier/discussion/"
    data = {
        "seen": scene.sheet.version,
        "open_to_what": "Le texte de la première",
        "who_decides": "x",
        "outcome": "y",
    }
    assert client.post(url, data).status_code == 302
    answer = client.post(url, data | {"open_to_what": "Le texte du second"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Le texte de la première" in page and "Le texte du second" in page


def test_under_fa_the_ac_is_not_offered(scene: Scene, client_for: Any) -> None:
    client = client_for("cheffe-de-projet")
    url = f"/fiches/{scene.sheet.pk}/modifier/forme/"
    assert (
        "imputation sur l’attribution"
        not in client.get(url).content.decode().split("Paiement")[1].split("</select>")[0].split("<select")[1]
    )
    answer = client.post(url, {"seen": scene.sheet.version, "legal_form": "service_commun", "payment": "ac"})
    assert answer.status_code == 200 and "n’est pas proposé" in answer.content.decode()
    assert scene.fresh().payment == ""


def test_the_form_retained_in_the_guide_carries_its_answers_to_the_sheet(
    scene: Scene, client_for: Any
) -> None:
    client = client_for("cheffe-de-projet")
    answers = "quoi=equipe&qui=interco&agents=rejoignent&competence=communes"
    guide = client.get(f"/formes-juridiques/choisir/?fiche={scene.idea.pk}&{answers}").content.decode()
    link = re.search(r'href="([^"]+modifier/forme/\?forme=service_commun[^"]*)"', guide)
    assert link and "Le temps d’y arriver" in guide and "Qui décide" in guide
    url = link[1].replace("&amp;", "&")
    asked = client.get(url).content.decode()
    assert "Que voulez-vous partager ? Un service, une équipe" in asked.replace("\u202f", " ")
    # Without saying who chooses, nothing is written; what was typed stays.
    why = client.get(url).context["form"].initial["why"]
    typed = {"seen": scene.idea.version, "legal_form": "service_commun", "why": f"{why}\nLe bureau y tient."}
    refused = client.post(url, typed)
    assert refused.status_code == 200 and "Le bureau y tient" in refused.content.decode()
    assert scene.fresh(scene.idea).legal_form == "" and not scene.idea.decisions.exists()
    # Without a form neither: the line of the log does not go without the choice.
    assert client.post(url, typed | {"legal_form": "", "by": "Bureau"}).status_code == 200
    assert scene.fresh(scene.idea).version == scene.idea.version and not scene.idea.decisions.exists()

    kept = client.post(url, typed | {"by": "Comité de pilotage"})
    assert kept.status_code == 302 and scene.fresh(scene.idea).legal_form == "service_commun"
    line = scene.idea.decisions.get()
    assert (line.by, line.legal_form) == ("Comité de pilotage", "service_commun")
    assert line.text.startswith("Forme juridique retenue\u00a0: Service commun.")
    page = client.get(f"/fiches/{scene.idea.pk}/").content.decode()
    assert (
        "Pourquoi cette forme" in page
        and "Ils rejoignent une équipe commune" in page
        and "Le bureau y tient" in page
    )
    # Sent again at the version it was read at: both texts are shown, the log has one line.
    assert client.post(url, typed | {"by": "Comité de pilotage"}).status_code == 409
    assert scene.idea.decisions.count() == 1
    # Another form, chosen without the guide: the former reasons are not shown as those of the new one.
    plain = {"seen": scene.fresh(scene.idea).version, "legal_form": "entente"}
    assert client.post(f"/fiches/{scene.idea.pk}/modifier/forme/", plain).status_code == 302
    assert "Pourquoi cette forme" not in client.get(f"/fiches/{scene.idea.pk}/").content.decode()


def test_dropping_needs_a_reason(scene: Scene, client_for: Any) -> None:
    client = client_for("cheffe-de-projet")
    url = f"/fiches/{scene.idea.pk}/etape/"
    assert "demande un motif" in client.post(url, {"to": "dropped"}).content.decode()
    assert client.post(url, {"to": "dropped", "reason": "Le matériel existe déjà."}).status_code == 302
    assert ActionSheet.objects.get(pk=scene.idea.pk).dropped_reason == "Le matériel existe déjà."


def test_a_new_sheet_needs_an_axis_and_keeps_what_was_typed(scene: Scene, client_for: Any) -> None:
    client = client_for("animateur")
    answer = client.post("/fiches/nouvelle/", {"title": "Prêter des barrières"})
    assert (
        "Une fiche appartient à un axe" in answer.content.decode()
        and "Prêter des barrières" in answer.content.decode()
    )
    assert (
        client.post(
            "/fiches/nouvelle/", {"title": "Prêter des barrières", "new_axis": "S’entraider"}
        ).status_code
        == 302
    )
    assert client_for("maire").get("/fiches/nouvelle/").status_code == 403


def test_freeze_then_read_then_download_then_verify(scene: Scene, client_for: Any) -> None:
    ready(scene)
    client = client_for("cheffe-de-projet")
    assert "non communiqué" in client.get("/schema/figer/").content.decode()
    assert client.post("/schema/figer/", {"note": ""}).status_code == 200
    answer = client.post("/schema/figer/", {"note": "première", "acknowledged": "on"})
    assert answer.status_code == 302
    page = client.get(answer["Location"])
    assert page.status_code == 200
    version = page.context["version"]
    assert client_for("maire").get(f"/versions/{version.pk}/lire/").status_code == 200
    for link in page.context["links"]:
        file = client_for("maire").get(link.url)
        data = b"".join(file.streaming_content)
        assert (
            file["Content-Disposition"].startswith("attachment")
            and file["X-Content-Type-Options"] == "nosniff"
        )
        seen = (
            client_for(None)
            .post("/verifier/", {"file": SimpleUploadedFile("recu.pdf", data)})
            .content.decode()
        )
        assert "identique à la version 1" in seen and f"/versions/{version.pk}/" not in seen
        changed = client_for(None).post("/verifier/", {"file": SimpleUploadedFile("recu.pdf", data + b" ")})
        assert "Différent" in changed.content.decode()
    assert "version 1" in client_for(None).get(f"/verifier/{version.code}/").content.decode()
    assert "Code inconnu" in client_for(None).get("/verifier/0000000000000000/").content.decode()
    assert client_for(None).get(f"/versions/{version.pk}/").status_code == 302
    assert client_for("partenaire").get(f"/versions/{version.pk}/").status_code == 404


def test_who_verifies_is_told_whether_it_is_the_text_that_was_voted(scene: Scene, client_for: Any) -> None:
    lead = scene.company.actor("cheffe-de-projet")
    first = frozen(scene)
    second = freezing.freeze_version(actor=lead, scheme=scene.scheme, acknowledged=True)
    for state, said in (
        ("consultation", ("n’a pas été adoptée à ce jour", "n’a pas été adoptée à ce jour")),
        (
            "adopted",
            ("n’est pas celle qui a été votée : le conseil communautaire a adopté la version 2", "a votée."),
        ),
    ):
        services.set_scheme_state(
            actor=scene.company.actor("cheffe-de-projet"), scheme=scene.scheme, state=state
        )
        for version, words in zip((first, second), said, strict=True):
            by_code = client_for(None).get(f"/verifier/{version.code}/").content.decode()
            assert words in html.unescape(by_code), (state, version.number)


def test_an_altered_file_is_not_served(scene: Scene, client_for: Any, tmp_path: Path) -> None:
    file = frozen(scene).files.first()
    (tmp_path / file.path).write_bytes(b"autre chose")
    assert client_for("maire").get(f"/versions/fichiers/{file.pk}/").status_code == 409


def test_under_consultation_nothing_is_edited_until_reopened(scene: Scene, client_for: Any) -> None:
    frozen(scene)
    lead = scene.company.actor("cheffe-de-projet")
    services.set_scheme_state(actor=lead, scheme=scene.scheme, state="consultation")
    client = client_for("cheffe-de-projet")
    assert client.get(f"/fiches/{scene.sheet.pk}/modifier/suivi/").status_code == 403
    assert client.get(f"/couts/{scene.sheet.scenario_id}/lignes/").status_code == 403
    assert "figé" in client.get(f"/fiches/{scene.sheet.pk}/").content.decode()
    assert client.post("/schema/rouvrir/").status_code == 302
    assert client.get(f"/fiches/{scene.sheet.pk}/modifier/suivi/").status_code == 200
    assert freezing.stored_path(scene.scheme.versions.get().files.first()) is not None


def test_drafts_say_that_they_are_not_frozen(scene: Scene, client_for: Any) -> None:
    ready(scene)
    client = client_for("maire")
    for fmt in ("pdf", "docx", "odt"):
        assert len(client.get(f"/schema/apercu/rapport.{fmt}").content) > 5000
    assert client.get("/schema/apercu/81245.pdf").status_code == 200
    assert client.get("/schema/apercu/00000.pdf").status_code == 404


def test_huge_or_empty_verification_is_refused_in_words(
    scene: Scene, client_for: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("mosaique.scheme.views.versions.LIMIT", 10)
    client = client_for(None)
    assert (
        "dépasse"
        in client.post("/verifier/", {"file": SimpleUploadedFile("gros.pdf", b"x" * 11)}).content.decode()
    )
    assert "Donnez un code" in client.post("/verifier/", {"code": ""}).content.decode()
