"""Nouns of the inventory. A cell is a value, a reason for having none, or a text refused and kept (ADR 0006)."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.urls import reverse

from mosaique.access.models import Person, Scope
from mosaique.access.scoped import ScopedQuerySet
from mosaique.inventory.registry import SECTIONS
from mosaique.inventory.spec import SectionSpec
from mosaique.kernel import clock
from mosaique.kernel.quantity import Unknown, unknown_field
from mosaique.territory.models import Authority, Territory
from mosaique.territory.naming import curly, of

if TYPE_CHECKING:
    from mosaique.access.actor import Actor


class CampaignQuerySet(ScopedQuerySet["Campaign"]):
    def for_screen(self) -> "CampaignQuerySet":
        return self.select_related("territory__epci", "scope")


class Campaign(models.Model):
    """What is asked of every commune of a territory: which sections, as of which date, until when."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="campaigns")
    reference_date = models.DateField()
    opens_on = models.DateField()
    closes_on = models.DateField()
    sections = models.JSONField()  # names of registry.SECTIONS, in order
    asked_for = models.CharField(max_length=300)  # the four lines
    decided_by = models.CharField(max_length=200)
    used_for = models.CharField(max_length=300)
    closed_at = models.DateTimeField(null=True)  # definitively: nothing moves any more
    reminded_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering: Any = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(closes_on__gte=models.F("opens_on")), name="campaign_closes_after")
        ]

    def __str__(self) -> str:
        return f"campaign {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("inventories")

    @property
    def title(self) -> str:
        return f"la collecte des inventaires au {self.reference_date:%d/%m/%Y}"

    @property
    def specs(self) -> list[SectionSpec]:
        return [SECTIONS[name] for name in self.sections if name in SECTIONS]

    @property
    def frozen(self) -> bool:
        return self.closed_at is not None

    @property
    def started(self) -> bool:
        return clock.today(self.territory.zone) >= self.opens_on

    @property
    def late(self) -> bool:
        """Past its date: what comes in is still taken, and said to be late."""
        return clock.today(self.territory.zone) > self.closes_on


class ReturnQuerySet(ScopedQuerySet["Return"]):
    def visible_to(self, actor: "Actor | None") -> "ReturnQuerySet":
        return super().visible_to(actor).select_related("authority")  # labels name the commune

    def for_screen(self) -> "ReturnQuerySet":
        return self.select_related("campaign__territory__epci", "authority", "scope")


class Return(models.Model):
    """One commune's inventory. Holds state words only, which every commune of the territory may know."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="returns")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    # Section → state, copied from the sheets: the board must not read sheets that its reader may not see.
    states = models.JSONField(default=dict)
    last_entry_on = models.DateField(null=True)
    completed_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        ordering: Any = ["authority__name", "pk"]
        constraints = [models.UniqueConstraint(fields=["campaign", "authority"], name="return_once")]

    def __str__(self) -> str:
        return f"return {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("inventory_return", kwargs={"pk": self.pk})

    @property
    def label(self) -> str:
        return f"l’inventaire {self.of_commune}"

    @property
    def of_commune(self) -> str:
        """« de Saussenac », « d’Assac », « du Dourn »."""
        return of(self.authority.name, int(self.authority.tncc or 0))

    @property
    def commune(self) -> str:
        return curly(self.authority.name)

    @property
    def done_count(self) -> int:
        return sum(state == "done" for state in self.states.values())

    @property
    def is_complete(self) -> bool:
        return self.completed_at is not None

    @property
    def is_begun(self) -> bool:
        return any(state != "empty" for state in self.states.values())


class SectionSheetQuerySet(ScopedQuerySet["SectionSheet"]):
    def visible_to(self, actor: "Actor | None") -> "SectionSheetQuerySet":
        return super().visible_to(actor).select_related("inventory__authority")  # labels name the commune

    def for_screen(self) -> "SectionSheetQuerySet":
        return self.select_related("inventory__campaign__territory__epci", "inventory__authority", "scope")


class SectionSheet(models.Model):
    """One section of one inventory. Its scope says who reads its lines; until the commune chooses, itself alone."""

    class State(models.TextChoices):
        EMPTY = "empty", "à faire"
        DRAFT = "draft", "en cours"
        DONE = "done", "rendue"

    class Sharing(models.TextChoices):
        AUTHORITY = "authority", "Ma mairie seulement"
        TEAM = "team", "Ma mairie et l’équipe du projet"
        CIRCLE = "circle", "Toutes les communes"
        PUBLIC = "public", "Tout le monde"

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    inventory = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="sheets")
    section = models.CharField(max_length=16)
    state = models.CharField(max_length=8, choices=State.choices, default=State.EMPTY)
    sharing = models.CharField(max_length=12, choices=Sharing.choices, blank=True, default="")  # blank: not chosen yet
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    last_entry_at = models.DateTimeField(null=True)
    last_entry_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    help_open = models.BooleanField(default=False)  # the commune has asked the team to fill it in
    version = models.PositiveIntegerField(default=1)

    objects = SectionSheetQuerySet.as_manager()

    class Meta:
        ordering: Any = ["pk"]
        constraints = [models.UniqueConstraint(fields=["inventory", "section"], name="sheet_once")]

    def __str__(self) -> str:
        return f"{self.section} of {self.inventory_id}"

    def get_absolute_url(self) -> str:
        return reverse("inventory_section", kwargs={"pk": self.inventory_id, "section": self.spec.slug})

    @property
    def spec(self) -> SectionSpec:
        return SECTIONS[self.section]

    @property
    def label(self) -> str:
        return f"la section {self.spec.short} de l’inventaire {self.inventory.of_commune}"


class RowQuerySet(models.QuerySet["Row"]):
    def kept(self) -> "RowQuerySet":
        return self.filter(removed_at=None)


class Row(models.Model):
    """One line. `cells`: {column: {v: value | u: reason, n: version, b: person, r: refused text, w: why}}."""

    sheet = models.ForeignKey(SectionSheet, on_delete=models.CASCADE, related_name="rows")
    client_id = models.CharField(max_length=48)  # made where it was typed: sending it twice adds it once
    position = models.PositiveIntegerField()
    cells = models.JSONField(default=dict)
    # Typed by the EPCI for the commune; does not count until the commune has confirmed it.
    entered_for = models.ForeignKey(Authority, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    objects = RowQuerySet.as_manager()

    class Meta:
        ordering: Any = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["sheet", "client_id"], name="row_once")]

    def __str__(self) -> str:
        return f"row {self.pk}"

    @property
    def to_confirm(self) -> bool:
        return self.entered_for_id is not None and self.confirmed_at is None


class AppliedChange(models.Model):
    """A change already taken, and what was answered: sent again after a cut line, it gets the same answer."""

    sheet = models.ForeignKey(SectionSheet, on_delete=models.CASCADE, related_name="+")
    change_id = models.CharField(max_length=48)
    answer = models.JSONField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "change_id"], name="change_once")]

    def __str__(self) -> str:
        return self.change_id


class SummaryQuerySet(ScopedQuerySet["Summary"]):
    def visible_to(self, actor: "Actor | None") -> "SummaryQuerySet":
        return super().visible_to(actor).select_related("sheet__inventory__authority")  # labels name the commune

    def for_screen(self) -> "SummaryQuerySet":
        return self.select_related("sheet__inventory__campaign", "sheet__inventory__authority", "scope")


class Summary(models.Model):
    """The sentence the other communes (or everyone) read. Exists only while the commune shares the section that far."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    sheet = models.OneToOneField(SectionSheet, on_delete=models.CASCADE, related_name="summary")
    text = models.TextField()
    written_at = models.DateTimeField()

    objects = SummaryQuerySet.as_manager()

    def __str__(self) -> str:
        return f"summary of {self.sheet_id}"

    def get_absolute_url(self) -> str:
        return self.sheet.get_absolute_url()

    @property
    def label(self) -> str:
        return f"le résumé de {self.sheet.label}"


class HelpRequest(models.Model):
    """« Remplissez pour nous »: opens one section to the project team, and says who asked."""

    sheet = models.ForeignKey(SectionSheet, on_delete=models.CASCADE, related_name="help_requests")
    note = models.CharField(max_length=500, blank=True, default="")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: Any = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"help for {self.sheet_id}"


class ReleaseQuerySet(ScopedQuerySet["Release"]):
    def visible_to(self, actor: "Actor | None") -> "ReleaseQuerySet":
        return super().visible_to(actor).select_related("sheet__inventory__authority")  # labels name the commune

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
        return reverse("inventory_release", kwargs={"pk": self.sheet.inventory_id, "section": self.sheet.spec.slug})

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
