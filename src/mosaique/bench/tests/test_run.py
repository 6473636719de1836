"""The whole bench at its smallest: seeded, both applications served and asked, a verdict that follows the bounds."""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import pytest
from django.conf import settings
from django.db import connection

from mosaique.bench import making
from mosaique.bench.registry import SCENARIOS
from mosaique.bench.scenarios.thread import ThreadPage
from mosaique.bench.sizes import SIZES
from mosaique.kernel.typography import typographie


@pytest.fixture
def environment(tmp_path: Path, transactional_db: None) -> Iterator[dict[str, str]]:
    """A data folder and, on PostgreSQL, a database of its own: the bench only fills what is empty."""
    made = {
        **os.environ,
        "MOSAIQUE_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "mosaique.config.settings",
    }
    made["PYTHONPATH"] = str(settings.ROOT / "src")
    if connection.vendor != "postgresql":
        made.pop("DATABASE_URL", None)
        yield made
        return
    name = f"bench_{secrets.token_hex(4)}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    made["DATABASE_URL"] = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"
    yield made
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(environment: dict[str, str], *codes: str) -> subprocess.CompletedProcess[str]:
    options = ("--size", "essai", "--rounds", "1", "--pages", "20")
    command = [sys.executable, "-m", "mosaique", "bench", *codes, *options]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)


def test_a_small_run_says_what_it_measured(environment: dict[str, str]) -> None:
    done = run(environment, "s1")
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert [line["event"] for line in lines] == ["seeded"] + ["round"] * 4 + ["result"] * 2, done.stderr
    rounds, results = lines[1:5], lines[5:]
    assert [(line["visit"], line["app"]) for line in rounds] == [
        ("first", "floor"), ("first", "ours"), ("again", "floor"), ("again", "ours"),
    ]  # fmt: skip
    assert all(line["pages"] == 20 and line["cpu_ms"] > 0 and line["cal"] > 0 for line in rounds)
    # What we show is more than the floor's page: the ratio compares like with more, never with less.
    assert rounds[1]["bytes"] > rounds[0]["bytes"] > 3_000
    for result in results:
        cheap, short = (
            result["ratio_best"] <= ThreadPage.must_cpu,
            result["queries"] <= ThreadPage.must_queries,
        )
        assert result["held"] == (cheap and short and result["kb"] <= ThreadPage.must_kb)
        assert short and 1 < result["kb"] <= ThreadPage.must_kb and result["db"] == connection.vendor
    assert done.returncode == (0 if all(line["held"] for line in results) else 1)
    kept = (Path(environment["MOSAIQUE_DATA"]) / "bench.jsonl").read_text().splitlines()
    assert [json.loads(line) for line in kept] == lines
    # A second time, in a folder that is no longer empty: nothing is added.
    again = run(environment)
    assert again.returncode == 2 and "n’y touche pas" in again.stderr and not again.stdout


def test_the_cost_simulation_is_measured_on_its_pages_and_alone(environment: dict[str, str]) -> None:
    done = run(environment, "S8")
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert [line["event"] for line in lines] == ["seeded"] + ["round"] * 2 + ["result"] * 3, done.stderr
    engine, *pages = lines[3:]
    assert engine["page"] == "engine" and 0 < engine["cpu_ms_best"] <= engine["cpu_ms_median"]
    for page in pages:
        assert page["queries"] <= page["queries_must"] == 6 and 2 < page["kb"] <= page["kb_must"] == 30
        assert page["held"] == (page["cpu_ms_best"] <= page["must"])
    assert done.returncode == (0 if all(line["held"] for line in (engine, *pages)) else 1)


def test_the_home_is_measured_as_it_was_and_after_an_act(environment: dict[str, str]) -> None:
    done = run(environment, "S2", "S3")
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    space, again, anew = [line for line in lines if line["event"] == "result"]
    assert (space["scenario"], again["visit"], anew["visit"]) == ("S2", "again", "anew"), done.stderr
    # An act of somebody else makes something again, and not everything: the queries tell it without a clock.
    assert again["queries"] == 4 < anew["queries"] <= anew["queries_must"] == 10
    assert 4 < space["queries"] <= 10 and all(
        1 < line["kb"] <= line["kb_must"] for line in (space, again, anew)
    )


def test_documents_are_made_as_bare_libraries_would_and_beside_pages(environment: dict[str, str]) -> None:
    done = run(environment, "S9")
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    results = {line["made"]: line for line in lines if line["event"] == "result"}
    assert list(results) == ["docx", "pdf", "xlsx", "meanwhile"], done.stderr
    assert all(
        line["ratio_best"] > 0 and line["held"] == (line["ratio_best"] <= 1.5) for line in results.values()
    )
    beside = next(line for line in lines if line["event"] == "round" and line["made"] == "meanwhile")
    assert beside["documents"] >= 1


def test_both_makers_are_given_the_same_texts() -> None:
    """Else the ratio would compare a short document with a long one."""
    pages = making.leaves(3)
    ours, bare = (
        docx.Document(BytesIO(made)) for made in (making.report(pages, "docx"), making.bare_docx(pages))
    )
    for leaf in pages:
        for found in (ours, bare):
            assert any(typographie(leaf.text) == typographie(p.text) for p in found.paragraphs), leaf.title
    assert (
        [len(table.rows) for table in ours.tables] == [len(table.rows) for table in bare.tables] == [11] * 3
    )
    sizes = [
        len(pypdfium2.PdfDocument(made)) for made in (making.report(pages, "pdf"), making.bare_pdf(pages))
    ]
    assert sizes[0] == sizes[1]


def test_a_scenario_that_does_not_exist_is_refused_before_anything_is_filled(
    environment: dict[str, str],
) -> None:
    done = run(environment, "S1", "S99")
    assert done.returncode == 2 and not done.stdout
    assert f"Scénario inconnu : S99. Ceux qui existent : {', '.join(SCENARIOS)}." in done.stderr


@pytest.mark.parametrize("code", SCENARIOS)
def test_a_scenario_is_asked_for_by_its_code(code: str) -> None:
    assert SCENARIOS[code].code == code and SCENARIOS[code].label


def test_every_thread_has_as_many_posts() -> None:
    """The floor and ours are filled apart: they show pages of the same length only if nothing is left over."""
    for size in SIZES.values():
        assert size.posts % size.threads == 0 and size.posts // size.threads == 10
