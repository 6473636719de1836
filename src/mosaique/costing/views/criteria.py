"""The criteria of the territory: read by everyone who takes part, typed by who leads."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mosaique.access.middleware import acting, own_territory
from mosaique.costing import policies, services
from mosaique.costing.criteria import CRITERIA
from mosaique.costing.forms import CriterionChoiceForm, CriterionForm
from mosaique.costing.queries import criteria as queries
from mosaique.kernel import clock
from mosaique.kernel.screens import screen
from mosaique.kernel.verdict import Problem, require
from mosaique.territory import perimeter
from mosaique.territory.models import Authority, Territory
from mosaique.territory.queries import sort_key


def _communes(territory: Territory) -> list[Authority]:
    return sorted(perimeter.commune_bodies(territory), key=lambda body: (sort_key(body.name), body.pk))


@screen(methods=("GET",))
def criteria(request: HttpRequest) -> HttpResponse:
    """What is known, for how many communes, from where."""
    territory = own_territory(request)
    communes = _communes(territory)
    book = queries.read(acting(request), territory.pk, communes)
    context = {
        "territory": territory, "known": [one for one in book.known() if one.years == 1], "total": len(communes),
        "may_set": policies.may_set_criteria(acting(request), territory),
        "choice": CriterionChoiceForm(initial={"annee": clock.today().year - 1}),
        "helps": [one for one in CRITERIA.values() if not one.official],
    }  # fmt: skip
    return render(request, "costing/criteria.html", context)


@screen(methods=("GET",))
def criterion_new(request: HttpRequest) -> HttpResponse:
    """« Saisir »: leads to the page of the criterion and the year that were chosen."""
    form = CriterionChoiceForm(request.GET)
    if not form.is_valid():
        messages.error(request, "Choisissez un critère et une année entre 2000 et 2060.")
        return redirect("criteria")
    return redirect("criterion", slug=form.cleaned_data["critere"], year=form.cleaned_data["annee"])


@screen()
def criterion(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The values of one criterion for one year, commune by commune; a form for who leads, a table for the others."""
    territory, actor = own_territory(request), acting(request)
    spec = CRITERIA.get(slug)
    if spec is None or spec.official or not 2000 <= year <= 2060:
        raise Http404
    communes = _communes(territory)
    stored = queries.values_of(actor, territory.pk, slug, year)
    may_set = policies.may_set_criteria(actor, territory)
    initial: dict[str, Any] = {
        f"values.{commune.code}": stored[commune.pk].value.normalize()
        for commune in communes
        if commune.pk in stored
    }
    initial["source"] = next((row.source for row in stored.values()), "")
    form = CriterionForm(request.POST or None, initial=initial, communes=communes, places=spec.places)
    if request.method == "POST":
        require(may_set)
        if form.is_valid():
            try:
                count = services.set_criterion(
                    actor=actor, territory=territory, criterion=slug, year=year, source=form.cleaned_data["source"],
                    values=form.values(),
                )  # fmt: skip
            except Problem as problem:
                form.refuse(problem)
            else:
                messages.success(
                    request,
                    f"Valeurs gardées pour {count} commune{'s' if count > 1 else ''} sur {len(communes)}. Les calculs déjà faits "
                    "gardent les leurs ; refaites-les pour prendre celles-ci.",
                )
                return redirect("criteria")
    rows = [(commune, stored.get(commune.pk)) for commune in communes]
    context = {
        "territory": territory,
        "spec": spec,
        "year": year,
        "form": form,
        "rows": rows,
        "may_set": may_set,
    }
    return render(request, "costing/criterion.html", context)
