"""What every test run needs to know: which parts this machine can run, and where data may be written."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = Path(__file__).resolve().parent
IN_CI = os.environ.get("CI", "").lower() in ("1", "true", "yes")


@dataclass(frozen=True)
class Component:
    """Something outside Python that some tests drive."""

    name: str
    alternatives: tuple[tuple[str, ...], ...]  # any of these sets of programs will do
    install: str

    def is_present(self) -> bool:
        return any(all(shutil.which(program) for program in programs) for programs in self.alternatives)


COMPONENTS = {
    "browser": Component(
        "Chromium", (("chromium",), ("chromium-browser",), ("google-chrome",)), "apt-get install chromium"
    ),
    "office": Component(
        "LibreOffice et poppler",
        (("soffice", "pdftoppm"),),
        "apt-get install libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils",
    ),
}
# Nothing there talks to the database: once is enough.
WITHOUT_DATABASE = HERE / "tests" / "repository"


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """The one Chromium of a test process: Playwright refuses to be started twice in the same thread."""
    from playwright.sync_api import sync_playwright

    names = [programs[0] for programs in COMPONENTS["browser"].alternatives]
    path = next((found for name in names if (found := shutil.which(name))), None)
    # Playwright keeps a loop running in this thread; Django would refuse its database for that alone.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def _on_postgres() -> bool:
    return os.environ.get("DATABASE_URL", "").startswith("postgres")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Files go to a folder of this process alone: two databases never share one (`./mosaique test` gives the parent)."""
    given, worker = os.environ.get("MOSAIQUE_DATA"), os.environ.get("PYTEST_XDIST_WORKER")
    if given and not worker:
        return
    folder = Path(given, str(worker)) if given else Path(tempfile.mkdtemp(prefix="mosaique-test-"))
    folder.mkdir(exist_ok=True)
    if not given:
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    os.environ["MOSAIQUE_DATA"] = str(folder)  # for the processes that tests start
    from django.conf import settings

    # pytest-django has read the settings before any conftest.py could speak.
    settings.DATA = folder
    settings.STATIC_ROOT = folder / "static"
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    settings.MEDIA_ROOT = folder / "fichiers"
    if hasattr(settings, "EMAIL_FILE_PATH"):
        settings.EMAIL_FILE_PATH = folder / "courrier"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if elsewhere := [item for item in items if not _belongs_here(item)]:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if _belongs_here(item)]
    for mark, component in COMPONENTS.items():
        concerned = [item for item in items if item.get_closest_marker(mark)]
        if concerned and not component.is_present():
            reason = f"{component.name} manque : {component.install}"
            for item in concerned:
                item.add_marker(pytest.mark.skip(reason=reason))


def _belongs_here(item: pytest.Item) -> bool:
    """On PostgreSQL, what depends on the database; on SQLite, everything but what is PostgreSQL's own."""
    if not _on_postgres():
        return item.get_closest_marker("postgres") is None
    if WITHOUT_DATABASE in item.path.parents:
        return False
    return not any(item.get_closest_marker(mark) for mark in COMPONENTS)


def _skipped(config: pytest.Config) -> list[str]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    reports = reporter.stats.get("skipped", []) if reporter else []
    return sorted({report.nodeid for report in reports})


def _what_is_missing(config: pytest.Config) -> Iterator[str]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    reasons = [str(report.longrepr) for report in reporter.stats.get("skipped", [])]
    for component in COMPONENTS.values():
        if count := sum(component.install in reason for reason in reasons):
            yield f"{component.name} ({count} {'tests' if count > 1 else 'test'}) : {component.install}"
    if without := os.environ.get("MOSAIQUE_TEST_WITHOUT"):
        yield without


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In continuous integration nothing may be left out in silence."""
    left_out = _skipped(session.config) or os.environ.get("MOSAIQUE_TEST_WITHOUT")
    if IN_CI and left_out and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    lines = list(_what_is_missing(config))
    if lines:
        terminalreporter.section(
            "Ce qui n’a pas pu être vérifié sur cette machine, et la ligne qui l’installe"
        )
        for line in lines:
            terminalreporter.line(line)
    if IN_CI and (skipped := _skipped(config)):
        terminalreporter.section("CI=true : un test passé sous silence est un échec", red=True)
        for nodeid in skipped:
            terminalreporter.line(nodeid)
