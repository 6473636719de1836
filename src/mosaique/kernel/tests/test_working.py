"""The worker: periodic work once a slot, retries then parking, rescue after a death, mail delivered once."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as django_mail
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from mosaique.kernel import clock, mail, periodic
from mosaique.kernel.models import OutgoingMail, PeriodicRun
from mosaique.kernel.periodic import Periodic
from mosaique.kernel.working import MAX_ATTEMPTS, Worker

ran: list[str] = []


@task()
def note(word: str = "tick") -> None:
    ran.append(word)


@task()
def always_fails() -> None:
    raise RuntimeError("no luck")


@pytest.fixture(autouse=True)
def _quiet_schedule(monkeypatch: pytest.MonkeyPatch) -> None:
    ran.clear()
    monkeypatch.setattr(periodic, "scheduled", list)


def test_periodic_work_starts_once_a_slot_and_again_the_next_day(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    daily = Periodic("daily-note", "day", f"{__name__}.note")
    monkeypatch.setattr(periodic, "scheduled", lambda: [daily])
    assert periodic.start_due() == ["daily-note"]
    assert periodic.start_due() == []
    with clock.at(clock.today() + timedelta(days=40)):
        assert periodic.start_due() == ["daily-note"]
    Worker().run_once()
    assert ran == ["tick", "tick"]


def test_a_failing_task_is_retried_later_then_parked(db: None) -> None:
    result = always_fails.enqueue()
    worker = Worker()
    for attempt in range(MAX_ATTEMPTS):
        DBTaskResult.objects.filter(pk=result.id).update(run_after=timezone.now())
        worker.run_once()
        row = DBTaskResult.objects.get(pk=result.id)
        assert len(row.worker_ids) == attempt + 1
        if attempt < MAX_ATTEMPTS - 1:
            assert row.status == TaskResultStatus.READY
            assert row.run_after > timezone.now()
    assert row.status == TaskResultStatus.FAILED


def test_what_a_dead_worker_was_doing_is_done_again(db: None) -> None:
    result = note.enqueue("rescued")
    dead = f"{Worker().id.rpartition('-')[0]}-999999"
    DBTaskResult.objects.filter(pk=result.id).update(status=TaskResultStatus.RUNNING, worker_ids=[dead])
    worker = Worker()
    assert worker.rescue() == 1
    DBTaskResult.objects.filter(pk=result.id).update(run_after=timezone.now())
    worker.run_once()
    assert ran == ["rescued"]


def test_mail_leaves_once_with_a_stable_identity(db: None) -> None:
    queued = mail.queue(to="mairie@exemple.fr", subject="Bonjour", text="Un message.", kind="test")
    Worker().run_once()
    Worker().run_once()
    assert [message.to for message in django_mail.outbox] == [["mairie@exemple.fr"]]
    assert f"mosaique-{queued.pk}@" in django_mail.outbox[0].extra_headers["Message-ID"]
    queued.refresh_from_db()
    assert queued.state == OutgoingMail.State.SENT
    assert queued.sent_at == clock.now()


def test_refused_mail_waits_longer_each_time_then_is_parked(db: None, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = (
        "127.0.0.1",
        1,
        1,
    )  # nobody listens there
    queued = mail.queue(to="mairie@exemple.fr", subject="s", text="t", kind="test")
    waits = []
    for _ in range(5):
        Worker().run_once()
        queued.refresh_from_db()
        waits.append(queued.send_after - clock.now())
        OutgoingMail.objects.filter(pk=queued.pk).update(send_after=clock.now())
    assert queued.state == OutgoingMail.State.PARKED
    assert queued.last_error == "ConnectionRefusedError"
    assert waits == sorted(waits)


def test_old_slots_are_forgotten_but_the_last_stay(db: None) -> None:
    for number in range(12):
        PeriodicRun.objects.create(name="n", slot=str(number), started_at=clock.now())
    periodic.forget_old(keep=5)
    assert list(PeriodicRun.objects.order_by("pk").values_list("slot", flat=True)) == [
        "7",
        "8",
        "9",
        "10",
        "11",
    ]
