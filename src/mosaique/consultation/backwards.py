"""The calendar counted backwards from the adoption aimed at, and the dates the renewal gives. Pure.

Dates that have two readings are given in both: the reader chooses, the tool does not.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from mosaique.consultation.deadlines import ARTICLE, COUNTING, SCHEME_TEXT, add_months, opinion_deadline
from mosaique.kernel.typography import date_long, typographie
from mosaique.scheme.legal_forms.base import Fact, Source, to_check, verified

PACTE_TEXT = Source(
    "CGCT, article L. 5211-11-2, traduction lue sur French Business Law",
    "https://french-business-law.com/rench-legislation-art/"
    "article-l5211-11-2-of-the-french-general-code-of-local-authorities",
)
WEKA = Source("Réponse ministérielle de 2015, citée par Weka", about="CGCT, article L. 5211-39-1")
CDG44 = Source(
    "Centre de gestion de Loire-Atlantique, élections professionnelles 2026",
    "https://www.cdg44.fr/pilotage-des-ressources-humaines/elections-professionnelles-2026",
)
CST_ELECTIONS = date(2026, 12, 10)


@dataclass(frozen=True, slots=True)
class Renewal:
    """A general renewal of the municipal councils: its two rounds."""

    first_round: date
    second_round: date


RENEWAL_2026 = Renewal(date(2026, 3, 15), date(2026, 3, 22))


@dataclass(frozen=True, slots=True)
class Milestone:
    """A date of the calendar, with the sentence that says where it comes from. Never a command."""

    key: str
    label: str
    day: date
    fact: Fact
    rule_fr: str

    def __post_init__(self) -> None:
        for name in ("label", "rule_fr"):
            object.__setattr__(self, name, typographie(getattr(self, name)))

    @property
    def article(self) -> str:
        return self.fact.article

    @property
    def mark(self) -> str:
        return self.fact.mark


STRICT_READING = to_check(
    "L'article parle de l'année qui suit le renouvellement ; lue strictement, elle finit un an après l'élection.",
    ARTICLE,
)
CALENDAR_READING = verified(
    "Après le renouvellement de 2014, une réponse ministérielle de 2015 a retenu la fin de l'année civile suivante.",
    ARTICLE,
    WEKA,
)
PACTE = verified(
    "Si un pacte de gouvernance est décidé, il est adopté dans les neuf mois du renouvellement, après l'avis des "
    "conseils municipaux rendu dans les deux mois.",
    "CGCT, article L. 5211-11-2",
    PACTE_TEXT,
)
ELECTIONS = verified(
    "Les élections professionnelles ont lieu le 10 décembre 2026.",
    "Élections professionnelles de 2026",
    CDG44,
)


def latest_reception(
    adoption_on: date, *, extend_if_non_working: bool = False, departement: str = "", months: int = 3
) -> date:
    """The last day on which a commune may receive the report so that its delay is over on the day of the vote."""
    # Month ends make several receptions end the same day; a carried deadline ends later: search down from above.
    day = add_months(adoption_on, -months) + timedelta(days=3)
    while True:
        deadline = opinion_deadline(day, extend_if_non_working, months=months, departement=departement)
        if deadline.tacit_on <= adoption_on:
            return day
        day -= timedelta(days=1)


def backwards(
    adoption_on: date,
    *,
    extend_if_non_working: bool = False,
    departement: str = "",
    renewal: Renewal = RENEWAL_2026,
) -> tuple[Milestone, ...]:
    """The milestones around an adoption aimed at, in order of date."""
    reception = latest_reception(
        adoption_on, extend_if_non_working=extend_if_non_working, departement=departement
    )
    year_end = date(renewal.first_round.year + 1, 12, 31)
    milestones = [
        Milestone(
            "report_received",
            "Le rapport est arrivé dans toutes les communes",
            reception,
            COUNTING,
            f"Trois mois pleins avant le vote du {date_long(adoption_on)} : passé cette date, le vote ne peut "
            "s'appuyer que sur des avis exprès pour les communes en retard.",
        ),
        Milestone(
            "adoption",
            "Vote du conseil communautaire",
            adoption_on,
            verified("Le projet de schéma est approuvé par le conseil communautaire.", ARTICLE, SCHEME_TEXT),
            "Date choisie par l'intercommunalité.",
        ),
        Milestone(
            "reading_calendar",
            "Un an après le renouvellement, par année civile",
            year_end,
            CALENDAR_READING,
            "Par analogie avec 2014 : le rapport est établi avant la fin de l'année civile qui suit le renouvellement.",
        ),
    ]
    for number, day in (("premier", renewal.first_round), ("second", renewal.second_round)):
        rank = "first" if number == "premier" else "second"
        milestones += [
            Milestone(
                f"reading_strict_{rank}",
                f"Un an après le renouvellement, lecture stricte ({number} tour)",
                add_months(day, 12),
                STRICT_READING,
                f"Un an après le {date_long(day)}. L'année porte sur l'établissement du rapport, non sur l'adoption.",
            ),
            Milestone(
                f"pacte_{rank}",
                f"Neuf mois après le renouvellement : pacte de gouvernance ({number} tour)",
                add_months(day, 9),
                PACTE,
                f"Neuf mois après le {date_long(day)}, de date à date, seulement si un pacte est décidé.",
            ),
        ]
    if renewal == RENEWAL_2026:
        milestones.append(
            Milestone(
                "cst_elections",
                "Élections professionnelles",
                CST_ELECTIONS,
                ELECTIONS,
                "Les comités sociaux territoriaux changent de composition : leurs séances se préparent "
                "autour de cette date.",
            )
        )
    return tuple(sorted(milestones, key=lambda milestone: (milestone.day, milestone.key)))
