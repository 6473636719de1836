"""The shape of an action sheet of the demonstration. Amounts are text, so that nothing goes through a binary float."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Money:
    """One line of costs of the year of full service. `who`: « epci » or an INSEE code; no amount says why."""

    who: str
    kind: str  # running, avoided, receipt, investment
    label: str
    amount: str = ""
    unknown: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class People:
    """Staff of one authority: before and after, or why it is not known."""

    who: str
    before: str = ""
    after: str = ""
    unknown: str = ""
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. Its perimeter is made of the communes that say yes; days are counted from the first start."""

    axis: int
    title: str
    summary: str
    theme: str
    space: str
    status: str
    context: str
    objectives: str
    content: str
    pilot_elected: str
    pilot_technical: str
    partners: str = ""
    #: Bodies other than communes that are parties (keys of seeding/people.BODIES, or « cdg »), and for those that pay, what
    #: was agreed: a sum a year, or nothing where the key counts them like the others.
    bodies: tuple[str, ...] = ()
    paying: tuple[tuple[str, str], ...] = ()
    legal_form: str = ""
    provider: str = ""
    beneficiary: str = ""
    payment: str = ""
    entry_exit: str = ""
    agents: str = ""
    means: str = ""
    prerequisites: str = ""
    risks: str = ""
    priority: str = ""
    days: dict[str, int] = field(default_factory=dict)  # study_on, test_on, start_on, review_on
    milestones: tuple[tuple[str, int, bool], ...] = ()
    indicators: tuple[tuple[str, str, str, str], ...] = ()
    residents: tuple[tuple[str, str, str, str], ...] = ()  # aspect, label, before, after (« ? » unknown)
    money: tuple[Money, ...] = ()
    people: tuple[People, ...] = ()
    key: str = ""
    tariffs: tuple[tuple[str, str, str], ...] = ()  # identifier, unit, price
    #: How much each commune of the perimeter would use, reckoned from its population: see seeding/usage.py.
    usage: str = ""
    key_source: str = ""
    #: What communes say: (INSEE code, answer, condition). Others are drawn, without a condition.
    positions: tuple[tuple[str, str, str], ...] = ()
    leaning: str = "mixed"  # warm, mixed, cool: how the others lean
    decisions: tuple[tuple[int, str, str], ...] = ()  # days ago, by, text
    documents: tuple[tuple[str, str], ...] = ()
    dropped: str = ""
