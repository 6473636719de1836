"""The list of sheets, a new one, and the axes they hang on."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mosaique.access import themes
from mosaique.access.middleware import acting
from mosaique.kernel import richtext
from mosaique.kernel.screens import screen
from mosaique.kernel.ui.parts import Link
from mosaique.kernel.verdict import require
from mosaique.scheme import policies, queries, services, wording
from mosaique.scheme.forms.report import AxisForm
from mosaique.scheme.forms.sheets import NewSheetForm
from mosaique.scheme.models import ActionSheet, Axis
from mosaique.scheme.views.report import own_scheme
from mosaique.territory.models import Territory


@screen()
def sheets(request: HttpRequest) -> HttpResponse:
    """The sheets by axis; filters live in the address."""
    actor = acting(request)
    scheme = queries.current_scheme(actor)
    if scheme is None:
        if request.method == "POST" and actor.territory_id is not None:
            scheme = services.open_scheme(actor=actor, territory=_territory(actor))
            messages.success(request, "Le schéma est ouvert. Commencez par une première fiche.")
            return redirect("sheets")
        return render(request, "scheme/no_scheme.html", {"may_open": policies.may_open_scheme(actor)})
    wanted = queries.SheetFilter(
        theme=request.GET.get("theme", "") if request.GET.get("theme") in themes.BY_SLUG else "",
        status=request.GET.get("etat", "") if request.GET.get("etat") in ActionSheet.Status.values else "",
        awaiting=request.GET.get("attend") == "1",
    )
    expected = len(queries.communes(queries.members(scheme.territory_id)))
    lines = queries.sheet_lines(actor, scheme, expected, wanted)
    axes = list(Axis.objects.visible_to(actor).filter(scheme=scheme))
    is_commune = actor.mandate is not None and actor.mandate.authority_kind == "commune"
    return render(
        request,
        "scheme/sheets.html",
        {
            "scheme": scheme,
            "groups": [g for g in queries.by_axis(lines, axes) if g.lines or not _filtered(wanted)],
            "lines": lines,
            "wanted": wanted,
            "filtered": _filtered(wanted),
            "heading": wording.list_heading(
                len(lines), sum(1 for line in lines if line.awaits_mine), commune=is_commune
            ),
            "themes": themes.THEMES,
            "statuses": ActionSheet.Status.choices,
            "is_commune": is_commune,
            "may_create": policies.may_create_sheet(actor, scheme),
            "board": request.GET.get("vue") == "tableau",
            "columns": _columns(lines),
            "expected": expected,
            "views": _views(request),
        },
    )


def _filtered(wanted: queries.SheetFilter) -> bool:
    return bool(wanted.theme or wanted.status or wanted.awaiting)


def _views(request: HttpRequest) -> list[Link]:
    links = []
    for label, value in (("Par axe", ""), ("Par étape", "tableau")):
        query = request.GET.copy()
        query.pop("vue", None)
        if value:
            query["vue"] = value
        links.append(Link(label, f"?{query.urlencode()}", current=(request.GET.get("vue") or "") == value))
    return links


def _columns(lines: list[queries.SheetLine]) -> list[dict[str, Any]]:
    return [
        {"label": label, "lines": [line for line in lines if line.sheet.status == value]}
        for value, label in ActionSheet.Status.choices
    ]


def _territory(actor: Any) -> Any:
    return Territory.objects.visible_to(actor).for_screen().get(pk=actor.territory_id)


@screen()
def sheet_new(request: HttpRequest) -> HttpResponse:
    """Open a sheet: a title, an axis, why."""
    actor = acting(request)
    scheme = own_scheme(request)
    require(policies.may_create_sheet(actor, scheme))
    form = NewSheetForm(
        request.POST or None,
        axes=Axis.objects.visible_to(actor).filter(scheme=scheme),
        spaces=queries.groups_of(actor, scheme.territory_id),
    )
    if form.is_valid():
        values = dict(form.cleaned_data)
        title = values.pop("new_axis")
        if values["axis"] is None:
            values["axis"] = services.add_axis(actor=actor, scheme=scheme, title=title)
        made = services.create_sheet(actor=actor, scheme=scheme, **values)
        messages.success(request, f"La fiche {made.number} est ouverte. Complétez-la partie par partie.")
        return redirect(made)
    return render(request, "scheme/sheet_new.html", {"form": form, "scheme": scheme})


@screen(Axis)
def axis_edit(request: HttpRequest, axis: Axis) -> HttpResponse:
    """Rename an axis, write what it is for."""
    actor = acting(request)
    require(policies.may_edit_scheme(actor, axis.scheme))
    initial = {"title": axis.title, "body": richtext.to_markdown(axis.body), "seen": axis.version}
    form = AxisForm(request.POST or None, initial=initial)
    if form.is_valid():
        values = form.cleaned_data | {"seen": form.cleaned_data["seen"] or 0}
        services.edit_axis(actor=actor, axis=axis, **values)
        messages.success(request, f"L’axe {axis.number} est enregistré.")
        return redirect("scheme")
    return render(request, "scheme/axis_edit.html", {"axis": axis, "form": form})
