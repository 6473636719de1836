"""One real Chromium per test process: Playwright's synchronous side refuses to be started twice in the same thread.

Registered once, in the conftest.py at the root; the rooms add their own contexts and pages.
"""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from mosaique.kernel.ui.tags import atoms, layout


def chromium_path() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright keeps a loop running in this thread; Django would refuse its database for that alone.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=chromium_path(), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def plain_assets(settings: Any) -> Iterator[None]:
    """Static files under their plain names: what `collectstatic` left behind plays no part."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    _forget()
    yield
    _forget()


def _forget() -> None:
    for remembered in (atoms.asset_url, atoms._icon, atoms._tile, atoms._etat, layout._rendered):
        remembered.cache_clear()
