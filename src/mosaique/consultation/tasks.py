"""Nightly: silence becomes a favourable opinion the day after the limit, at the territory's own midnight."""

from django_tasks import task

from mosaique.access.actor import ANONYMOUS
from mosaique.consultation import services
from mosaique.consultation.models import CouncilFile
from mosaique.kernel.turns import in_turn


@task()
def note_tacit_opinions() -> None:
    """Every council whose limit has passed in silence, whenever it passed (the worker may have been off)."""
    waiting = CouncilFile.objects.filter(tacit_noted_on=None, consultation__adoption=None).select_related(
        "authority", "consultation__territory__epci"
    )
    in_turn(waiting, lambda council: services.note_tacit(actor=ANONYMOUS, council=council))
