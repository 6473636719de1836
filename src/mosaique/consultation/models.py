"""Nouns of a consultation. Dates and opinions are append-only: a correction is a new row that says why."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from mosaique.access.models import Mandate, Scope
from mosaique.access.scoped import ScopedQuerySet
from mosaique.files.models import Upload
from mosaique.scheme.models import Version
from mosaique.territory.models import Authority, Territory


class Channel(models.TextChoices):
    """How the report travels to a council."""

    LINK = "link", "lien ouvert dans Mosaïque"
    EMAIL = "email", "courriel"
    LETTER = "letter", "lettre recommandée"
    HAND = "hand", "remise en main propre"


class ConsultationQuerySet(ScopedQuerySet["Consultation"]):
    def for_screen(self) -> "ConsultationQuerySet":
        return self.select_related("scope", "version__scheme__territory__epci", "territory__epci")


class Consultation(models.Model):
    """One frozen version put to every council of the territory."""

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="consultation")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    procedure = models.CharField(max_length=40)  # identifier in consultation.procedures.registry
    # The law gives no rule for a last day that falls on a Sunday: the EPCI chooses, the choice is printed.
    extend_if_non_working = models.BooleanField(default=False)
    planned_vote_on = models.DateField(null=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"avis des conseils sur la version {self.version.number}"

    def get_absolute_url(self) -> str:
        return reverse("consultation", kwargs={"pk": self.pk})


class CouncilFileQuerySet(ScopedQuerySet["CouncilFile"]):
    def for_screen(self) -> "CouncilFileQuerySet":
        return self.select_related(
            "scope", "authority", "consultation__version__scheme", "consultation__territory__epci"
        )


class CouncilFile(models.Model):
    """The file of one council in a consultation. Its clock starts with its own reception, never before."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="councils")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.LINK)
    # Written by the nightly task the day after the limit; the state itself is always computed from the facts.
    tacit_noted_on = models.DateField(null=True)

    objects = CouncilFileQuerySet.as_manager()

    class Meta:
        ordering = ["authority__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "authority"], name="one_file_per_council")
        ]

    def __str__(self) -> str:
        return self.authority.name

    def get_absolute_url(self) -> str:
        return reverse("council_file", kwargs={"pk": self.pk})


class DatedFact(models.Model):
    """« Sent on », « received on »: the date, its proof, who entered it. A correction points at what it corrects and says why."""

    class Kind(models.TextChoices):
        SENT = "sent", "envoi"
        RECEIVED = "received", "réception"

    council = models.ForeignKey(CouncilFile, on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    on_date = models.DateField()
    channel = models.CharField(max_length=8, choices=Channel.choices)
    reference = models.CharField(max_length=80, blank=True, default="")  # number of the registered letter…
    proof = models.ForeignKey(Upload, on_delete=models.PROTECT, null=True, related_name="+")
    entered_by = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["pk"]
        constraints = [
            # One live fact of a kind per council: a second one can only be a correction of it.
            models.UniqueConstraint(
                fields=["council", "kind"], condition=Q(corrects__isnull=True), name="one_first_fact_per_kind"
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(reason=""), name="a_correction_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on_date}"

    @property
    def reference_shown(self) -> str:
        """« n° 2C 123 456 » for a number; words (« accusé postal ») stay words."""
        numbered = any(mark.isdigit() for mark in self.reference)
        return f"n° {self.reference}" if numbered else self.reference


class Opinion(models.Model):
    """What a council voted. A late one stays here, beside the tacit opinion it does not replace."""

    class Answer(models.TextChoices):
        FAVOURABLE = "favourable", "Favorable"
        RESERVES = "reserves", "Favorable avec réserves"
        UNFAVOURABLE = "unfavourable", "Défavorable"

    council = models.ForeignKey(CouncilFile, on_delete=models.PROTECT, related_name="opinions")
    answer = models.CharField(max_length=12, choices=Answer.choices)
    voted_on = models.DateField()
    number = models.CharField(max_length=40, blank=True, default="")  # of the deliberation
    votes_for = models.PositiveSmallIntegerField(null=True)
    votes_against = models.PositiveSmallIntegerField(null=True)
    abstentions = models.PositiveSmallIntegerField(null=True)
    reserves = models.TextField(blank=True, default="")
    deliberation = models.ForeignKey(Upload, on_delete=models.PROTECT, null=True, related_name="+")
    entered_by = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["council"], condition=Q(corrects__isnull=True), name="one_first_opinion_per_council"
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(reason=""), name="an_opinion_change_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer} {self.voted_on}"


class ReserveAnswer(models.Model):
    """What the team answers in writing to the reserves of one opinion. A correction is a new row that says why."""

    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField()
    entered_by = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["opinion"], condition=Q(corrects__isnull=True), name="one_first_answer_per_opinion"
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(reason=""), name="an_answer_change_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"answer to opinion {self.opinion_id}"


class SittingQuerySet(ScopedQuerySet["Sitting"]):
    pass


class Sitting(models.Model):
    """A council's coming sitting: one may be the only one inside the three months."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    on_date = models.DateField()
    at_time = models.TimeField(null=True)
    entered_by = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)

    objects = SittingQuerySet.as_manager()

    class Meta:
        ordering = ["on_date", "at_time", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "on_date"],
                condition=Q(cancelled_at__isnull=True),
                name="one_sitting_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.authority_id} {self.on_date}"


class AdoptionQuerySet(ScopedQuerySet["Adoption"]):
    pass


class Adoption(models.Model):
    """The community council's vote on the version. Opinions never veto it; the warnings shown that day are kept."""

    class Outcome(models.TextChoices):
        ADOPTED = "adopted", "Adopté"
        REJECTED = "rejected", "Rejeté"

    consultation = models.OneToOneField(Consultation, on_delete=models.PROTECT, related_name="adoption")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    voted_on = models.DateField()
    number = models.CharField(max_length=40)
    votes_for = models.PositiveSmallIntegerField()
    votes_against = models.PositiveSmallIntegerField()
    abstentions = models.PositiveSmallIntegerField()
    deliberation = models.ForeignKey(Upload, on_delete=models.PROTECT, null=True, related_name="+")
    warnings = models.JSONField(default=list)  # sentences shown when the vote was recorded
    entered_by = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.outcome} {self.voted_on}"


class FinalSending(models.Model):
    """The adopted scheme sent to one council (required by article L5211-39-1)."""

    adoption = models.ForeignKey(Adoption, on_delete=models.PROTECT, related_name="sendings")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField()
    channel = models.CharField(max_length=8, choices=Channel.choices)
    reference = models.CharField(max_length=80, blank=True, default="")
    opened_on = models.DateField(null=True)  # the council's people opened the link and said so
    entered_by = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["authority__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["adoption", "authority"], name="sent_once_per_council")
        ]

    def __str__(self) -> str:
        return f"{self.authority_id} {self.sent_on}"
