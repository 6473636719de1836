"""The clock of an opinion: from that council's own reception, date to date, until 24 h local time. Pure.

Two councils of one territory have two clocks. Nothing starts without a reception date; nothing is typed that can be
computed. Dates are days of the territory (`clock.today(territory.zone)`): midnight in Saint-Denis is not midnight in Paris.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from mosaique.consultation.working_days import next_working_day, why_not_working
from mosaique.kernel.typography import date_long, date_with_weekday, integer, month_year, typographie
from mosaique.kernel.verdict import Problem
from mosaique.scheme.legal_forms.base import Fact, Source, to_check, verified

ARTICLE = "CGCT, article L. 5211-39-1"
SCHEME_TEXT = Source(
    "CGCT, article L. 5211-39-1, lu sur Doctrine",
    "https://www.doctrine.fr/l/texts/codes/LEGITEXT000006070633/articles/LEGIARTI000023245808",
)
THREE_MONTHS = verified(
    "Chaque conseil municipal a trois mois pour donner son avis sur le rapport.", ARTICLE, SCHEME_TEXT
)
COUNTING = to_check(
    "Le délai est compté de la réception par la commune, de date à date, jusqu'à minuit. La loi ne dit pas d'où "
    "il part : c'est la lecture prudente.",
    ARTICLE,
)

MONTH_WORDS = {1: "Un", 2: "Deux", 3: "Trois", 6: "Six", 9: "Neuf", 12: "Douze"}


class DateError(Problem):
    """An impossible date. `message_fr` says what and what to do; `path` names the field."""

    def __init__(self, message_fr: str, path: str) -> None:
        self.message_fr = typographie(message_fr)
        self.path = path
        super().__init__(self.message_fr, path)


def add_months(day: date, months: int) -> date:
    """The same day `months` later (or earlier), else the last day of that month: 30 November + 3 = 28 February."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Deadline:
    """`last_day` is the last day to deliberate; `tacit_on`, the day after, is when silence takes its meaning.

    `delay` is the fact that gives the length, `counting` the one that says how it is counted: each has its mark.
    """

    received_on: date
    last_day: date
    tacit_on: date
    extended: bool
    rule_fr: str
    delay: Fact
    counting: Fact

    @property
    def article(self) -> str:
        return self.delay.article

    @property
    def mark(self) -> str:
        return self.delay.mark

    def is_over(self, today: date) -> bool:
        """`today` is a local day."""
        return today > self.last_day


def opinion_deadline(
    received_on: date,
    extend_if_non_working: bool,
    *,
    months: int = 3,
    departement: str = "",
    delay: Fact = THREE_MONTHS,
    counting: Fact = COUNTING,
) -> Deadline:
    """The deadline of a council that received the report on `received_on`.

    `extend_if_non_working` is the choice of the EPCI; no text asks for it, so the rule says who chose.
    """
    nominal = add_months(received_on, months)
    last_day = next_working_day(nominal, departement) if extend_if_non_working else nominal
    length = f"{MONTH_WORDS.get(months, integer(months))} mois de date à date"
    sentences = [
        f"Reçu le {date_long(received_on)}.",
        f"{length} : jusqu'au {date_with_weekday(last_day)} à minuit (24 h, heure locale).",
    ]
    if nominal.day != received_on.day:
        sentences.append(f"Pas de {received_on.day} en {month_year(nominal)} : le délai finit avec le mois.")
    if last_day != nominal:
        sentences.append(
            f"Le {date_long(nominal)} n'est pas un jour ouvré ({why_not_working(nominal, departement)}) : "
            "l'intercommunalité a choisi de reporter au premier jour ouvré."
        )
    elif extend_if_non_working:
        sentences.append(
            "L'intercommunalité a choisi de reporter un dernier jour non ouvré ; celui-ci est ouvré."
        )
    else:
        sentences.append("Pas de report si le dernier jour est un samedi, un dimanche ou un jour férié.")
    sentences.append(counting.text)
    return Deadline(
        received_on=received_on,
        last_day=last_day,
        tacit_on=last_day + timedelta(days=1),
        extended=last_day != nominal,
        rule_fr=typographie(" ".join(sentences)),
        delay=delay,
        counting=counting,
    )


@dataclass(frozen=True, slots=True, order=True)
class Sitting:
    """A sitting of a council, as announced; the hour may not be known yet."""

    on: date
    at: time | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """`in_time`: the next known sitting within the delay; `after`: the first known one once it is over."""

    in_time: Sitting | None
    after: Sitting | None
    sentence: str


def windows(sittings: Iterable[Sitting], deadline: Deadline, today: date) -> Window:
    """Can the council still sit before the end? Says so, with what is known."""
    coming = sorted(
        (sitting for sitting in sittings if sitting.on >= today),
        key=lambda sitting: (sitting.on, sitting.at or time()),
    )
    in_time = next((sitting for sitting in coming if sitting.on <= deadline.last_day), None)
    after = next((sitting for sitting in coming if sitting.on > deadline.last_day), None)
    if deadline.is_over(today):
        sentence = f"Le délai est terminé depuis le {date_long(deadline.last_day)} à minuit."
    elif in_time is not None:
        left = (deadline.last_day - in_time.on).days
        days = (
            f"{left} jour{'s' if left > 1 else ''} avant la fin du délai"
            if left
            else "le dernier jour du délai"
        )
        sentence = f"Prochaine séance connue : {_when(in_time)}, {days}."
    else:
        sentence = "Aucune séance connue avant la fin du délai."
        if after is not None:
            sentence += f" La première connue ensuite : {_when(after)}."
    return Window(in_time, after, typographie(sentence))


def _when(sitting: Sitting) -> str:
    day = date_with_weekday(sitting.on)
    if sitting.at is None:
        return day
    minutes = f"{sitting.at.minute:02d}" if sitting.at.minute else ""
    return f"{day} à {sitting.at.hour} h {minutes}".rstrip()
