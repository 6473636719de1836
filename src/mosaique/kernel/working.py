"""The worker: periodic work, queued tasks (with retries and the rescue of tasks a dead worker left), outgoing mail."""

import logging
import os
import signal
import socket
import time
from datetime import timedelta
from types import FrameType

from django.db import close_old_connections, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as TaskRunner
from django_tasks_db.models import DBTaskResult

from mosaique.kernel import delivery, periodic

logger = logging.getLogger("mosaique.worker")
MAX_ATTEMPTS = 3
PAUSE = 0.5


def _alive(worker_id: str) -> bool:
    """Whether a worker of this machine still runs; workers of other machines are believed."""
    host, _, pid = worker_id.rpartition("-")
    if host != socket.gethostname() or not pid.isdigit():
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


class Worker:
    """One loop. `run` lives until told to stop; `run_once` does everything due now (tests, seeds)."""

    def __init__(self) -> None:
        self.id = f"{socket.gethostname()[:40]}-{os.getpid()}"
        self.running = True
        self.runner = TaskRunner(
            queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False,
            max_tasks=None, worker_id=self.id, excluded_queue_names=[],
        )  # fmt: skip

    def stop(self, signum: int, frame: FrameType | None) -> None:
        self.running = False

    def rescue(self) -> int:
        """Queue again what a dead worker was doing; after three tries it is parked as failed."""
        rescued = 0
        for row in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
            if row.worker_ids and (row.worker_ids[-1] == self.id or _alive(row.worker_ids[-1])):
                continue
            rescued += self._again(row)
        return rescued

    def _again(self, row: DBTaskResult) -> int:
        if len(row.worker_ids) >= MAX_ATTEMPTS:
            DBTaskResult.objects.filter(pk=row.pk).update(
                status=TaskResultStatus.FAILED, finished_at=timezone.now()
            )
            logger.error("task %s parked after %d attempts", row.task_path, len(row.worker_ids))
            return 0
        wait = timedelta(seconds=5 * 4 ** (len(row.worker_ids) - 1))
        DBTaskResult.objects.filter(pk=row.pk).update(
            status=TaskResultStatus.READY, finished_at=None, run_after=timezone.now() + wait
        )
        return 1

    def _next_task(self) -> DBTaskResult | None:
        with transaction.atomic():
            row = DBTaskResult.objects.ready().filter(backend_name="default").get_locked()
            if row is not None:
                row.claim(self.id)
        return row

    def run_once(self) -> int:
        """Everything due now; returns how many tasks and messages were dealt with."""
        periodic.start_due()
        done = 0
        while self.running and (row := self._next_task()) is not None:
            self.runner.run_task(row)
            row.refresh_from_db()
            if row.status == TaskResultStatus.FAILED:
                logger.warning("task %s failed: %s", row.task_path, row.exception_class_path)
                self._again(row)
            done += 1
        return done + delivery.deliver()

    def run(self) -> None:
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        self.rescue()
        while self.running:
            close_old_connections()
            try:
                done = self.run_once()
            except Exception:  # the database may be restarting: the worker waits for it rather than die
                logger.exception("worker round failed")
                done = 0
                time.sleep(2)
            if not done and self.running:
                time.sleep(PAUSE)
