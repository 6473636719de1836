"""Tables without business: outgoing mail and the memory of periodic work."""

from django.db import models


class OutgoingMail(models.Model):
    """A message to send, written in the same transaction as its cause (outbox)."""

    class State(models.TextChoices):
        WAITING = "waiting", "en attente"
        SENDING = "sending", "en cours d’envoi"
        SENT = "sent", "envoyé"
        PARKED = "parked", "mis de côté"

    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    kind = models.CharField(max_length=40)
    # Plain ids, not foreign keys: the kernel knows neither persons nor territories.
    person_id = models.BigIntegerField(null=True)
    territory_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField()
    send_after = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "send_after"], name="mail_to_send")]

    def __str__(self) -> str:
        return f"{self.kind} ({self.state})"

    @property
    def is_refused(self) -> bool:
        """The mail server said no for good, or never said yes."""
        return self.state == self.State.PARKED


class PeriodicRun(models.Model):
    """A periodic task already started for a slot: the unique pair makes two workers start it once."""

    name = models.CharField(max_length=80)
    slot = models.CharField(max_length=32)
    started_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "slot"], name="periodic_once_a_slot")]

    def __str__(self) -> str:
        return f"{self.name} {self.slot}"
