"""An uploaded file: its bytes live under MOSAIQUE_DATA, named by their own SHA-256; the row carries the right."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.urls import reverse

from mosaique.access.models import Mandate, Scope
from mosaique.access.scoped import ScopedQuerySet


class UploadQuerySet(ScopedQuerySet["Upload"]):
    def for_screen(self) -> "UploadQuerySet":
        return self.select_related("scope")


class Upload(models.Model):
    """A file someone gave. Never changed: a new file is a new row."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    given_by = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    # What it is joined to is hidden: refused to its readers, but those its holder lets through (see holders.py).
    withheld = models.BooleanField(default=False)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("download", kwargs={"pk": self.pk})

    @property
    def kind(self) -> str:
        """The word of its square: PDF, ODT."""
        return self.name.rpartition(".")[2].upper()

    @property
    def path(self) -> Path:
        """Where the bytes are: shared by every row with the same content."""
        return Path(settings.MEDIA_ROOT) / "depots" / self.sha256[:2] / self.sha256
