"""Week-ends and French public holidays, used only when an EPCI chooses to carry a deadline to a working day.

Holidays are those of the code du travail (L. 3133-1; Alsace-Moselle L. 3134-13) and, overseas, the commemoration of
the abolition of slavery (decree 83-1003). This list is general knowledge: the rule printed beside a date says
« à vérifier » for the extension.
"""

from datetime import date, timedelta

ALSACE_MOSELLE = frozenset({"57", "67", "68"})
ABOLITION: dict[str, tuple[int, int]] = {
    "971": (5, 27),
    "972": (5, 22),
    "973": (6, 10),
    "974": (12, 20),
    "976": (4, 27),
}


def departement_of(code: str) -> str:
    """Département of an INSEE commune code or of a département code: « 81047 » → « 81 », « 97105 » → « 971 »."""
    return code[:3] if code.startswith("97") else code[:2]


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (anonymous algorithm)."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = moon + week - 7 * ((golden + 11 * moon + 22 * week) // 451) + 114
    return date(year, shift // 31, shift % 31 + 1)


def public_holidays(year: int, departement: str = "") -> dict[date, str]:
    """Public holidays of `year`: day → name. `departement` (or an INSEE code) adds the local ones."""
    sunday = easter(year)
    days = {
        date(year, 1, 1): "jour de l’An",
        sunday + timedelta(days=1): "lundi de Pâques",
        date(year, 5, 1): "fête du Travail",
        date(year, 5, 8): "victoire de 1945",
        sunday + timedelta(days=39): "Ascension",
        sunday + timedelta(days=50): "lundi de Pentecôte",
        date(year, 7, 14): "fête nationale",
        date(year, 8, 15): "Assomption",
        date(year, 11, 1): "Toussaint",
        date(year, 11, 11): "armistice de 1918",
        date(year, 12, 25): "Noël",
    }
    place = departement_of(departement)
    if place in ALSACE_MOSELLE:
        days[sunday - timedelta(days=2)] = "Vendredi saint"
        days[date(year, 12, 26)] = "Saint-Étienne"
    if place in ABOLITION:
        days[date(year, *ABOLITION[place])] = "abolition de l’esclavage"
    return days


def why_not_working(day: date, departement: str = "") -> str:
    """« samedi », « dimanche », the name of the holiday, or nothing for a working day."""
    if day.weekday() >= 5:
        return ("samedi", "dimanche")[day.weekday() - 5]
    return public_holidays(day.year, departement).get(day, "")


def next_working_day(day: date, departement: str = "") -> date:
    """`day` itself, or the first working day after it."""
    while why_not_working(day, departement):
        day += timedelta(days=1)
    return day
