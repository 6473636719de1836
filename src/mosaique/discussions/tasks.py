"""Nightly: drafts that nobody came back to. Each minute: who was named in a message is told."""

from django.conf import settings
from django_tasks import task

from mosaique.access.actor import ANONYMOUS
from mosaique.discussions import services


@task()
def forget_drafts() -> None:
    services.forget_drafts(actor=ANONYMOUS)


@task()
def tell_mentioned() -> None:
    services.tell_mentioned(actor=ANONYMOUS, address=settings.PUBLIC_URL)
