"""Nightly housekeeping of the kernel's own tables."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from mosaique.kernel import periodic


@task()
def housekeeping() -> None:
    """Forget finished tasks, old slots and expired sessions. Sent messages are kept: they prove what was sent."""
    DBTaskResult.objects.filter(
        status=TaskResultStatus.SUCCESSFUL, finished_at__lt=timezone.now() - timedelta(days=30)
    ).delete()
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    periodic.forget_old()
