"""Periodic work of this room."""

from django_tasks import task

from mosaique.access.actor import ANONYMOUS
from mosaique.accounts import services


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
