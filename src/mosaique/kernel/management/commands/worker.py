"""`python -m mosaique worker`: long work, periodic work and mail, beside the pages."""

from typing import Any

from django.core.management.base import BaseCommand

from mosaique.kernel.working import Worker


class Command(BaseCommand):
    help = "Runs queued tasks, periodic work and outgoing mail until stopped."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then leave")

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        worker = Worker()
        if once:
            worker.rescue()
            while worker.run_once():
                pass
        else:
            worker.run()
