"""Threads, posts, relevés. A post carries its thread's scope, so no path reads one without the right on the other."""

from typing import Any

from django.db import models
from django.urls import reverse

from mosaique.access.models import Mandate, Person, Scope, Space
from mosaique.access.scoped import ScopedQuerySet
from mosaique.files.models import Upload
from mosaique.kernel.richtext import EMPTY


def _empty() -> dict[str, Any]:
    return {**EMPTY, "content": []}


class ThreadQuerySet(ScopedQuerySet["Thread"]):
    def for_screen(self) -> "ThreadQuerySet":
        return self.select_related("space", "releve")


class Thread(models.Model):
    """A question put to a space, with its four lines: what is open, until when, who decides, what will be done."""

    class Kind(models.TextChoices):
        QUESTION = "question", "question"
        IDEA = "idea", "idée"
        NEWS = "news", "information"

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="threads")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.QUESTION)
    title = models.CharField(max_length=160)
    open_to_what = models.CharField(max_length=240)
    until = models.DateField(null=True)  # last day on which one may write
    who_decides = models.CharField(max_length=240)
    outcome_promise = models.CharField(max_length=240)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    # Kept by the services: the page of a thread neither counts nor sorts.
    post_count = models.PositiveIntegerField(default=0)
    author_count = models.PositiveIntegerField(default=0)
    authority_count = models.PositiveIntegerField(default=0)
    last_post_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    answer = models.JSONField(default=_empty)
    answer_html = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    #: For the person who has just written, never stored: sentences on what was not kept; names of who will be told.
    told: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()

    objects = ThreadQuerySet.as_manager()

    class Meta:
        ordering: Any = ["-last_post_at", "-pk"]
        indexes = [models.Index(fields=["space", "-last_post_at"], name="thread_latest")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("thread", kwargs={"pk": self.pk})


class PostQuerySet(ScopedQuerySet["Post"]):
    def for_screen(self) -> "PostQuerySet":
        return self.select_related("thread__space__territory", "author", "mandate__authority", "scope")


class Post(models.Model):
    """What someone said, under which mandate. Hidden, its text is kept for its author and the animators."""

    class Position(models.TextChoices):
        FOR = "pour", "Pour"
        AGAINST = "contre", "Contre"
        RESERVE = "reserve", "Réserve"
        QUESTION = "question", "Question"
        INFO = "info", "Information"

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField()  # its place in the thread, never reused
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, related_name="+")
    via_shared_mailbox = models.BooleanField(default=False)
    body = models.JSONField()
    body_html = models.TextField()
    position = models.CharField(max_length=8, choices=Position.choices, blank=True, default="")
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    hidden_at = models.DateTimeField(null=True)
    hidden_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    hidden_reason = models.CharField(max_length=300, blank=True, default="")
    # Drawn when the form is shown: the same form sent twice writes once.
    client_token = models.CharField(max_length=32)
    # What the page lists, kept by the services: [[upload id, name, bytes], …]. The rows are the attachments.
    files = models.JSONField(default=list)

    #: For the person who has just written, never stored: sentences on what was not kept; names of who will be told.
    told: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering: Any = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["thread", "number"], name="post_number_once"),
            models.UniqueConstraint(fields=["author", "client_token"], name="post_sent_once"),
        ]

    def __str__(self) -> str:
        return f"post {self.number} of {self.thread_id}"

    def get_absolute_url(self) -> str:
        return f"{reverse('thread', kwargs={'pk': self.thread_id})}?message={self.number}#m{self.number}"


class Attachment(models.Model):
    """A file joined to a post. It bears the thread's scope; the post hidden, it is set aside (`files.holders`)."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="attachments")
    upload = models.OneToOneField(Upload, on_delete=models.CASCADE, related_name="attachment")

    class Meta:
        ordering: Any = ["pk"]

    def __str__(self) -> str:
        return f"file {self.upload_id} of post {self.post_id}"


class Mention(models.Model):
    """Someone named in a post (`mentions`). Kept when a correction takes the name away: former texts still read it."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    current = models.BooleanField(default=True)  # still named
    to_tell = models.BooleanField(default=True)  # the message is still to be written

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "person"], name="mentioned_once_in_a_post")]
        indexes = [models.Index(fields=["to_tell"], name="mention_to_tell", condition=models.Q(to_tell=True))]

    def __str__(self) -> str:
        return f"mention {self.pk}"


class PostVersion(models.Model):
    """A text as it was before an edit."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    body = models.JSONField()
    body_html = models.TextField()
    position = models.CharField(max_length=8, blank=True, default="")
    files = models.JSONField(default=list)  # names of what was joined then
    at = models.DateTimeField()  # when this text was written

    class Meta:
        ordering: Any = ["-number"]
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="post_version_once")]

    def __str__(self) -> str:
        return f"version {self.number} of post {self.post_id}"


class Draft(models.Model):
    """What one person has typed and not sent, in a thread or in a space's new question. Theirs alone: no scope, and no
    screen shows it to anybody else."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, null=True, related_name="+")
    space = models.ForeignKey(Space, on_delete=models.CASCADE, null=True, related_name="+")
    fields = models.JSONField()  # name of the field → text as typed
    version = models.BigIntegerField()  # never used again, even by a draft begun after this one is sent
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "thread"], name="draft_once_in_a_thread"),
            models.UniqueConstraint(fields=["person", "space"], name="draft_once_in_a_space"),
            models.CheckConstraint(
                condition=models.Q(thread=None, space__isnull=False)
                | models.Q(thread__isnull=False, space=None),
                name="draft_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class ReleveQuerySet(ScopedQuerySet["Releve"]):
    def for_screen(self) -> "ReleveQuerySet":
        return self.select_related("thread__space__territory", "author", "mandate__authority", "scope")


class Releve(models.Model):
    """What a thread came to: what is agreed, what is not yet, and the positions taken, as they stood that day."""

    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    thread = models.OneToOneField(Thread, on_delete=models.CASCADE, related_name="releve")
    agreed = models.JSONField(default=_empty)
    agreed_html = models.TextField(blank=True, default="")
    pending = models.JSONField(default=_empty)
    pending_html = models.TextField(blank=True, default="")
    # position → ids of the mandates that took it last (0: without mandate). Names are read when shown.
    positions = models.JSONField(default=dict)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = ReleveQuerySet.as_manager()

    def __str__(self) -> str:
        return f"relevé of {self.thread_id}"

    def get_absolute_url(self) -> str:
        return f"{reverse('thread', kwargs={'pk': self.thread_id})}#releve"


class ReleveDelivery(models.Model):
    """Where a relevé was put, and in which version."""

    releve = models.ForeignKey(Releve, on_delete=models.CASCADE, related_name="deliveries")
    kind = models.CharField(max_length=24)
    target_id = models.BigIntegerField()
    releve_version = models.PositiveIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: Any = ["-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.target_id}"
