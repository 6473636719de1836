"""Freezing: one text, one hash, files identical when made again, and rows that never change."""

import json
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from mosaique.costing import services as costing
from mosaique.costing.services import Cost
from mosaique.journal.models import Line
from mosaique.kernel import clock
from mosaique.kernel.verdict import Problem, Refused
from mosaique.scheme import documents, freezing, outline, report, services, tasks
from mosaique.scheme.models import Version, VersionFile
from mosaique.scheme.tests.conftest import Scene
from mosaique.territory.models import TerritoryMember
from mosaique.territory.queries import sort_key

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_apart(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def ready(scene: Scene) -> None:
    lead = scene.company.actor("cheffe-de-projet")
    for step in ("study", "building", "ready", "retained"):
        services.set_status(actor=lead, sheet=scene.sheet, to=step)


def frozen(scene: Scene) -> Version:
    ready(scene)
    return freezing.freeze_version(
        actor=scene.company.actor("cheffe-de-projet"), scheme=scene.scheme, acknowledged=True
    )


def test_content_is_canonical_and_the_same_twice(scene: Scene) -> None:
    ready(scene)
    one, two = (report.canonical(report.compile_content(scene.scheme)) for _ in range(2))
    assert one == two
    content = json.loads(one)
    epci = next(a for a in content["impacts"]["authorities"] if a["kind"] == "epci")
    assert epci["etp"][-1]["value"] == "1.20"
    a = next(a for a in content["impacts"]["authorities"] if a["code"] == "81245")
    assert a["running"][-1]["value"] == "8777.69"
    assert content["impacts"]["total"]["running"][-1]["value"] == "54000.01"  # transfers net to zero


def test_what_is_unknown_is_listed_and_never_zero(scene: Scene) -> None:
    ready(scene)
    content = report.compile_content(scene.scheme)
    told = " ".join(one["what"] for one in content["missing"])
    assert "effectifs non communiqué" in told
    unknown = [a for a in content["impacts"]["authorities"] if a["concerned"] and not a["etp_stated"]]
    assert unknown and all(a["etp"][-1]["value"] is None for a in unknown)


def test_shares_to_be_made_again_are_listed_and_not_added_up(scene: Scene) -> None:
    ready(scene)
    scenario = scene.fresh().scenario
    costing.set_lines(
        actor=scene.company.actor("cheffe-de-projet"),
        scenario=scenario,
        year=2029,
        lines=[Cost(scene.company.territory.epci, "running", "Personnel", Decimal("60000.00"))],
    )
    content = report.compile_content(scene.scheme)
    assert "La part de chacun est à recalculer" in " ".join(one["what"] for one in content["missing"])
    a = next(a for a in content["impacts"]["authorities"] if a["code"] == "81245")
    assert a["running"][-1]["value"] is None and not a["costs_stated"]
    assert content["sheets"][0]["costs"]["share"] is None


def test_conditions_and_reserved_sheets_stay_out(scene: Scene) -> None:
    ready(scene)
    lead = scene.company.actor("cheffe-de-projet")
    services.give_position(
        actor=scene.company.actor("maire"),
        sheet=scene.idea,
        answer="yes_if",
        condition="si le secret reste entre nous",
    )
    services.move_sheet(
        actor=lead, sheet=scene.idea, visibility="space", space=scene.company.spaces["urbanisme"]
    )
    text = report.canonical(report.compile_content(scene.scheme))
    assert "secret" not in text and "balayeuse" not in text


def test_freezing_asks_for_what_is_missing_to_be_read(scene: Scene) -> None:
    ready(scene)
    with pytest.raises(Problem):
        freezing.freeze_version(actor=scene.company.actor("cheffe-de-projet"), scheme=scene.scheme)
    assert not Version.objects.exists()


@pytest.mark.parametrize("slug", ["dgs", "maire", "animateur", "agent"])
def test_only_who_conducts_freezes(scene: Scene, slug: str) -> None:
    with pytest.raises(Refused):
        freezing.freeze_version(actor=scene.company.actor(slug), scheme=scene.scheme, acknowledged=True)


def test_files_are_the_same_when_made_again(scene: Scene) -> None:
    version = frozen(scene)
    assert version.sha256 == sha256(version.content.encode()).hexdigest()
    assert {file.format for file in version.files.all()} == {"pdf", "docx", "odt"}
    for file in version.files.all():
        again = freezing.render_report(version.content, file.format)
        assert sha256(again).hexdigest() == file.sha256
        assert (Path(settings.MEDIA_ROOT) / file.path).read_bytes() == again
    assert Line.objects.filter(verb="version_frozen").count() == 1


def test_each_commune_gets_its_page_once(scene: Scene) -> None:
    version = frozen(scene)
    tasks.make_commune_pages.call(version.pk)
    tasks.make_commune_pages.call(version.pk)
    pages = version.files.filter(kind="commune")
    assert pages.count() == 4
    page = pages.get(authority__insee_code="81245")
    assert sha256(freezing.render_page(version.content, "81245")).hexdigest() == page.sha256


def test_a_commune_that_had_left_is_counted_where_it_pays_and_has_no_page(scene: Scene) -> None:
    """Its figures stay in a calculation that counts it; « ce que le schéma change pour nous » is for the members of that day."""
    gone = clock.today() - timedelta(days=1)
    TerritoryMember.objects.filter(authority__insee_code="81292").update(left_on=gone)
    version = frozen(scene)
    authorities = report.read(version.content)["impacts"]["authorities"]
    assert [one["kind"] for one in authorities if one["code"] == "81292"] == ["other"]
    tasks.make_commune_pages.call(version.pk)
    codes = version.files.filter(kind="commune").values_list("authority__insee_code", flat=True)
    assert sorted(codes) == ["81068", "81245", "81283"]


def test_a_version_never_changes(scene: Scene) -> None:
    version = frozen(scene)
    version.note = "autre"
    for attempt in (
        version.save,
        version.delete,
        lambda: Version.objects.filter(pk=version.pk).update(note="autre"),
        lambda: Version.objects.all().delete(),
        lambda: VersionFile.objects.all().update(size=1),
        lambda: VersionFile.objects.all().delete(),
    ):
        with pytest.raises(TypeError):
            attempt()


def test_a_second_version_is_another_one(scene: Scene) -> None:
    first = frozen(scene)
    second = freezing.freeze_version(
        actor=scene.company.actor("presidente"), scheme=scene.scheme, acknowledged=True
    )
    assert (first.number, second.number) == (1, 2) and first.sha256 != second.sha256


def test_the_report_names_every_commune_with_its_two_impacts(scene: Scene) -> None:
    ready(scene)
    content = report.compile_content(scene.scheme)
    document = documents.report(content, day=date(2026, 11, 26))
    first = next(block for block in document.blocks if block.__class__.__name__ == "Table")
    names = [row.cells[0] for row in first.rows]
    assert names == ["CC Val 81", "Courris", "Saint-Cirgue", "Saussenac", "Trébas", "Ensemble"]


def test_names_sort_as_people_read_them() -> None:
    names = ["Zoteux", "Éguilles", "Fuveau", "aix"]
    assert sorted(names, key=sort_key) == ["aix", "Éguilles", "Fuveau", "Zoteux"]


def test_a_frozen_version_leads_to_the_councils(scene: Scene, client_for: Any) -> None:
    version = frozen(scene)
    address = f"/versions/{version.pk}/soumettre/"
    assert address in client_for("cheffe-de-projet").get(version.get_absolute_url()).content.decode()
    assert address not in client_for("maire").get(version.get_absolute_url()).content.decode()
    services.set_scheme_state(
        actor=scene.company.actor("cheffe-de-projet"), scheme=scene.scheme, state="consultation"
    )
    assert address not in client_for("cheffe-de-projet").get(version.get_absolute_url()).content.decode()


def logo(kind: str = "JPEG") -> BytesIO:
    out = BytesIO()
    Image.new("RGB", (300, 90), "#1b6f5f").save(out, kind)
    out.seek(0)
    out.name = "logo.jpg"
    return out


def test_the_logo_is_frozen_with_the_text(scene: Scene, client_for: Any) -> None:
    client = client_for("cheffe-de-projet")
    assert "pas encore de logo" in client.get("/schema/apparence/").content.decode()
    assert client.post("/schema/apparence/", {"logo": "1", "file": logo()}).status_code == 302
    assert "figure sur la couverture" in client.get("/schema/apparence/").content.decode()
    version = frozen(scene)
    content = json.loads(version.content)
    document = documents.report(content, day=date(2026, 11, 26))
    assert document.cover is not None and document.cover.logo is not None
    assert document.cover.logo.alt == "Logo de CC Val 81"
    before = freezing.render_report(version.content, "pdf")
    services.set_logo(actor=scene.company.actor("cheffe-de-projet"), scheme=scene.scheme, file=None)
    assert freezing.render_report(version.content, "pdf") == before
    assert report.compile_content(scene.scheme)["logo"] is None


def test_a_logo_that_is_none_is_refused_and_says_why(scene: Scene, client_for: Any) -> None:
    client = client_for("cheffe-de-projet")
    for name, data, said in (
        ("a.png", b"pas une image", "PNG ou JPEG attendu"),
        ("b.jpg", b"\xff\xd8" + b"0" * (2 * 1024 * 1024), "pèse plus de"),
    ):
        page = client.post(
            "/schema/apparence/", {"logo": "1", "file": SimpleUploadedFile(name, data)}
        ).content.decode()
        assert said in page
    assert "Choisissez" in client.post("/schema/apparence/", {"logo": "1"}).content.decode()
    assert client_for("maire").post("/schema/apparence/", {"logo": "1", "file": logo()}).status_code == 403
    assert scene.scheme.logo is None


FROZEN = sorted(Path(__file__).with_name("frozen").glob("*.json"))


@pytest.mark.parametrize("path", FROZEN, ids=lambda path: path.stem)
def test_what_was_frozen_under_a_former_schema_is_still_drawn(path: Path) -> None:
    """One text of each schema is kept here: whatever is added to the content must not make older versions unreadable."""
    content = report.read(path.read_text())
    whole = documents.report(content, day=date(2026, 11, 26))
    page = documents.commune_page(content, "81245", day=date(2026, 11, 26))
    assert len(whole.blocks) > 30 and page.blocks
    assert report.digest(path.read_text())  # the text itself is not touched


def test_a_chapter_added_later_does_not_enter_a_frozen_version(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = frozen(scene)
    before = freezing.render_report(version.content, "odt")
    more = (*outline.CHAPTERS, outline.ChapterSpec("communication", "Communication", "Dire."))
    monkeypatch.setattr(report, "CHAPTERS", more)
    monkeypatch.setattr(report, "LAW", outline.LAW[:3])
    monkeypatch.setattr(report, "GLOSSARY", ())
    assert freezing.render_report(version.content, "odt") == before
    assert ["communication", "Communication"] in report.compile_content(scene.scheme)["outline"]


def test_every_schema_has_a_text_kept() -> None:
    number = int(report.SCHEMA.rsplit("-", 1)[1])
    assert {path.stem for path in FROZEN} == {f"rapport-{n}" for n in range(1, number)}


def test_colours_are_shown_kept_journalled_and_frozen(scene: Scene, client_for: Any) -> None:
    client = client_for("cheffe-de-projet")
    address = "/schema/apparence/"
    chosen = {"main": "#1F5F3A", "accent": "#b3541e"}
    page = client.post(address, {**chosen, "voir": "1"}).content.decode()
    assert "Rien n’est encore enregistré" in page and "principale=1f5f3a&amp;accent=b3541e" in page
    scene.scheme.refresh_from_db()
    assert scene.scheme.main_colour == ""  # looking keeps nothing
    assert client.post(address, {**chosen, "garder": "1"}).status_code == 302
    line = Line.objects.get(verb="scheme_colours")
    assert line.changes == {"main": "1f5f3a", "accent": "b3541e"}
    version = frozen(scene)
    assert json.loads(version.content)["look"] == {"main": "1f5f3a", "accent": "b3541e"}
    before = freezing.render_report(version.content, "docx")
    assert client.post(address, {"maison": "1"}).status_code == 302
    assert report.compile_content(scene.scheme)["look"] is None
    assert freezing.render_report(version.content, "docx") == before
    picture = client.get(f"{address}page-2.png?principale=1f5f3a&accent=b3541e")
    assert Image.open(BytesIO(picture.content)).size == (496, 702)
    assert client.get(f"{address}page-3.png").status_code == 404


def test_a_tone_too_light_is_refused_with_the_nearest_one(scene: Scene, client_for: Any) -> None:
    client = client_for("cheffe-de-projet")
    page = client.post(
        "/schema/apparence/", {"main": "#f0c000", "accent": "#f0c000", "garder": "1"}
    ).content.decode()
    assert "son contraste est de 1,7, il en faut 4,5" in page and "Rien n’est enregistré" in page
    assert 'name="main" value="#907300"' in page and 'name="garder"' in page
    wrong = client.post(
        "/schema/apparence/", {"main": "vert", "accent": "#000", "garder": "1"}
    ).content.decode()
    assert "vert\u00a0» n’est pas une couleur" in wrong
    scene.scheme.refresh_from_db()
    assert scene.scheme.main_colour == "" and not Line.objects.filter(verb="scheme_colours").exists()
    with pytest.raises(Refused):
        services.set_colours(
            actor=scene.company.actor("maire"), scheme=scene.scheme, main="000", accent="000"
        )
