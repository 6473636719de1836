"""What a machine cannot run is named with its remedy; in continuous integration it is a failure."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository.tracked import ROOT

TOY = """
import pytest
@pytest.mark.browser
def test_in_a_browser(): pass
@pytest.mark.office
def test_of_a_document(): pass
@pytest.mark.postgres
def test_of_postgresql(): pass
def test_anywhere(): pass
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with our conftest.py and one test of each kind."""
    folder = tmp_path / "projet"
    folder.mkdir()
    shutil.copy(ROOT / "conftest.py", folder)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n  browser:\n  office:\n  postgres:\n")
    (folder / "test_toy.py").write_text(TOY)
    (tmp_path / "bin").mkdir()
    return folder


def run(
    project: Path, programs: tuple[str, ...] = (), **environment: str
) -> "subprocess.CompletedProcess[str]":
    """Run it where only these programs are installed."""
    folder = project.parent / "bin"
    for program in programs:
        (folder / program).write_text("#!/bin/sh\n")
        (folder / program).chmod(0o755)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:django", "-p", "no:cacheprovider", "-q"],
        cwd=project,
        env={"PATH": str(folder), "MOSAIQUE_DATA": str(project.parent), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


EVERY_PROGRAM = ("chromium", "soffice", "pdftoppm")


def test_what_is_missing_is_named_with_the_line_that_installs_it(project: Path) -> None:
    done = run(project)
    assert done.returncode == 0
    assert "Chromium (1 test) : apt-get install chromium" in done.stdout
    assert "apt-get install libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils" in done.stdout
    assert "1 passed, 2 skipped, 1 deselected" in done.stdout.splitlines()[-1]


def test_in_continuous_integration_a_skip_is_a_failure_and_named(project: Path) -> None:
    done = run(project, ("soffice", "pdftoppm"), CI="true")
    assert done.returncode == 1
    assert "test_toy.py::test_in_a_browser" in done.stdout
    assert "test_toy.py::test_of_a_document" not in done.stdout


def test_nothing_missing_nothing_said(project: Path) -> None:
    done = run(project, EVERY_PROGRAM, CI="true")
    assert done.returncode == 0
    assert "apt-get" not in done.stdout
    assert "3 passed, 1 deselected" in done.stdout.splitlines()[-1]


def test_on_postgresql_only_what_depends_on_the_database_runs(project: Path) -> None:
    done = run(project, EVERY_PROGRAM, CI="true", DATABASE_URL="postgres://127.0.0.1/toy")
    assert done.returncode == 0
    assert "2 passed, 2 deselected" in done.stdout.splitlines()[-1]


@pytest.mark.parametrize(("in_ci", "code"), [("false", 0), ("true", 1)])
def test_a_missing_database_server_counts_too(project: Path, in_ci: str, code: int) -> None:
    done = run(
        project, EVERY_PROGRAM, CI=in_ci, MOSAIQUE_TEST_WITHOUT="PostgreSQL : apt-get install postgresql"
    )
    assert done.returncode == code
    assert "PostgreSQL : apt-get install postgresql" in done.stdout
