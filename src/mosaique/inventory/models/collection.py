"""What is asked, and how far each commune is: the campaign and its inventories."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.urls import reverse

from mosaique.access.models import Scope
from mosaique.access.scoped import ScopedQuerySet
from mosaique.inventory.registry import SECTIONS
from mosaique.inventory.spec import SectionSpec
from mosaique.kernel import clock
from mosaique.territory.models import Authority, Territory
from mosaique.territory.naming import curly, of

A_WEEK = timedelta(days=7)

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
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="campaign_closes_after"
            )
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
    def reminders_from(self) -> date:
        """The first day a reminder makes sense: a week after the opening, or sooner when fewer than seven days are left."""
        return min(self.opens_on + A_WEEK, self.closes_on - A_WEEK + timedelta(days=1))

    @property
    def may_remind(self) -> bool:
        return clock.today(self.territory.zone) >= self.reminders_from

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
