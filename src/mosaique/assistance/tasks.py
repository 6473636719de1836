"""Nightly: what people had typed is not kept beyond its use."""

from django_tasks import task

from mosaique.access.actor import ANONYMOUS
from mosaique.assistance import services


@task()
def forget_typed() -> None:
    services.forget_typed(actor=ANONYMOUS)
