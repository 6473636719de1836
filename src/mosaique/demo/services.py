"""The one verb of the demonstration: its date moves forward, and what falls due is started."""

from datetime import date

from mosaique.access.actor import Actor
from mosaique.kernel import clock, periodic
from mosaique.kernel.service import service
from mosaique.kernel.typography import date_long
from mosaique.kernel.verdict import Problem

FURTHEST = 3 * 366


@service
def move_clock(*, actor: Actor, to: date) -> list[str]:
    """Move the demonstration to that day; returns the periodic work queued for the worker."""
    today = clock.today()
    if to < today:
        raise Problem(
            f"La démonstration est déjà au {date_long(today)} : sa date ne recule pas, car ce qui est échu l’est pour de bon. "
            "Rien n’a changé. Choisissez une date à venir."
        )
    if (to - today).days > FURTHEST:
        raise Problem(
            f"Le {date_long(to)} est à plus de trois ans. Rien n’a changé : avancez par étapes, pour voir ce qui arrive entre-temps."
        )
    clock.move_to(to)
    return periodic.start_due()
