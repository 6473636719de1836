"""Screens of the demonstration: who to be, which day, what was written. None of them exists outside it."""

import functools
from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mosaique.access.middleware import acting
from mosaique.accounts import session
from mosaique.demo import queries, services
from mosaique.demo.cast import BY_SLUG, PIN, RESIDENT
from mosaique.kernel import clock
from mosaique.kernel.models import OutgoingMail
from mosaique.kernel.screens import screen
from mosaique.kernel.typography import date_long, typographie
from mosaique.kernel.verdict import Problem


def demo_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Entering without a proof of any kind: absent, even by mistake, from a real instance."""

    @functools.wraps(view)
    def run(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, **kwargs)

    return run


@screen(public=True, methods=("GET",))
@demo_only
def demo(request: HttpRequest) -> HttpResponse:
    """« Qui voulez-vous être ? »"""
    return render(
        request, "demo/people.html",
        {"offers": queries.offers(acting(request).person_id), "territory": queries.demo_territory(), "resident": RESIDENT, "pin": PIN},
    )  # fmt: skip


@screen(public=True, methods=("POST",))
@demo_only
def enter(request: HttpRequest) -> HttpResponse:
    """Become a persona, or a visitor without account."""
    slug = request.POST.get("persona", "")
    territory = queries.demo_territory()
    if slug == RESIDENT:
        logout(request)
        return redirect("territory_public", slug=territory.slug) if territory else redirect("home")
    person = queries.person_of(slug)
    if person is None:
        messages.error(
            request,
            "Cette personne n’est pas dans la démonstration. Vous restez qui vous étiez : choisissez dans la liste.",
        )
        return redirect("demo")
    logout(request)
    session.open_session(
        actor=acting(request), request=request, person=person, shared=queries.is_shared(person)
    )
    return redirect(BY_SLUG[slug].home)


@screen(public=True, methods=("POST",))
@demo_only
def move_clock(request: HttpRequest) -> HttpResponse:
    """Advance the date, then come back to the page one was reading."""
    back = session.local(request, request.POST.get("retour", "")) or "/"
    typed = request.POST.get("date", "").strip()
    try:
        to = date.fromisoformat(typed)
    except ValueError:
        messages.error(
            request,
            typographie(
                f"« {typed[:40]} » n'est pas une date. Rien n'a changé : écrivez-la comme 2027-01-15."
            )
            if typed
            else "Aucune date n’est choisie. Rien n’a changé.",
        )
        return redirect(back)
    if to == clock.today():
        messages.info(request, "C’est déjà la date de la démonstration.")
        return redirect(back)
    try:
        services.move_clock(actor=acting(request), to=to)
    except Problem as problem:
        messages.error(request, problem.message)
    else:
        messages.success(
            request,
            f"Nous sommes maintenant le {date_long(to)}. Ce qui échoit d’ici là (avis tacites, mandats, relances) "
            "s’inscrit dans les secondes qui suivent.",
        )
    return redirect(back)


@screen(public=True, methods=("GET",))
@demo_only
def mail(request: HttpRequest) -> HttpResponse:
    """Every message the product has written; none has left."""
    address = request.GET.get("a", "")[:254]
    page = Paginator(queries.messages_to(address), 30).get_page(request.GET.get("page"))
    return render(
        request, "demo/mail.html", {"page": page, "address": address, "mailboxes": queries.mailboxes()}
    )


@screen(public=True, methods=("GET",))
@demo_only
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One message, its links leading to the pages of this demonstration."""
    found = get_object_or_404(OutgoingMail, pk=pk)
    return render(request, "demo/message.html", {"message": found, "text": queries.readable(found.text)})
