"""Nightly: the bytes of files that were taken away."""

from django_tasks import task

from mosaique.access.actor import ANONYMOUS
from mosaique.files import services


@task()
def forget_bytes() -> None:
    services.forget_bytes(actor=ANONYMOUS)
