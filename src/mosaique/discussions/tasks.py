"""Nightly: drafts that nobody came back to."""

from django_tasks import task

from mosaique.access.actor import ANONYMOUS
from mosaique.discussions import services


@task()
def forget_drafts() -> None:
    services.forget_drafts(actor=ANONYMOUS)
