"""Screens of discussions."""

import secrets
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from mosaique.access import marks
from mosaique.access.actor import Actor
from mosaique.access.middleware import acting
from mosaique.access.models import Space
from mosaique.access.scoped import reads
from mosaique.access.themes import BY_SLUG
from mosaique.accounts import confirming
from mosaique.discussions import forms, mentions, queries, services
from mosaique.discussions.destinations import all_destinations
from mosaique.discussions.models import Post, Thread
from mosaique.discussions.policies import (
    may_close_thread,
    may_edit_post,
    may_edit_thread,
    may_moderate,
    may_open_thread,
    may_post,
    may_read_hidden,
    may_write_releve,
)
from mosaique.discussions.rendering import posts_html
from mosaique.kernel import clock, richtext
from mosaique.kernel.screens import screen
from mosaique.kernel.typography import time_short
from mosaique.kernel.ui.parts import Tile
from mosaique.kernel.verdict import Problem, Stale, Verdict
from mosaique.spaces.policies import may_lead
from mosaique.territory.naming import in_words, listed


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 9 else 0


def _token() -> str:
    return secrets.token_hex(16)


def _tell(request: HttpRequest, done: str, sent: Post | Thread) -> None:
    """After a sending: who will be told of it, and what was not kept, beside what was."""
    if sent.told:
        messages.warning(request, " ".join([done, *sent.told]).strip())
    if sent.cited:
        messages.success(request, f"Un message prévient {listed(sent.cited)}.")


def _names(request: HttpRequest, people: list[mentions.Someone]) -> JsonResponse:
    """Readers whose name goes on from what is typed after « @ », eight at most."""
    asked = mentions.folded(request.GET.get("q", "")[:80]).strip()
    found = [
        {"name": one.name, "title": one.title}
        for one in people
        if any(
            start.startswith(asked)
            for start in (mentions.folded(one.name), *mentions.folded(one.name).split(" ")[1:])
        )
    ]
    if mentions.EVERY_ANIMATOR.startswith(asked) and any(one.animates for one in people):
        found.insert(0, {"name": mentions.EVERY_ANIMATOR, "title": "Qui anime cet espace"})
    return JsonResponse({"people": found[:8]})


@screen(Thread, may=may_post, methods=("GET",))
def thread_people(request: HttpRequest, thread: Thread) -> HttpResponse:
    """Whom a message of this thread may name: those who read it, and nobody else."""
    authors = queries.authors_of(thread)
    people = queries.people_of(thread.scope, thread.space)
    return _names(request, sorted(people, key=lambda one: one.id not in authors))


@screen(Space, may=may_open_thread, methods=("GET",))
def space_people(request: HttpRequest, space: Space) -> HttpResponse:
    if space.content_scope is None or not reads(acting(request), space.content_scope):
        raise Http404
    return _names(request, queries.people_of(space.content_scope, space))


def _begun(own: queries.Own) -> forms.Reply:
    """The reply form, with what the person had begun to write here, on whatever device."""
    kept = own.fields or {}
    return forms.Reply(
        token=_token(), body=kept.get("body", ""), position=kept.get("position", ""), draft_seen=str(own.draft_version or 0),
        kept_at=own.kept_at,
    )  # fmt: skip


def _keep(request: HttpRequest, place: Thread | Space, labels: dict[str, str], back: str) -> HttpResponse:
    """Keep what is typed: as one types (JSON), or by a button."""
    actor, quiet = acting(request), request.headers.get("Accept", "").startswith("application/json")
    fields = {name: request.POST.get(name, "").replace("\r\n", "\n") for name in labels}
    try:
        draft = services.keep_draft(
            actor=actor,
            place=place,
            seen=_version(request.POST.get("draft_seen")),
            fields=fields,
            labels=labels,
        )
    except Stale as stale:
        other = queries.draft_of(actor, place)
        if not quiet or other is None:
            raise
        answer = {"version": stale.version, "fields": other.fields, "at": _hour(other.kept_at)}
        return JsonResponse(answer, status=409)
    except Problem as problem:
        if not quiet:
            raise
        return JsonResponse({"reason": problem.message}, status=400)
    if quiet:
        return JsonResponse(
            {"version": draft.version if draft else 0, "at": _hour(draft.kept_at) if draft else ""}
        )
    if draft is None:
        messages.info(request, "Rien n’était écrit : aucun brouillon n’est gardé.")
    else:
        words = f"Brouillon gardé à {_hour(draft.kept_at)}. Vous seul le lisez ; il vous attend ici."
        if request.FILES:
            words += " Les pièces jointes n’en font pas partie : choisissez-les de nouveau en publiant."
        messages.success(request, words)
    return redirect(back)


def _hour(moment: datetime) -> str:
    return time_short(timezone.localtime(moment))


def _version(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 16 else 0


@screen(Thread, methods=("POST",))
def thread_draft(request: HttpRequest, thread: Thread) -> HttpResponse:
    return _keep(request, thread, forms.REPLY_DRAFT, f"{thread.get_absolute_url()}?ecrire=1#repondre")


@screen(Space, may=may_open_thread, methods=("POST",))
def space_draft(request: HttpRequest, space: Space) -> HttpResponse:
    if space.content_scope is None or not reads(acting(request), space.content_scope):
        raise Http404
    return _keep(request, space, forms.THREAD_DRAFT, reverse("thread_open", kwargs={"pk": space.pk}))


@screen(Thread, public=True)
def thread(request: HttpRequest, thread: Thread) -> HttpResponse:
    """A thread: its four lines, a page of posts (the latest first shown), the relevé, the reply."""
    actor = acting(request)
    may = may_post(actor, thread)
    own = queries.own_of(actor, thread)
    reply = _begun(own) if may else None
    personal = (
        confirming.ask(request, when=bool(request.POST.get("position")), optional=True) if may else None
    )
    actor = acting(request)  # confirmed by now, if a good code came with the message
    if reply and personal:
        reply.asking = forms.ReplyForm(personal=personal)
    if request.method == "POST":
        form = forms.ReplyForm(request.POST, request.FILES, personal=personal)
        complete = form.is_valid()
        if not may:
            # What was typed is given back: a page of refusal would lose it.
            form.refuse(Problem(f"{may.reason} Votre texte est gardé ci-dessous.", "body"))
        elif complete:
            try:
                post = services.write_post(actor=actor, thread=thread, **form.cleaned_data)
            except Problem as problem:
                form.refuse(problem)
            else:
                _tell(request, "Votre message est publié.", post)
                return redirect(post)
        reply = forms.Reply.of(form)
    last = queries.last_page(thread.post_count)
    message = _number(request.GET.get("message"))
    page = min(last, queries.last_page(message) if message else _number(request.GET.get("page")) or last)
    told = message if 0 < message <= thread.post_count and messages.get_messages(request) else 0
    notes = render_to_string("ui/parts/messages.html", request=request) if told else ""
    context = _thread_context(actor, thread, page, last, reply, may, own, (told, notes))
    if told:
        context["notes_below"] = "post"
    elif reply and "ecrire" in request.GET:
        context["notes_below"] = "form"
    return render(request, "discussions/thread.html", context)


def _thread_context(
    actor: Actor,
    thread: Thread,
    page: int,
    last: int,
    reply: forms.Reply | None,
    may: Verdict,
    own: queries.Own,
    told: tuple[int, str],
) -> dict[str, Any]:
    rows = queries.posts_of(thread, page)
    if not actor.is_anonymous and own.is_unread(thread.last_post_at, at_its_end=page == last):
        marks.mark_read(actor, "thread", thread.pk)
    leads = may_lead(actor, thread.space)
    theme = BY_SLUG.get(thread.space.theme)
    releve = getattr(thread, "releve", None)
    return {
        "thread": thread, "space": thread.space, "tile": Tile(theme.drawing, theme.hue) if theme else Tile(1, "bv"),
        "posts": posts_html(
            rows, person_id=actor.person_id, leads=bool(leads), keeps=actor.animates(thread.space_id), open_thread=bool(may),
            year=clock.today().year, told=told,
        ),
        "page": page, "older": (page - 1) if page > 1 else 0, "newer": (page + 1) if page < last else 0,
        "older_count": (page - 1) * queries.PER_PAGE, "reply": reply, "may_post": may,
        "unsent": "" if reply else (own.fields or {}).get("body", ""), "leads": leads, "releve": releve,
        "counts": [(str(label), len(releve.positions[value])) for value, label in Post.Position.choices if releve.positions.get(value)]
        if releve else [],
        "may_edit": may_edit_thread(actor, thread), "may_close": may_close_thread(actor, thread),
        "over": thread.closed_at is None and thread.until is not None and thread.until < clock.today(),
    }  # fmt: skip


@screen(Space, public=True, methods=("GET",))
def threads(request: HttpRequest, space: Space) -> HttpResponse:
    """Every thread of a space, 25 a page."""
    actor = acting(request)
    if space.content_scope is None or not reads(actor, space.content_scope):
        raise Http404
    page = Paginator(queries.threads_of(space, actor), 25).get_page(request.GET.get("page"))
    context = {
        "space": space,
        "page": page,
        "lines": queries.lines_of(list(page), actor),
        "may_open": may_open_thread(actor, space),
        "total": in_words(page.paginator.count).capitalize(),
    }
    return render(request, "discussions/threads.html", context)


@screen(Space, may=may_open_thread)
def thread_open(request: HttpRequest, space: Space) -> HttpResponse:
    actor = acting(request)
    if space.content_scope is None or not reads(actor, space.content_scope):
        raise Http404
    draft = None if request.method == "POST" else queries.draft_of(actor, space)
    initial = {
        **(draft.fields if draft else {}),
        "client_token": _token(),
        "draft_seen": draft.version if draft else 0,
    }
    form = forms.ThreadForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.open_thread(actor=actor, space=space, **form.cleaned_data)
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, "L’échange est ouvert.")
            _tell(request, "", made)
            return redirect(made)
    return render(request, "discussions/thread_open.html", {
        "form": form, "space": space, "kept_at": draft.kept_at if draft else None, "names": " ".join(forms.THREAD_DRAFT)
    })  # fmt: skip


@screen(Thread, may=may_edit_thread)
def thread_edit(request: HttpRequest, thread: Thread) -> HttpResponse:
    names = ("title", "open_to_what", "until", "who_decides", "outcome_promise")
    initial = {"seen": thread.version, **{name: getattr(thread, name) for name in names}}
    form = forms.ThreadEditForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.edit_thread(actor=acting(request), thread=thread, **form.cleaned_data)
        messages.success(request, "La question et ses quatre lignes sont à jour.")
        return redirect(thread)
    return render(
        request, "discussions/thread_edit.html", {"form": form, "thread": thread, "space": thread.space}
    )


@screen(Thread, may=may_close_thread)
def thread_close(request: HttpRequest, thread: Thread) -> HttpResponse:
    form = forms.CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.close_thread(actor=acting(request), thread=thread, **form.cleaned_data)
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, "L’échange est clos, et la réponse donnée figure en tête.")
            return redirect(thread)
    return render(
        request, "discussions/thread_close.html", {"form": form, "thread": thread, "space": thread.space}
    )


@screen(Post, may=may_edit_post)
def post_edit(request: HttpRequest, post: Post) -> HttpResponse:
    initial = {"seen": post.version, "body": services.as_typed(post), "position": post.position}
    stands = bool(post.position)
    personal = confirming.ask(request, when=stands or bool(request.POST.get("position")), optional=not stands)
    form = forms.PostEditForm(
        request.POST or None, request.FILES or None, initial=initial, joined=post.files, personal=personal
    )
    if request.method == "POST" and form.is_valid():
        try:
            edited = services.edit_post(actor=acting(request), post=post, **form.cleaned_data)
        except Problem as problem:
            form.refuse(problem)
        else:
            _tell(request, "Votre correction est publiée.", edited)
            return redirect(post)
    return render(
        request,
        "discussions/post_edit.html",
        {"form": form, "post": post, "thread": post.thread, "space": post.thread.space},
    )


@screen(Post, may=may_moderate)
def post_hide(request: HttpRequest, post: Post) -> HttpResponse:
    """Hide with a reason; or, hidden, show again."""
    form = forms.ModerationForm(request.POST or None)
    actor = acting(request)
    if request.method == "POST":
        try:
            if post.hidden_at is not None:
                services.show_post(actor=actor, post=post)
                messages.success(request, "Le message est de nouveau lu par tous.")
                return redirect(post)
            if form.is_valid():
                services.hide_post(actor=actor, post=post, **form.cleaned_data)
                messages.success(
                    request,
                    "Le message est masqué. La personne qui l’a écrit en lira la raison à sa prochaine visite.",
                )
                return redirect(post)
        except Problem as problem:
            messages.error(request, problem.message)
            return redirect(post)
    context = {
        "form": form,
        "post": post,
        "thread": post.thread,
        "space": post.thread.space,
        "keeps": may_read_hidden(actor, post),
        "said": mark_safe(mentions.shown(post.body_html, queries.names_in(post), actor.person_id)),
    }
    return render(request, "discussions/post_hide.html", context)


@screen(Post, public=True, methods=("GET",))
def post_history(request: HttpRequest, post: Post) -> HttpResponse:
    """What a post said before it was corrected."""
    if post.hidden_at is not None and not may_read_hidden(acting(request), post):
        raise Http404
    names = queries.names_in(post)
    versions = list(post.versions.all())
    for version in versions:
        version.body_html = mentions.shown(version.body_html, names)
    context = {
        "post": post,
        "thread": post.thread,
        "space": post.thread.space,
        "versions": versions,
        "said": mark_safe(mentions.shown(post.body_html, names)),
    }
    return render(request, "discussions/post_history.html", context)


@screen(Thread, may=may_write_releve)
def releve_edit(request: HttpRequest, thread: Thread) -> HttpResponse:
    releve = getattr(thread, "releve", None)
    initial = {
        "seen": releve.version if releve else 0,
        "agreed": richtext.to_markdown(releve.agreed) if releve else "",
        "pending": richtext.to_markdown(releve.pending) if releve else "",
    }
    form = forms.ReleveForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.write_releve(actor=acting(request), thread=thread, **form.cleaned_data)
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, "Le relevé est écrit. Il peut être versé là où il servira.")
            return redirect("releve_deliver", pk=thread.pk)
    lines = queries.position_lines(queries.positions_now(thread))
    return render(
        request,
        "discussions/releve_edit.html",
        {"form": form, "thread": thread, "space": thread.space, "lines": lines},
    )


@screen(Thread, may=may_write_releve)
def releve_deliver(request: HttpRequest, thread: Thread) -> HttpResponse:
    """The relevé as it stands, and where to put it."""
    actor, releve = acting(request), getattr(thread, "releve", None)
    if releve is None:
        return redirect("releve_edit", pk=thread.pk)
    if request.method == "POST":
        try:
            services.deliver_releve(
                actor=actor,
                releve=releve,
                kind=request.POST.get("kind", ""),
                target_id=_number(request.POST.get("target")),
            )
        except Problem as problem:
            messages.error(request, problem.message)
        else:
            messages.success(request, "Le relevé est versé.")
        return redirect("releve_deliver", pk=thread.pk)
    places = [
        {"destination": one, "choices": one.choices(actor, thread.space)}
        for one in all_destinations().values()
    ]
    context = {
        "thread": thread, "space": thread.space, "releve": releve, "lines": queries.position_lines(releve.positions),
        "places": places, "deliveries": queries.deliveries_of(releve, actor),
    }  # fmt: skip
    return render(request, "discussions/releve_deliver.html", context)
