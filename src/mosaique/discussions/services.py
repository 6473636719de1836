"""Verbs of discussions."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q

from mosaique import journal
from mosaique.access.actor import Actor
from mosaique.access.confirmation import require_personal
from mosaique.access.middleware import actor_of
from mosaique.access.models import ReadMark, Scope, Space
from mosaique.access.scoped import reads
from mosaique.discussions import mentions, queries
from mosaique.discussions import registry as verbs
from mosaique.discussions.destinations import all_destinations
from mosaique.discussions.models import (
    Attachment,
    Draft,
    Mention,
    Post,
    PostVersion,
    Releve,
    ReleveDelivery,
    Thread,
)
from mosaique.discussions.policies import (
    may_close_thread,
    may_edit_post,
    may_edit_thread,
    may_keep_draft,
    may_moderate,
    may_open_thread,
    may_post,
    may_write_releve,
)
from mosaique.files import services as files_services
from mosaique.files.models import Upload
from mosaique.kernel import clock, mail, richtext, typography
from mosaique.kernel.service import service
from mosaique.kernel.verdict import Problem, Stale, require

MAX_POST = 20_000
MAX_FILES = 5  # joined to one post
MAX_DRAFT = 3 * MAX_POST  # longer than a message may be: it is for its author to shorten
DRAFTS_KEPT = timedelta(days=90)


def _mandate_id(actor: Actor) -> int | None:
    return actor.mandate.id if actor.mandate else None


def _doc(text: str, field: str) -> tuple[richtext.Doc, str]:
    if len(text) > MAX_POST:
        raise Problem(
            f"Ce texte compte {len(text)} signes, et {MAX_POST} au plus peuvent partir. Il est gardé : joignez plutôt un document.",
            field,
        )
    doc = richtext.from_markdown(text)
    return doc, richtext.to_html(doc)


def _said(text: str) -> tuple[richtext.Doc, str]:
    doc, html = _doc(text, "body")
    if not richtext.to_text(doc).strip():
        raise Problem("Le message est vide : écrivez-le avant de le publier.", "body")
    return doc, html


def _thread(thread: Thread) -> Thread:
    return (
        Thread.objects.select_related("space__territory", "scope")
        .select_for_update(of=("self",))
        .get(pk=thread.pk)
    )


def _post(post: Post) -> Post:
    return Post.objects.for_screen().select_for_update(of=("self",)).get(pk=post.pk)


def _given(files: Iterable[Any]) -> list[tuple[str, int]]:
    return [(str(file.name), int(file.size)) for file in files]


def _join(actor: Actor, post: Post, attached: Sequence[Any]) -> None:
    """Keep the files given with a post, each for itself: one that is refused loses neither the text nor the others.

    `post.told` says what was not kept, for the person who wrote."""
    told = []
    for file in attached:
        name = files_services.safe_name(str(file.name))
        if len(post.files) >= MAX_FILES:
            told.append(
                f"« {name} » n’est pas joint : {MAX_FILES} fichiers au plus par message. Écrivez un autre message pour la suite."
            )
            continue
        try:
            upload = files_services.store(actor=actor, scope=post.scope, file=file)
        except Problem as problem:
            told.append(
                f"« {name} » n’est pas joint. {problem.message} « Corriger » vous permet de le joindre à nouveau."
            )
        else:
            Attachment.objects.create(post=post, upload=upload)
            post.files = [*post.files, [upload.pk, upload.name, upload.size]]
    post.told = (*post.told, *told)
    post.save(update_fields=["files"])


def as_typed(post: Post) -> str:
    """The text of a post as its author typed it, names in place of their marks."""
    return mentions.typed(richtext.to_markdown(post.body), queries.names_in(post))


def _sending(client_token: str, *content: object) -> str:
    """One form sent twice is one message; the same form with other words in it (back, then corrected) is another."""
    return hashlib.sha256(repr((client_token, *content)).encode()).hexdigest()[:32]


@service
def open_thread(
    *, actor: Actor, space: Space, title: str, open_to_what: str, who_decides: str, outcome_promise: str,
    body: str, client_token: str, kind: str = Thread.Kind.QUESTION, until: date | None = None, attached: Sequence[Any] = (),
    draft_seen: int | None = None,
) -> Thread:  # fmt: skip
    """Put a question to a space, with a first post. It is read by those who read the space."""
    space = Space.objects.select_related("content_scope").select_for_update(of=("self",)).get(pk=space.pk)
    require(may_open_thread(actor, space))
    client_token = _sending(client_token, space.pk, title, body, *_given(attached))
    again = (
        Post.objects.filter(author_id=actor.person_id, client_token=client_token)
        .select_related("thread")
        .first()
    )
    if again is not None:
        return again.thread
    if until is not None and until < clock.today():
        raise Problem(
            "Cette date est passée. Votre saisie est gardée : choisissez-en une à venir, ou laissez la case vide.",
            "until",
        )
    thread = Thread.objects.create(
        scope=space.content_scope, space=space, kind=kind, title=title.strip(), open_to_what=open_to_what.strip(), until=until,
        who_decides=who_decides.strip(), outcome_promise=outcome_promise.strip(), author_id=actor.person_id,
        mandate_id=_mandate_id(actor), created_at=clock.now(), last_post_at=clock.now(),
    )  # fmt: skip
    _sent(actor, space, body, draft_seen)
    post = _write(actor, thread, body, "", client_token, attached)
    thread.told, thread.cited = post.told, post.cited
    journal.record(actor, verbs.THREAD_OPENED, thread)
    return thread


def _write(
    actor: Actor, thread: Thread, body: str, position: str, client_token: str, attached: Sequence[Any]
) -> Post:
    found, people = _read(body, thread)
    doc, html = _said(found.text)
    thread.post_count += 1
    thread.last_post_at = clock.now()
    post = Post.objects.create(
        scope_id=thread.scope_id, thread=thread, number=thread.post_count, author_id=actor.person_id,
        mandate_id=_mandate_id(actor), via_shared_mailbox=actor.via_shared_mailbox, body=doc, body_html=html,
        position=position, created_at=clock.now(), client_token=client_token,
    )  # fmt: skip
    if attached:
        _join(actor, post, attached)
    _cite(actor, post, found, people)
    voices = Post.objects.filter(thread=thread).aggregate(
        people=Count("author", distinct=True), bodies=Count("mandate__authority", distinct=True)
    )
    thread.author_count, thread.authority_count = voices["people"], voices["bodies"]
    thread.save(update_fields=["post_count", "last_post_at", "author_count", "authority_count"])
    return post


@service
def write_post(
    *,
    actor: Actor,
    thread: Thread,
    body: str,
    client_token: str,
    position: str = "",
    attached: Sequence[Any] = (),
    draft_seen: int | None = None,
) -> Post:
    """Answer in a thread. The same form sent twice writes once. `told`, on what is returned, says what was not kept."""
    thread = _thread(thread)
    require(may_post(actor, thread))
    if position:
        require_personal(actor)
    client_token = _sending(client_token, thread.pk, body, position, *_given(attached))
    again = Post.objects.filter(author_id=actor.person_id, client_token=client_token).first()
    if again is not None:
        return again
    post = _write(actor, thread, body, position, client_token, attached)
    _sent(actor, thread, body, draft_seen)
    journal.record(actor, verbs.POST_WRITTEN, post, position=position)
    return post


def _cite(actor: Actor, post: Post, found: mentions.Found, people: list[mentions.Someone]) -> None:
    """Keep who a post names; `post.cited` and `post.told` say it to its author. Messages leave by `tell_mentioned`."""
    former = {one.person_id: one for one in Mention.objects.filter(post=post)} if post.version > 1 else {}
    names = {one.id: one.name for one in people}
    fresh = [pk for pk in found.ids if pk not in former]
    Mention.objects.bulk_create(
        Mention(post=post, person_id=pk, at=clock.now(), to_tell=pk != actor.person_id, current=True)
        for pk in fresh
    )
    for pk, one in former.items():
        if one.current != (pk in found.ids):
            one.current = pk in found.ids
            one.save(update_fields=["current"])
    told = [
        f"Personne ne lit cet échange sous le nom de « {name} » : personne n’a été prévenu à ce nom." for name in found.nobody
    ] + [
        f"Plusieurs personnes lisent ici sous le nom de « {name} » : aucune n’a été prévenue." for name in found.several
    ]  # fmt: skip
    post.told = (*post.told, *told)
    post.cited = tuple(names[pk] for pk in fresh if pk != actor.person_id)


def _read(text: str, thread: Thread) -> tuple[mentions.Found, list[mentions.Someone]]:
    """Who is named in a text, among those who read the thread. No query when nobody is."""
    people = queries.people_of(thread.scope, thread.space) if "@" in text else []
    return mentions.find(text, people), people


@service
def tell_mentioned(*, actor: Actor, address: str) -> int:
    """Write to those who were named: only who still reads the message, has not opened it since, and was not named by
    mistake. Nothing of the message goes into the mailbox, which others may open."""
    waiting = list(
        Mention.objects.filter(to_tell=True, post__hidden_at=None)
        .select_related("post__scope__territory", "post__author", "person__card").order_by("pk")[:100]
    )  # fmt: skip
    count = 0
    for mention in waiting:
        post, person = mention.post, mention.person
        seen = ReadMark.objects.filter(
            person=person, kind="thread", ref_id=post.thread_id, at__gte=mention.at
        )
        if mention.current and person.is_active and reads(actor_of(person), post.scope) and not seen.exists():
            parts = ("Bonjour,", f"{post.author.full_name} vous cite dans un échange.",
                     f"Lire le message :\n{address}{post.get_absolute_url()}")  # fmt: skip
            mail.queue(
                to=person.email, subject="On vous cite dans un échange", kind="mention", person_id=person.pk,
                territory_id=post.scope.territory_id, text=typography.typographie("\n\n".join(parts)),
            )  # fmt: skip
            count += 1
    Mention.objects.filter(pk__in=[mention.pk for mention in waiting]).update(to_tell=False)
    return count


def _sent(actor: Actor, place: Thread | Space, body: str, seen: int | None) -> None:
    """The draft goes with the sending. `seen`: its version as the page knew it; another device has written since, and
    not the same words: those are kept."""
    draft = queries.draft_of(actor, place)
    if draft is None:
        return
    if seen is None or seen == draft.version or draft.fields.get("body", "").strip() in ("", body.strip()):
        draft.delete()


def _just_said(actor: Actor, place: Thread | Space, body: str) -> bool:
    """A saving that was on its way while the message was sent: it would bring back what has just been published."""
    if not isinstance(place, Thread):
        return False
    last = (
        Post.objects.filter(thread=place, author_id=actor.person_id, created_at__gt=clock.now() - timedelta(minutes=2))
        .order_by("number").last()
    )  # fmt: skip
    return (
        last is not None
        and as_typed(last).strip() == richtext.to_markdown(richtext.from_markdown(body)).strip()
    )


@service
def keep_draft(
    *,
    actor: Actor,
    place: Thread | Space,
    seen: int,
    fields: dict[str, str],
    labels: dict[str, str] | None = None,
) -> Draft | None:
    """Keep what a person has typed and not sent; nothing typed forgets it. No journal line: it is nobody else's affair.

    `seen`: the version this device started from (0: none). Stale: another device has kept other words since.
    """
    require(may_keep_draft(actor, place))
    if sum(len(text) for text in fields.values()) > MAX_DRAFT:
        raise Problem(
            f"Ce texte dépasse {MAX_DRAFT} signes : il n’est gardé que sur cet appareil. Raccourcissez-le, ou joignez un document.",
            "body",
        )
    # One at a time in a place: two devices that begin together make one draft and one stale answer.
    type(place)._default_manager.select_for_update().only("pk").get(pk=place.pk)
    draft = queries.draft_of(actor, place)
    empty = not any(text.strip() for name, text in fields.items() if name not in ("kind", "position"))
    if draft is None:
        if empty or _just_said(actor, place, fields.get("body", "")):
            return None
        where: Any = {"thread": place} if isinstance(place, Thread) else {"space": place}
        draft = Draft(person_id=actor.person_id, version=seen, **where)
    elif draft.fields == fields:
        return draft
    elif draft.version != seen:
        kept, told = draft.fields, labels or {}
        texts = [(told.get(name, name), kept.get(name, ""), text) for name, text in fields.items()]
        raise Stale(version=draft.version, fields=[one for one in texts if one[1] != one[2]])
    elif empty:
        draft.delete()
        return None
    draft.version = max(draft.version + 1, int(clock.now().timestamp() * 1000))
    draft.fields, draft.kept_at = fields, clock.now()
    draft.save()
    return draft


@service
def forget_drafts(*, actor: Actor) -> int:
    """Drafts left for ninety days, and those of people who were erased."""
    old = Q(kept_at__lt=clock.now() - DRAFTS_KEPT) | Q(person__erased_at__isnull=False)
    count, _ = Draft.objects.filter(old).delete()
    return count


@service
def edit_post(
    *, actor: Actor, post: Post, seen: int, body: str, position: str = "", attached: Sequence[Any] = (),
    without: Iterable[int] = (),
) -> Post:  # fmt: skip
    """Correct one's own post; what it said before is kept and can be read. `without`: ids of files to take away for good."""
    post = _post(post)
    require(may_edit_post(actor, post))
    if position or post.position:  # its words go with it: those of a reserve are the reserve
        require_personal(actor)
    if seen != post.version:
        raise Stale(version=post.version, fields=[("Message", as_typed(post), body)])
    found, people = _read(body, post.thread)
    doc, html = _said(found.text)
    leaving = list(Attachment.objects.select_related("upload").filter(post=post, upload__in=list(without)))
    before, names = post.version, [name for _, name, _ in post.files]
    for attachment in leaving:
        post.files = [one for one in post.files if one[0] != attachment.upload_id]
        files_services.remove(actor=actor, upload=attachment.upload)
    kept = len(post.files)
    if attached:
        _join(actor, post, attached)
    if doc == post.body and position == post.position and not leaving and len(post.files) == kept:
        return post
    PostVersion.objects.create(
        post=post, number=before, body=post.body, body_html=post.body_html, position=post.position, files=names,
        at=post.edited_at or post.created_at,
    )  # fmt: skip
    post.body, post.body_html, post.position = doc, html, position
    post.edited_at, post.version = clock.now(), before + 1
    post.save(update_fields=["body", "body_html", "position", "edited_at", "version", "files"])
    _cite(actor, post, found, people)
    journal.record(actor, verbs.POST_EDITED, post, version=post.version)
    return post


def _set_aside(actor: Actor, post: Post, withheld: bool) -> None:
    if post.files:
        files_services.withhold(
            actor=actor, uploads=Upload.objects.filter(attachment__post=post), withheld=withheld
        )


@service
def hide_post(*, actor: Actor, post: Post, reason: str) -> Post:
    """Hide a post; the reason is shown to all, the text stays with its author and the animators."""
    post = _post(post)
    require(may_moderate(actor, post))
    if post.hidden_at is not None:
        raise Problem("Ce message est déjà masqué. Rien n’a été changé.")
    if not reason.strip():
        raise Problem(
            "La raison manque : elle sera montrée à la personne, pour qu’elle puisse réécrire.", "reason"
        )
    post.hidden_at, post.hidden_by_id, post.hidden_reason = clock.now(), actor.person_id, reason.strip()
    post.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
    _set_aside(actor, post, True)
    journal.record(actor, verbs.POST_HIDDEN, post)
    return post


@service
def show_post(*, actor: Actor, post: Post) -> Post:
    """Show again a post that was hidden."""
    post = _post(post)
    require(may_moderate(actor, post))
    if post.hidden_at is None:
        raise Problem("Ce message est déjà visible. Rien n’a été changé.")
    post.hidden_at, post.hidden_by, post.hidden_reason = None, None, ""
    post.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
    _set_aside(actor, post, False)
    journal.record(actor, verbs.POST_SHOWN, post)
    return post


_LINES = (
    ("title", "Question"), ("open_to_what", "Ce qui est ouvert"), ("until", "Jusqu’à quand"),
    ("who_decides", "Qui décide"), ("outcome_promise", "Ce qui en sera fait"),
)  # fmt: skip


@service
def edit_thread(*, actor: Actor, thread: Thread, seen: int, **lines: Any) -> Thread:
    """Change the question or its four lines."""
    thread = _thread(thread)
    require(may_edit_thread(actor, thread))
    if seen != thread.version:
        texts = [
            (label, str(getattr(thread, name) or ""), str(lines[name] or ""))
            for name, label in _LINES
            if name in lines
        ]
        raise Stale(version=thread.version, fields=[text for text in texts if text[1] != text[2]])
    for name, _ in _LINES:
        if name in lines:
            setattr(thread, name, lines[name])
    thread.version += 1
    thread.save(update_fields=[*(name for name, _ in _LINES), "version"])
    journal.record(actor, verbs.THREAD_EDITED, thread, until=thread.until)
    return thread


@service
def close_thread(*, actor: Actor, thread: Thread, answer: str) -> Thread:
    """End a thread with the answer given: the fourth line then tells it."""
    thread = _thread(thread)
    require(may_close_thread(actor, thread))
    doc, html = _doc(answer, "answer")
    if not richtext.to_text(doc).strip():
        raise Problem(
            "La réponse manque : dites ce qui a été fait de ce qui a été dit, même en une phrase.", "answer"
        )
    thread.closed_at, thread.answer, thread.answer_html = clock.now(), doc, html
    thread.version += 1
    thread.save(update_fields=["closed_at", "answer", "answer_html", "version"])
    journal.record(actor, verbs.THREAD_CLOSED, thread)
    return thread


@service
def write_releve(*, actor: Actor, thread: Thread, seen: int, agreed: str, pending: str) -> Releve:
    """Write what the thread came to, with the positions as they stand now. `seen` is 0 for a first one."""
    thread = _thread(thread)
    require(may_write_releve(actor, thread))
    releve = Releve.objects.select_for_update().filter(thread=thread).first()
    stored = releve.version if releve else 0
    if releve is not None and seen != stored:
        raise Stale(
            version=stored,
            fields=[
                ("D’accord", richtext.to_markdown(releve.agreed), agreed),
                ("Pas encore", richtext.to_markdown(releve.pending), pending),
            ],
        )
    releve = releve or Releve(thread=thread)
    releve.agreed, releve.agreed_html = _doc(agreed, "agreed")
    releve.pending, releve.pending_html = _doc(pending, "pending")
    if richtext.is_empty(releve.agreed) and richtext.is_empty(releve.pending):
        raise Problem(
            "Le relevé est vide. Écrivez ce qui est convenu, ou ce qui ne l’est pas encore.", "agreed"
        )
    releve.positions = queries.positions_now(thread)
    releve.scope_id, releve.mandate_id = thread.scope_id, _mandate_id(actor)
    if actor.person_id is not None:  # the policy has seen to it
        releve.author_id = actor.person_id
    releve.written_at, releve.version = clock.now(), stored + 1
    releve.save()
    journal.record(actor, verbs.RELEVE_WRITTEN, releve, version=releve.version)
    return releve


@service
def deliver_releve(*, actor: Actor, releve: Releve, kind: str, target_id: int) -> ReleveDelivery:
    """Put the relevé in an object of a room above; the same text goes there once, however often it is sent."""
    releve = Releve.objects.for_screen().select_for_update(of=("self",)).get(pk=releve.pk)
    require(may_write_releve(actor, releve.thread))
    destination = all_destinations().get(kind)
    if destination is None or target_id not in dict(destination.choices(actor, releve.thread.space)):
        raise Problem(
            "Cet endroit ne peut pas recevoir le relevé. Rien n’a été versé : choisissez-en un autre.",
            "target",
        )
    again = ReleveDelivery.objects.filter(
        releve=releve, kind=kind, target_id=target_id, releve_version=releve.version
    ).first()
    if again is not None:
        return again
    destination.receive(actor, releve, target_id)
    delivery = ReleveDelivery.objects.create(
        releve=releve, kind=kind, target_id=target_id, releve_version=releve.version, person_id=actor.person_id, at=clock.now()
    )  # fmt: skip
    journal.record(actor, verbs.RELEVE_DELIVERED, releve, kind=kind, target=target_id)
    return delivery


def move_contents(space: Space, old: Scope, new: Scope) -> int:
    """Threads of a space that bear its circle of readers follow it (called inside `spaces.change_openness`)."""
    threads = Thread.objects.filter(space=space, scope=old)
    ids = list(threads.values_list("pk", flat=True))
    Post.objects.filter(thread__in=ids).update(scope=new)
    Releve.objects.filter(thread__in=ids).update(scope=new)
    Upload.objects.filter(attachment__post__thread__in=ids).update(scope=new)
    return threads.filter(pk__in=ids).update(scope=new)
