"""People of the territory, for the project team: list, one person, a pasted list, the end of a mandate."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mosaique.access.middleware import acting
from mosaique.access.models import Mandate
from mosaique.accounts import queries, roster, services
from mosaique.accounts.forms import EndMandateForm, PersonForm, RosterForm
from mosaique.accounts.models import Invitation
from mosaique.accounts.policies import may_add_people, may_end_mandate, may_manage_people
from mosaique.kernel import clock
from mosaique.kernel.screens import screen
from mosaique.kernel.verdict import Problem, require
from mosaique.territory.models import Territory
from mosaique.territory.naming import in_words

PER_PAGE = 25


def _territory(request: HttpRequest) -> Territory:
    return Territory.objects.select_related("epci").get(pk=acting(request).territory_id)


@screen(may=may_manage_people, methods=("GET",))
def people(request: HttpRequest) -> HttpResponse:
    territory = _territory(request)
    search = request.GET.get("q", "").strip()[:80]
    chosen = request.GET.get("collectivite", "")
    chosen_id = int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 18 else None
    rows = queries.people_of(territory.pk, search=search, authority_id=chosen_id)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    invitations = queries.last_invitations(shown)
    lines = [
        {
            "mandate": m,
            "invitation": _said(m, invitations.get(m.pk)),
            "may_end": bool(may_end_mandate(acting(request), m)),
        }
        for m in shown
    ]
    context = {
        "page": page, "lines": lines, "search": search, "chosen": chosen_id, "bodies": list(queries.bodies_of(territory)),
        "territory": territory, "filtered": bool(search or chosen_id), "total": in_words(page.paginator.count).capitalize(),
    }  # fmt: skip
    return render(request, "accounts/people.html", context)


def _said(mandate: Mandate, invitation: Invitation | None) -> tuple[str, str]:
    """State and words of the last invitation of a mandate."""
    if mandate.person.last_login is not None and (
        invitation is None or invitation.state != Invitation.State.SENT
    ):
        return "fait", "Compte ouvert"
    if invitation is None:
        return "vide", "Sans invitation"
    if invitation.state == Invitation.State.ACCEPTED:
        return "fait", "Invitation acceptée"
    if invitation.expires_at <= clock.now():
        return "attend", "Invitation dépassée, à renvoyer"
    if invitation.mail is not None and invitation.mail.state == "parked":
        return "non", "Message refusé par la messagerie"
    if invitation.mail is not None and invitation.mail.state in ("waiting", "sending"):
        return "attend", "Invitation en cours d’envoi"
    return "attend", "Invitation envoyée, pas encore ouverte"


@screen(may=may_manage_people)
def person_add(request: HttpRequest) -> HttpResponse:
    territory = _territory(request)
    require(may_add_people(acting(request), territory))
    form = PersonForm(request.POST or None, territory=territory)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        wants_invitation = data.pop("invite")
        try:
            mandate = services.add_person(actor=acting(request), territory=territory, **data)
            if wants_invitation:
                services.invite(actor=acting(request), mandate=mandate)
        except Problem as problem:
            form.refuse(problem)
        else:
            sent = " Son invitation part dans la minute." if wants_invitation else ""
            messages.success(request, f"{mandate.person.full_name} figure maintenant dans la liste.{sent}")
            return redirect("people")
    return render(request, "accounts/person_add.html", {"form": form, "territory": territory})


@screen(may=may_manage_people)
def people_invite(request: HttpRequest) -> HttpResponse:
    """A pasted list: read, shown line by line, then sent. What is wrong stays in the text area."""
    territory = _territory(request)
    require(may_add_people(acting(request), territory))
    form = RosterForm(request.POST or None)
    rows: list[roster.Row] | None = None
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["people"]
        emails = {word.strip("<>;,\"' ").lower() for word in text.split() if "@" in word}
        emails |= {
            cell.strip().lower()
            for line in text.splitlines()
            for cell in line.replace("\t", ";").split(";")
            if "@" in cell
        }
        rows = roster.read(text, queries.facts_for(territory, emails), clock.today())
        good = [row for row in rows if row.is_good]
        if "envoyer" in request.POST and good:
            try:
                services.invite_rows(actor=acting(request), territory=territory, rows=good)
            except Problem as problem:
                form.refuse(problem)
            else:
                return _sent(request, text, rows, good)
    return render(
        request, "accounts/people_invite.html", {"form": form, "territory": territory, **_counts(rows)}
    )


def _sent(request: HttpRequest, text: str, rows: list[roster.Row], good: list[roster.Row]) -> HttpResponse:
    wrong = [row for row in rows if not row.is_good]
    count = f"{len(good)} invitations partent" if len(good) > 1 else "Une invitation part"
    if not wrong:
        messages.success(request, f"{count} dans la minute. Toutes les lignes étaient justes.")
        return redirect("people")
    # The header, when there is one, is kept: the lines left are read in its order.
    first = text.splitlines()[0]
    header = [first] if rows and all(row.raw != first.rstrip() for row in rows) and first.strip() else []
    left = "\n".join([*header, *(row.raw for row in wrong)])
    still = f"{len(wrong)} lignes restent" if len(wrong) > 1 else "Une ligne reste"
    messages.success(request, f"{count} dans la minute. {still} à corriger ci-dessous : rien n’est perdu.")
    form = RosterForm(initial={"people": left})
    context = {"form": form, "territory": _territory(request), **_counts(wrong), "after": True}
    return render(request, "accounts/people_invite.html", context)


def _counts(rows: list[roster.Row] | None) -> dict[str, Any]:
    good = sum(1 for row in rows or () if row.is_good)
    wrong = len(rows or ()) - good
    return {
        "rows": rows,
        "good": good,
        "wrong": wrong,
        "good_words": in_words(good, feminine=True).capitalize(),
        "wrong_words": in_words(wrong, feminine=True).capitalize(),
        "noted": sum(1 for row in rows or () if row.is_good and row.notes),
        "after": False,
    }


@screen(Mandate, may=may_end_mandate)
def mandate_end(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    form = EndMandateForm(request.POST or None, initial={"ends_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            services.end_mandate(actor=acting(request), mandate=mandate, **form.cleaned_data)
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(
                request,
                f"Le mandat de {mandate.person.full_name} prendra fin à la date dite. Ce qui a été fait reste.",
            )
            return redirect("people")
    return render(request, "accounts/mandate_end.html", {"form": form, "mandate": mandate})


@screen(Mandate, may=may_end_mandate, methods=("POST",))
def mandate_invite(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    """Send the invitation (again); the former link stops working."""
    services.invite(actor=acting(request), mandate=mandate)
    messages.success(
        request,
        f"Une invitation part vers {mandate.person.email}. L’ancien lien, s’il y en avait un, n’a plus cours.",
    )
    return redirect("people")
