"""Scenario, its cost and staff lines, and the sharing calculations made on it. Unknown is NULL with a reason."""

from typing import Any

from django.db import models
from django.urls import reverse

from mosaique.access.models import Person, Scope, Space
from mosaique.access.scoped import ScopedQuerySet
from mosaique.kernel.quantity import Quantity, etp_field, money_field, unknown_field
from mosaique.territory.models import Authority, Territory


class ScenarioQuerySet(ScopedQuerySet["Scenario"]):
    def for_screen(self) -> "ScenarioQuerySet":
        return self.select_related("scope__territory__epci", "carrier")


class Scenario(models.Model):
    """The hypotheses of one sheet: years, authorities that would take part, costs, staff, and how costs are shared."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    # Whose animators may edit; the scenario may be read more widely than the group that works on it.
    space = models.ForeignKey(Space, on_delete=models.SET_NULL, null=True, related_name="+")
    label = models.CharField(max_length=200)
    # What it belongs to, as a reference upwards (kernel.ref): this room does not know sheets.
    for_kind = models.CharField(max_length=24, blank=True, default="")
    for_id = models.BigIntegerField(null=True)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    full_year = models.PositiveSmallIntegerField()  # « année pleine »: the year of the headline figures
    carrier = models.ForeignKey(
        Authority, on_delete=models.PROTECT, null=True, related_name="+"
    )  # who pays first
    parties = models.ManyToManyField(Authority, related_name="+")  # who would take part, the carrier included
    carrier_shares = models.BooleanField(default=False)  # the carrier takes a share like the others
    allocation_key = models.CharField(max_length=32, blank=True, default="")
    allocation_inputs = models.JSONField(default=dict)  # canonical: what the key's own `write` gives
    closed = models.BooleanField(default=False)  # the scheme is frozen: read only
    version = models.PositiveIntegerField(default=1)

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        ordering: Any = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_year__gte=models.F("first_year"))
                & models.Q(full_year__gte=models.F("first_year"))
                & models.Q(full_year__lte=models.F("last_year")),
                name="scenario_years",
            )
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("scenario", kwargs={"pk": self.pk})

    @property
    def years(self) -> range:
        return range(self.first_year, self.last_year + 1)


class CostLine(models.Model):
    """One amount of one authority in one year. Always positive: the kind says which way it counts."""

    class Kind(models.TextChoices):
        RUNNING = "running", "fonctionnement"
        AVOIDED = "avoided", "dépense évitée"
        RECEIPT = "receipt", "recette"
        INVESTMENT = "investment", "investissement"

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="cost_lines")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    label = models.CharField(max_length=120)
    amount = money_field(null=True)
    unknown = unknown_field()
    source = models.CharField(max_length=200, blank=True, default="")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: Any = ["year", "kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gte=0), name="cost_positive"
            ),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=False, unknown="")
                | (models.Q(amount__isnull=True) & ~models.Q(unknown="")),
                name="cost_known_or_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.year}"

    @property
    def quantity(self) -> Quantity:
        return Quantity(self.amount, self.unknown or None)


class EtpLine(models.Model):
    """Staff of one authority in one year: before and after, or only the difference."""

    class Kind(models.TextChoices):
        BEFORE = "before", "aujourd’hui"
        AFTER = "after", "prévu"
        DELTA = "delta", "écart"

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="etp_lines")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    etp = etp_field(null=True)
    unknown = unknown_field()
    source = models.CharField(max_length=200, blank=True, default="")
    note = models.CharField(
        max_length=200, blank=True, default=""
    )  # « 0,70 à recruter »: what changes, in words
    author = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: Any = ["year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["scenario", "authority", "year", "kind"], name="etp_once"),
            models.CheckConstraint(
                condition=models.Q(etp__isnull=True) | models.Q(kind="delta") | models.Q(etp__gte=0),
                name="etp_level_positive",
            ),
            models.CheckConstraint(
                condition=models.Q(etp__isnull=False, unknown="")
                | (models.Q(etp__isnull=True) & ~models.Q(unknown="")),
                name="etp_known_or_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}"

    @property
    def quantity(self) -> Quantity:
        return Quantity(self.etp, self.unknown or None)


class AllocationRun(models.Model):
    """One sharing calculation, kept whole: inputs, result, formula, author, date. Made again from `inputs`, it is the same."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="runs")
    batch = models.PositiveIntegerField()  # the years calculated together; the highest is the one that counts
    year = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=32)
    total = money_field()
    carrier = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    parties = models.JSONField()  # [[code, name], …] as they were
    inputs = models.JSONField()
    result = models.JSONField()  # engine.results.AllocationResult.as_json()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: Any = ["-batch", "year"]
        constraints = [models.UniqueConstraint(fields=["scenario", "batch", "year"], name="run_once")]

    def __str__(self) -> str:
        return f"{self.key} {self.year}"


class CriterionValueQuerySet(ScopedQuerySet["CriterionValue"]):
    pass


class CriterionValue(models.Model):
    """What one commune counts for one criterion in one year, with its source; read by everyone who takes part."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    criterion = models.CharField(max_length=32)  # slug of costing.criteria
    year = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=16, decimal_places=4)
    source = models.CharField(max_length=200)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = CriterionValueQuerySet.as_manager()

    class Meta:
        ordering: Any = ["criterion", "-year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "authority", "criterion", "year"], name="criterion_value_once"
            ),
            models.CheckConstraint(condition=models.Q(value__gte=0), name="criterion_value_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} {self.year} of {self.authority_id}"
