"""Places and bodies: authorities, territories, who is a member of which since when. No person here."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.urls import reverse

from mosaique.kernel.typography import date_long
from mosaique.territory import naming, numbers

_ZONES = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "976": "Indian/Mayotte",
}


class Authority(models.Model):
    """A public body: commune, EPCI, or another one (syndicat, CCAS…). Facts come from the reference, with their vintage."""

    class Kind(models.TextChoices):
        COMMUNE = "commune", "commune"
        EPCI = "epci", "intercommunalité"
        OTHER = "other", "autre organisme"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    name = models.CharField(max_length=160)
    # None: it has none, or not yet (an association known by its RNA number, a body being created).
    siren = models.CharField(max_length=9, unique=True, null=True)
    rna = models.CharField(max_length=10, unique=True, null=True)  # of an association: W and nine digits
    # What it is known by here when it was made without a SIREN; kept when one comes, so that nothing loses its thread.
    # A commune nouvelle bears the INSEE code of one of the communes it gathers: here it goes by « 81068-2027 », or the
    # figures of the former would be read as its own.
    own_code = models.CharField(max_length=10, unique=True, null=True)
    # Text always: leading zeros, 2A/2B. Empty for bodies that are not communes.
    insee_code = models.CharField(max_length=5, blank=True, default="")
    tncc = models.CharField(
        max_length=1, blank=True, default=""
    )  # INSEE's article code, to write « d’Albi », « du Mans »
    department = models.CharField(max_length=3, blank=True, default="")
    population = models.PositiveIntegerField(null=True)  # population municipale
    population_year = models.PositiveSmallIntegerField(null=True)
    legal_nature = models.CharField(max_length=8, blank=True, default="")  # CC, CA, CU, METRO… for an EPCI
    tax_regime = models.CharField(max_length=3, blank=True, default="")  # FPU or FA, for an EPCI
    # To whom one writes about personal data: an address of service, given by the body itself.
    protection_contact = models.CharField(max_length=160, blank=True, default="")
    protection_email = models.EmailField(max_length=254, blank=True, default="")

    class Meta:
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["insee_code"], name="authority_insee")]

    def __str__(self) -> str:
        return self.name

    @property
    def code(self) -> str:
        """INSEE code of a commune, SIREN of any other body, or its code of here: the key used by maps, shares and documents."""
        return self.own_code or self.insee_code or self.siren or ""

    @property
    def number(self) -> str:
        """Its official number in words, « SIREN 248 100 497 », « RNA W811000123 »; empty when it has none yet."""
        if self.siren:
            return numbers.siren_text(self.siren)
        return f"RNA\u00a0{self.rna}" if self.rna else ""

    @property
    def of_name(self) -> str:
        """« d’Assac », « du Dourn », « de Saint-Cirgue »: how a sentence goes on after a noun."""
        return naming.of(self.name, int(self.tncc or 0))


class TerritoryQuerySet(models.QuerySet["Territory"]):
    def visible_to(self, actor: Any) -> "TerritoryQuerySet":
        """An open territory's public page is public; one in preparation is seen by those who act in it."""
        seen = models.Q(pk__in=actor.territory_ids)
        if actor.is_operator:
            return self  # an operator confirms territories; it gives no right on their content
        return self.filter(seen | models.Q(state=Territory.State.OPEN))

    def for_screen(self) -> "TerritoryQuerySet":
        return self.select_related("epci")


class Territory(models.Model):
    """An EPCI and its communes working together in Mosaïque."""

    class State(models.TextChoices):
        PREPARED = "prepared", "en préparation"
        OPEN = "open", "ouvert"

    epci = models.OneToOneField(Authority, on_delete=models.PROTECT, related_name="territory")
    slug = models.SlugField(max_length=80, unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PREPARED)
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    # The target date from which every other is computed backwards; chosen by the president (no legal obligation).
    adoption_target = models.DateField(null=True)
    reference_vintage = models.CharField(max_length=40)  # « 2026 » of the shipped reference it was made from

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.epci.name

    def get_absolute_url(self) -> str:
        return reverse("territory_public", kwargs={"slug": self.slug})

    @property
    def zone(self) -> ZoneInfo:
        """Local time of the territory: deadlines end at its own midnight."""
        return ZoneInfo(_ZONES.get(self.epci.department, "Europe/Paris"))


class TerritoryMember(models.Model):
    """An authority's membership of a territory, kept in history, with its tile (stored once, never recomputed)."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="members")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="memberships")
    tile_drawing = models.PositiveSmallIntegerField()  # 0–7
    tile_hue = models.CharField(max_length=8)  # bv ocre brique olive ardoise prune
    joined_on = models.DateField(null=True)
    left_on = models.DateField(null=True)  # first day without it; `perimeter` alone compares these dates

    class Meta:
        ordering = ["authority__name", "pk"]
        # A commune that left may come back: a second row, never two at a time.
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "authority"],
                condition=models.Q(left_on__isnull=True),
                name="member_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(joined_on__isnull=True)
                | models.Q(left_on__isnull=True)
                | models.Q(left_on__gte=models.F("joined_on")),
                name="member_leaves_after_joining",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority_id} in {self.territory_id}"

    def has_left(self, day: date) -> bool:
        return self.left_on is not None and self.left_on <= day

    def next_move(self, day: date) -> date | None:
        """The next day on which this membership begins or ends."""
        return min((d for d in (self.joined_on, self.left_on) if d is not None and d > day), default=None)


class PerimeterChangeQuerySet(models.QuerySet["PerimeterChange"]):
    def visible_to(self, actor: Any) -> "PerimeterChangeQuerySet":
        """Those who take part in the territory; a partner, or people of a commune that has left, read none of it."""
        return self.filter(territory_id__in=list(actor.theme_masks))

    def for_screen(self) -> "PerimeterChangeQuerySet":
        return self.select_related("territory__epci", "chief", "successor").prefetch_related("communes")

    def due(self, day: date) -> "PerimeterChangeQuerySet":
        """Announced, and their day has come."""
        return self.filter(enacted_at=None, cancelled_at=None, takes_effect_on__lte=day)

    def awaited(self) -> "PerimeterChangeQuerySet":
        return self.filter(enacted_at=None, cancelled_at=None)


class PerimeterChange(models.Model):
    """A change of who is a member, announced, then enacted on its day. Nothing that was adopted before moves with it."""

    class Kind(models.TextChoices):
        JOINING = "joining", "adhésion"
        LEAVING = "leaving", "retrait"
        NEW_COMMUNE = "new_commune", "commune nouvelle"
        MERGER = "merger", "fusion d’intercommunalités"

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    takes_effect_on = models.DateField()
    communes = models.ManyToManyField(Authority, related_name="perimeter_changes")
    # Of a commune nouvelle: its name, the commune whose INSEE code it bears, and the body itself once it exists here.
    # Of a merger: the name and SIREN of the new intercommunality.
    successor_name = models.CharField(max_length=160, blank=True, default="")
    successor_siren = models.CharField(max_length=9, blank=True, default="")
    chief = models.ForeignKey(Authority, on_delete=models.PROTECT, null=True, related_name="+")
    successor = models.ForeignKey(Authority, on_delete=models.PROTECT, null=True, related_name="succeeds")
    with_bodies = models.CharField(max_length=300, blank=True, default="")  # of a merger: the other ones
    order_reference = models.CharField(max_length=160, blank=True, default="")  # the prefect’s arrêté
    note = models.CharField(max_length=1000, blank=True, default="")
    announced_at = models.DateTimeField()
    enacted_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = PerimeterChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-takes_effect_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(enacted_at__isnull=True) | models.Q(cancelled_at__isnull=True),
                name="change_enacted_or_cancelled",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.takes_effect_on}"

    def get_absolute_url(self) -> str:
        return reverse("perimeter_change", kwargs={"pk": self.pk})

    @property
    def takes_away(self) -> bool:
        """Its communes are members no longer from its day on."""
        return self.kind in (self.Kind.LEAVING, self.Kind.NEW_COMMUNE)

    @property
    def is_awaited(self) -> bool:
        return self.enacted_at is None and self.cancelled_at is None

    @property
    def names(self) -> list[str]:
        return sorted(body.name for body in self.communes.all())

    @property
    def label(self) -> str:
        """Without its communes, so that many are named at once: « Retrait au 1er mars 2027 »."""
        kind = self.Kind(self.kind).label
        return f"{kind[:1].upper()}{kind[1:]} au {date_long(self.takes_effect_on)}"

    @property
    def title(self) -> str:
        """« Retrait d’Assac », « Commune nouvelle Val-d’Assou », « Fusion d’intercommunalités »."""
        names = sorted(self.communes.all(), key=lambda body: body.name)
        if self.kind == self.Kind.NEW_COMMUNE:
            return f"Commune nouvelle {self.successor_name}"
        if self.kind == self.Kind.MERGER:
            return f"Fusion d’intercommunalités : {self.successor_name}"
        word = self.Kind(self.kind).label.capitalize()
        if len(names) > 2:
            return f"{word} de {len(names)} communes"
        return f"{word} {' et '.join(body.of_name for body in names)}"
