"""The one way to show: a screen finds its object through `visible_to`, asks its policy, speaks French when it refuses.

Unseen → 404 (or sign-in for a visitor: the same for what is absent and what is forbidden). Refused → 403 with the
reason. Stale save → 409 with both texts. A problem the screen did not place in its own form → 422 with the sentence and
what was typed, never a 500. A session that ended under a form → the sign-in, with what was typed. A GET does not write
(the tests hold every screen to it).
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib.auth.views import redirect_to_login
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseNotAllowed, QueryDict
from django.shortcuts import render
from django.utils.functional import LazyObject

from mosaique.kernel.sent import words
from mosaique.kernel.verdict import Problem, Refused, Stale, Verdict

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class ScreenInfo:
    """What the matrix test needs to know of a screen."""

    name: str
    model: type[Model] | None
    public: bool
    methods: tuple[str, ...]


def screen(
    model: type[Model] | None = None,
    *,
    may: Callable[..., Verdict] | None = None,
    public: bool = False,
    methods: tuple[str, ...] = ("GET", "POST"),
    key: str = "pk",
) -> Callable[[View], View]:
    """Make a view a screen.

    `model` – the object is taken from `model.objects.visible_to(actor)` by the URL's `pk` (or `key`), with the
    queryset's `for_screen()` select_related when it has one, and replaces the key as the view's second argument.
    `may` – policy called with (actor, object) or (actor); a refusal is a 403 page with its reason.
    `public` – a visitor without a session may ask; otherwise they are sent to sign in.
    """

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def run(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            _drop_null(request)
            # HEAD is a GET without its body: never a way into a screen that only takes a POST (CSRF lets it through).
            if ("GET" if request.method == "HEAD" else request.method) not in methods:
                return _not_so(request, methods)
            if not public or model is not None:
                request.actor = _itself(request.actor)  # type: ignore[attr-defined]
            actor = request.actor  # type: ignore[attr-defined]
            if not public and actor.is_anonymous:
                return _sign_in(request, methods)
            args: list[Any] = []
            if model is not None:
                obj = _find(model.objects, actor, kwargs.pop(key))  # type: ignore[attr-defined]
                if obj is None:
                    if actor.is_anonymous:
                        return _sign_in(request, methods)
                    raise Http404
                args.append(obj)
            try:
                if may is not None:
                    verdict = may(actor, *args)
                    if not verdict:
                        raise Refused(verdict)
                return view(request, *args, **kwargs)
            except Refused as refusal:
                if actor.is_anonymous:
                    return _sign_in(request, methods)
                return render(request, "403.html", {"reason": refusal.verdict.reason}, status=403)
            except Stale as stale:
                return render(
                    request, "409.html", {"stale": stale, "back": request.get_full_path()}, status=409
                )
            except Problem as problem:
                context = {"problem": problem, "typed": _typed(request), "back": request.get_full_path()}
                return render(request, "422.html", context, status=422)

        run.screen_info = ScreenInfo(view.__name__, model, public, methods)  # type: ignore[attr-defined]
        return run

    return wrap


def _drop_null(request: HttpRequest) -> None:
    """A null sign is no text: PostgreSQL refuses it wherever it is stored or looked for. What stands around it is kept."""
    if "%00" in request.META.get("QUERY_STRING", ""):
        request.GET = QueryDict(_words_of(request.GET))
    if request.method == "POST" and any("\0" in text for _, texts in request.POST.lists() for text in texts):
        request.POST = QueryDict(_words_of(request.POST))


def _words_of(sent: QueryDict) -> str:
    return urlencode([(words(name), words(text)) for name, texts in sent.lists() for text in texts])


# Shorter is an identifier or a tick: nothing anyone would have to type again.
_WORTH_KEEPING = 20


def _not_so(request: HttpRequest, methods: tuple[str, ...]) -> HttpResponseBase:
    """An address that only takes a sending, opened as a page: reloaded, kept among bookmarks, or sent to a colleague."""
    answer: HttpResponseBase = HttpResponseNotAllowed(methods)
    if request.method == "GET":
        answer = render(request, "405.html", status=405)
        answer["Allow"] = ", ".join(methods)
    return answer


def _sign_in(request: HttpRequest, methods: tuple[str, ...]) -> HttpResponseBase:
    """To the sign-in, and back to a page that opens. A form sent after its session ended shows what was typed."""
    back = request.get_full_path() if "GET" in methods else _came_from(request)
    typed = _typed(request) if request.method == "POST" else []
    if not typed:
        return redirect_to_login(back)
    door = redirect_to_login(back).url
    return render(request, "session.html", {"typed": typed, "door": door}, status=403)


def _came_from(request: HttpRequest) -> str:
    """The page of this site that sent the form; else the home."""
    page = urlsplit(request.headers.get("Referer", ""))
    return page.path if page.netloc == request.get_host() and page.path else "/"


def _typed(request: HttpRequest) -> list[str]:
    """Texts of a refused sending, so that they may be copied. Never of a form with a password: a pass phrase is a text too."""
    if any("password" in name for name in request.POST):
        return []
    return [
        value
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
        if len(value.strip()) >= _WORTH_KEEPING and " " in value.strip()
    ]


def _itself(actor: Any) -> Any:
    """What a lazy `request.actor` stands for. A screen asks it dozens of things, and each question costs a detour."""
    if isinstance(actor, LazyObject):
        bool(actor.is_anonymous)  # reads the session, if nobody has yet
        return actor._wrapped
    return actor


def _find(objects: Any, actor: Any, pk: int) -> Any:
    """The object as its screen reads it, or None: by the prepared query of a scoped model, else by its queryset."""
    if hasattr(objects, "read_by"):
        return objects.read_by(actor, pk)
    queryset = objects.visible_to(actor)
    if hasattr(queryset, "for_screen"):
        queryset = queryset.for_screen()
    return queryset.filter(pk=pk).first()
