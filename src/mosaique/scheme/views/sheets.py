"""Screens of the sheets: list, page, edit by part, stages, positions, documents, decisions."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from mosaique.access import themes
from mosaique.access.models import Space
from mosaique.access.scoped import reads
from mosaique.costing.queries import Picture
from mosaique.kernel import clock, richtext
from mosaique.kernel.screens import screen
from mosaique.kernel.typography import date_with_weekday, money
from mosaique.kernel.ui.parts import Link, Share
from mosaique.kernel.verdict import Problem, require
from mosaique.scheme import maps, policies, queries, services, wording
from mosaique.scheme.forms import (
    PART_TITLES,
    PARTS,
    AxisForm,
    DecisionForm,
    NewSheetForm,
    PartForm,
    PositionForm,
    StatusForm,
)
from mosaique.scheme.legal_forms.base import MARKS_FR, Instrument, Side
from mosaique.scheme.legal_forms.steps import ac_imputation
from mosaique.scheme.models import ActionSheet, Axis, Scheme
from mosaique.scheme.registry import LEGAL_FORMS
from mosaique.territory.models import Territory

SECTIONS = (
    ("pourquoi", "Pourquoi cette fiche"),
    ("habitant", "Pour les habitants"),
    ("forme", "Forme juridique"),
    ("qui", "Qui en est ?"),
    ("agents", "Pour les agents"),
    ("couts", "Coûts et partage"),
    ("calendrier", "Calendrier"),
    ("pieces", "Pièces à réunir"),
    ("suivi", "Suivi et décisions"),
    ("debat", "Le débat"),
)


@screen()
def sheets(request: HttpRequest) -> HttpResponse:
    """The sheets by axis; filters live in the address."""
    actor = request.actor  # type: ignore[attr-defined]
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


def _own_scheme(request: HttpRequest) -> Scheme:
    scheme = queries.current_scheme(request.actor)  # type: ignore[attr-defined]
    if scheme is None:
        raise Http404
    return scheme


@screen()
def sheet_new(request: HttpRequest) -> HttpResponse:
    """Open a sheet: a title, an axis, why."""
    actor = request.actor  # type: ignore[attr-defined]
    scheme = _own_scheme(request)
    require(policies.may_create_sheet(actor, scheme))
    form = NewSheetForm(
        request.POST or None,
        axes=Axis.objects.visible_to(actor).filter(scheme=scheme),
        spaces=_spaces(actor, scheme),
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


def _spaces(actor: Any, scheme: Scheme) -> Any:
    return Space.objects.visible_to(actor).filter(territory_id=scheme.territory_id, closed_at=None)


@screen(ActionSheet, methods=("GET",))
def sheet(request: HttpRequest, sheet: ActionSheet) -> HttpResponse:
    """The sheet: what it changes for the reader first, then the whole case."""
    return _show(request, sheet, None)


def _show(request: HttpRequest, sheet: ActionSheet, form: PositionForm | None) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    page = queries.sheet_page(actor, sheet)
    may_answer = policies.may_answer(actor, sheet)
    mine = page.mine.position if page.mine else None
    if form is None and may_answer:
        initial = PositionForm.said(mine.answer, mine.condition) if mine else {}
        form = PositionForm(initial=initial)
    picture, code = page.picture, page.mine.member.authority.insee_code if page.mine else ""
    may_edit = policies.may_edit_sheet(actor, sheet)
    return render(
        request,
        "scheme/sheet.html",
        {
            "sheet": sheet,
            # A sheet may be read more widely than the group it comes from is known: then the group is not named.
            "group": sheet.space if sheet.space and reads(actor, sheet.space.scope) else None,
            "page": page,
            "picture": picture,
            "look": queries.status_look(sheet),
            "form": form,
            "may_edit": may_edit,
            "may_answer": may_answer,
            "see_conditions": policies.may_read_conditions(actor, sheet),
            "map": maps.perimeter_map(page.groups, code),
            "legend": maps.legend(page.groups),
            "sections": SECTIONS,
            "marks": MARKS_FR,
            "figures": _figures(page, code) if page.mine else [],
            "vous_title": f"Ce que cela change pour {page.mine.member.name}" if page.mine else "",
            "vous_when": _when(sheet, bool(mine)),
            "bars": _bars(picture),
            "milestones": _milestones(sheet),
            "shares_title": f"Voir la part des {len(picture.shares)} collectivités",
            "my_share": picture.share_of(code) if code else None,
            "titles": {
                "perimeter": wording.perimeter(
                    page.count("yes"), page.count("yes_if"), page.expected, page.expected - page.count("")
                ),
                "staff": wording.staff(picture.staff_total, sheet.scenario.full_year),
                "costs": wording.costs(
                    picture.running_cost,
                    lines=len(picture.running),
                    year=sheet.scenario.full_year,
                    unknown=any(line.amount is None for line in picture.running),
                ),
                "documents": wording.documents(page.present, len(page.documents)),
            },
            "not_counted": wording.listed([m.name for m in page.not_counted], 4),
            "today": clock.today(),
            "parts": PART_TITLES,
            "closed": not sheet.is_open_to_positions,
        },
    )


def _when(sheet: ActionSheet, answered: bool) -> str:
    if not sheet.is_open_to_positions:
        return ""
    if answered:
        return "Votre position est enregistrée ; vous pouvez en changer jusqu’à la délibération."
    if sheet.open_until:
        return f"Votre réponse est attendue pour le {date_with_weekday(sheet.open_until)}."
    return "Votre réponse est attendue ; la date n’est pas encore fixée."


def _bars(picture: Picture) -> list[Share]:
    """The known running costs, added up by label, largest first; six colours, the rest together."""
    totals: dict[str, Decimal] = {}
    for line in picture.running:
        if line.amount:
            totals[line.label] = totals.get(line.label, Decimal(0)) + line.amount
    ranked = sorted(totals.items(), key=lambda item: -item[1])
    if len(ranked) > len(_BAR_MARKS):
        rest = ranked[len(_BAR_MARKS) - 1 :]
        ranked = [*ranked[: len(_BAR_MARKS) - 1], ("Autres", sum((amount for _, amount in rest), Decimal(0)))]
    return [
        Share(
            float(amount), mark, f"{label}\u00a0: {money(amount, cents=amount != amount.to_integral_value())}"
        )
        for (label, amount), mark in zip(ranked, _BAR_MARKS, strict=False)
    ]


_BAR_MARKS = ("b-bv", "b-epci", "b-ocre", "b-prune", "b-brique")


def _milestones(sheet: ActionSheet) -> list[dict[str, Any]]:
    def day(text: str) -> date | None:
        return date.fromisoformat(text) if text else None

    return [
        {"label": row["label"], "due": day(row["due"]), "done": day(row["done"])} for row in sheet.milestones
    ]


def _figures(page: queries.SheetPage, code: str) -> list[tuple[str, str]]:
    """Money, people, service: what the sheet changes for one commune, each known or said not to be."""
    picture, year = page.picture, page.sheet.scenario.full_year
    money, staff = picture.total_of(code, staff=False), picture.total_of(code, staff=True)
    counted = any(party.insee_code == code for party in picture.parties)
    share = picture.share_of(code)
    if share is not None and money is not None:
        first = (money.text, f"par an en {year}, si les {len(picture.shares)} collectivités comptées entrent")
    elif counted and money is not None and money.stated:
        first = (money.text, f"de dépense en {year}, avant partage des coûts")
    else:
        first = ("Non connu", "le coût pour votre commune n’est pas encore calculé")
    if staff is not None and staff.stated:
        second = (
            "Aucun emploi" if staff.is_no_effect else staff.text,
            "en plus ou en moins dans votre mairie" if staff.is_no_effect else f"dans votre mairie en {year}",
        )
    else:
        second = ("Non connu", "l’effet sur vos agents n’est pas encore renseigné")
    known = next((line for line in page.residents if line.known), None)
    third = (
        (
            known.after,
            f"{known.change.label or known.change.get_aspect_display()}, contre {known.before} aujourd’hui",
        )
        if known
        else ("Non connu", "l’effet pour les habitants n’est pas encore décrit")
    )
    return [first, second, third]


@screen(ActionSheet, methods=("POST",))
def position(request: HttpRequest, sheet: ActionSheet) -> HttpResponse:
    """Record the commune's intention."""
    actor = request.actor  # type: ignore[attr-defined]
    require(policies.may_answer(actor, sheet))
    form = PositionForm(request.POST)
    if form.is_valid():
        try:
            services.give_position(actor=actor, sheet=sheet, **form.values())
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(
                request,
                "Votre position est enregistrée : intention, ne vaut pas délibération. Vous pouvez en changer.",
            )
            return redirect(sheet)
    return _show(request, sheet, form)


@screen(ActionSheet, methods=("GET",))
def positions(request: HttpRequest, sheet: ActionSheet) -> HttpResponse:
    """Everything that was said, newest first."""
    actor = request.actor  # type: ignore[attr-defined]
    history = queries.position_history(sheet, queries.members(sheet.scheme.territory_id))
    return render(
        request,
        "scheme/positions.html",
        {"sheet": sheet, "history": history, "see_conditions": policies.may_read_conditions(actor, sheet)},
    )


def _part_form(request: HttpRequest, sheet: ActionSheet, part: str) -> PartForm:
    cls, actor = PARTS[part], request.actor  # type: ignore[attr-defined]
    extra: dict[str, Any] = {}
    if part == "presentation":
        extra["axes"] = Axis.objects.visible_to(actor).filter(scheme_id=sheet.scheme_id)
    elif part == "lecteurs":
        extra["spaces"] = _spaces(actor, sheet.scheme)
    elif part == "forme":
        chosen = LEGAL_FORMS.get(request.POST.get("legal_form", sheet.legal_form))
        regime = sheet.scheme.territory.epci.tax_regime
        offers = [ac_imputation(form, regime) for form in LEGAL_FORMS.values() if form.ac_imputation]
        own = ac_imputation(chosen, regime) if chosen else None
        extra["authorities"] = [member.authority for member in queries.members(sheet.scheme.territory_id)]
        # Without a chosen form, imputation is offered as soon as one form foresees it: the service checks the pair.
        extra["offers_ac"] = any(offer.offered for offer in offers)
        extra["no_ac"] = "" if own and own.offered else own.sentence if own else offers[0].sentence
    return cls(request.POST or None, initial=cls.read(sheet), **extra)


@screen(ActionSheet, may=policies.may_edit_sheet)
def sheet_edit(request: HttpRequest, sheet: ActionSheet, part: str) -> HttpResponse:
    """One part of a sheet, as a small form."""
    if part not in PARTS:
        raise Http404
    actor = request.actor  # type: ignore[attr-defined]
    form: Any = _part_form(request, sheet, part)
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            if part == "habitant":
                services.set_residents(actor=actor, sheet=sheet, seen=seen, rows=form.rows())
            elif part == "lecteurs":
                services.move_sheet(
                    actor=actor,
                    sheet=sheet,
                    seen=seen,
                    visibility=form.cleaned_data["visibility"],
                    space=form.cleaned_data["space"],
                )
            else:
                services.edit_sheet(actor=actor, sheet=sheet, seen=seen, changes=form.changes())
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(
                request, f"« {PART_TITLES[part]} » est enregistrée dans la fiche {sheet.number}."
            )
            return redirect(sheet)
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
    actor = request.actor  # type: ignore[attr-defined]
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
            actor=request.actor,  # type: ignore[attr-defined]
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
    form = DecisionForm(request.POST or None, initial={"decided_on": clock.today()})
    if form.is_valid():
        try:
            services.record_decision(actor=request.actor, sheet=sheet, **form.cleaned_data)  # type: ignore[attr-defined]
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, "La décision est notée dans la fiche.")
            return redirect(f"{sheet.get_absolute_url()}#suivi")
    return render(request, "scheme/sheet_decision.html", {"sheet": sheet, "form": form})


_ACTS = {Instrument.CONVENTION: "Convention", Instrument.RULES: "Règlement", Instrument.NONE: "Aucun acte"}
_SIDES = {
    Side.EPCI: "intercommunalité",
    Side.COMMUNE: "communes",
    Side.EITHER: "l’une ou l’autre",
    Side.EVERYONE: "chacun",
}


@screen(methods=("GET",))
def legal_forms(request: HttpRequest) -> HttpResponse:
    """The six forms side by side; with `?fiche=`, how to choose one for that sheet."""
    actor = request.actor  # type: ignore[attr-defined]
    scheme = queries.current_scheme(actor)
    regime = scheme.territory.epci.tax_regime if scheme else ""
    chosen = request.GET.get("fiche", "")
    sheet = None
    if chosen.isdecimal():
        sheet = ActionSheet.objects.visible_to(actor).for_screen().filter(pk=int(chosen)).first()
    forms = [
        {
            "form": form,
            "ac": ac_imputation(form, regime),
            "act": _ACTS[form.instrument],
            "direction": f"{_SIDES[form.provider]} → {_SIDES[form.beneficiary]}",
        }
        for form in LEGAL_FORMS.values()
    ]
    return render(
        request,
        "scheme/legal_forms.html",
        {
            "forms": forms,
            "marks": MARKS_FR,
            "sheet": sheet,
            "may_edit": bool(sheet and policies.may_edit_sheet(actor, sheet)),
        },
    )


@screen(Axis)
def axis_edit(request: HttpRequest, axis: Axis) -> HttpResponse:
    """Rename an axis, write what it is for."""
    actor = request.actor  # type: ignore[attr-defined]
    require(policies.may_edit_scheme(actor, axis.scheme))
    initial = {"title": axis.title, "body": richtext.to_markdown(axis.body), "seen": axis.version}
    form = AxisForm(request.POST or None, initial=initial)
    if form.is_valid():
        values = form.cleaned_data | {"seen": form.cleaned_data["seen"] or 0}
        services.edit_axis(actor=actor, axis=axis, **values)
        messages.success(request, f"L’axe {axis.number} est enregistré.")
        return redirect("scheme")
    return render(request, "scheme/axis_edit.html", {"axis": axis, "form": form})
