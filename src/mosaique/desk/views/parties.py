"""« Les parties »: the bodies that take part beside the communes and their intercommunality."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mosaique.access.middleware import acting, own_territory
from mosaique.accounts import services
from mosaique.accounts.models import TerritoryParty
from mosaique.accounts.policies import may_add_party, may_manage_party
from mosaique.desk import parties as queries
from mosaique.desk.party_forms import PartyCorrectionForm, PartyEndForm, PartyForm
from mosaique.kernel import clock
from mosaique.kernel.screens import screen
from mosaique.kernel.typography import date_long
from mosaique.kernel.verdict import Problem, require
from mosaique.territory.naming import in_words
from mosaique.territory.reference.sources import SYNDICATES
from mosaique.territory.reference.syndicates import syndicate

PER_PAGE = 25


@screen(methods=("GET",))
def parties(request: HttpRequest) -> HttpResponse:
    """Who takes part beside the communes, and in what."""
    territory = own_territory(request)
    found = queries.listed(acting(request), territory, request.GET.get("nature", ""))
    context = {
        "territory": territory, "found": found, "page": Paginator(found.lines, PER_PAGE).get_page(request.GET.get("page")),
        "total": in_words(found.total).capitalize(), "may_add": may_add_party(acting(request), territory),
    }  # fmt: skip
    return render(request, "desk/parties.html", context)


@screen()
def party_add(request: HttpRequest) -> HttpResponse:
    """A body of the official list, or one typed by hand."""
    territory = own_territory(request)
    require(may_add_party(acting(request), territory))
    asked = request.GET.get("q", "").strip()[:100]
    chosen = syndicate(request.GET.get("siren", ""))
    initial: dict[str, Any] = {"kind": "syndicate", "name": chosen.name, "siren": chosen.siren} if chosen else {
        "name": request.GET.get("nom", "")[:160], "siren": request.GET.get("siren", "")[:9],
    }  # fmt: skip
    form = PartyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            party = services.add_party(actor=acting(request), territory=territory, **form.cleaned_data)
        except Problem as problem:
            form.refuse(problem)
        else:
            _say_added(request, party, form.cleaned_data["name"])
            return redirect("authority", code=party.authority.code)
    context = {
        "territory": territory, "form": form, "chosen": chosen, "proposals": queries.proposed(territory, asked), "asked": asked,
        "vintage": SYNDICATES.vintage,
    }  # fmt: skip
    return render(request, "desk/party_add.html", context)


def _say_added(request: HttpRequest, party: TerritoryParty, typed: str) -> None:
    name = party.authority.name
    kept = (
        ""
        if name == " ".join(typed.split()).replace("'", "’")
        else " Ce numéro est le sien : le nom déjà connu est gardé."
    )
    messages.success(
        request,
        f"{name} figure parmi les parties. Une fiche peut le nommer, un calcul peut le compter ; aucun message n’est parti.{kept}",
    )


@screen(TerritoryParty, may=may_manage_party)
def party(request: HttpRequest, party: TerritoryParty) -> HttpResponse:
    """Correct what is said of a body."""
    body = party.authority
    initial = {
        "kind": party.kind, "name": body.name, "siren": body.siren or "", "rna": body.rna or "", "since": party.since,
        "until": party.until, "note": party.note, "seen": party.version,
    }  # fmt: skip
    form = PartyCorrectionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.correct_party(actor=acting(request), party=party, **form.cleaned_data)
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, "C’est corrigé. Les documents déjà figés gardent ce qu’ils disaient.")
            return redirect("parties")
    return render(request, "desk/party.html", {"party": party, "form": form})


@screen(TerritoryParty, may=may_manage_party)
def party_end(request: HttpRequest, party: TerritoryParty) -> HttpResponse:
    """It takes part no longer; nothing is deleted."""
    form = PartyEndForm(request.POST or None, initial={"until": clock.today(party.territory.zone)})
    if request.method == "POST" and form.is_valid():
        try:
            ended = services.end_party(actor=acting(request), party=party, **form.cleaned_data)
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(
                request,
                f"{party.authority.name} ne participe plus à partir du {date_long(ended.until)}. Les fiches et les calculs qui le "
                "nomment le gardent, et le disent.",
            )
            return redirect("parties")
    return render(request, "desk/party_end.html", {"party": party, "form": form})
