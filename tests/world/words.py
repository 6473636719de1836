"""Words found nowhere else, each with what it was written in and who may read it. The list of readers is written by
hand, from the product's promises, and not computed from the reading rule: the two are compared."""

from collections.abc import Iterable
from dataclasses import dataclass, field

VISITOR = "habitante"  # nobody is signed in
TEAM = frozenset({"cheffe-de-projet", "dgs"})
HALL_A = frozenset({"maire", "secretaire"})
HALL_B = frozenset({"maire-b", "secretaire-b"})
CIRCLE = TEAM | HALL_A | HALL_B | {"presidente"}
TAKING_PART = CIRCLE | {"agent", "animateur", "representante-du-personnel"}
EVERY_PERSONA = TAKING_PART | {"partenaire", VISITOR}
# Signed in, and nothing to do here: another territory's mayor, an administrator of the instance, a mandate that ended.
STRANGERS = frozenset({"maire-ailleurs", "administratrice", "ancienne-adjointe"})
EVERYONE = EVERY_PERSONA | STRANGERS
URBANISME = frozenset({"animateur", "dgs", "partenaire"})
COPIL = frozenset({"cheffe-de-projet", "dgs", "presidente", "maire", "maire-b"})
SECRET = frozenset({"cheffe-de-projet", "representante-du-personnel"})

_SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]


@dataclass(frozen=True)
class Planted:
    word: str
    where: str
    readers: frozenset[str]


@dataclass
class Garden:
    """The words planted, in the order in which they were."""

    planted: list[Planted] = field(default_factory=list)

    def word(self, where: str, readers: Iterable[str]) -> str:
        """A new word, to put in a text that only these may read."""
        number = len(self.planted)
        word = f"qw{_SYLLABLES[number % 70]}{_SYLLABLES[number // 70]}{_SYLLABLES[(number * 31 + 7) % 70]}xy"
        self.planted.append(Planted(word, where, frozenset(readers)))
        return word
