"""The annex of opinions: every council with its proof, both opinions of a late one, reserves in full and their answers."""

import io
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import docx as python_docx
import pikepdf
import pytest

from mosaique.access.models import Mandate, Scope, Visibility
from mosaique.consultation import adopted, documents, services
from mosaique.consultation.annex import Annex, compile_annex
from mosaique.consultation.models import Consultation, CouncilFile
from mosaique.consultation.opinion_state import StateKind
from mosaique.consultation.services.adoption import CommunityVote
from mosaique.consultation.services.opinions import Vote
from mosaique.demo.people import Company
from mosaique.kernel import clock, docgen
from mosaique.kernel.docgen.model import Illustration, Map, Paragraph, Quote, Row, Table
from mosaique.kernel.verdict import Refused
from mosaique.scheme import preparing, report, tasks
from mosaique.scheme.models import Preparation, Scheme, Version
from mosaique.territory.models import TerritoryMember

DAY = date(2026, 11, 26)
RESERVES = "La clé pèse trop sur les petites communes.\n\nLe préavis doit passer à un an."
FROZEN = Path(report.__file__).with_name("tests") / "frozen" / "rapport-2.json"


@pytest.fixture
def heard(cast: Company, settings: Any, tmp_path: Path) -> Consultation:
    """Four councils on 26 November: reserves answered, unfavourable corrected, tacit with a late vote, never received."""
    settings.MEDIA_ROOT = tmp_path
    lead = cast.actor("cheffe-de-projet")
    with clock.at(date(2026, 8, 3)):
        text = FROZEN.read_text()
        scope = Scope.objects.obtain(territory=cast.territory, visibility=Visibility.TERRITORY)
        scheme = Scheme.objects.create(
            territory=cast.territory, scope=scope, title="Schéma 2026-2032", starts_year=2026, ends_year=2032
        )
        version = Version.objects.create(
            scheme=scheme, scope=scope, number=1, content=text, sha256=report.digest(text), frozen_at=clock.now(),
            frozen_by=Mandate.objects.get(person=cast.people["cheffe-de-projet"]),
        )  # fmt: skip
        opened = services.open_consultation(actor=lead, version=version)
    names = ("Saint-Cirgue", "Saussenac", "Courris", "Trébas")
    a, b, c, _ = (CouncilFile.objects.for_screen().get(authority__name=name) for name in names)
    with clock.at(date(2026, 8, 20)):
        for council in (a, b, c):
            services.enter_fact(
                actor=lead, council=council, kind="received", on_date=date(2026, 8, 20), channel="letter",
                reference="2C 123",
            )  # fmt: skip
    with clock.at(date(2026, 9, 10)):
        services.give_opinion(
            actor=lead, council=a, vote=Vote("reserves", date(2026, 9, 9), "2026-41", 9, 1, 0, RESERVES)
        )
        services.answer_reserve(actor=lead, council=a, text="La clé sera revue.\nLe préavis est d’un an.")
        services.give_opinion(
            actor=lead, council=b, vote=Vote("favourable", date(2026, 9, 9), "2026-12", 8, 2, 1)
        )
        known = b.opinions.get()
        services.correct_opinion(
            actor=lead, council=b, vote=Vote("unfavourable", date(2026, 9, 9), "2026-12", 8, 2, 1),
            reason="Erreur de recopie", seen=known.pk,
        )  # fmt: skip
    with clock.at(DAY):
        services.give_opinion(
            actor=lead, council=c, vote=Vote("unfavourable", date(2026, 11, 25), "2026-77", 1, 6, 0)
        )
    return opened


def table(content: Annex, caption: str) -> list[Row]:
    found = [b for b in documents.annex_blocks(content) if isinstance(b, Table) and b.caption == caption]
    return list(found[0].rows) if found else []


def test_every_council_with_its_clock_its_vote_and_nothing_made_up(heard: Consultation) -> None:
    content = compile_annex(heard)
    assert [(one["name"], one["label"]) for one in content["councils"]] == [
        ("Courris", "Tacite, favorable"), ("Saint-Cirgue", "Favorable avec réserves"), ("Saussenac", "Défavorable"),
        ("Trébas", "Réception non notée"),
    ]  # fmt: skip
    assert content["counts"] == [
        ["reserves", "Favorable avec réserves", 1], ["unfavourable", "Défavorable", 1],
        ["not_started", "Réception non notée", 1], ["tacit_favourable", "Tacite, favorable", 1],
    ]  # fmt: skip
    rows = {str(row.cells[0]): row.cells[1:] for row in table(content, "Les avis, conseil par conseil")}
    assert rows["Saint-Cirgue"] == (
        "Favorable avec réserves", date(2026, 8, 20), date(2026, 11, 20), date(2026, 9, 9), "2026-41", 9, 1, 0,
    )  # fmt: skip
    assert rows["Courris"][3] == "pas de vote dans le délai (voir les délibérations tardives)"
    assert [getattr(cell, "reason", cell) for cell in rows["Trébas"][1:4]] == ["non notée", "non compté", ""]
    assert content["open"], "a reception is missing: the annex says that it will change"


def test_a_late_deliberation_stands_beside_the_tacit_opinion(heard: Consultation) -> None:
    (late,) = table(compile_annex(heard), "Avis retenu et délibération tardive")
    assert late.cells == (
        "Courris", "Tacite, favorable", date(2026, 11, 20), "Défavorable, n° 2026-77", date(2026, 11, 25),
    )  # fmt: skip


def test_reserves_are_there_in_full_with_their_answer_and_corrections_are_told(heard: Consultation) -> None:
    content = compile_annex(heard)
    blocks = list(documents.annex_blocks(content))
    quoted = [block.text for block in blocks if isinstance(block, Quote)]
    assert quoted == ["La clé pèse trop sur les petites communes.", "Le préavis doit passer à un an."]
    told = [block.text for block in blocks if isinstance(block, Paragraph) and isinstance(block.text, str)]
    assert {"La clé sera revue.", "Le préavis est d’un an."} <= set(told)
    (change,) = table(content, "Corrections portées au dossier")
    assert change.cells[2] == "Erreur de recopie" and "corrigé en défavorable du 9" in str(change.cells[1])
    rule = next(one["deadline"] for one in content["councils"] if one["name"] == "Saint-Cirgue")
    assert rule["rule"].startswith("Reçu le 20\u00a0août\u00a02026") and "prudente" not in rule["rule"]
    assert any("lecture prudente" in str(block) for block in blocks), "written once, with the law"


def test_the_map_draws_each_state_with_a_pattern_of_its_own(heard: Consultation) -> None:
    content = compile_annex(heard)
    assert content["map"] is None and not any(
        isinstance(block, Illustration) for block in documents.annex_blocks(content)
    )
    content["map"] = {
        "width": 40, "height": 10,
        "areas": [{"code": one["code"], "path": f"M{n}0 0l9 0 0 9z", "x": n * 10, "y": 5}
                  for n, one in enumerate(content["councils"])],
    }  # fmt: skip
    (one,) = [block for block in documents.annex_blocks(content) if isinstance(block, Illustration)]
    drawing = one.drawings[0]
    assert isinstance(drawing, Map)
    assert sorted(area.fill for area in drawing.areas) == ["blanc", "croix", "lignes", "raies"]
    assert "défavorable : 1" in one.alt and "tacite, favorable : 1" in one.alt


@pytest.mark.parametrize("fmt", docgen.FORMATS)
def test_the_three_files_are_the_same_when_made_again(heard: Consultation, client_for: Any, fmt: str) -> None:
    address = f"/avis/consultation/{heard.pk}/annexe.{fmt}"
    one, two = (client_for("maire").get(address).content for _ in range(2))
    assert one == two
    if fmt == "docx":
        text = "\n".join(p.text for p in python_docx.Document(io.BytesIO(one)).paragraphs)
        assert "Le préavis doit passer à un an." in text
    if fmt == "pdf":
        with pikepdf.open(io.BytesIO(one)) as opened:
            assert opened.Root.MarkInfo.Marked and str(opened.Root.Lang) == "fr-FR"


def test_who_may_not_read_the_opinions_reads_no_annex(heard: Consultation, client_for: Any) -> None:
    for address in ("annexe/", "annexe.pdf"):
        assert client_for("agent").get(f"/avis/consultation/{heard.pk}/{address}").status_code == 200
        for slug in ("partenaire",):
            assert client_for(slug).get(f"/avis/consultation/{heard.pk}/{address}").status_code == 404
    assert client_for("maire").get(f"/avis/consultation/{heard.pk}/annexe.rtf").status_code == 404


def test_the_adopted_scheme_and_its_opinions_are_a_set_apart(
    cast: Company, heard: Consultation, client_for: Any
) -> None:
    lead, version = cast.actor("cheffe-de-projet"), heard.version
    before = (version.sha256, version.content, version.files.count())
    client, address = client_for("cheffe-de-projet"), f"/avis/consultation/{heard.pk}/"
    with pytest.raises(Refused, match="n’est pas adopté"):
        preparing.ask(actor=lead, version=version, kind=adopted.KIND, formats=docgen.FORMATS)
    assert client.post(f"{address}dossier/").status_code == 403
    services.record_vote(
        actor=lead, consultation=heard, vote=CommunityVote("adopted", DAY, "2026-90", 20, 3, 1)
    )
    assert client_for("maire").post(f"{address}dossier/").status_code == 403
    answer = client.post(f"{address}dossier/")
    made = Preparation.objects.get(kind=adopted.KIND)
    assert answer.headers["Location"] == made.get_absolute_url()
    tasks.prepare.call(made.pk, made.attempt)
    files = {file.name.rpartition(".")[2]: file for file in made.files.all()}
    assert set(files) == {"pdf", "docx", "odt"}
    data = preparing.file_path(files["docx"]).read_bytes()
    assert sha256(data).hexdigest() == files["docx"].sha256
    assert data == docgen.render(adopted.together(version), "docx")
    text = "\n".join(p.text for p in python_docx.Document(io.BytesIO(data)).paragraphs)
    assert "Aménager et construire" in text and "Le préavis doit passer à un an." in text
    assert "Schéma adopté le 26" in text
    version = Version.objects.get(pk=version.pk)
    assert (version.sha256, version.content, version.files.count()) == before
    assert client_for("maire").get(made.get_absolute_url()).status_code == 200
    assert client_for("partenaire").get(made.get_absolute_url()).status_code == 404
    assert "Télécharger le dossier" in client.get(f"{address}adoption/").content.decode()


def test_a_commune_that_left_is_drawn_and_said_like_the_others(cast: Company, heard: Consultation) -> None:
    assert set(documents.FILLS) == {kind.value for kind in StateKind}
    TerritoryMember.objects.filter(authority__name="Trébas").update(left_on=DAY)
    with clock.at(DAY):
        content = compile_annex(heard)
    assert next(one["label"] for one in content["councils"] if one["name"] == "Trébas") == "Commune partie"
    areas = [{"code": one["code"], "path": "M0 0l9 0 0 9z", "x": 5, "y": 5} for one in content["councils"]]
    content["map"] = {"width": 40, "height": 10, "areas": areas}
    document = documents.annex(content)
    assert any(isinstance(block, Illustration) for block in document.blocks), "with its map"
    table = next(
        block
        for block in document.blocks
        if isinstance(block, Table) and "conseil par conseil" in block.caption
    )
    row = next(row for row in table.rows if row.cells[0] == "Trébas")
    assert "pas de vote dans le délai" not in row.cells and "Commune partie" in row.cells
