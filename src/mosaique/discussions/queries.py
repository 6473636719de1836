"""Heavy reads: a page of posts in one query, positions, the threads of a space."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Aggregate, Case, Exists, OuterRef, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from mosaique.access.actor import Actor
from mosaique.access.middleware import actor_of
from mosaique.access.models import Mandate, Person, ReadMark, Scope, Space
from mosaique.access.readers import Reader, readers
from mosaique.access.scoped import Readable
from mosaique.discussions import mentions
from mosaique.discussions.models import Draft, Mention, Post, Releve, Thread
from mosaique.discussions.policies import may_open_thread, may_read_hidden
from mosaique.files.models import Upload
from mosaique.kernel import clock, typography
from mosaique.kernel.prepared import Prepared
from mosaique.kernel.richtext import Doc
from mosaique.kernel.ui.parts import Todo
from mosaique.spaces.tools import Fragment
from mosaique.territory.models import TerritoryMember

PER_PAGE = 20
IN_SPACE = 10
STANDS = (Post.Position.FOR, Post.Position.AGAINST, Post.Position.RESERVE)


class PostRow(NamedTuple):
    """A post as its page shows it: plain values, no model built (twenty of them are most of a thread's page)."""

    number: int
    id: int
    author_id: int
    given_name: str
    family_name: str
    erased_at: datetime | None
    title: str | None
    authority: str | None
    position: str
    body_html: str
    created_at: datetime
    edited_at: datetime | None
    hidden_at: datetime | None
    hidden_reason: str
    via_shared_mailbox: bool
    tile_drawing: int | None
    tile_hue: str | None
    files: list[list[Any]]
    mentioned: str | None  # packed: see `mentions.unpacked`


def last_page(post_count: int) -> int:
    return max(1, -(-post_count // PER_PAGE))


class _Packed(Aggregate):
    """Texts of several rows in one, the same on both databases."""

    function = "GROUP_CONCAT"
    template = "%(function)s(%(expressions)s, char(30))"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(
            compiler,
            connection,
            function="STRING_AGG",
            template="%(function)s(%(expressions)s, chr(30))",
            **more,
        )


_NAMED = Case(
    When(person__erased_at__isnull=False, then=Value(mentions.ERASED)),
    default=Concat("person__given_name", Value(" "), "person__family_name"), output_field=TextField(),
)  # fmt: skip


def _mentioned() -> Any:
    rows = Mention.objects.filter(post_id=OuterRef("pk")).order_by().values("post_id")
    line = Concat(Cast("person_id", TextField()), Value("|"), _NAMED, output_field=TextField())
    return Subquery(rows.annotate(packed=_Packed(line)).values("packed"))


def names_in(post: Post) -> dict[int, str]:
    """Who a post mentions, by id, as they are named today."""
    return {one.person_id: one.person.full_name for one in post.mentions.select_related("person")}


def people_of(scope: Scope | None, space: Space) -> list[mentions.Someone]:
    """Who reads here, to be mentioned, each with what tells them from a namesake. Two queries, however many people."""
    if scope is None:
        return []
    return [_someone(one, actor_of(one.person), space) for one in readers(scope)]


def _someone(reader: Reader, actor: Actor, space: Space) -> mentions.Someone:
    held = next((one for one in actor.mandates if one.territory_id == space.territory_id), None)
    title = f"{held.title}, {held.authority_name}" if held else reader.reason
    return mentions.Someone(reader.person.pk, reader.person.full_name, title, actor.animates(space.pk))


def authors_of(thread: Thread) -> set[int]:
    """Who has written here: the first that one means to answer."""
    return set(Post.objects.filter(thread=thread).values_list("author_id", flat=True))


def _citing(posts: QuerySet[Any], person: Any) -> QuerySet[Any, Any]:
    read = ReadMark.objects.filter(
        person_id=person, kind="thread", ref_id=OuterRef("post__thread_id"), at__gte=OuterRef("at")
    )
    # From the few mentions of a person to their posts, not from all the posts that they read.
    readable = Exists(posts.filter(pk=OuterRef("post_id")))
    return (
        Mention.objects.filter(~Exists(read), readable, person_id=person, current=True, post__hidden_at=None)
        .exclude(post__author_id=person)
        .order_by("-at")
        .values_list(
            "at", "post__thread_id", "post__number", "post__thread__title", "post__author__given_name",
            "post__author__family_name", "post__author__erased_at",
        )[:5]
    )  # fmt: skip


_CITING = Readable(lambda: Post, _citing)


def todos(actor: Actor) -> list[Todo]:
    """Answers an animator owes, messages of the person that were hidden, messages that mention them and that they have
    not opened. One query each."""
    if not actor.person_id:
        return []
    found = []
    for at, thread, number, title, given, family, erased in _CITING.rows(actor, actor.person_id):
        who = Person(given_name=given, family_name=family, erased_at=erased).full_name
        url = Post(thread_id=thread, number=number).get_absolute_url()
        day = typography.date_long(clock.day_of(at))
        found.append(
            Todo(f"On vous cite dans « {title} »", url, f"Par {who}, le {day}.", None, "Lire le message")
        )
    return [*_answers_due(actor), *_set_aside(actor), *found]


def _answers_due(actor: Actor) -> list[Todo]:
    """Threads whose time has passed without the answer that was promised: for whoever animates their space."""
    spaces = [pk for pk in actor.space_roles if actor.animates(pk)]
    if not spaces:
        return []
    late = Thread.objects.visible_to(actor).filter(
        space_id__in=spaces, space__closed_at=None, closed_at=None, until__lt=clock.today()
    )
    return [
        Todo(f"Donner la réponse attendue dans « {one.title} »", reverse("thread", kwargs={"pk": one.pk}),
             f"Ce qui a été promis : {one.outcome_promise}", one.until, "Lire et répondre")
        for one in late.order_by("until", "pk")[:5]
    ]  # fmt: skip


def _hidden(posts: QuerySet[Any], person: Any) -> QuerySet[Any, Any]:
    read = ReadMark.objects.filter(
        person_id=person, kind="thread", ref_id=OuterRef("thread_id"), at__gte=OuterRef("hidden_at")
    )
    again = Post.objects.filter(
        thread_id=OuterRef("thread_id"), author_id=person, created_at__gt=OuterRef("hidden_at")
    )
    return (
        posts.filter(~Exists(read), ~Exists(again), author_id=person, hidden_at__isnull=False)
        .order_by("-hidden_at")
        .values_list("thread_id", "number", "thread__title")[:5]
    )


_HIDDEN = Readable(lambda: Post, _hidden)


def _set_aside(actor: Actor) -> list[Todo]:
    """The person's own messages that were hidden: until they have read why, or said it otherwise."""
    return [
        Todo(f"Lire pourquoi votre message est masqué dans « {title} »", Post(thread_id=thread, number=number).get_absolute_url(),
             "Vous en gardez le texte, et pouvez le dire autrement.", None, "Lire la raison")
        for thread, number, title in _HIDDEN.rows(actor, actor.person_id or 0)
    ]  # fmt: skip


def _posts(thread: Any, territory: Any, after: Any, until: Any) -> QuerySet[Any, Any]:
    tiles = TerritoryMember.objects.filter(
        territory_id=territory, authority_id=OuterRef("mandate__authority_id")
    )
    return (
        Post.objects.filter(thread_id=thread, number__gt=after, number__lte=until)
        .order_by("number")
        .values_list(
            "number", "id", "author_id", "author__given_name", "author__family_name", "author__erased_at", "mandate__title",
            "mandate__authority__name", "position", "body_html", "created_at", "edited_at", "hidden_at", "hidden_reason",
            "via_shared_mailbox", Subquery(tiles.values("tile_drawing")[:1]), Subquery(tiles.values("tile_hue")[:1]), "files", _mentioned(),
        )
    )  # fmt: skip


_POSTS = Prepared(_posts)


def posts_of(thread: Thread, page: int) -> list[PostRow]:
    """One query, by number: the last page costs what the first does. The thread has been read through `visible_to`."""
    after = (page - 1) * PER_PAGE
    rows = _POSTS.rows(thread.pk, thread.space.territory_id, after, after + PER_PAGE)
    return [PostRow(*row) for row in rows]


class Own(NamedTuple):
    """What a person has in a thread: when they last read it, and what they had begun to write."""

    seen_at: datetime | None = None
    fields: dict[str, str] | None = None
    draft_version: int | None = None
    kept_at: datetime | None = None
    cited_at: datetime | None = None  # when they were last named here
    set_aside_at: datetime | None = None  # when a message of theirs was last hidden here

    def is_unread(self, last_post_at: datetime, *, at_its_end: bool) -> bool:
        """Whether this reading is to be marked: the latest messages are on the page, or somebody waits for it to be read."""
        if at_its_end and (self.seen_at is None or self.seen_at < last_post_at):
            return True
        waiting = [at for at in (self.cited_at, self.set_aside_at) if at is not None]
        return bool(waiting) and (self.seen_at is None or self.seen_at < max(waiting))


def _own(thread: Any, person: Any) -> QuerySet[Any, Any]:
    seen = ReadMark.objects.filter(person_id=person, kind="thread", ref_id=OuterRef("pk"))
    draft = Draft.objects.filter(person_id=person, thread_id=OuterRef("pk"))
    cited = Mention.objects.filter(
        person_id=person, post__thread_id=OuterRef("pk"), current=True, post__hidden_at=None
    )
    hidden = Post.objects.filter(thread_id=OuterRef("pk"), author_id=person, hidden_at__isnull=False)
    return Thread.objects.filter(pk=thread).values_list(
        Subquery(seen.values("at")[:1]), Subquery(draft.values("fields")[:1]), Subquery(draft.values("version")[:1]),
        Subquery(draft.values("kept_at")[:1]), Subquery(cited.order_by("-at").values("at")[:1]),
        Subquery(hidden.order_by("-hidden_at").values("hidden_at")[:1]),
    )  # fmt: skip


_OWN = Prepared(_own)


def own_of(actor: Actor, thread: Thread) -> Own:
    """One query, for the reading mark and the draft together."""
    if actor.person_id is None:
        return Own()
    row = _OWN.row(thread.pk, actor.person_id)
    return Own(*row) if row else Own()


def draft_of(actor: Actor, place: Thread | Space) -> Draft | None:
    """The person's own draft here."""
    if actor.person_id is None:
        return None
    where = {"thread": place} if isinstance(place, Thread) else {"space": place}
    return Draft.objects.filter(person_id=actor.person_id, **where).first()


def lets_file(actor: Actor, upload: Upload) -> bool:
    """A file of a hidden post goes with its text: to its author and the animators."""
    post = Post.objects.select_related("thread").filter(attachments__upload=upload).first()
    return post is not None and may_read_hidden(actor, post)


def threads_of(space: Space, actor: Actor) -> QuerySet[Thread]:
    """Threads of a space the actor reads, latest first, each with when they last read it."""
    seen = ReadMark.objects.filter(person_id=actor.person_id, kind="thread", ref_id=OuterRef("pk")).values(
        "at"
    )[:1]
    return Thread.objects.visible_to(actor).filter(space=space).annotate(seen_at=Subquery(seen))


def lines_of(threads: list[Any], actor: Actor) -> list[dict[str, Any]]:
    today = clock.today()
    return [
        {
            "thread": thread,
            "new": not actor.is_anonymous
            and (thread.seen_at is None or thread.seen_at < thread.last_post_at),
            "over": thread.closed_at is None and thread.until is not None and thread.until < today,
        }
        for thread in threads
    ]


class ThreadRow(NamedTuple):
    """A thread in the list of its space: plain values."""

    pk: int
    title: str
    until: date | None
    closed_at: datetime | None
    post_count: int
    last_post_at: datetime
    seen_at: datetime | None


def _latest(readable: QuerySet[Any], space: Any, person: Any) -> QuerySet[Any, Any]:
    seen = ReadMark.objects.filter(person_id=person, kind="thread", ref_id=OuterRef("pk")).values("at")[:1]
    rows = readable.filter(space_id=space).annotate(seen_at=Subquery(seen))
    return rows.values_list(*ThreadRow._fields)[: IN_SPACE + 1]


_LATEST = Readable(lambda: Thread, _latest)


def space_fragment(actor: Actor, space: Space) -> Fragment:
    """What a space's page shows of its threads. One query."""
    threads = [ThreadRow(*row) for row in _LATEST.rows(actor, space.pk, actor.person_id or 0)]
    return Fragment(
        "discussions/in_space.html",
        {
            "space": space,
            "lines": lines_of(threads[:IN_SPACE], actor),
            "more": len(threads) > IN_SPACE,
            "may_open": may_open_thread(actor, space),
        },
    )


# --- Positions and relevés ------------------------------------------------------------------------------------


def positions_now(thread: Thread) -> dict[str, list[int]]:
    """Position → mandates that took it. Of several positions of one person the last counts; hidden posts do not."""
    rows = (
        Post.objects.filter(thread=thread, hidden_at=None).exclude(position="").order_by("number")
        .values_list("author_id", "position", "mandate_id")
    )  # fmt: skip
    stand: dict[int, tuple[str, int]] = {}
    found: dict[str, list[int]] = {position: [] for position in Post.Position.values}
    for author, position, mandate in rows:
        if position in STANDS:
            stand[author] = (position, mandate or 0)
        else:
            found[position].append(mandate or 0)
    for position, mandate in stand.values():
        found[position].append(mandate)
    return {position: mandates for position, mandates in found.items() if mandates}


@dataclass(frozen=True, slots=True)
class PositionLine:
    """How many took a position, and in what capacity: « Maire, Courris »."""

    position: str
    label: str
    count: int
    titles: list[str]


def position_lines(positions: dict[str, list[int]]) -> list[PositionLine]:
    """Positions with the titles behind them (one query)."""
    ids = {pk for mandates in positions.values() for pk in mandates}
    mandates = Mandate.objects.select_related("authority").in_bulk(ids)
    titles = {pk: f"{m.title}, {m.authority.name}" for pk, m in mandates.items()}
    return [
        PositionLine(
            value,
            str(label),
            len(positions[value]),
            sorted({titles.get(pk, "sans mandat") for pk in positions[value]}),
        )
        for value, label in Post.Position.choices
        if positions.get(value)
    ]


def releve_doc(releve: Releve) -> Doc:
    """The whole relevé as one document: what is agreed, what is not yet, positions. For the room that receives it."""

    def heading(text: str) -> dict[str, Any]:
        return {"type": "heading", "level": 3, "content": [{"type": "text", "text": text}]}

    def item(text: str) -> dict[str, Any]:
        return {"content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}]}

    content: list[dict[str, Any]] = []
    for title, doc in (("D’accord", releve.agreed), ("Pas encore", releve.pending)):
        if doc.get("content"):
            content += [heading(title), *doc["content"]]
    lines = position_lines(releve.positions)
    if lines:
        items = [item(f"{line.label} : {line.count} ({' ; '.join(line.titles)})") for line in lines]
        content += [heading("Positions exprimées"), {"type": "bullet_list", "content": items}]
    return {"type": "doc", "content": content}


def deliveries_of(releve: Releve, actor: Actor) -> list[dict[str, Any]]:
    """Where a relevé was put, as this reader may know it."""
    from mosaique.kernel import ref

    rows = list(releve.deliveries.all())
    shown = ref.resolve(actor, [(row.kind, row.target_id) for row in rows])
    return [{"row": row, "target": shown.get((row.kind, row.target_id), ref.GONE)} for row in rows]
