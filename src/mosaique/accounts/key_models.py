"""What somebody keeps to come in, besides their mailbox. Nothing here is ever shown."""

from typing import Any

from django.db import models

from mosaique.access.models import Person


class SecondStep(models.Model):
    """A one-time code asked after every other way in. The secret is sealed: a copy of the database alone gives no code."""

    MAX_TRIES = 10  # wrong ones within the hour; then only a recovery code is taken, and the person is told

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    sealed = models.CharField(max_length=200)
    last_used = (
        models.BigIntegerField()
    )  # half-minutes since 1970: a code of that one, or older, serves no more
    tries = models.PositiveSmallIntegerField(default=0)  # wrong ones since `tries_since`
    tries_since = models.DateTimeField(null=True)
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"second step of {self.person_id}"


class RecoveryCode(models.Model):
    """Replaces the one-time code, once: for a lost telephone. A digest only."""

    second_step = models.ForeignKey(SecondStep, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering: Any = ["pk"]
        constraints: Any = [
            models.UniqueConstraint(fields=["second_step", "digest"], name="recovery_code_once")
        ]

    def __str__(self) -> str:
        return f"recovery code {self.pk}"


class PasskeyQuerySet(models.QuerySet["Passkey"]):
    def visible_to(self, actor: Any) -> "PasskeyQuerySet":
        """One's own."""
        return self.filter(person_id=actor.person_id)


class Passkey(models.Model):
    """A device that comes in by signing a challenge, once it has checked its owner. The public half; names are the person's."""

    MAX_NAME = 60

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=MAX_NAME)
    digest = models.CharField(max_length=64, unique=True)  # of the credential's id
    credential = models.BinaryField()  # attested credential data: its id and public key
    counter = models.BigIntegerField(default=0)  # signatures, for devices that count them
    is_synced = models.BooleanField(default=False)  # kept by an account of the maker, not by one device alone
    added_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)

    objects = PasskeyQuerySet.as_manager()

    class Meta:
        ordering: Any = ["pk"]

    def __str__(self) -> str:
        return f"passkey {self.pk}"
