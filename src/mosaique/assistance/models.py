"""A call for help and what is answered to it."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.urls import reverse

from mosaique.access.models import Person, Scope
from mosaique.access.scoped import ScopedQuerySet
from mosaique.kernel.typography import of_name

if TYPE_CHECKING:
    from mosaique.access.actor import Actor

KIND = "help_call"


class HelpCallQuerySet(ScopedQuerySet["HelpCall"]):
    def visible_to(self, actor: "Actor | None") -> "HelpCallQuerySet":
        """The one rule (the project team); and who asked always reads their own call."""
        known = super().visible_to(actor).select_related("person")  # labels name who asked
        if actor is None:
            return known
        if actor.person_id:
            return known | self.filter(person_id=actor.person_id).select_related("person")
        own = actor.confided(KIND)
        return self.filter(pk__in=own) if own else known

    def for_screen(self) -> "HelpCallQuerySet":
        return self.select_related("scope__territory", "person")

    def waiting(self) -> "HelpCallQuerySet":
        return self.filter(state=HelpCall.State.OPEN)


class HelpCall(models.Model):
    """Someone is stuck on a page. What they had typed there is kept as plain text, and not for long."""

    class State(models.TextChoices):
        OPEN = "open", "en attente"
        ANSWERED = "answered", "répondu"
        CLOSED = "closed", "réglé"

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")  # the project team alone
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )  # null: without an account
    guest_name = models.CharField(
        max_length=120, blank=True, default=""
    )  # of who has no account; a person's is read when shown
    asker_title = models.CharField(max_length=250, blank=True, default="")
    page_path = models.CharField(max_length=300, blank=True, default="")
    page_title = models.CharField(max_length=200, blank=True, default="")
    words = models.TextField()
    typed = models.TextField(blank=True, default="")
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    asked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    purged_at = models.DateTimeField(null=True)

    objects = HelpCallQuerySet.as_manager()

    class Meta:
        ordering: Any = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"help call {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("help_call", kwargs={"pk": self.pk})

    @property
    def label(self) -> str:
        return f"la demande d’aide {of_name(self.who)}"

    @property
    def who(self) -> str:
        return self.person.full_name if self.person else self.guest_name

    @property
    def where(self) -> str:
        return self.page_title or self.page_path or "une page"


class HelpReply(models.Model):
    """One answer, of the team or of who asked."""

    call = models.ForeignKey(HelpCall, on_delete=models.CASCADE, related_name="replies")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    from_team = models.BooleanField()
    body = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering: Any = ["at", "pk"]

    def __str__(self) -> str:
        return f"reply {self.pk}"

    @property
    def who(self) -> str:
        return self.author.full_name if self.author else self.call.guest_name
