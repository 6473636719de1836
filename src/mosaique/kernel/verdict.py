"""Answers to « may I? »: a yes, or a no that carries the French sentence shown to the person."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """Result of a policy. Falsy when refused; `reason` is a full French sentence, shown as it is."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def __and__(self, other: "Verdict") -> "Verdict":
        return self if not self.allowed else other


YES = Verdict(True)


def no(reason: str) -> Verdict:
    """A refusal; the reason says what is missing and, where one exists, the way out."""
    if not reason:
        raise ValueError("a refusal must carry its reason")
    return Verdict(False, reason)


class Refused(Exception):
    """Raised by `require`: the screen turns it into a page (403) that shows the reason."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.reason)
        self.verdict = verdict


class Problem(Exception):
    """An input the service cannot take: a French sentence (what happened, what was kept, what to do) and its field."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Stale(Exception):
    """Somebody saved in between. Carries both texts, so that the screen can show them and lose neither.

    `fields` is a list of (label, theirs, mine) in plain text; `version` is the version now stored.
    """

    def __init__(self, *, version: int, fields: list[tuple[str, str, str]], by: str = "") -> None:
        super().__init__("stale version")
        self.version = version
        self.fields = fields
        self.by = by


def require(verdict: Verdict) -> None:
    """Raise `Refused` unless the verdict is a yes."""
    if not verdict:
        raise Refused(verdict)
