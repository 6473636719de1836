"""« Mes territoires », « Créer mon territoire », and the administrator's confirmation."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from mosaique.access.middleware import MANDATE_KEY, acting
from mosaique.access.models import Mandate, TerritoryClaim
from mosaique.accounts import claim_policies as policies
from mosaique.accounts.claim_forms import AskForm, RefusalForm, TargetForm
from mosaique.accounts.services import claims
from mosaique.kernel.screens import screen
from mosaique.kernel.verdict import Problem
from mosaique.territory import facts, queries
from mosaique.territory.models import Territory
from mosaique.territory.naming import curly, in_words
from mosaique.territory.reference import competences, index, sources
from mosaique.territory.reference.entities import Epci, Hit
from mosaique.territory.tiles import EPCI_TILE

LIMIT = 20


# --- Creating --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Result:
    """A line of the results: an EPCI, why it is there, whether it already has its territory."""

    siren: str
    name: str
    why: str
    communes: int
    population: int
    tax: str
    state: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything shown of one EPCI before it is created."""

    epci: Epci
    name: str
    members: list[queries.Member]
    map: Any
    facts: list[str]
    competences: tuple[competences.Competence, ...]
    population_years: tuple[int, ...]


def _title(hits: list[Hit], query: str) -> str:
    """The heading tells the result: « Quatre intercommunalités ont une commune de ce nom »."""
    found = [hit for hit in hits if hit.epci]
    if not found:
        return ""
    number = in_words(len(found), feminine=True).capitalize()
    several = len(found) > 1
    noun = "intercommunalités" if several else "intercommunalité"
    if all(hit.commune for hit in found):
        return f"{number} {noun} {'ont' if several else 'a'} une commune de ce nom"
    return f"{number} {noun} {'répondent' if several else 'répond'} à « {query} »"


def _states(hits: list[Hit]) -> dict[str, str]:
    sirens = [hit.epci.siren for hit in hits if hit.epci]
    found = (
        Territory.objects.filter(epci__siren__in=sirens)
        .order_by("pk")
        .values_list("epci__siren", "state", "claim")
    )
    return {
        siren: "déjà ouvert ici" if state == Territory.State.OPEN else "déjà en préparation ici"
        for siren, state, claim in found
        if claim or state == Territory.State.OPEN
    }


def _results(hits: list[Hit], chosen: Epci | None) -> list[Result]:
    states = _states(hits)
    return [
        Result(
            hit.epci.siren, curly(hit.epci.name), hit.why, hit.epci.commune_count, hit.epci.municipal_population,
            hit.epci.tax_label, states.get(hit.epci.siren, ""), chosen is not None and chosen.siren == hit.epci.siren,
        )
        for hit in hits
        if hit.epci
    ]  # fmt: skip


def _preview(body: Epci) -> Preview:
    members = queries.future_members(index.communes_of(body.siren))
    return Preview(
        body, curly(body.name), members, queries.identity_map(members), facts.already_known(body),
        competences.of(body.siren), index.population_years(body.siren),
    )  # fmt: skip


@screen(may=policies.may_prepare)
def territory_new(request: HttpRequest) -> HttpResponse:
    """Search, choose, see, create. Every step is an address, so « back » works and nothing needs a script."""
    data = request.POST if request.method == "POST" else request.GET
    query = data.get("q", "").strip()
    hits = index.search(query, LIMIT + 1)
    too_many, hits = len(hits) > LIMIT, hits[:LIMIT]
    chosen = index.epci(data.get("epci", ""))
    if chosen is None and len(hits) == 1 and not data.get("epci") and request.method != "POST":
        chosen = hits[0].epci
    existing = (
        Territory.objects.select_related("epci", "claim").filter(epci__siren=chosen.siren).first()
        if chosen
        else None
    )
    taken = existing is not None and (existing.state == Territory.State.OPEN or hasattr(existing, "claim"))
    form = TargetForm(request.POST if request.method == "POST" else None)
    problem = ""
    if request.method == "POST":
        if chosen is None:
            problem = (
                "Aucune intercommunalité n’est choisie. Rien n’a été créé : choisissez-en une ci-dessous."
            )
        elif form.is_valid():
            try:
                claim = claims.prepare_territory(
                    actor=acting(request), epci_siren=chosen.siren, adoption_target=form.cleaned_data["date"]
                )
            except Problem as refusal:
                problem = refusal.message
            else:
                return _enter(request, claim)
    return render(
        request,
        "accounts/territory_new.html",
        {
            "query": query,
            "title": _title(hits, query),
            "results": _results(hits, chosen),
            "islands": [hit for hit in hits if hit.epci is None],
            "too_many": too_many,
            "unknown": bool(data.get("epci")) and chosen is None and request.method != "POST",
            "preview": _preview(chosen) if chosen else None,
            "sources": sources,
            "mine": existing is not None and existing.pk in acting(request).territory_ids,
            "taken": existing if taken else None,
            "leads": claims.leads_of(existing) if taken and existing else [],
            "form": form,
            "ask_form": AskForm(),
            "problem": problem,
            "operator": acting(request).is_operator,
        },
        status=409 if problem and taken else 200,
    )


def _enter(request: HttpRequest, claim: TerritoryClaim) -> HttpResponse:
    """Act for the new territory from now on."""
    mandate = (
        Mandate.objects.filter(territory_id=claim.territory_id, person_id=claim.person_id)
        .order_by("-pk")
        .first()
    )
    if mandate is not None:
        request.session[MANDATE_KEY] = mandate.pk
    return redirect("territory_prepared", pk=claim.territory_id)


@screen(may=policies.may_prepare, methods=("POST",))
def territory_ask(request: HttpRequest, siren: str) -> HttpResponse:
    """Write to those who lead a territory that is already there."""
    territory = Territory.objects.select_related("epci").filter(epci__siren=siren).order_by("pk").first()
    if territory is None:
        raise Http404
    form = AskForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for error in form.errors["words"]))
    else:
        try:
            leads = claims.ask_to_join(
                actor=acting(request), territory=territory, words=form.cleaned_data["words"]
            )
        except Problem as refusal:
            messages.error(request, refusal.message)
        else:
            names = " et ".join(lead.person.full_name for lead in leads)
            messages.success(request, f"Votre demande part à {names}, qui vous répondra par courriel.")
    return redirect(f"{reverse('territory_new')}?{urlencode({'epci': siren})}")


# --- Mine ------------------------------------------------------------------------------------------------------


@screen()
def territories(request: HttpRequest) -> HttpResponse:
    """Those I take part in; for the administrator, how many wait."""
    actor = acting(request)
    mine = (
        Territory.objects.filter(pk__in=actor.territory_ids)
        .select_related("epci", "claim")
        .order_by("epci__name")
    )
    waiting = _waiting().count() if actor.is_operator else 0
    context = {"territories": list(mine), "waiting": waiting, "epci_tile": EPCI_TILE}
    return render(request, "accounts/territories.html", context)


@screen(Territory)
def territory_prepared(request: HttpRequest, territory: Territory) -> HttpResponse:
    """The territory as it was made: waiting, then open."""
    members = queries.members(territory)
    body = index.epci(territory.epci.code)
    claim = TerritoryClaim.objects.filter(territory=territory).select_related("person").first()
    return render(
        request,
        "accounts/territory_prepared.html",
        {
            "territory": territory,
            "claim": claim,
            "members": members,
            "total": sum(member.population or 0 for member in members),
            "map": queries.identity_map(members),
            "facts": facts.already_known(body) if body else [],
            "population_years": index.population_years(territory.epci.code),
            "sources": sources,
            "is_team": acting(request).is_team(territory.pk),
        },
    )


# --- The administrator -----------------------------------------------------------------------------------------


def _waiting() -> QuerySet[TerritoryClaim]:
    return (
        TerritoryClaim.objects.filter(confirmed_at=None)
        .select_related("territory__epci", "person")
        .order_by("claimed_at")
    )


@screen(may=policies.may_confirm, methods=("GET",))
def territories_to_confirm(request: HttpRequest) -> HttpResponse:
    """Who asks to open what."""
    rows = [(claim, RefusalForm(prefix=f"c{claim.pk}")) for claim in _waiting()]
    return render(request, "accounts/territories_to_confirm.html", {"rows": rows})


def _settled(request: HttpRequest, pk: int) -> TerritoryClaim | None:
    claim = TerritoryClaim.objects.select_related("territory__epci", "person").filter(pk=pk).first()
    if claim is None or claim.confirmed_at is not None:
        messages.info(request, "Cette demande a déjà reçu sa réponse. Rien n’a été changé.")
        return None
    return claim


@screen(may=policies.may_confirm, methods=("POST",))
def territory_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Open it."""
    claim = _settled(request, pk)
    if claim is not None:
        try:
            claims.confirm_claim(actor=acting(request), claim=claim)
        except Problem as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(
                request,
                f"{claim.territory.epci.name} est ouvert. {claim.person.full_name} le sait par courriel.",
            )
    return redirect("territories_to_confirm")


@screen(may=policies.may_confirm, methods=("POST",))
def territory_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Turn it down, with a reason; the page comes back with what was typed when it is missing."""
    claim = _settled(request, pk)
    if claim is None:
        return redirect("territories_to_confirm")
    form = RefusalForm(request.POST, prefix=f"c{claim.pk}")
    if form.is_valid():
        try:
            claims.refuse_claim(actor=acting(request), claim=claim, reason=form.cleaned_data["reason"])
        except Problem as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, f"Demande écartée. {claim.person.full_name} en lira la raison par courriel."
            )
            return redirect("territories_to_confirm")
    rows = [
        (other, form if other.pk == claim.pk else RefusalForm(prefix=f"c{other.pk}")) for other in _waiting()
    ]
    return render(request, "accounts/territories_to_confirm.html", {"rows": rows})
