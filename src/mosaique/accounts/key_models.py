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
