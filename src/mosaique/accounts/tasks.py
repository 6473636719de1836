"""Periodic work of this room."""

from datetime import timedelta

from django_tasks import task

from mosaique.access.actor import ANONYMOUS
from mosaique.accounts import services
from mosaique.kernel import clock
from mosaique.kernel.turns import in_turn
from mosaique.territory.models import PerimeterChange


@task()
def rewrite_stale_cards() -> int:
    """Cards whose mandates start or end today."""
    count: int = services.rewrite_stale_cards(actor=ANONYMOUS)
    return count


@task()
def forget_old_imports() -> int:
    """Files of people that nobody sent nor discarded."""
    count: int = services.forget_old_imports(actor=ANONYMOUS)
    return count


@task()
def forget_old_codes() -> int:
    """Digests of codes, with the address each was sent to."""
    count: int = services.forget_old_codes(actor=ANONYMOUS)
    return count


@task()
def enact_perimeter_changes() -> int:
    """Changes of perimeter whose day has come, each by its own territory's date; done already, they are left alone."""
    # A territory overseas may be a day ahead: the service looks at its own date.
    due = (
        PerimeterChange.objects.for_screen()
        .due(clock.today() + timedelta(days=1))
        .order_by("takes_effect_on", "pk")
    )
    return in_turn(due, lambda change: services.enact_change(actor=ANONYMOUS, change=change))
