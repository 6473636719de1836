"""A section handed by a link: the town hall's page, and the three pages of who holds the link, without an account."""

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from mosaique.access.actor import ANONYMOUS
from mosaique.access.middleware import acting
from mosaique.accounts.secrecy import token_hash
from mosaique.inventory import policies, queries, services
from mosaique.inventory.forms import ConfideForm
from mosaique.inventory.holders import KEY, held
from mosaique.inventory.models import Return, SectionLink, SectionSheet
from mosaique.inventory.views.filling import (
    answer_cells,
    frame,
    grid_context,
    sheet_of,
    type_along,
    type_as_form,
)
from mosaique.kernel import clock
from mosaique.kernel.screens import screen
from mosaique.kernel.verdict import Problem, Refused, require

TWO_WEEKS = timedelta(days=14)
GONE = (
    "La mairie a repris cette section, ou le lien est arrivé à son dernier jour. Ce qui n’est pas parti reste sur cet appareil : "
    "gardez cette page ouverte et prévenez la personne qui vous a donné le lien."
)


@screen(Return)
def inventory_confide(request: HttpRequest, inventory: Return, section: str) -> HttpResponse:
    """Hand the section to a colleague, or take it back."""
    sheet, actor = sheet_of(request, inventory, section), acting(request)
    require(policies.may_confide(actor, sheet))
    if request.method == "POST" and "reprendre" in request.POST:
        services.take_back(actor=actor, sheet=sheet)
        waits = any(row.to_confirm for row in queries.rows_of(sheet))
        rest = "Ce qui a été saisi attend votre confirmation." if waits else "Tout ce qui a été saisi reste."
        messages.success(request, f"La section est reprise : le lien ne s’ouvre plus. {rest}")
        return redirect(sheet)
    form = ConfideForm(
        request.POST or None, initial={"until": max(inventory.campaign.closes_on, clock.today() + TWO_WEEKS)}
    )
    context: dict[str, Any] = {**frame(request, inventory), "sheet": sheet, "spec": sheet.spec, "form": form}
    if request.method == "POST" and form.is_valid():
        doors = settings.PUBLIC_URL + reverse("confided_door", kwargs={"token": "x"}).removesuffix("x/")
        try:
            link, token = services.confide(actor=actor, sheet=sheet, address=doors, **form.cleaned_data)
        except Problem as problem:
            form.refuse(problem)
        else:
            context |= {"given": link, "address": f"{doors}{token}/", "sent_to": form.cleaned_data["email"]}
    context["link"] = queries.open_link(sheet)
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "inventory/confide.html", context, status=status)


def _sheet(link: SectionLink) -> SectionSheet:
    """By the one reading rule: the holder's card opens this section and no other."""
    return SectionSheet.objects.visible_to(link.actor).for_screen().get(pk=link.sheet_id)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "inventory/confided_gone.html", {}, status=410)


@screen(public=True)
def confided_door(request: HttpRequest, token: str) -> HttpResponse:
    """What the link is for, and a button: a filter that visits the address of a message opens nothing."""
    link = SectionLink.objects.for_screen().filter(token_hash=token_hash(token)).first()
    if link is None or not link.lasts:
        return _gone(request)
    ours = request.session.get(KEY) == link.pk
    if request.method == "POST":
        if not ours:
            services.open_link(actor=ANONYMOUS, link=link)
            request.session[KEY] = link.pk
        return redirect("confided")
    return render(
        request,
        "inventory/confided_door.html",
        {"link": link, "already": link.opened_at is not None and not ours},
    )


@screen(public=True)
def confided(request: HttpRequest) -> HttpResponse:
    """The one section, and nothing else of the inventory."""
    link = held(request)
    if link is None:
        return _gone(request)
    sheet, actor = _sheet(link), link.actor
    notes: dict[Any, Any] = {}
    if request.method == "POST":
        try:
            if "termine" in request.POST:
                notes, gone = type_along(request, actor, sheet), ""
                if not notes:
                    services.finish_by_link(actor=actor, link=link, address=settings.PUBLIC_URL)
                    messages.success(
                        request,
                        f"Merci. Un message prévient {link.given_by.full_name}, qui relira vos lignes.",
                    )
            else:
                notes, gone = type_as_form(request, actor, sheet)
        except Refused as refusal:
            messages.error(request, refusal.verdict.reason)
            return redirect("confided")
        if not notes:
            return redirect(f"{reverse('confided')}?retiree={gone}#retiree" if gone else "confided")
    rows = queries.rows_of(sheet)
    may_edit = policies.may_edit_sheet(actor, sheet)
    context = {
        "link": link, "sheet": sheet, "spec": sheet.spec, "inventory": sheet.inventory, "campaign": sheet.inventory.campaign,
        "may_edit": may_edit, "rows": rows, "title": sheet.spec.title.format(de_commune=sheet.inventory.of_commune),
        "cells_url": reverse("confided_cells"), "here_url": reverse("confided"), "token": secrets.token_hex(8),
        **grid_context(request, sheet, rows, notes, f"l{link.pk}", ours=False, suggest=False, by_link=link.pk),
    }  # fmt: skip
    return render(request, "inventory/confided.html", context, status=409 if notes else 200)


@screen(public=True, methods=("POST",))
def confided_cells(request: HttpRequest) -> HttpResponse:
    """The grid's protocol, for who holds a link."""
    link = held(request)
    if link is None:
        return JsonResponse({"reason": GONE}, status=403)
    return answer_cells(request, link.actor, _sheet(link))
