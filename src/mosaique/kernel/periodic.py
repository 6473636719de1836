"""Periodic work: what runs when, started once per slot however many workers there are.

A periodic task does everything that is due by now (it catches up), because the demonstration's date may jump by months
and a machine may have been off.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string

from mosaique.kernel import clock
from mosaique.kernel.models import PeriodicRun


@dataclass(frozen=True, slots=True)
class Periodic:
    """A django-tasks task (dotted path, no argument) and how often it starts."""

    name: str
    every: Literal["minute", "hour", "day"]
    task: str

    def slot(self) -> str:
        if (
            self.every == "day"
        ):  # local midnight of metropolitan France; territories overseas look at their own date
            return clock.today().isoformat()
        return clock.now().strftime("%Y-%m-%dT%H:%M" if self.every == "minute" else "%Y-%m-%dT%H")


def scheduled() -> Iterable[Periodic]:
    return import_module(settings.SCHEDULE).PERIODIC


def start_due() -> list[str]:
    """Enqueue what has not started in its present slot; returns the names started by this call."""
    started: list[str] = []
    for periodic in scheduled():
        slot = periodic.slot()
        if PeriodicRun.objects.filter(name=periodic.name, slot=slot).exists():
            continue
        try:
            with transaction.atomic():
                PeriodicRun.objects.create(name=periodic.name, slot=slot, started_at=clock.now())
                task: Any = import_string(periodic.task)
                task.enqueue()
        except IntegrityError:  # another worker won this slot
            continue
        started.append(periodic.name)
    return started


def forget_old(keep: int = 500) -> None:
    """Keep the last slots only."""
    edge = PeriodicRun.objects.order_by("-pk").values_list("pk", flat=True)[keep : keep + 1]
    if edge:
        PeriodicRun.objects.filter(pk__lte=edge[0]).delete()
