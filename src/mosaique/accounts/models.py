"""Proofs of a mailbox, invitations, files of people, personal codes; the bodies that take part. Of codes and tokens, digests alone."""

from datetime import date
from typing import Any

from django.db import models
from django.urls import reverse

from mosaique.access.models import Mandate, Person, Scope
from mosaique.access.scoped import ScopedQuerySet
from mosaique.accounts.key_models import Passkey as Passkey
from mosaique.accounts.key_models import RecoveryCode as RecoveryCode
from mosaique.accounts.key_models import SecondStep as SecondStep
from mosaique.kernel.models import OutgoingMail
from mosaique.territory.models import Authority, Territory


class SignInCode(models.Model):
    """A code sent to a mailbox. One is written for an unknown address too: the answers must not tell them apart."""

    email = models.EmailField(max_length=254)
    code_hash = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=64, unique=True)
    next_url = models.CharField(max_length=300, blank=True, default="")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering: Any = ["-pk"]
        indexes = [models.Index(fields=["email", "-created_at"], name="code_of_mailbox")]

    def __str__(self) -> str:
        return f"code {self.pk}"


class InvitationBatch(models.Model):
    """People invited together, by one person, in one act: what the journal points at."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField()

    objects = ScopedQuerySet["InvitationBatch"].as_manager()

    class Meta:
        ordering: Any = ["-pk"]

    def __str__(self) -> str:
        return f"invitations {self.pk}"


class Invitation(models.Model):
    """A one-use link sent to one person for one mandate (or, without mandate, to an instance's administrator)."""

    class State(models.TextChoices):
        SENT = "sent", "envoyée"
        ACCEPTED = "accepted", "acceptée"
        REPLACED = "replaced", "remplacée"

    class Channel(models.TextChoices):
        MAIL = "mail", "message"
        LETTER = "letter", "lettre"

    batch = models.ForeignKey(
        InvitationBatch, on_delete=models.CASCADE, null=True, related_name="invitations"
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    mandate = models.ForeignKey(Mandate, on_delete=models.CASCADE, null=True, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    mail = models.ForeignKey(OutgoingMail, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.SENT)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    # A letter holds a short code instead of a link; its digest stands in `token_hash`.
    channel = models.CharField(max_length=6, choices=Channel.choices, default=Channel.MAIL)
    is_reminder = models.BooleanField(default=False)
    seen_at = models.DateTimeField(
        null=True
    )  # somebody pressed « Voir mon invitation »: never the mere opening
    bounced_at = models.DateTimeField(null=True)  # « le message est revenu », noted by the team

    class Meta:
        ordering: Any = ["-pk"]

    def __str__(self) -> str:
        return f"invitation {self.pk} ({self.state})"

    @property
    def is_refused(self) -> bool:
        """The mail server refused the message, or it came back."""
        return self.bounced_at is not None or (self.mail is not None and self.mail.is_refused)


class PendingImportQuerySet(ScopedQuerySet["PendingImport"]):
    def for_screen(self) -> "PendingImportQuerySet":
        return self.select_related("territory__epci", "received_by")


class PendingImport(models.Model):
    """People of a file, read and not invited yet. Personal data: emptied when sent, discarded, or forgotten for some days."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)  # of the file
    kind = models.CharField(max_length=4)
    signature = models.CharField(max_length=64)  # of its columns
    columns = models.JSONField(default=list)
    lines = models.JSONField(default=list)  # [number, cells, notes]
    notes = models.JSONField(default=list)
    choices = models.JSONField(default=list)  # one field per column
    defaults = models.JSONField(default=dict)  # field → what is taken where the file says nothing
    fixes = models.JSONField(default=dict)  # line number → field → text typed over the file's
    skipped = models.JSONField(default=list)  # numbers of the lines set aside
    received_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = PendingImportQuerySet.as_manager()

    class Meta:
        ordering: Any = ["-pk"]

    def __str__(self) -> str:
        return f"people import {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("people_import_lines", kwargs={"pk": self.pk})


class ColumnChoices(models.Model):
    """What each column of such a file held the last time, for this territory: proposed the next time."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    signature = models.CharField(max_length=64)
    choices = models.JSONField(default=dict)  # name of the column, folded → field
    chosen_at = models.DateTimeField()

    objects = ScopedQuerySet["ColumnChoices"].as_manager()

    class Meta:
        constraints: Any = [
            models.UniqueConstraint(fields=["territory", "signature"], name="columns_of_a_file_once")
        ]

    def __str__(self) -> str:
        return f"columns {self.signature[:8]}"


class PostalAddress(models.Model):
    """What is written on the envelope for a body: typed once, proposed for the next letter."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    lines = models.CharField(max_length=240)

    objects = ScopedQuerySet["PostalAddress"].as_manager()

    class Meta:
        constraints: Any = [
            models.UniqueConstraint(fields=["territory", "authority"], name="postal_address_once")
        ]

    def __str__(self) -> str:
        return f"address of {self.authority_id}"


class PersonalCode(models.Model):
    """What a person chose to show that it is really them, where others open the same mailbox. A digest; never shown."""

    TRIES = 5  # wrong ones, then a pause
    MOST_TRIES = 10  # wrong ones in all, then only the project team opens it again

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=128, blank=True, default="")  # empty: set aside, to be chosen again
    chosen_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)  # wrong ones since the last good one
    paused_until = models.DateTimeField(null=True)
    # Set aside by the team: the code it says to the person, by voice, opens the choice of another.
    renewal_digest = models.CharField(max_length=64, blank=True, default="")
    renewal_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"personal code of {self.person_id}"

    @property
    def is_closed(self) -> bool:
        return self.tries >= self.MOST_TRIES


class TerritoryPartyQuerySet(ScopedQuerySet["TerritoryParty"]):
    def for_screen(self) -> "TerritoryPartyQuerySet":
        return self.select_related("authority", "territory__epci", "added_by")


class TerritoryParty(models.Model):
    """A body other than the communes and their intercommunality that takes part: syndicat, CIAS, centre de gestion, association.

    It may be named by sheets and counted by calculations; it has no council consulted, no tile and no inventory.
    """

    class Kind(models.TextChoices):
        SYNDICATE = "syndicate", "syndicat"
        SOCIAL = "social", "CCAS ou CIAS"
        MANAGEMENT = "management", "centre de gestion"
        ASSOCIATION = "association", "association"
        OTHER = "other", "autre organisme"

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="party_in")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    since = models.DateField(null=True)
    until = models.DateField(null=True)  # first day on which it no longer takes part
    note = models.CharField(max_length=300, blank=True, default="")
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = TerritoryPartyQuerySet.as_manager()

    class Meta:
        ordering: Any = ["kind", "authority__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "authority"], name="party_once"),
            models.CheckConstraint(
                condition=models.Q(since__isnull=True)
                | models.Q(until__isnull=True)
                | models.Q(until__gt=models.F("since")),
                name="party_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority_id} beside {self.territory_id}"

    def get_absolute_url(self) -> str:
        return reverse("party", kwargs={"pk": self.pk})

    def is_over(self, day: date) -> bool:
        return self.until is not None and self.until <= day
