"""Maps and charts of the report: hand-counted, nothing hidden, unknown never a length."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mosaique.kernel.docgen.model import Bars, Illustration, Map, Shares, Timeline
from mosaique.scheme import documents, freezing, report, services
from mosaique.scheme.documents import figures
from mosaique.scheme.tests.conftest import Scene
from mosaique.scheme.tests.test_versions import frozen, ready

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_apart(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def content(scene: Scene) -> dict[str, Any]:
    services.give_position(
        actor=scene.company.actor("maire"), sheet=scene.sheet, answer="yes_if", condition="si le secret reste"
    )
    ready(scene)
    return report.compile_content(scene.scheme)


def only(found: Iterator[Illustration]) -> Illustration:
    (one,) = found
    return one


def test_the_map_of_positions_says_what_the_text_says_and_no_condition(content: dict[str, Any]) -> None:
    one = only(figures.positions(content, content["sheets"][0]))
    drawing = one.drawings[0]
    assert isinstance(drawing, Map)
    assert [(key.fill, key.word) for key in drawing.keys] == [
        ("raies", "Oui, si : 1 commune"), ("blanc", "Sans réponse : 3 communes"),
    ]  # fmt: skip
    assert sorted(area.fill for area in drawing.areas) == ["blanc", "blanc", "blanc", "raies"]
    assert "oui, si : 1 commune, sans réponse : 3 communes" in one.alt
    assert "ne valent pas délibération" in one.caption
    assert "secret" not in report.canonical(content) + str(one)


def test_the_map_of_the_territory_counts_its_classes(content: dict[str, Any]) -> None:
    one = only(figures.territory(content))
    drawing = one.drawings[0]
    assert isinstance(drawing, Map)
    assert [key.word for key in drawing.keys] == [
        "moins de 500 habitants : 3 communes", "de 500 à 999 : 1 commune",
    ]  # fmt: skip
    assert "La plus peuplée est Saussenac (641 habitants), la moins peuplée Courris (92)." in one.alt
    assert {area.number for area in drawing.areas} == {"1", "2", "3", "4"}
    table = next(
        b for b in documents.report(content, day=date(2026, 11, 26)).blocks
        if getattr(b, "caption", "") == "Les communes et leur population municipale" and hasattr(b, "rows")
    )  # fmt: skip
    assert [row.cells[:2] for row in table.rows][:2] == [(1, "Courris"), (2, "Saint-Cirgue")]  # type: ignore[union-attr]


def test_the_two_impacts_leave_nobody_out_and_the_unknown_without_length(content: dict[str, Any]) -> None:
    found = list(figures.impacts(content))
    rows = [
        row for one in found for drawing in one.drawings if isinstance(drawing, Bars) for row in drawing.rows
    ]
    concerned = [a["name"] for a in content["impacts"]["authorities"] if a["concerned"]]
    assert [row.label for row in rows] == concerned
    bars = {row.label: row.bars for row in rows}
    assert bars["Saint-Cirgue"][0].kind == "unknown" and bars["Saint-Cirgue"][0].value is None
    assert bars["Saint-Cirgue"][1].text == "+8\u202f777,69\u00a0€"
    assert "non communiqué pour" in " ".join(one.alt for one in found)
    assert all(one.table_anchor == "essentiel" for one in found)


def test_a_hundred_and_fifty_eight_communes_are_split_and_none_is_hidden(content: dict[str, Any]) -> None:
    model = next(a for a in content["impacts"]["authorities"] if a["code"] == "81245")
    content["impacts"]["authorities"] = [
        {**model, "name": f"Commune {n}", "code": f"81{n:03}"} for n in range(158)
    ]
    found = list(figures.impacts(content))
    drawings = [one.drawings[0] for one in found]
    labels = [row.label for d in drawings if isinstance(d, Bars) for row in d.rows]
    assert labels == [f"Commune {n}" for n in range(158)]
    assert [one.caption[-9:] for one in found] == [f"({n} sur 5)" for n in range(1, 6)]
    assert len({d.panels[1].high for d in drawings if isinstance(d, Bars)}) == 1  # one scale for all


def test_shares_calendar_and_page_of_a_commune(content: dict[str, Any]) -> None:
    sheet = content["sheets"][0]
    shares = only(figures.shares(content, sheet))
    assert isinstance(shares.drawings[0], Shares)
    total = sum(part.value for part in shares.drawings[0].parts)
    assert str(total) == sheet["costs"]["share"]["total"]
    calendar = only(figures.calendar(content))
    assert isinstance(calendar.drawings[0], Timeline)
    assert (
        "en 2028. Premier démarrage visé : 1er\u00a0juillet\u00a02028 (1. Créer un service commun d’urbanisme). "
        in calendar.alt
        and "3 dates restent à fixer" in calendar.alt
    )
    authority = next(a for a in content["impacts"]["authorities"] if a["code"] == "81245")
    page = only(figures.commune(content, authority))
    spot, bars = page.drawings
    assert isinstance(spot, Map) and [a.fill for a in spot.areas if a.strong] == ["plein"]
    assert isinstance(bars, Bars) and [row.label for row in bars.rows] == [
        "1. Créer un service commun d’urbanisme", "Ensemble",
    ]  # fmt: skip
    assert "Dépenses de fonctionnement : +8\u202f777,69\u00a0€" in page.alt


def test_a_new_vintage_of_outlines_redraws_no_frozen_version(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = frozen(scene)
    before = freezing.render_report(version.content, "pdf")
    monkeypatch.setattr(report, "shapes_of", lambda codes: None)
    assert freezing.render_report(version.content, "pdf") == before
    assert report.compile_content(scene.scheme)["map"] is None


def test_what_was_frozen_without_figures_is_drawn_without(content: dict[str, Any]) -> None:
    for stem in ("rapport-1", "rapport-2"):
        old = report.read(Path(__file__).with_name("frozen").joinpath(f"{stem}.json").read_text())
        whole = documents.report(old, day=date(2026, 11, 26))
        page = documents.commune_page(old, "81245", day=date(2026, 11, 26))
        assert not any(isinstance(block, Illustration) for block in (*whole.blocks, *page.blocks))
        assert whole.look is None
