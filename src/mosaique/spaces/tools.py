"""What a space's page offers: each room above registers its tool in its own `registry.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mosaique.access.actor import Actor
from mosaique.access.models import Space


@dataclass(frozen=True, slots=True)
class Fragment:
    """A template of the room that offers the tool, and what it shows."""

    template: str
    context: dict[str, Any]


@dataclass(frozen=True, slots=True)
class SpaceTool:
    """A part of a space's page. `fragment` shows only what the actor reads; None: nothing to show them."""

    name: str
    label: str
    fragment: Callable[[Actor, Space], Fragment | None]


_tools: dict[str, SpaceTool] = {}


def register(tool: SpaceTool) -> None:
    if tool.name in _tools and _tools[tool.name] != tool:
        raise ValueError(f"two space tools named {tool.name}")
    _tools[tool.name] = tool


def all_tools() -> list[SpaceTool]:
    from mosaique.kernel import registry

    registry.load()
    return list(_tools.values())
