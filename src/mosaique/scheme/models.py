"""Scheme, axes, action sheets and what hangs on them. Long texts are kept as a document and as its HTML."""

from typing import Any

from django.db import models
from django.urls import reverse

from mosaique.access.models import Mandate, Person, Scope, Space
from mosaique.access.scoped import ScopedQuerySet
from mosaique.access.themes import BY_SLUG, Theme
from mosaique.costing.models import Scenario
from mosaique.files.models import Upload
from mosaique.kernel import richtext
from mosaique.kernel.quantity import Quantity, unknown_field
from mosaique.territory.models import Authority, Territory


def empty_text() -> dict[str, Any]:
    return {**richtext.EMPTY, "content": []}


class SchemeQuerySet(ScopedQuerySet["Scheme"]):
    def for_screen(self) -> "SchemeQuerySet":
        return self.select_related("territory__epci", "scope", "logo")


class Scheme(models.Model):
    """The plan of one mandate: what the communes and their intercommunality will do together."""

    class State(models.TextChoices):
        DRAFTING = "drafting", "en rédaction"
        CONSULTATION = "consultation", "soumis à l’avis des conseils"
        ADOPTED = "adopted", "adopté"

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="schemes")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    starts_year = models.PositiveSmallIntegerField()
    ends_year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFTING)
    # A PNG drawn again by us, on the cover of the report; its bytes are frozen with the text.
    logo = models.ForeignKey(Upload, on_delete=models.PROTECT, null=True, related_name="+")
    # Colours of the documents, six hexadecimal digits; empty: those of the house. Frozen with the text as well.
    main_colour = models.CharField(max_length=6, blank=True, default="")
    accent_colour = models.CharField(max_length=6, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        ordering: Any = ["-starts_year"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "starts_year"], name="one_scheme_a_mandate")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("scheme")

    @property
    def is_frozen(self) -> bool:
        return self.state != self.State.DRAFTING


class AxisQuerySet(ScopedQuerySet["Axis"]):
    def for_screen(self) -> "AxisQuerySet":
        return self.select_related("scheme", "scope")


class Axis(models.Model):
    """An orientation of the scheme; sheets belong to one."""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="axes")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    body = models.JSONField(default=empty_text)
    body_html = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    objects = AxisQuerySet.as_manager()

    class Meta:
        ordering: Any = ["number", "pk"]
        constraints = [models.UniqueConstraint(fields=["scheme", "number"], name="axis_number_once")]

    def __str__(self) -> str:
        return f"Axe {self.number}, {self.title}"

    def get_absolute_url(self) -> str:
        return f"{reverse('scheme')}#axe-{self.number}"


class ActionSheetQuerySet(ScopedQuerySet["ActionSheet"]):
    def for_screen(self) -> "ActionSheetQuerySet":
        return self.select_related(
            "scheme__territory__epci",
            "scheme__scope",
            "axis",
            "scope__space",
            "space__scope__territory",
            "provider",
            "beneficiary",
            "scenario__carrier",
            "scenario__scope",
            "last_edit_by",
        )


class ActionSheet(models.Model):
    """One action, from an idea to a decision (domain: fiche action)."""

    class Status(models.TextChoices):
        IDEA = "idea", "Idée"
        STUDY = "study", "À l’étude"
        BUILDING = "building", "En construction"
        READY = "ready", "Prête"
        RETAINED = "retained", "Retenue"
        DROPPED = "dropped", "Écartée"

    class Priority(models.TextChoices):
        NONE = "", "non fixée"
        HIGH = "high", "haute"
        MEDIUM = "medium", "moyenne"
        LOW = "low", "basse"

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="sheets")
    axis = models.ForeignKey(Axis, on_delete=models.PROTECT, related_name="sheets")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    space = models.ForeignKey(Space, on_delete=models.SET_NULL, null=True, related_name="+")  # working group
    scenario = models.OneToOneField(Scenario, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    summary = models.CharField(max_length=400, blank=True, default="")
    theme = models.CharField(max_length=24, blank=True, default="")  # slug of access.themes
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.IDEA)
    dropped_reason = models.CharField(max_length=400, blank=True, default="")
    priority = models.CharField(max_length=8, choices=Priority.choices, blank=True, default="")

    class Payment(models.TextChoices):
        NONE = "", "pas encore décidé"
        INVOICE = "invoice", "remboursement sur titre"
        AC = "ac", "imputation sur l’attribution de compensation"

    context = models.JSONField(default=empty_text)
    context_html = models.TextField(blank=True, default="")
    objectives = models.JSONField(default=empty_text)
    objectives_html = models.TextField(blank=True, default="")
    content = models.JSONField(default=empty_text)
    content_html = models.TextField(blank=True, default="")

    # Roles, not names: « vice-présidente à l’urbanisme », « direction de l’aménagement ».
    pilot_elected = models.CharField(max_length=160, blank=True, default="")
    pilot_technical = models.CharField(max_length=160, blank=True, default="")
    partners = models.CharField(max_length=400, blank=True, default="")
    legal_form = models.CharField(max_length=32, blank=True, default="")
    # The direction is stored as authorities: « ascendante » and « descendante » are used both ways in practice.
    provider = models.ForeignKey(Authority, on_delete=models.PROTECT, null=True, related_name="+")
    # Empty: every commune of the perimeter.
    beneficiary = models.ForeignKey(Authority, on_delete=models.PROTECT, null=True, related_name="+")
    # Bodies other than communes that are parties to the agreement (accounts.TerritoryParty keeps the list of them).
    parties = models.ManyToManyField(Authority, related_name="+")
    payment = models.CharField(max_length=8, choices=Payment.choices, blank=True, default="")
    entry_exit = models.TextField(blank=True, default="")
    agents_concerned = models.TextField(blank=True, default="")
    means = models.TextField(blank=True, default="")
    prerequisites = models.TextField(blank=True, default="")
    risks = models.TextField(blank=True, default="")
    study_on = models.DateField(null=True)
    test_on = models.DateField(null=True)
    start_on = models.DateField(null=True)
    review_on = models.DateField(null=True)

    # Short lists edited with the sheet and under its version: [{"label", "due", "done"}], [{"label", "unit", "baseline",
    # "target"}], {document kind: {"on", "note"}}. Dates are ISO text.
    milestones = models.JSONField(default=list)
    indicators = models.JSONField(default=list)
    documents = models.JSONField(default=dict)

    open_to_what = models.CharField(max_length=240, blank=True, default="")
    open_until = models.DateField(null=True)
    who_decides = models.CharField(max_length=240, blank=True, default="")
    outcome = models.CharField(max_length=300, blank=True, default="")

    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField()
    last_edit_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ActionSheetQuerySet.as_manager()

    class Meta:
        ordering: Any = ["axis__number", "number", "pk"]
        constraints = [models.UniqueConstraint(fields=["scheme", "number"], name="sheet_number_once")]

    def __str__(self) -> str:
        return f"Fiche {self.number}, {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("sheet", kwargs={"pk": self.pk})

    @property
    def theme_of(self) -> Theme | None:
        return BY_SLUG.get(self.theme)

    @property
    def is_open_to_positions(self) -> bool:
        return self.status not in (self.Status.RETAINED, self.Status.DROPPED) and not self.scheme.is_frozen


class ResidentChange(models.Model):
    """« Ce que cela change pour l’habitant »: one measure, before and after, each known or with a reason."""

    class Aspect(models.TextChoices):
        DELAY = "delay", "délai"
        HOURS = "hours", "horaires"
        DISTANCE = "distance", "distance"

    UNITS = {"delay": "jours", "hours": "heures par semaine", "distance": "km"}
    sheet = models.ForeignKey(ActionSheet, on_delete=models.CASCADE, related_name="resident_changes")
    aspect = models.CharField(max_length=8, choices=Aspect.choices)
    label = models.CharField(
        max_length=160, blank=True, default=""
    )  # « de réponse pour une déclaration préalable »
    before = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    before_unknown = unknown_field()
    after = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    after_unknown = unknown_field()

    class Meta:
        ordering: Any = ["pk"]
        constraints = [models.UniqueConstraint(fields=["sheet", "aspect"], name="resident_aspect_once")]

    def __str__(self) -> str:
        return f"{self.aspect} of {self.sheet_id}"

    @property
    def unit(self) -> str:
        return self.UNITS[self.aspect]

    @property
    def quantities(self) -> tuple[Quantity, Quantity]:
        return Quantity(self.before, self.before_unknown or None), Quantity(
            self.after, self.after_unknown or None
        )


class Decision(models.Model):
    """One line of the sheet's log: what a body decided, or what a debate concluded (kept append-only)."""

    sheet = models.ForeignKey(ActionSheet, on_delete=models.CASCADE, related_name="decisions")
    decided_on = models.DateField()
    by = models.CharField(max_length=120)
    text = models.TextField()
    # The legal form chosen that day, when the decision is that choice: the sheet shows it beside its form.
    legal_form = models.CharField(max_length=32, blank=True, default="")
    # A relevé received from a discussion: where it comes from (kernel.ref).
    from_kind = models.CharField(max_length=24, blank=True, default="")
    from_id = models.BigIntegerField(null=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering: Any = ["-decided_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.by}, {self.decided_on}"


class PositionQuerySet(models.QuerySet["Position"]):
    def update(self, **kwargs: Any) -> int:
        raise TypeError("positions are append-only: the history of what was said is kept")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("positions are append-only: the history of what was said is kept")


class Position(models.Model):
    """What a commune says of a sheet: an intention, never a deliberation. Rows are added; the last one counts."""

    class Answer(models.TextChoices):
        YES = "yes", "Oui"
        YES_IF = "yes_if", "Oui, si"
        LATER = "later", "Plus tard"
        NO = "no", "Non"

    class Voice(models.TextChoices):
        MAYOR = "mayor", "le maire"
        COUNCIL = "council", "le conseil municipal"

    sheet = models.ForeignKey(ActionSheet, on_delete=models.CASCADE, related_name="positions")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=8, choices=Answer.choices)
    condition = models.CharField(max_length=400, blank=True, default="")
    voice = models.CharField(max_length=8, choices=Voice.choices, default=Voice.MAYOR)
    council_on = models.DateField(null=True)  # the sitting in which the council spoke, when it did
    said_by = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    on_version = models.PositiveIntegerField()
    at = models.DateTimeField()

    objects = PositionQuerySet.as_manager()

    class Meta:
        ordering: Any = ["-pk"]
        indexes = [models.Index(fields=["sheet", "authority", "-id"], name="position_last")]

    def __str__(self) -> str:
        return f"{self.answer} of {self.authority_id} on {self.sheet_id}"


class ChapterQuerySet(ScopedQuerySet["Chapter"]):
    def for_screen(self) -> "ChapterQuerySet":
        return self.select_related("scheme__territory__epci", "scope")


class Chapter(models.Model):
    """The words a territory adds to a chapter of the report; the outline itself is in `outline.py`."""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="chapters")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=24)
    body = models.JSONField(default=empty_text)
    body_html = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    objects = ChapterQuerySet.as_manager()

    class Meta:
        ordering: Any = ["pk"]
        constraints = [models.UniqueConstraint(fields=["scheme", "key"], name="chapter_once")]

    def __str__(self) -> str:
        return self.key


class FrozenQuerySet(ScopedQuerySet[Any]):
    """Rows of legal weight: written once."""

    def update(self, **kwargs: Any) -> int:
        raise TypeError("a frozen version never changes: make a new one")

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise TypeError("a frozen version never changes: make a new one")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("a frozen version is kept")


class VersionQuerySet(FrozenQuerySet):
    def for_screen(self) -> "VersionQuerySet":
        return self.select_related("scheme__territory__epci", "scope", "frozen_by").defer("content")


class Frozen(models.Model):
    """Base of rows that are inserted once and never changed or removed."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("a frozen version never changes: make a new one")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("a frozen version is kept")


class Version(Frozen):
    """The report and draft scheme as frozen one day: canonical JSON and its SHA-256."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="versions")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=200, blank=True, default="")  # what changed, for the history
    content = models.TextField()  # exactly the text that is hashed
    sha256 = models.CharField(max_length=64, unique=True)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering: Any = ["-number"]
        constraints = [models.UniqueConstraint(fields=["scheme", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return f"version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("version", kwargs={"pk": self.pk})

    @property
    def title_shown(self) -> str:
        return f"Rapport et projet de schéma, version {self.number}"

    @property
    def code(self) -> str:
        """The 16 characters printed in every footer."""
        return self.sha256[:16]

    @property
    def code_shown(self) -> str:
        """The same, four by four, for people."""
        return " ".join(self.code[start : start + 4] for start in range(0, 16, 4))


class VersionFileQuerySet(FrozenQuerySet):
    def for_screen(self) -> "VersionFileQuerySet":
        return self.select_related("version__scheme__territory__epci", "scope", "authority").defer(
            "version__content"
        )


class VersionFile(Frozen):
    """A file made from a version, kept as made, with its own hash."""

    class Kind(models.TextChoices):
        REPORT = "report", "rapport et projet de schéma"
        COMMUNE = "commune", "ce que le schéma change pour nous"

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="files")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    format = models.CharField(max_length=4)  # pdf, docx, odt
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, null=True, related_name="+")
    path = models.CharField(max_length=200)  # under MEDIA_ROOT
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField(null=True)

    objects = VersionFileQuerySet.as_manager()

    class Meta:
        ordering: Any = ["kind", "format", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "format"],
                condition=models.Q(authority__isnull=True),
                name="version_report_once",
            ),
            models.UniqueConstraint(
                fields=["version", "format", "authority"],
                condition=models.Q(authority__isnull=False),
                name="version_page_once",
            ),
        ]

    def __str__(self) -> str:
        return self.path


class PreparationQuerySet(ScopedQuerySet["Preparation"]):
    def for_screen(self) -> "PreparationQuerySet":
        return self.select_related("version__scheme__territory__epci", "scope", "asked_by").defer(
            "version__content"
        )


class Preparation(models.Model):
    """Long work asked for by a person: files made one after the other by the worker. Its state is kept, so that one may
    leave the page, come back, cancel, or start again what an error has stopped."""

    class State(models.TextChoices):
        WAITING = "waiting", "en attente"
        RUNNING = "running", "en cours"
        DONE = "done", "prête"
        PARKED = "parked", "arrêtée par une erreur"
        CANCELLED = "cancelled", "annulée"

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="preparations")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)  # of preparing.KINDS
    formats = models.CharField(max_length=20)  # « pdf docx », in the order of docgen.FORMATS
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    doing = models.CharField(max_length=160, blank=True, default="")
    reason = models.CharField(max_length=400, blank=True, default="")  # of a stop, in French
    # Which asking the worker answers: a task of a former one finds another number here and leaves.
    attempt = models.PositiveSmallIntegerField(default=1)
    asked_by = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    beat_at = models.DateTimeField()  # the last sign of life
    finished_at = models.DateTimeField(null=True)

    objects = PreparationQuerySet.as_manager()

    class Meta:
        ordering: Any = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "kind", "formats"], name="preparation_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.formats})"

    def get_absolute_url(self) -> str:
        return reverse("preparation", kwargs={"pk": self.pk})

    @property
    def is_live(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)


class PreparedFileQuerySet(ScopedQuerySet["PreparedFile"]):
    def for_screen(self) -> "PreparedFileQuerySet":
        return self.select_related("preparation__version__scheme__territory__epci", "scope").defer(
            "preparation__version__content"
        )


class PreparedFile(models.Model):
    """A file of a preparation that is done. Prepared again, it gives way to the new one."""

    preparation = models.ForeignKey(Preparation, on_delete=models.CASCADE, related_name="files")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    path = models.CharField(max_length=200)  # under MEDIA_ROOT
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()

    objects = PreparedFileQuerySet.as_manager()

    class Meta:
        ordering: Any = ["pk"]

    def __str__(self) -> str:
        return self.name
