"""Addresses of static files in tests."""

from collections.abc import Iterator
from typing import Any

import pytest

from mosaique.kernel.ui.tags import atoms, layout


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
