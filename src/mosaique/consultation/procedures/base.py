"""What a procedure must say. No field has a default: above all not the meaning of silence."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from mosaique.kernel.typography import typographie
from mosaique.scheme.legal_forms.base import Fact


class Silence(StrEnum):
    """What silence means once the delay is over."""

    FAVOURABLE = "favourable"  # the opinion is deemed favourable
    PASSES = "passes"  # the deciding body may go on without the opinion
    REFUSED = "refused"  # silence is a refusal
    NOTHING = "nothing"  # silence states nothing


SILENCE_FR: dict[Silence, str] = {
    Silence.FAVOURABLE: "Le silence vaut avis favorable.",
    Silence.PASSES: "Le silence laisse décider sans l’avis.",
    Silence.REFUSED: "Le silence vaut refus.",
    Silence.NOTHING: "Le silence ne dit rien : l’avis n’est pas rendu.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """`months` is None when the law gives no delay: there is then no clock at all."""

    identifier: str
    label: str
    asked_to: str
    silence: Silence
    silence_fact: Fact
    months: int | None
    delay_fact: Fact
    counting_fact: Fact
    effect_fact: Fact
    notes: tuple[Fact, ...]

    def __post_init__(self) -> None:
        for name in ("label", "asked_to"):
            object.__setattr__(self, name, typographie(getattr(self, name)))

    @property
    def silence_fr(self) -> str:
        return typographie(SILENCE_FR[self.silence])

    def facts(self) -> Iterator[Fact]:
        """Every fact the procedure states."""
        yield from (self.silence_fact, self.delay_fact, self.counting_fact, self.effect_fact, *self.notes)
