"""« Histoire du périmètre »: who is and was a member; announcing, correcting, cancelling a change; carrying people over."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mosaique.access.middleware import acting, own_territory
from mosaique.accounts import services
from mosaique.accounts.policies import may_add_people, may_change_perimeter
from mosaique.desk import perimeter as histories
from mosaique.desk.perimeter_forms import KINDS, CarryForm, ChangeForm, DayForm, OrderForm, as_typed, form_for
from mosaique.kernel import clock
from mosaique.kernel.screens import screen
from mosaique.kernel.sent import whole
from mosaique.kernel.typography import date_long
from mosaique.kernel.verdict import Problem, require
from mosaique.territory import perimeter as members
from mosaique.territory.models import PerimeterChange, Territory
from mosaique.territory.queries import sort_key
from mosaique.territory.services import check

#: What is offered to announce: address, title, line of help.
OFFERS = (
    ("commune-nouvelle", "Une commune nouvelle", "Des communes membres se réunissent en une seule."),
    ("retrait", "Un retrait", "Une commune quitte l’intercommunalité."),
    ("adhesion", "Une adhésion", "Une commune rejoint l’intercommunalité."),
    (
        "fusion",
        "Une fusion d’intercommunalités",
        "L’intercommunalité se fond avec d’autres dans une nouvelle.",
    ),
)
_A_KIND = {KINDS[address].kind: title[:1].lower() + title[1:] for address, title, _ in OFFERS}


@screen(methods=("GET",))
def perimeter(request: HttpRequest) -> HttpResponse:
    """The timeline, the table, and who was a member on a day."""
    territory = own_territory(request)
    form = DayForm(request.GET or None)
    today = clock.today(territory.zone)
    day = (form.cleaned_data["au"] if form.is_bound and form.is_valid() else None) or today
    return render(
        request,
        "desk/perimeter/history.html",
        {
            "territory": territory, "history": histories.history(territory, day), "form": form, "today": today,
            "offers": OFFERS if may_change_perimeter(acting(request), territory) else (),
        },
    )  # fmt: skip


def _form(
    request: HttpRequest, kind: type[ChangeForm], territory: Territory, change: PerimeterChange | None
) -> ChangeForm:
    bodies = {member.authority for member in members.communes(territory)}
    if change is not None:  # a commune that would have left meanwhile is still shown as it was chosen
        bodies |= set(change.communes.all())
    shown = sorted(bodies, key=lambda body: (sort_key(body.name), body.pk))
    initial = as_typed(change) if change is not None else None
    return kind(request.POST or None, territory=territory, members=shown, initial=initial)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent, to be sent again once confirmed."""
    left_out = {"csrfmiddlewaretoken", "confirmer", "modifier"}
    return [
        (name, value) for name, values in request.POST.lists() if name not in left_out for value in values
    ]


def _say(
    request: HttpRequest, territory: Territory, kind: type[ChangeForm], change: PerimeterChange | None
) -> HttpResponse:
    """The form, then « Ce qui va se passer », then the act: three sendings of the same fields."""
    actor = acting(request)
    require(may_change_perimeter(actor, territory))
    form = _form(request, kind, territory, change)
    label = PerimeterChange.Kind(kind.kind).label
    context: dict[str, Any] = {
        "territory": territory, "form": form, "change": change, "label": label, "a_kind": _A_KIND[kind.kind],
        "article": histories.ARTICLES[kind.kind], "seen": _seen(request, change) if change else 0,
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        draft = form.draft()
        try:
            if "confirmer" in request.POST:
                return _done(request, territory, change, draft)
            check(territory, draft, besides=change)
        except Problem as problem:
            form.refuse(problem)
        else:
            if "modifier" not in request.POST:
                context |= {
                    "effects": histories.will_happen(actor, territory, draft), "typed": _typed(request), "draft": draft,
                }  # fmt: skip
                return render(request, "desk/perimeter/preview.html", context)
    return render(request, "desk/perimeter/announce.html", context)


def _seen(request: HttpRequest, change: PerimeterChange) -> int:
    """The version the page was written from: what was sent, through every sending of the same fields; else today's."""
    sent = whole(request.POST.get("version"))
    return change.version if sent is None else sent


def _done(
    request: HttpRequest, territory: Territory, change: PerimeterChange | None, draft: Any
) -> HttpResponse:
    actor = acting(request)
    if change is None:
        made: PerimeterChange = services.announce_change(actor=actor, territory=territory, draft=draft)
        word = "annoncé"
    else:
        made = services.correct_change(actor=actor, change=change, draft=draft, seen=_seen(request, change))
        word = "corrigé"
    made.refresh_from_db()
    if made.enacted_at is not None:
        messages.success(request, f"C’est inscrit, avec effet au {date_long(made.takes_effect_on)}.")
    else:
        messages.success(
            request,
            f"Le changement est {word}. Il prendra effet le {date_long(made.takes_effect_on)} ; d’ici là, "
            "vous pouvez le corriger ou l’annuler.",
        )
    return redirect(made)


@screen()
def perimeter_announce(request: HttpRequest, what: str) -> HttpResponse:
    """Announce one kind of change."""
    if what not in KINDS:
        raise Http404
    return _say(request, own_territory(request), KINDS[what], None)


@screen(PerimeterChange, methods=("GET",))
def perimeter_change(request: HttpRequest, change: PerimeterChange) -> HttpResponse:
    """What changes or changed, for whom, and what is left to do."""
    actor = acting(request)
    may = may_change_perimeter(actor, change.territory)
    bodies = sorted(change.communes.all(), key=lambda body: body.name)
    kind, word = histories.state_of(change)
    return render(
        request,
        "desk/perimeter/change.html",
        {
            "change": change, "territory": change.territory, "bodies": bodies, "kind": kind, "word": word, "may": may,
            "article": histories.ARTICLES[change.kind],
            "effects": histories.will_happen(actor, change.territory, histories.draft_of(change))
            if may and change.is_awaited and change.takes_effect_on > clock.today(change.territory.zone)
            else [],
            "to_carry": histories.to_carry(change) if may else [],
            "to_redo": histories.sheets_to_redo(actor, bodies)
            if may and change.enacted_at is not None and change.takes_away
            else [],
            "there": histories.successor_territory(actor, change.successor_siren),
        },
    )  # fmt: skip


@screen(PerimeterChange)
def perimeter_correct(request: HttpRequest, change: PerimeterChange) -> HttpResponse:
    """Say it again before its day; afterwards, complete the reference and the note only."""
    if change.is_awaited:
        return _say(request, change.territory, form_for(change.kind), change)
    actor = acting(request)
    require(may_change_perimeter(actor, change.territory))
    initial = {"order_reference": change.order_reference, "note": change.note}
    form = OrderForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.note_change(
            actor=actor, change=change, order_reference=form.cleaned_data["order_reference"].strip(),
            note=form.cleaned_data["note"].strip(), seen=_seen(request, change),
        )  # fmt: skip
        messages.success(request, "C’est complété.")
        return redirect(change)
    return render(
        request, "desk/perimeter/order.html", {"change": change, "form": form, "seen": _seen(request, change)}
    )


@screen(PerimeterChange)
def perimeter_cancel(request: HttpRequest, change: PerimeterChange) -> HttpResponse:
    """Give it up before its day."""
    require(may_change_perimeter(acting(request), change.territory))
    if request.method == "POST":
        services.cancel_change(actor=acting(request), change=change)
        messages.success(request, "Le changement est annulé. Il reste dans l’histoire, dit annulé.")
        return redirect(change)
    return render(request, "desk/perimeter/cancel.html", {"change": change})


@screen(PerimeterChange)
def perimeter_people(request: HttpRequest, change: PerimeterChange) -> HttpResponse:
    """Who, of the former communes, acts for the commune nouvelle, and as what."""
    actor = acting(request)
    require(may_change_perimeter(actor, change.territory) & may_add_people(actor, change.territory))
    people = histories.to_carry(change)
    form = CarryForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            count = services.carry_over(actor=actor, change=change, choices=form.choices)
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(
                request,
                "Une personne agit maintenant pour la commune nouvelle." if count == 1
                else f"{count} personnes agissent maintenant pour la commune nouvelle.",
            )  # fmt: skip
            return redirect(change)
    return render(request, "desk/perimeter/people.html", {"change": change, "people": people, "form": form})
