"""What a mandate may entrust to somebody else, for a time: words, and who may receive them.

A delegation is a mandate like another (for whom, as what, from, to), which names the one it comes from (`substitute_of`)
and what was entrusted. It never carries more than that one.
"""

from datetime import date

from django.db import models

from mosaique.access.roles import Role
from mosaique.kernel.typography import date_long


class Entrusted(models.TextChoices):
    POSITIONS = "positions", "Dire la position de la commune sur les fiches"
    OPINIONS = "opinions", "Accuser réception du rapport et saisir l’avis du conseil"
    INVENTORY = "inventory", "Remplir et rendre l’inventaire"
    CONDUCT = "conduct", "Conduire la démarche : dates, collecte, arbitrages, vote"
    SEATS = "seats", "Siéger dans les instances"


E = Entrusted
#: What each role has to entrust. A role that is not here entrusts nothing.
BY_ROLE: dict[str, tuple[Entrusted, ...]] = {
    Role.MAYOR: (E.POSITIONS, E.OPINIONS, E.INVENTORY, E.SEATS),
    Role.PRESIDENT: (E.CONDUCT, E.SEATS),
    Role.PROJECT_LEAD: (E.CONDUCT, E.SEATS),
    Role.DGS: (E.CONDUCT, E.SEATS),
    Role.SECRETARY: (E.OPINIONS, E.INVENTORY, E.SEATS),
}
#: « de … »: whose mandate it is, after « par délégation ».
WHOSE: dict[str, str] = {
    Role.MAYOR: "du maire", Role.PRESIDENT: "de la présidence", Role.PROJECT_LEAD: "de la conduite du projet",
    Role.DGS: "de la direction générale", Role.SECRETARY: "du secrétariat",
}  # fmt: skip
ELECTED = frozenset({Role.PRESIDENT, Role.MAYOR, Role.DEPUTY, Role.COUNCILLOR})
#: To speak for the commune, or to conduct in the president's place, one is elected.
FOR_THE_ELECTED = frozenset({E.POSITIONS})
#: What opens the reading of what the authority keeps for its own hall: whoever only sits in a body does not need it.
OPENS_THE_HALL = frozenset({E.POSITIONS, E.OPINIONS, E.INVENTORY, E.CONDUCT})


def needs_elected(role: str, what: frozenset[str]) -> bool:
    """Whether these acts of this role are entrusted to the elected only."""
    return bool(what & FOR_THE_ELECTED) or (role == Role.PRESIDENT and E.CONDUCT in what)


_TITLE = 120  # of a mandate


def delegated(own: str, whose: str, last_day: date) -> str:
    """« Première adjointe, par délégation du maire jusqu’au 12 janvier 2027 »: what every act done under it shows."""
    tail = f", par délégation {whose} jusqu’au {date_long(last_day)}"
    return own[: _TITLE - len(tail)] + tail


def until(title: str, last_day: date) -> str:
    """The same title with another last day: of a delegation that ends early."""
    own, _, rest = title.partition(", par délégation ")
    return delegated(own, rest.rpartition(" jusqu’au ")[0], last_day) if rest else title
