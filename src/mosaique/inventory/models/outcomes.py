"""What comes out of inventories: released figures, estimates, files received, published totals."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.urls import reverse

from mosaique.access.models import Person, Scope
from mosaique.access.scoped import ScopedQuerySet
from mosaique.inventory.models.collection import Campaign, Return
from mosaique.inventory.models.sections import SectionSheet
from mosaique.kernel.quantity import Unknown, unknown_field

if TYPE_CHECKING:
    from mosaique.access.actor import Actor


class ReleaseQuerySet(ScopedQuerySet["Release"]):
    def visible_to(self, actor: "Actor | None") -> "ReleaseQuerySet":
        return (
            super().visible_to(actor).select_related("sheet__inventory__authority")
        )  # labels name the commune

    def in_force(self) -> "ReleaseQuerySet":
        return self.filter(revoked_at=None)


class Release(models.Model):
    """« Verser au rapport »: the exact figures a commune puts in the report, on that day, revocable until the freeze."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    sheet = models.ForeignKey(SectionSheet, on_delete=models.PROTECT, related_name="releases")
    figures = models.JSONField()  # [{name, label, value, unit, unknown, missing}]
    as_of = models.DateField()
    released_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering: Any = ["-released_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet"], condition=models.Q(revoked_at__isnull=True), name="release_one_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"release {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse(
            "inventory_release", kwargs={"pk": self.sheet.inventory_id, "section": self.sheet.spec.slug}
        )

    @property
    def label(self) -> str:
        return f"les chiffres de {self.sheet.label}"


class EstimateQuerySet(ScopedQuerySet["Estimate"]):
    def visible_to(self, actor: "Actor | None") -> "EstimateQuerySet":
        return super().visible_to(actor).select_related("inventory__authority")  # labels name the commune


class Estimate(models.Model):
    """A figure the EPCI reckons by itself, shown « estimation de l’EPCI, non confirmée par la commune »."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    inventory = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="estimates")
    section = models.CharField(max_length=16)
    name = models.CharField(max_length=40)
    title = models.CharField(max_length=160)
    unit = models.CharField(max_length=24)
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    unknown = unknown_field()
    source = models.CharField(max_length=200)  # on what it rests: « budget annexé 2025 »
    as_of = models.DateField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = EstimateQuerySet.as_manager()

    class Meta:
        ordering: Any = ["section", "pk"]
        constraints = [models.UniqueConstraint(fields=["inventory", "section", "name"], name="estimate_once")]

    def __str__(self) -> str:
        return f"estimate {self.pk}"

    def get_absolute_url(self) -> str:
        return self.inventory.get_absolute_url()

    @property
    def label(self) -> str:
        return f"une estimation pour {self.inventory.label}"

    @property
    def unknown_label(self) -> str:
        return Unknown(self.unknown).label if self.unknown else ""


class ImportBatchQuerySet(ScopedQuerySet["ImportBatch"]):
    def visible_to(self, actor: "Actor | None") -> "ImportBatchQuerySet":
        return super().visible_to(actor).select_related("inventory__authority")  # labels name the commune

    def for_screen(self) -> "ImportBatchQuerySet":
        return self.select_related("inventory__campaign__territory__epci", "inventory__authority", "scope")


class ImportBatch(models.Model):
    """A spreadsheet read and not yet recorded: what it would change, row by row. Kept until confirmed or dropped."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    inventory = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="+")
    report = models.JSONField()  # what the preview shows
    changes = models.JSONField()  # what confirming sends, by section
    received_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)

    objects = ImportBatchQuerySet.as_manager()

    def __str__(self) -> str:
        return f"import {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("inventory_import", kwargs={"pk": self.pk})

    @property
    def label(self) -> str:
        return f"un tableur pour {self.inventory.label}"


class StatisticQuerySet(ScopedQuerySet["Statistic"]):
    pass


class Statistic(models.Model):
    """A total once published, with the set of communes it adds up: the next one is refused if their difference tells."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="+")
    section = models.CharField(max_length=16)
    name = models.CharField(max_length=40)
    title = models.CharField(max_length=160)
    unit = models.CharField(max_length=24)
    value = models.DecimalField(max_digits=16, decimal_places=2)
    communes = models.PositiveIntegerField()  # how many it adds up
    at = models.DateTimeField()

    objects = StatisticQuerySet.as_manager()

    class Meta:
        ordering: Any = ["section", "name", "-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.at}"


class StatisticGround(models.Model):
    """What a published total adds up, commune by commune: read by `aggregates` alone, to check the next difference.

    Apart from the total, and without a scope: nothing that lists or exports what a person may read can reach it.
    """

    statistic = models.OneToOneField(Statistic, on_delete=models.CASCADE, related_name="+")
    parts = models.JSONField()  # {authority id: value}

    def __str__(self) -> str:
        return f"ground of {self.statistic_id}"
