"""Explicit registries: each room may have a `registry.py` listing its members by name. No hidden discovery."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings

_loaded = False


def load() -> None:
    """Import every room's `registry.py` once, top rooms last."""
    global _loaded
    if _loaded:
        return
    _loaded = True
    for room in reversed(settings.ROOMS):
        name = f"mosaique.{room}.registry"
        if find_spec(name):
            import_module(name)
