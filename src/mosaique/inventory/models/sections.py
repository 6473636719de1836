"""What is filled in: sections, their lines, what was answered to each change, the shared sentence, the call for help.

A cell is a value, a reason for having none, or a text refused and kept (ADR 0006).
"""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.urls import reverse

from mosaique.access.models import Person, Scope
from mosaique.access.scoped import ScopedQuerySet
from mosaique.inventory.models.collection import Return
from mosaique.inventory.models.links import KIND as LINK_KIND
from mosaique.inventory.models.links import SectionLink
from mosaique.inventory.registry import SECTIONS
from mosaique.inventory.spec import SectionSpec
from mosaique.territory.models import Authority

if TYPE_CHECKING:
    from mosaique.access.actor import Actor


class SectionSheetQuerySet(ScopedQuerySet["SectionSheet"]):
    def visible_to(self, actor: "Actor | None") -> "SectionSheetQuerySet":
        """The one rule; and who holds a link reads the one section it opens, nothing else (docs/rooms/inventory.md)."""
        confided = actor.confided(LINK_KIND) if actor is not None else ()
        rows = self.filter(pk__in=confided) if confided else super().visible_to(actor)
        return rows.select_related("inventory__authority")  # labels name the commune

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
    sharing = models.CharField(
        max_length=12, choices=Sharing.choices, blank=True, default=""
    )  # blank: not chosen yet
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
    # Typed through a link: then `entered_for` is the commune itself.
    by_link = models.ForeignKey(SectionLink, on_delete=models.SET_NULL, null=True, related_name="rows")
    added_by_link = models.BooleanField(
        default=False
    )  # else the line is the town hall's, even corrected by a link
    removed_at = models.DateTimeField(null=True)

    objects = RowQuerySet.as_manager()

    class Meta:
        ordering: Any = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["sheet", "client_id"], name="row_once")]

    def __str__(self) -> str:
        return f"row {self.pk}"

    def is_of_link(self, link_id: int) -> bool:
        """Added through that link: who holds it may remove it. A line of the town hall is corrected, never removed."""
        return self.added_by_link and self.by_link_id == link_id

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
        return (
            super().visible_to(actor).select_related("sheet__inventory__authority")
        )  # labels name the commune

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
