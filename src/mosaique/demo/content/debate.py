"""The shape of a debate of the demonstration."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """One message: who, with which position (pour, contre, reserve, question, info), how many hours after the former."""

    who: str  # a persona's slug, an Extra's key, « maire:31135 » or « secretaire:31538 »
    text: str
    position: str = ""
    hours: int = 20
    hidden: str = ""  # moderated, and why
    cites: str = ""  # whom the message begins by naming
    joined: tuple[str, ...] = ()  # names of papers


@dataclass(frozen=True, slots=True)
class Debate:
    """One thread. `ago`: days before the first start at which it opened; `until`: days before (negative: still open)."""

    key: str
    space: str
    kind: str
    title: str
    open_to: str
    decides: str
    promise: str
    ago: int
    until: int | None
    said: tuple[Said, ...]
    answer: str = ""  # closing answer, by whoever leads the space
    agreed: str = ""  # relevé
    pending: str = ""
    pour_into: int = 0  # number of the sheet that receives the relevé
