"""A row of the matrix: a screen, an object, fifteen statuses in a fixed order, and the screen's other states."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.world.builder import World

# Order of the columns: the EPCI, the communes, those who work, the partner, a visitor | those who have no business here.
COLUMNS = (
    "cheffe-de-projet", "dgs", "presidente", "maire", "maire-b", "secretaire", "secretaire-b", "agent",
    "representante-du-personnel", "animateur", "partenaire", "habitante",
    "maire-ailleurs", "administratrice", "ancienne-adjointe",
)  # fmt: skip
STATES = ("empty", "normal", "too_much", "error", "read_only", "frozen")

Builder = Callable[[World], None]
Kwargs = Callable[[World], dict[str, Any]]


@dataclass(frozen=True)
class State:
    """Another state of a screen: how to bring it about, who looks, and what they get."""

    as_: str
    build: Builder | None = None  # None: the world as it is
    status: int = 200
    post: dict[str, Any] | None = None  # sent instead of a GET
    query: str = ""
    says: str = ""  # words that only this state shows


@dataclass(frozen=True)
class Row:
    name: str
    statuses: str
    kwargs: Kwargs = lambda world: {}
    states: dict[str, State] = field(default_factory=dict)
    many: Builder | None = None  # adds thirty rows to a list: the page must cost the same
    why_no_error: str = ""  # a form that nothing can be wrong in

    @property
    def expected(self) -> dict[str, int]:
        found = [int(word) for word in self.statuses.split() if word != "|"]
        assert len(found) == len(COLUMNS), f"{self.name}: {len(found)} statuses"
        return dict(zip(COLUMNS, found, strict=True))

    @property
    def looker(self) -> str | None:
        """The first persona who gets the page: who looks at it in the browser."""
        return next((slug for slug, status in self.expected.items() if status == 200), None)


def of(thing: str, **more: Any) -> Kwargs:
    """The primary key of a thing of the world, and what else the address needs."""
    return lambda world: {"pk": getattr(world, thing).pk, **more}


def wrong(as_: str, **post: Any) -> State:
    """A form sent with nothing in it, or with what cannot be: the page comes back, or the act is refused; never a 500."""
    return State(as_, post=post)


ALL_200 = "200 200 200 200 200 200 200 200 200 200 200 200 | 200 200 200"
SIGNED_IN = "200 200 200 200 200 200 200 200 200 200 200 302 | 200 200 200"
ALL_405 = "405 405 405 405 405 405 405 405 405 405 405 405 | 405 405 405"
CONDUCT = "200 200 200 403 403 403 403 403 403 403 403 302 | 403 403 403"
