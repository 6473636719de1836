"""Proofs of a mailbox, and invitations. Only digests of codes and tokens are stored."""

from typing import Any

from django.db import models

from mosaique.access.models import Mandate, Person, Scope
from mosaique.access.scoped import ScopedQuerySet
from mosaique.kernel.models import OutgoingMail
from mosaique.territory.models import Territory


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

    class Meta:
        ordering: Any = ["-pk"]

    def __str__(self) -> str:
        return f"invitation {self.pk} ({self.state})"
