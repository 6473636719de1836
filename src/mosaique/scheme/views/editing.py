"""Screens that change a sheet: by part, its stage, its documents, its log."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from mosaique.access.middleware import acting
from mosaique.kernel import clock
from mosaique.kernel.screens import screen
from mosaique.kernel.ui.parts import Link
from mosaique.kernel.verdict import Problem
from mosaique.scheme import policies, queries, services
from mosaique.scheme.forms.choice import case_of, told
from mosaique.scheme.forms.parts import PART_TITLES, PARTS, ChosenForm, PartForm
from mosaique.scheme.forms.sheets import DecisionForm, StatusForm
from mosaique.scheme.legal_forms.steps import ac_imputation
from mosaique.scheme.models import ActionSheet, Axis
from mosaique.scheme.registry import LEGAL_FORMS


def _part_form(request: HttpRequest, sheet: ActionSheet, part: str) -> PartForm:
    cls, actor = PARTS[part], acting(request)
    asked = request.GET.get("forme", "") if part == "forme" else ""
    if asked in LEGAL_FORMS:
        cls = ChosenForm
    extra: dict[str, Any] = {}
    if part == "presentation":
        extra["axes"] = Axis.objects.visible_to(actor).filter(scheme_id=sheet.scheme_id)
    elif part == "parties":
        extra["bodies"] = queries.bodies_offered(sheet)
    elif part == "lecteurs":
        extra["spaces"] = queries.groups_of(actor, sheet.scheme.territory_id)
    elif part == "forme":
        chosen = LEGAL_FORMS.get(request.POST.get("legal_form", sheet.legal_form))
        regime = sheet.scheme.territory.epci.tax_regime
        offers = [ac_imputation(form, regime) for form in LEGAL_FORMS.values() if form.ac_imputation]
        own = ac_imputation(chosen, regime) if chosen else None
        extra["authorities"] = [member.authority for member in queries.members(sheet.scheme.territory_id)]
        extra["authorities"] += [body for body, _ in queries.bodies_offered(sheet)]
        # Without a chosen form, imputation is offered as soon as one form foresees it: the service checks the pair.
        extra["offers_ac"] = any(offer.offered for offer in offers)
        extra["no_ac"] = "" if own and own.offered else own.sentence if own else offers[0].sentence
    initial = cls.read(sheet)
    if asked in LEGAL_FORMS:  # from the guide: chosen there, kept here with the answers that led to it
        initial |= {"legal_form": asked, "why": "\n".join(told(case_of(request.GET)))}
    return cls(request.POST or None, initial=initial, **extra)


@screen(ActionSheet, may=policies.may_edit_sheet)
def sheet_edit(request: HttpRequest, sheet: ActionSheet, part: str) -> HttpResponse:
    """One part of a sheet, as a small form."""
    if part not in PARTS:
        raise Http404
    actor = acting(request)
    form: Any = _part_form(request, sheet, part)
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            if part == "habitant":
                services.set_residents(actor=actor, sheet=sheet, seen=seen, rows=form.rows())
            elif part == "parties":
                services.set_parties(actor=actor, sheet=sheet, seen=seen, bodies=form.chosen())
            elif part == "lecteurs":
                services.move_sheet(
                    actor=actor,
                    sheet=sheet,
                    seen=seen,
                    visibility=form.cleaned_data["visibility"],
                    space=form.cleaned_data["space"],
                )
            elif isinstance(form, ChosenForm):
                said = {"by": form.cleaned_data["by"], "why": form.cleaned_data["why"]}
                services.choose_form(actor=actor, sheet=sheet, seen=seen, changes=form.changes(), **said)
            else:
                services.edit_sheet(actor=actor, sheet=sheet, seen=seen, changes=form.changes())
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(
                request, f"« {PART_TITLES[part]} » est enregistrée dans la fiche {sheet.number}."
            )
            return redirect(f"{sheet.get_absolute_url()}#forme" if isinstance(form, ChosenForm) else sheet)
    links = [
        Link(title, reverse("sheet_edit", kwargs={"pk": sheet.pk, "part": key}), current=key == part)
        for key, title in PART_TITLES.items()
    ]
    return render(
        request,
        "scheme/sheet_edit.html",
        {"sheet": sheet, "form": form, "part": part, "title": PART_TITLES[part], "links": links},
    )


@screen(ActionSheet, may=policies.may_edit_sheet)
def sheet_status(request: HttpRequest, sheet: ActionSheet) -> HttpResponse:
    """Move the sheet along: one step forward, one back, or dropped with a reason."""
    actor = acting(request)
    labels = dict(ActionSheet.Status.choices)
    verdicts = [(to, policies.may_set_status(actor, sheet, to)) for to in policies.STEPS[sheet.status]]
    form = StatusForm(
        request.POST or None, choices=[(str(to), str(labels[to])) for to, verdict in verdicts if verdict]
    )
    if form.is_valid():
        try:
            services.set_status(actor=actor, sheet=sheet, **form.cleaned_data)
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(
                request, f"La fiche {sheet.number} est maintenant « {labels[form.cleaned_data['to']]} »."
            )
            return redirect(sheet)
    refused = [(labels[to], verdict.reason) for to, verdict in verdicts if not verdict]
    return render(
        request,
        "scheme/sheet_status.html",
        {"sheet": sheet, "form": form, "look": queries.status_look(sheet), "refused": refused},
    )


@screen(ActionSheet, may=policies.may_edit_sheet, methods=("POST",))
def sheet_document(request: HttpRequest, sheet: ActionSheet) -> HttpResponse:
    """Tick a document, or take the tick back."""
    try:
        services.set_document(
            actor=acting(request),
            sheet=sheet,
            kind=request.POST.get("kind", ""),
            present=request.POST.get("present") == "1",
            note=request.POST.get("note", ""),
        )
    except Problem as problem:
        messages.error(request, problem.message)
    return redirect(f"{sheet.get_absolute_url()}#pieces")


@screen(ActionSheet, may=policies.may_edit_sheet)
def sheet_decision(request: HttpRequest, sheet: ActionSheet) -> HttpResponse:
    """Add a line to the log of decisions."""
    form = DecisionForm(
        request.POST or None, initial={"decided_on": clock.today(sheet.scheme.territory.zone)}
    )
    if form.is_valid():
        try:
            services.record_decision(actor=acting(request), sheet=sheet, **form.cleaned_data)
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, "La décision est notée dans la fiche.")
            return redirect(f"{sheet.get_absolute_url()}#suivi")
    return render(request, "scheme/sheet_decision.html", {"sheet": sheet, "form": form})
