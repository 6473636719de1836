"""What is written in a space and follows its circle of readers: each room above registers how its rows move."""

from collections.abc import Callable
from dataclasses import dataclass

from mosaique.access.models import Scope, Space


@dataclass(frozen=True, slots=True)
class Contents:
    """Rows of a room. `move(space, old, new)` gives those of the space that bear `old` the scope `new`, and counts them.

    Rows given a narrower or wider circle by their author are left where they are.
    """

    name: str
    move: Callable[[Space, Scope, Scope], int]


_contents: dict[str, Contents] = {}


def register(contents: Contents) -> None:
    if contents.name in _contents and _contents[contents.name] != contents:
        raise ValueError(f"two contents named {contents.name}")
    _contents[contents.name] = contents


def all_contents() -> list[Contents]:
    from mosaique.kernel import registry

    registry.load()
    return list(_contents.values())
