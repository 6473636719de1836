"""« Verser au rapport »: the exact figures before they leave; and the EPCI's own estimates."""

import json
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mosaique.access.middleware import acting
from mosaique.inventory import policies, queries, services, wording
from mosaique.inventory.forms import EstimateForm
from mosaique.inventory.models import Estimate, Return
from mosaique.inventory.released import figure_text, missing_note
from mosaique.inventory.services.estimates import estimable
from mosaique.inventory.services.releasing import as_json, figures_of
from mosaique.inventory.views.filling import frame, sheet_of
from mosaique.kernel.screens import screen
from mosaique.kernel.sent import whole
from mosaique.kernel.verdict import Problem, require

_REVOKED = "Ces chiffres ne sont plus au rapport. Une version déjà figée garde ce qu’elle contient."
_UNTIL_ONE = "Vous pouvez le retirer tant que le rapport n’est pas figé."
_UNTIL = "Vous pouvez les retirer tant que le rapport n’est pas figé."


@screen(Return)
def inventory_release(request: HttpRequest, inventory: Return, section: str) -> HttpResponse:
    """Choose and release, or take back."""
    sheet, actor = sheet_of(request, inventory, section), acting(request)
    require(policies.may_revoke(actor, sheet))
    problem_text = ""
    if request.method == "POST":
        try:
            if request.POST.get("rapport") == "retirer":
                services.revoke_release(actor=actor, sheet=sheet)
                messages.success(request, _REVOKED)
                return redirect(sheet)
            release = services.release_figures(
                actor=actor,
                sheet=sheet,
                names=request.POST.getlist("chiffres"),
                seen=_seen(request.POST.get("vu", "")),
            )
        except Problem as problem:
            problem_text = problem.message
        else:
            count = len(release.figures)
            told = "Un chiffre versé" if count == 1 else f"{count} chiffres versés"
            messages.success(request, f"{told} au rapport. {_UNTIL if count > 1 else _UNTIL_ONE}")
            return redirect(sheet)
    figures, in_force = figures_of(sheet), queries.release_in_force(sheet)
    context = {
        **frame(request, inventory), "sheet": sheet, "spec": sheet.spec,
        "seen": json.dumps([as_json(figure) for figure in figures]), "release": in_force,
        "released_words": wording.released(len(in_force.figures)) if in_force else "",
        "release_shown": [shown_figure(figure) for figure in in_force.figures] if in_force else [],
        "figures_shown": [shown_figure(as_json(figure)) for figure in figures],
        "may_release": policies.may_release(actor, sheet), "problem": problem_text,
    }  # fmt: skip
    return render(request, "inventory/release.html", context, status=400 if problem_text else 200)


def shown_figure(figure: dict[str, Any]) -> dict[str, str]:
    """A figure as it would be printed."""
    value = None if figure["value"] is None else Decimal(figure["value"])
    return {
        "name": figure["name"], "label": figure["label"], "text": figure_text(value, figure["unknown"], figure["unit"]),
        "note": missing_note(value, figure["missing"]),
    }  # fmt: skip


def _seen(text: str) -> list[Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return []
    return found if isinstance(found, list) else []


@screen(Return, may=policies.may_estimate)
def inventory_estimates(request: HttpRequest, inventory: Return) -> HttpResponse:
    """Figures the EPCI reckons by itself for this commune."""
    actor = acting(request)
    known = {
        f"{spec.name}.{name}": (spec, label, unit)
        for spec in inventory.campaign.specs
        for name, (label, unit) in estimable(spec.name).items()
    }
    removed = whole(request.POST.get("retirer"))
    if removed is not None:
        found = Estimate.objects.visible_to(actor).filter(inventory=inventory, pk=removed).first()
        if found is not None:
            services.remove_estimate(actor=actor, estimate=found)
            messages.success(request, "L’estimation est retirée.")
        return redirect("inventory_estimates", pk=inventory.pk)
    form = EstimateForm(request.POST or None, initial={"as_of": inventory.campaign.reference_date})
    form.fields["figure"].choices = [
        ("", "Choisissez"), *((key, f"{spec.short} : {label} ({unit})") for key, (spec, label, unit) in known.items())
    ]  # fmt: skip
    if request.method == "POST" and form.is_valid():
        section, _, name = form.cleaned_data.pop("figure").partition(".")
        try:
            services.set_estimate(
                actor=actor, inventory=inventory, section=section, name=name, **form.cleaned_data
            )
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(
                request,
                "L’estimation est inscrite. La commune la lit, et la remplace en versant son propre chiffre.",
            )
            return redirect("inventory_estimates", pk=inventory.pk)
    context = {
        **frame(request, inventory),
        "form": form,
        "estimates": list(inventory.estimates.visible_to(actor)),
    }
    return render(request, "inventory/estimates.html", context)
