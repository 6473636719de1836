"""The append-only journal. Names are read when a line is shown, so erasing a person empties one row elsewhere."""

from typing import Any

from django.db import models

from mosaique.access.models import Mandate, Person, Scope
from mosaique.access.scoped import ScopedQuerySet
from mosaique.territory.models import Authority, Territory


class LineQuerySet(ScopedQuerySet["Line"]):
    def update(self, **kwargs: Any) -> int:
        raise TypeError("the journal is append-only")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("the journal is append-only")


class Line(models.Model):
    """One act: who (ids), for whom, what, on what, who may know it."""

    at = models.DateTimeField()
    verb = models.CharField(max_length=40)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, related_name="+")
    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, null=True, related_name="+"
    )  # acted for
    via_shared_mailbox = models.BooleanField(default=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    # The scope's own, written again: « what happened last in this territory » is one step in an index.
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="acts", db_index=False)
    kind = models.CharField(max_length=24)
    ref_id = models.BigIntegerField()
    changes = models.JSONField(default=dict)

    objects = LineQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["scope", "-at"], name="line_scope_at"),
            models.Index(fields=["kind", "ref_id", "-at"], name="line_object"),
            models.Index(fields=["territory", "-id"], name="line_territory_id"),
            models.Index(fields=["territory", "-at"], name="line_territory_at"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.kind} {self.ref_id}"


class DayDigest(models.Model):
    """Integrity of a day's lines: one SHA-256 over them, made by the nightly task."""

    day = models.DateField(unique=True)
    lines = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.day}"
