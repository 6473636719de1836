"""Screens of the front hall."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string

from mosaique.access import marks
from mosaique.access.middleware import acting
from mosaique.access.roles import Role
from mosaique.consultation.backwards import backwards
from mosaique.desk import authorities, glossary, queries, remembered, services
from mosaique.desk import poster as posters
from mosaique.desk import tour as tours
from mosaique.desk.forms import TargetForm
from mosaique.desk.policies import may_set_target
from mosaique.inventory.holders import held
from mosaique.kernel import clock
from mosaique.kernel.screens import screen
from mosaique.kernel.ui.parts import HUES, Tile
from mosaique.kernel.verdict import Problem, require
from mosaique.territory.models import Territory

# Seconds after which coming to the home is another visit.
VISIT = 3600
# Twenty tiles for the visitor's page: drawings and hues in turn, no commune's own.
SAMPLE = [Tile(n % 8, HUES[n % len(HUES)]) for n in range(20)]


@screen(public=True, methods=("GET",))
def home(request: HttpRequest) -> HttpResponse:
    """« / »: what is expected of you; for a visitor, what this place is."""
    actor = acting(request)
    if actor.is_anonymous:
        return render(
            request,
            "desk/landing.html",
            # Who fills in a section by a link finds it again from here.
            {"territories": queries.public_territories(), "sample": SAMPLE, "confided": held(request)},
        )
    if actor.mandate is None:
        return render(request, "desk/no_mandate.html", {"operator": actor.is_operator})
    if actor.mandate.departed:
        return render(request, "desk/home_left.html", authorities.left(actor))
    own = marks.own_marks(actor)
    last = own.get("visit")
    comes = last is None or (clock.now() - last).total_seconds() > VISIT
    # Within one visit, news are still those since the visit before: coming back to the home hides none.
    since = last if comes else own.get("visit_before")
    known = {kind: at for kind, at in own.items() if not kind.startswith("visit")}
    known |= {"visit": since} if since else {}
    partner = actor.role == Role.PARTNER
    kept = remembered.home(
        actor,
        known,
        lambda memory: _written(queries.home_of(actor, memory, since=since), memory, since, partner),
    )
    context = {
        **kept,
        "since": since,
        "offer_tour": tours.KEY not in own and tours.KEY not in request.session,
    }
    template = "desk/home_partner.html" if partner else "desk/home.html"
    response = render(request, template, context)
    if comes:
        if last is not None:
            marks.mark_read(actor, "visit_before", moment=last)
        marks.mark_read(actor, "visit")
    return response


def _written(
    composed: dict[str, Any], memory: remembered.Memory, since: datetime | None, partner: bool
) -> dict[str, Any]:
    """A home as it is kept: words already written, with nothing of the request in them."""
    if partner:
        return composed
    # The longest part, and the one that a message or an inventory leaves as it was.
    ours = memory.own(
        "ours written", ("scheme", "costing"), lambda: render_to_string("desk/home_ours.html", composed)
    )
    # A message, or a line of an inventory, most often leaves these as they were too.
    context = {
        **composed, "since": since, "ours_written": ours,
        "laid_written": _piece(memory, composed, "laid", "total", "laid_sentence", "laid_told"),
        "todos_written": _piece(memory, composed, "todos", "today"),
        "steps_written": _piece(
            memory, composed, "steps", "steps_heading", "standing", "deadlines", "may_manage_people"
        ),
    }  # fmt: skip
    return {part: render_to_string(f"desk/home_{part}.html", context) for part in ("welcome", "body")}


def _piece(memory: remembered.Memory, composed: dict[str, Any], name: str, *more: str) -> str:
    """`home_<name>.html`, written from these facts of the home and no other."""
    facts = {key: composed[key] for key in (name, *more)}
    return memory.written(
        f"desk/home_{name}.html",
        **{key: tuple(fact) if isinstance(fact, list) else fact for key, fact in facts.items()},
    )


@screen(public=True, methods=("GET",))
def territory_public(request: HttpRequest, slug: str) -> HttpResponse:
    """The public page of a territory, always rendered as a visitor would read it."""
    actor = acting(request)
    territory = get_object_or_404(Territory.objects.visible_to(actor).for_screen(), slug=slug)
    return render(request, "desk/territory.html", queries.public_page(territory))


@screen(public=True, methods=("GET",))
def poster(request: HttpRequest, slug: str, paper: str) -> HttpResponse:
    """The poster of the nine steps, A3 or A4: what a visitor may read, to be printed and put up."""
    territory = get_object_or_404(Territory.objects.visible_to(acting(request)).for_screen(), slug=slug)
    if paper not in posters.PAPERS:
        raise Http404
    made = posters.poster(
        territory, address=settings.PUBLIC_URL + territory.get_absolute_url(), paper=paper, demo=settings.DEMO
    )
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="affiche-{territory.slug}-{paper}.pdf"'
    return response


@screen()
def calendar(request: HttpRequest) -> HttpResponse:
    """The target date and everything computed backwards from it."""
    actor = acting(request)
    if actor.territory_id is None:  # no mandate, no calendar: the home says what to do first
        return redirect("home")
    territory = get_object_or_404(Territory.objects.visible_to(actor).for_screen(), pk=actor.territory_id)
    may = may_set_target(actor, territory)
    form = TargetForm(request.POST or None, initial={"day": territory.adoption_target})
    if request.method == "POST":
        require(may)
        if form.is_valid():
            try:
                services.aim_at(actor=actor, territory=territory, day=form.cleaned_data["day"])
            except Problem as problem:
                form.refuse(problem)
            else:
                messages.success(request, "La date visée est enregistrée ; les autres dates suivent.")
                return redirect("calendar")
    dates = (
        backwards(territory.adoption_target, departement=territory.epci.department)
        if territory.adoption_target
        else ()
    )
    return render(
        request, "desk/calendar.html",
        {"territory": territory, "form": form, "may": may, "dates": dates, "today": clock.today(territory.zone),
         "too_soon": queries.too_soon(actor, territory)},
    )  # fmt: skip


@screen(public=True, methods=("GET",))
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/help.html", {"glossary": glossary.ENTRIES, "questions": glossary.QUESTIONS})


@screen(public=True, methods=("GET",))
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/accessibility.html")


@screen(public=True, methods=("GET",))
def health(request: HttpRequest) -> HttpResponse:
    """For the supervisor and for operators: the page process answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return JsonResponse({"etat": "bon", "demonstration": settings.DEMO})
