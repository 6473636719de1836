"""Asking from any page, reading the answer, answering."""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from mosaique.access.actor import Actor
from mosaique.access.middleware import acting
from mosaique.accounts.policies import may_manage_people
from mosaique.assistance import policies, services
from mosaique.assistance.askers import KEY, asker_of, calls_of_session, guest_with
from mosaique.assistance.forms import AskForm, ReplyForm
from mosaique.assistance.models import HelpCall
from mosaique.assistance.services import safe_path
from mosaique.kernel.screens import screen
from mosaique.kernel.verdict import Problem
from mosaique.territory.naming import in_words

MAX_REMEMBERED = 5


def _page_asked_about(request: HttpRequest) -> str:
    """Given by the script, else where the browser says one comes from, when it is here."""
    if "page" in request.GET:
        return safe_path(request.GET["page"])
    came = urlsplit(request.headers.get("Referer", ""))
    return safe_path(came.path) if came.netloc == request.get_host() else ""


@screen(public=True)
def help_call_new(request: HttpRequest) -> HttpResponse:
    """« Bloqué ? »"""
    asker = asker_of(request)
    if asker is None:
        if acting(request).is_anonymous:
            return redirect_to_login(request.get_full_path())
        return render(
            request,
            "403.html",
            {
                "reason": "Votre compte n’agit pour aucune collectivité : écrivez à la personne qui vous a invité."
            },
            status=403,
        )
    form = AskForm(request.POST or None, initial={"page": _page_asked_about(request)})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            call = services.ask(
                actor=asker.actor, asker=asker, words=data["words"], typed=data["typed"], path=data["page"],
                title=data["title"], address=settings.PUBLIC_URL,
            )  # fmt: skip
        except Problem as problem:
            form.refuse(problem)
        else:
            kept = {path: pk for path, pk in calls_of_session(request).items() if path != call.page_path}
            request.session[KEY] = {
                **dict(list(kept.items())[-MAX_REMEMBERED:]),
                call.page_path or "/bloque/": call.pk,
            }
            messages.success(
                request,
                "Votre demande est partie à l’équipe du projet. La réponse s’affichera ici, et sur la page.",
            )
            return redirect("help_call_guest" if acting(request).is_anonymous else call)
    status = 400 if form.is_bound and form.errors else 200
    return render(
        request, "assistance/ask.html", {"form": form, "page": _page_asked_about(request)}, status=status
    )


@screen(HelpCall)
def help_call(request: HttpRequest, call: HelpCall) -> HttpResponse:
    """One call: its page, what was typed, the answers."""
    return _call(request, call, acting(request))


@screen(public=True)
def help_call_guest(request: HttpRequest) -> HttpResponse:
    """The call of who has no account: the last one of this session."""
    asker = asker_of(request) if acting(request).is_anonymous else None
    asked = list(calls_of_session(request).values())
    actor = guest_with(asked[-1], asker.name) if asker is not None and asked else None
    call = HelpCall.objects.visible_to(actor).for_screen().first()
    if actor is None or call is None:
        return redirect("help_call_new")
    return _call(request, call, actor)


def _call(request: HttpRequest, call: HelpCall, actor: Actor) -> HttpResponse:
    here = request.path
    may_reply = policies.may_reply(actor, call)
    form = ReplyForm(request.POST or None) if "regle" not in request.POST else ReplyForm()
    if request.method == "POST":
        if "regle" in request.POST:
            services.close(actor=actor, call=call)
            messages.success(request, "C’est réglé : la demande est close.")
            return redirect(here)
        if form.is_valid():
            try:
                services.reply(
                    actor=actor, call=call, body=form.cleaned_data["body"], address=settings.PUBLIC_URL
                )
            except Problem as problem:
                form.refuse(problem)
            else:
                messages.success(request, "Votre réponse est partie.")
                return redirect(here)
    context = {
        "call": call, "replies": list(call.replies.select_related("author")), "form": form, "may_reply": may_reply,
        "may_close": policies.may_close(actor, call), "asked_it": policies.is_asker(actor, call), "guest": actor.is_anonymous,
        "calls_url": reverse("help_calls") if policies.may_answer_calls(actor) else "", "keep_days": services.KEEP.days,
        "people_url": f"{reverse('people')}?{urlencode({'q': call.who})}" if call.person_id and may_manage_people(actor) else "",
    }  # fmt: skip
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "assistance/call.html", context, status=status)


@screen(may=policies.may_answer_calls, methods=("GET",))
def help_calls(request: HttpRequest) -> HttpResponse:
    """Every call of the territory: those who wait first."""
    actor = acting(request)
    rows = HelpCall.objects.visible_to(actor).filter(scope__territory_id=actor.territory_id)
    waiting = list(rows.waiting().order_by("asked_at")[:100])
    others = list(rows.exclude(state=HelpCall.State.OPEN)[:50])
    return render(
        request,
        "assistance/calls.html",
        {
            "waiting": waiting,
            "others": others,
            "waiting_words": in_words(len(waiting), feminine=True).capitalize(),
        },
    )
