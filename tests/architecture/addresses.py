"""Every address of the product, with its view: the demonstration's too."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.urls import URLResolver, get_resolver, path
from django.urls import include as include_urls


@dataclass(frozen=True)
class Address:
    route: str
    name: str
    view: Any

    @property
    def room(self) -> str:
        return self.view.__module__.split(".")[1]


def _walk(resolver: URLResolver, before: str = "") -> Iterator[Address]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, route)
        else:
            yield Address(route, entry.name or "", entry.callback)


@cache
def addresses() -> tuple[Address, ...]:
    """All of them, as config/urls.py hangs them; with MOSAIQUE_DEMO unset, the demonstration's are added."""
    found = list(_walk(get_resolver()))
    if not any(address.room == "demo" for address in found) and find_spec("mosaique.demo.urls"):
        module = import_module("mosaique.demo.urls")
        extra = path("demo/", include_urls(module))
        found += list(_walk(extra, "demo/"))
    return tuple(found)
