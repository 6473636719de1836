"""What a scenario of the bench is: data of its own if it needs some, one thing measured, and a verdict that follows its bounds."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from mosaique.bench.ground import Ground


@dataclass(frozen=True, slots=True)
class Result:
    """`values` goes into the JSON line, `said` is the same in French, `held` says whether every bound is kept."""

    values: dict[str, Any]
    said: str
    held: bool

    def line(self, code: str) -> dict[str, Any]:
        return {"event": "result", "scenario": code, **self.values, "held": self.held}

    @property
    def sentence(self) -> str:
        return f"{self.said} Borne {'tenue' if self.held else 'dépassée'}."


class Scenario(ABC):
    """One file of `bench/scenarios`, one line of `bench/registry.py`."""

    code: ClassVar[str]  # « S1 », as asked on the command line
    label: ClassVar[str]  # « Page d’un échange »

    def prepare(self, ground: Ground) -> None:  # noqa: B027 - most scenarios need nothing more
        """Add what the common data lack. Called for every scenario that was asked, before anything is measured."""

    @abstractmethod
    def measure(self, ground: Ground) -> Iterator[Result]:
        """Measure, saying each round through `ground.say`; one result per bound kept or broken."""
