"""Person, Mandate, Space, Membership, Scope: who people are, for whom they act, and who reads what."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.urls import reverse
from django.utils.crypto import get_random_string, salted_hmac

from mosaique.access.roles import Role
from mosaique.access.scoped import ScopedQuerySet
from mosaique.kernel.prepared import Prepared
from mosaique.territory.models import Authority, Territory


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(handle=username)


class Person(AbstractBaseUser):
    """Someone who takes part. Several persons may share one mailbox (mairie@…): e-mail is not unique (ADR 0003)."""

    handle = models.CharField(max_length=32, unique=True)  # random; never shown
    email = models.EmailField(max_length=254, db_index=True)  # stored in lower case
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    is_operator = models.BooleanField(default=False)  # administers the instance; reads no one's content by it
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)
    session_salt = models.CharField(
        max_length=22, blank=True, default=""
    )  # another one: what was open is closed

    objects = PersonManager()
    USERNAME_FIELD = "handle"
    REQUIRED_FIELDS = ["email"]

    class Meta:
        ordering = ["family_name", "given_name", "pk"]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return "personne effacée" if self.erased_at else f"{self.given_name} {self.family_name}".strip()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """As Django makes it, of the password, and of what closes the sessions of those who have none as well."""
        salt = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
        return salted_hmac(
            salt, self.password + self.session_salt, secret=secret, algorithm="sha256"
        ).hexdigest()

    def close_sessions(self) -> None:
        """Inside a service: every session open at this moment closes. The one that asked is kept by `session.keep_open`."""
        self.session_salt = get_random_string(22)
        self.save(update_fields=["session_salt"])

    def others_of_mailbox(self) -> "models.QuerySet[Person]":
        """Who else reads this mailbox; nobody shares the absence of an address."""
        if not self.email:
            return Person.objects.none()
        return Person.objects.filter(email=self.email, is_active=True).exclude(pk=self.pk)


class MandateQuerySet(models.QuerySet["Mandate"]):
    def visible_to(self, actor: Any) -> "MandateQuerySet":
        """Who acts for whom is known to all who take part in the territory; a partner sees only their own."""
        return self.filter(
            models.Q(person_id=actor.person_id) | models.Q(territory_id__in=list(actor.theme_masks))
        )

    def for_screen(self) -> "MandateQuerySet":
        return self.select_related("person", "authority", "territory__epci")

    def not_over(self, day: date) -> "MandateQuerySet":
        """Those running that day, or still to come."""
        return self.filter(models.Q(ends_on=None) | models.Q(ends_on__gt=day))

    def held_on(self, day: date) -> "MandateQuerySet":
        """Those running that day."""
        return self.not_over(day).filter(starts_on__lte=day)


class Mandate(models.Model):
    """For whom, as what and in which field of competence a person acts, from when to when."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates")
    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="mandates")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="mandates")
    role = models.CharField(max_length=16, choices=Role.choices)
    title = models.CharField(
        max_length=120
    )  # as the person bears it: « Présidente », « Secrétaire générale de mairie »
    themes = models.BigIntegerField(default=0)  # bits of access.themes; 0 = every field of competence
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)  # first day without the mandate
    substitute_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="substitutes"
    )
    # A delegation: what was entrusted (access.entrusting), by the mandate it substitutes. Empty: the mandate is whole.
    entrusted = models.JSONField(default=list, blank=True)
    order_reference = models.CharField(
        max_length=120, blank=True, default=""
    )  # the arrêté, when there is one

    objects = MandateQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=models.F("starts_on")),
                name="mandate_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.authority_id})"

    @property
    def last_day(self) -> date | None:
        """What « jusqu’au » names: `ends_on` is the first day without the mandate."""
        return self.ends_on - timedelta(days=1) if self.ends_on else None


class AccessCard(models.Model):
    """What a person may reach, computed when a mandate or membership changes: the page's one query reads it with the person."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="card")
    data = models.JSONField()
    good_until = models.DateField(
        null=True
    )  # a mandate starts or ends that day: the card must be written again

    def __str__(self) -> str:
        return f"card of {self.person_id}"


class Visibility(models.TextChoices):
    """The circles of readers, from the narrowest to the widest."""

    AUTHORITY = "authority", "Ma collectivité seulement"
    TEAM = "team", "Ma collectivité et l’équipe du projet"
    SPACE = "space", "Les membres de l’espace"
    CIRCLE = "circle", "Toutes les communes"
    TERRITORY = "territory", "Toutes les personnes qui participent"
    PUBLIC = "public", "Tout le monde"


class SpaceQuerySet(ScopedQuerySet["Space"]):
    def visible_to(self, actor: Any) -> "SpaceQuerySet":
        """The one rule; and a member always knows their space (a partner reads nothing of the territory but it)."""
        known = super().visible_to(actor)
        return known if actor is None else known | self.filter(pk__in=actor.space_ids)

    def read_by(self, actor: Any, pk: int) -> "Space | None":
        """The same two ways, each compiled once: a space of their own, else by the rule."""
        if pk not in actor.space_ids:
            return self._read_by_the_rule(actor, pk)
        found: list[Space] = _OWN_SPACE.objects(pk)
        return found[0] if found else None

    def for_screen(self) -> "SpaceQuerySet":
        return self.select_related("territory__epci", "scope", "content_scope")


_OWN_SPACE = Prepared(lambda pk: Space.objects.filter(pk=pk).for_screen())

# Masculine words a gathering is named by: they go after « le » and « du » as they are.
_GATHERINGS = {"groupe", "comité", "atelier", "bureau", "conseil", "réseau", "club"}


class Space(models.Model):
    """A group of people around a subject: an instance (COPIL…) or a thematic group."""

    class Kind(models.TextChoices):
        INSTANCE = "instance", "instance"
        THEMATIC = "thematic", "groupe de travail"

    class Openness(models.TextChoices):
        SECRET = "secret", "connu de ses seuls membres"
        LISTED = "listed", "connu de tous, lu par ses membres"
        TERRITORY = "territory", "lu par toutes les personnes qui participent"
        PUBLIC = "public", "lu par tout le monde"

    class Joining(models.TextChoices):
        INVITATION = "invitation", "sur invitation"
        REQUEST = "request", "sur demande"
        FREE = "free", "libre"

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="spaces")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=120)
    purpose = models.CharField(max_length=300, blank=True, default="")
    theme = models.CharField(max_length=24, blank=True, default="")  # slug of access.themes
    openness = models.CharField(max_length=12, choices=Openness.choices)
    joining = models.CharField(max_length=12, choices=Joining.choices)
    # Roles whose holders are members by right (« toutes les maires »): follows people as mandates change.
    follows = models.JSONField(default=list)
    scope = models.ForeignKey("Scope", on_delete=models.PROTECT, related_name="+")  # who knows it exists
    content_scope = models.ForeignKey(
        "Scope", on_delete=models.PROTECT, related_name="+", null=True
    )  # who reads inside
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = SpaceQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("space", kwargs={"pk": self.pk})

    @property
    def as_group(self) -> str:
        """After « le » or « du »: « groupe Urbanisme », « comité de pilotage »; a name that says what it is says it once."""
        first, _, rest = self.name.partition(" ")
        if rest and first.lower() in _GATHERINGS:
            return f"{first.lower()} {rest}"
        return f"groupe {self.name}"


class Membership(models.Model):
    """A person's explicit place in a space (those who follow from a mandate have no row)."""

    class SpaceRole(models.TextChoices):
        READER = "reader", "lecture"
        CONTRIBUTOR = "contributor", "contribution"
        ANIMATOR = "animator", "animation"

    class State(models.TextChoices):
        ACTIVE = "active", "membre"
        REQUESTED = "requested", "demande en attente"
        LEFT = "left", "parti"

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=12, choices=SpaceRole.choices, default=SpaceRole.CONTRIBUTOR)
    state = models.CharField(max_length=12, choices=State.choices, default=State.ACTIVE)
    since = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["space", "person"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.space_id}"


class ScopeManager(models.Manager["Scope"]):
    def obtain(
        self, *, territory: Territory, visibility: str, space: Space | None = None,
        authority: Authority | None = None, themes: int = 0,
    ) -> "Scope":  # fmt: skip
        """The one row for this combination of right, made if needed: objects share scopes, so a page's test stays short."""
        if visibility == Visibility.SPACE and space is None:
            raise ValueError("a space scope names its space")
        # Of nobody in particular, `team` is the project team alone.
        if visibility == Visibility.AUTHORITY and authority is None:
            raise ValueError("an authority's scope names its authority")
        key = f"t{territory.pk}/s{space.pk if space else 0}/a{authority.pk if authority else 0}/{visibility}/{themes}"
        scope, _ = self.get_or_create(
            key=key,
            defaults={
                "territory": territory, "space": space, "owner_authority": authority,
                "visibility": visibility, "themes": themes,
            },
        )  # fmt: skip
        return scope


class Scope(models.Model):
    """Who may read a thing: the only right a content row carries. Moving an object is changing its scope."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="scopes")
    space = models.ForeignKey(Space, on_delete=models.CASCADE, null=True, related_name="scopes")
    owner_authority = models.ForeignKey(Authority, on_delete=models.PROTECT, null=True, related_name="+")
    visibility = models.CharField(max_length=12, choices=Visibility.choices)
    themes = models.BigIntegerField(default=0)
    key = models.CharField(max_length=80, unique=True)

    objects = ScopeManager()

    class Meta:
        indexes = [
            models.Index(fields=["visibility", "territory"], name="scope_territory"),
            models.Index(fields=["visibility", "owner_authority"], name="scope_authority"),
            models.Index(fields=["visibility", "space"], name="scope_space"),
        ]

    def __str__(self) -> str:
        return self.key


class TerritoryClaim(models.Model):
    """Who prepares a territory: a second claimant is told whom to ask; an operator confirms and the territory opens."""

    territory = models.OneToOneField(Territory, on_delete=models.CASCADE, related_name="claim")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="claims")
    claimed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.territory_id} by {self.person_id}"


class ReadMark(models.Model):
    """When a person last read a thing, or last came (« visit »). One of the two tables a GET may write."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=24)
    ref_id = models.BigIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "ref_id"], name="read_mark_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref_id} by {self.person_id}"
