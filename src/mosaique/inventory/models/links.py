"""A section handed to a colleague by a link: no account, one section, until a day."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.urls import reverse

from mosaique.access.actor import Actor
from mosaique.access.models import Person, Scope
from mosaique.access.scoped import ScopedQuerySet
from mosaique.kernel import clock

if TYPE_CHECKING:
    from mosaique.inventory.models.sections import SectionSheet

KIND = "inventory_section"


class SectionLinkQuerySet(ScopedQuerySet["SectionLink"]):
    def visible_to(self, actor: "Actor | None") -> "SectionLinkQuerySet":
        return (
            super().visible_to(actor).select_related("sheet__inventory__authority")
        )  # labels name the commune

    def for_screen(self) -> "SectionLinkQuerySet":
        return self.select_related(
            "scope", "given_by", "sheet__scope", "sheet__inventory__authority", "sheet__inventory__campaign__territory__epci"
        )  # fmt: skip

    def open(self) -> "SectionLinkQuerySet":
        return self.filter(ended_at=None)


class SectionLink(models.Model):
    """Who was handed the section, by whom, until when. The address itself is never kept, only its digest."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # the town hall alone
    sheet = models.ForeignKey("inventory.SectionSheet", on_delete=models.CASCADE, related_name="links")
    name = models.CharField(max_length=120)  # as the giver writes it
    token_hash = models.CharField(max_length=64, unique=True)
    until = models.DateField()  # last day
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    openings = models.PositiveIntegerField(default=0)  # on how many devices
    finished_at = models.DateTimeField(null=True)  # the colleague says it is done
    ended_at = models.DateTimeField(null=True)  # taken back by the town hall

    objects = SectionLinkQuerySet.as_manager()

    class Meta:
        ordering: Any = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet"], condition=models.Q(ended_at__isnull=True), name="link_one_open"
            )
        ]

    sheet_id: int

    def __str__(self) -> str:
        return f"link {self.pk}"

    def get_absolute_url(self) -> str:
        sheet: SectionSheet = self.sheet
        return reverse("inventory_confide", kwargs={"pk": sheet.inventory_id, "section": sheet.spec.slug})

    @property
    def label(self) -> str:
        return f"{self.sheet.label}, confiée par lien"

    @property
    def lasts(self) -> bool:
        """Still opens its section: not taken back, not past its last day."""
        return self.ended_at is None and clock.today() <= self.until

    @property
    def actor(self) -> Actor:
        """Who holds the link: nobody of ours, who reads and fills in this one section (the card says it, as for anyone)."""
        return Actor(name=self.name, card={"confided": {KIND: [self.sheet_id]}, "link": self.pk})
