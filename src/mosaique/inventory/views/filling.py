"""One commune's inventory: its page, each section's grid, who reads it, giving it back, asking for help."""

import json
import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from mosaique.access.actor import Actor
from mosaique.access.marks import mark_read
from mosaique.access.middleware import acting
from mosaique.inventory import cells, policies, queries, services, wording
from mosaique.inventory.forms import HelpForm, SharingForm, posted_changes
from mosaique.inventory.grid import GridHtml
from mosaique.inventory.models import Return, Row, SectionSheet
from mosaique.inventory.registry import BY_SLUG
from mosaique.inventory.spec import SectionSpec
from mosaique.kernel.screens import screen
from mosaique.kernel.verdict import Problem, Refused, require
from mosaique.territory.naming import in_words, listed

MAX_BODY = 2 * 1024 * 1024


def frame(request: HttpRequest, inventory: Return) -> dict[str, Any]:
    """What every page of an inventory shows: whose, its sections, until when."""
    actor = acting(request)
    campaign = inventory.campaign
    return {
        "inventory": inventory, "campaign": campaign, "tile": queries.tile_of(campaign.territory_id, inventory.authority_id),
        "steps": queries.steps(actor, inventory), "ours": policies.is_ours(actor, inventory),
        "team": actor.is_team(campaign.territory_id),
        "done_sentence": wording.sections_done(inventory.done_count, len(campaign.sections)),
        "until": wording.until(campaign.closes_on, campaign.frozen),
    }  # fmt: skip


def next_of(step: queries.Step | None) -> dict[str, Any]:
    """The next section, as the next-step box says it."""
    begun = "déjà commencée" if step and step.state == "draft" else "encore à faire"
    title = f"Prochain pas : la section {step.spec.letter}, {begun}" if step else ""
    return {"next": step, "next_title": title, "next_action": step.action if step else ""}


def section_of(inventory: Return, slug: str) -> SectionSpec:
    spec = BY_SLUG.get(slug)
    if spec is None or spec.name not in inventory.campaign.sections:
        raise Http404
    return spec


def sheet_of(request: HttpRequest, inventory: Return, slug: str) -> SectionSheet:
    """The section, if this person reads it: unseen is not found."""
    sheet = queries.sheet_for(acting(request), inventory, section_of(inventory, slug))
    if sheet is None:
        raise Http404
    return sheet


@screen(Return, methods=("GET",))
def inventory_return(request: HttpRequest, inventory: Return) -> HttpResponse:
    """The inventory of one commune: for itself the way on, for the others what it shares."""
    context = frame(request, inventory)
    context |= next_of(queries.next_step(context["steps"]) if context["ours"] else None)
    context["heading"] = wording.return_heading(
        inventory.of_commune, inventory.is_complete, inventory.is_begun
    )
    context["may_fill"] = policies.may_fill(acting(request), inventory)
    context["estimates"] = list(inventory.estimates.visible_to(acting(request)))
    return render(request, "inventory/return.html", context)


@screen(Return)
def inventory_section(request: HttpRequest, inventory: Return, section: str) -> HttpResponse:
    """One section: the grid for those who fill it in, the table for those who read it, else the shared sentence."""
    actor = acting(request)
    spec = section_of(inventory, section)
    sheet = queries.sheet_for(actor, inventory, spec)
    if sheet is None:
        summary = queries.summary_for(actor, inventory, spec)
        if summary is None:
            raise Http404
        return render(
            request, "inventory/summary.html", {**frame(request, inventory), "summary": summary, "spec": spec}
        )
    if request.method == "POST":
        return _posted(request, inventory, sheet)
    if not policies.is_ours(actor, inventory):
        mark_read(actor, queries.READ_KIND, sheet.pk)
    return _section_page(request, inventory, sheet)


def _section_page(
    request: HttpRequest,
    inventory: Return,
    sheet: SectionSheet,
    notes: Any = None,
    status: int = 200,
) -> HttpResponse:
    actor, spec = acting(request), sheet.spec
    rows = queries.rows_of(sheet)
    context = frame(request, inventory)
    may_edit, release = policies.may_edit_sheet(actor, sheet), queries.release_in_force(sheet)
    context |= {
        "sheet": sheet, "spec": spec, "minutes": in_words(spec.minutes),
        "may_edit": may_edit, "rows": rows,
        "title": spec.title.format(de_commune=inventory.of_commune), "waiting": sum(row.to_confirm for row in rows),
        "release": release, "released_words": wording.released(len(release.figures)) if release else "",
        **next_of(queries.next_step(context["steps"], spec.name)),
        "request_open": queries.open_request(sheet), "link": queries.open_link(sheet) if context["ours"] else None,
        "release_url": reverse("inventory_release", kwargs={"pk": inventory.pk, "section": spec.slug}),
    }  # fmt: skip
    if may_edit:
        context |= grid_context(request, sheet, rows, notes, f"b{sheet.pk}", ours=context["ours"])
        context |= {
            "token": secrets.token_hex(8),
            "here_url": sheet.get_absolute_url(),
            "cells_url": reverse("inventory_cells", kwargs={"pk": sheet.pk}),
        }
    else:
        context["lines"] = [_read_line(spec, row, number) for number, row in enumerate(rows, 1)]
        context["lines_label"] = f"{spec.heading}, ligne par ligne"
    if context["ours"]:
        offered = queries.audiences(sheet, rows)
        now, others = queries.previews(offered, sheet.sharing)
        context |= {
            "audiences": offered, "audience": now, "previews": others,
            "to_see": wording.lines_to_see([n for n, row in enumerate(rows, 1) if cells.refusals(spec, row.cells)]),
            "read_by": queries.already_read(sheet),
            "may_release": policies.may_release(actor, sheet), "may_reopen": policies.may_reopen(actor, sheet),
            "may_give_back": policies.may_give_back(actor, sheet), "may_ask_help": policies.may_ask_help(actor, sheet),
        }  # fmt: skip
    return render(request, "inventory/section.html", context, status=status)


def grid_context(
    request: HttpRequest,
    sheet: SectionSheet,
    rows: list[Row],
    notes: Any,
    grid_id: str,
    *,
    ours: bool,
    suggest: bool = True,
    by_link: int | None = None,
) -> dict[str, Any]:
    """What the editable table needs. `suggest`: names of the territory's bodies are offered; `by_link`: who fills in by a link."""
    spec = sheet.spec
    grid = GridHtml(spec, grid_id, notes, ours=ours, by_link=by_link)
    wanted = suggest and any(column.suggest for column in spec.columns)
    return {
        "grid_id": grid_id, "body": grid.body(rows), "blank": grid.blank(), "reasons": json.dumps(cells.REASONS),
        "bodies": queries.bodies(sheet.inventory.campaign.territory) if wanted else [],
        "removed": _removed(sheet, request.GET.get("retiree", "")),
        "helped": [column for column in spec.columns if column.help],
        "nothing_yet": wording.nothing_yet(spec.noun, spec.feminine), **_foot(spec, rows),
    }  # fmt: skip


def _foot(spec: SectionSpec, rows: list[Row]) -> dict[str, Any]:
    """The foot of the table: its title over the first columns, then one cell per column from the first total on."""
    start = next((n for n, column in enumerate(spec.columns) if column.total), None)
    if start is None:
        return {"foot_cells": [], "lead_span": 0, "total_title": ""}
    totals = cells.totals(spec, rows)
    foot = [{"column": c, "total": c.total, "text": totals.get(c.name, "")} for c in spec.columns[start:]]
    return {"foot_cells": foot, "lead_span": start, "total_title": totals["_titre"]}


def _removed(sheet: SectionSheet, key: str) -> dict[str, Any] | None:
    row = queries.removed_row(sheet, key) if key else None
    first = sheet.spec.first
    return {"pk": row.pk, "text": cells.text_of(first, row.cells.get(first.name))} if row else None


def _read_line(spec: SectionSpec, row: Row, number: int) -> dict[str, Any]:
    return {
        "number": number, "to_confirm": row.to_confirm,
        "cells": [
            {"column": column, "text": cells.text_of(column, row.cells.get(column.name)),
             "unknown": "u" in row.cells.get(column.name, {}), "refused": "r" in row.cells.get(column.name, {})}
            for column in spec.columns
        ],
    }  # fmt: skip


def _posted(request: HttpRequest, inventory: Return, sheet: SectionSheet) -> HttpResponse:
    """The grid sent as a plain form: same service, same answers, shown on the page."""
    actor = acting(request)
    if "confirmer" in request.POST:
        require(policies.may_edit_sheet(actor, sheet))
    notes, gone = type_as_form(request, actor, sheet)
    if "confirmer" in request.POST:
        _confirm(request, sheet, {str(row.pk) for row in queries.rows_of(sheet)})
    if notes:
        return _section_page(request, inventory, sheet, notes, status=409)
    return redirect(f"{sheet.get_absolute_url()}?retiree={gone}#retiree" if gone else sheet)


def type_as_form(request: HttpRequest, actor: Actor, sheet: SectionSheet) -> tuple[dict[Any, Any], str]:
    """Record a grid sent as a form. Returns what could not be recorded, cell by cell, and the line just removed."""
    require(policies.may_edit_sheet(actor, sheet))
    token = "".join(c for c in request.POST.get("jeton", "") if c.isalnum())[:16] or secrets.token_hex(8)
    rows = queries.rows_of(sheet)
    changes = posted_changes(sheet.spec, rows, request.POST, token)
    keys = {str(row.pk) for row in rows}
    if request.POST.get("retirer") in keys:
        changes.append({"id": f"{token}-x", "row": request.POST["retirer"], "op": "remove"})
    if request.POST.get("remettre", "").isdecimal():
        changes.append({"id": f"{token}-r", "row": request.POST["remettre"][:48], "op": "restore"})
    if "ajouter" in request.POST:
        changes.append({"id": f"{token}-a", "row": f"n-{token}", "op": "add"})
    answer = services.apply_changes(actor=actor, sheet=sheet, changes=changes) if changes else {"results": []}
    notes: dict[Any, Any] = {}
    by_id = {change["id"]: change for change in changes}
    for result in answer["results"]:
        if result["status"] == "conflict":
            typed = by_id[result["id"]]["value"] or ""
            theirs = result["theirs"] or "(vide)"
            notes[result["row"], result["col"]] = (
                typed,
                f"quelqu’un a écrit en même temps que vous. L’autre valeur, enregistrée : « {theirs} ». La vôtre, ici, "
                "ne l’est pas encore : enregistrez de nouveau pour la garder, ou recopiez l’autre.",
            )
        elif not result.get("kept", True):
            notes[result["row"], result["col"]] = (by_id[result["id"]]["value"], result["reason"])
        elif result["status"] == "refused" and result.get("col") is None:
            messages.error(request, result["reason"])
    if notes:
        return notes, ""
    refused = sum(result["status"] == "refused" for result in answer["results"])
    if refused:
        messages.warning(
            request, "Enregistré, sauf ce qui est signalé sous les lignes : votre saisie y est gardée."
        )
    elif changes:
        messages.success(request, f"Enregistré à {answer['saved_at']}.")
    gone = next((c["row"] for c in changes if c["op"] == "remove"), "")
    return {}, gone


def type_along(request: HttpRequest, actor: Actor, sheet: SectionSheet) -> dict[Any, Any]:
    """Without script, another act of the page brings the table along: it is recorded first. Returns what could not be; the act
    then waits."""
    return type_as_form(request, actor, sheet)[0] if "jeton" in request.POST else {}


def _confirm(request: HttpRequest, sheet: SectionSheet, keys: set[str]) -> None:
    chosen = request.POST["confirmer"]
    rows = [int(chosen)] if chosen in keys else None
    count = services.confirm_entries(actor=acting(request), sheet=sheet, rows=rows)
    messages.success(
        request,
        "Ligne confirmée." if count == 1 else f"{count} lignes confirmées : elles comptent maintenant.",
    )


@screen(SectionSheet, methods=("POST",))
def inventory_cells(request: HttpRequest, sheet: SectionSheet) -> HttpResponse:
    """The grid's protocol (docs/interface.md)."""
    return answer_cells(request, acting(request), sheet)


def answer_cells(request: HttpRequest, actor: Actor, sheet: SectionSheet) -> HttpResponse:
    """Changes in, an answer for each out, in JSON whatever happens."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY:
        return JsonResponse(
            {"reason": "Cet envoi est trop gros. Votre saisie est gardée sur cet appareil."}, status=413
        )
    try:
        changes = json.loads(request.body)["changes"]
        if not isinstance(changes, list):
            raise TypeError
        answer = services.apply_changes(actor=actor, sheet=sheet, changes=changes)
    except (ValueError, TypeError, KeyError, RecursionError):
        return JsonResponse(
            {"reason": "Le serveur n’a pas pu lire cette saisie. Elle est gardée sur cet appareil."},
            status=400,
        )
    except Problem as problem:
        return JsonResponse({"reason": problem.message}, status=400)
    except Refused as refusal:
        return JsonResponse({"reason": refusal.verdict.reason}, status=403)
    return JsonResponse(answer)


@screen(Return, methods=("POST",))
def inventory_sharing(request: HttpRequest, inventory: Return, section: str) -> HttpResponse:
    """Choose who reads the section."""
    sheet = sheet_of(request, inventory, section)
    if notes := type_along(request, acting(request), sheet):
        return _section_page(request, inventory, sheet, notes, status=409)
    form = SharingForm(request.POST)
    if not form.is_valid():
        messages.error(
            request, "Aucun partage n’est choisi. Rien n’a changé : choisissez l’une des quatre réponses."
        )
        return redirect(f"{sheet.get_absolute_url()}#partage")
    try:
        change = services.choose_sharing(actor=acting(request), sheet=sheet, **form.cleaned_data)
    except Problem as problem:
        messages.error(request, problem.message)
    else:
        messages.success(request, _told(change))
    return redirect(f"{sheet.get_absolute_url()}#partage")


def _told(change: Any) -> str:
    text = f"Choix enregistré : {change.sheet.get_sharing_display().lower()}."
    if change.gained:
        text += f" Lisent désormais vos lignes : {listed(change.gained, wording.SHOWN)}."
    if change.lost:
        text += f" Ne les lisent plus : {listed(change.lost, wording.SHOWN)}."
    return text


@screen(Return, methods=("POST",))
def inventory_state(request: HttpRequest, inventory: Return, section: str) -> HttpResponse:
    """Give the section back, or take it again."""
    sheet, actor = sheet_of(request, inventory, section), acting(request)
    if notes := type_along(request, actor, sheet):
        return _section_page(request, inventory, sheet, notes, status=409)
    try:
        if request.POST.get("etat") == "reprendre":
            services.reopen(actor=actor, sheet=sheet)
            messages.success(request, "La section est de nouveau ouverte : corrigez, puis rendez-la.")
            return redirect(sheet)
        services.give_back(actor=actor, sheet=sheet, nothing=bool(request.POST.get("rien")))
    except Problem as problem:
        messages.error(request, problem.message)
        anchor = {"sharing": "#partage", "nothing": "#rendre", "confirm": "#a-confirmer"}.get(
            problem.field or "", "#lignes"
        )
        return redirect(f"{sheet.get_absolute_url()}{anchor}")
    messages.success(
        request, f"La section {sheet.spec.short} est rendue. Merci. Vous pouvez la reprendre à tout moment."
    )
    return redirect(sheet)


@screen(Return)
def inventory_help(request: HttpRequest, inventory: Return, section: str) -> HttpResponse:
    """« Remplissez pour nous »: what it opens is said before asking."""
    sheet, actor = sheet_of(request, inventory, section), acting(request)
    require(policies.may_ask_help(actor, sheet))
    form = HelpForm(request.POST or None)
    if request.method == "POST" and request.POST.get("aide") == "reprendre":
        services.end_help(actor=actor, sheet=sheet)
        messages.success(request, "Vous avez repris la main. Ce que l’équipe a saisi reste là, à confirmer.")
        return redirect(sheet)
    if request.method == "POST" and form.is_valid():
        try:
            services.ask_help(actor=actor, sheet=sheet, **form.cleaned_data)
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(
                request,
                "La demande est faite. L’équipe du projet peut remplir cette section ; vous confirmerez.",
            )
            return redirect(sheet)
    context = {**frame(request, inventory), "sheet": sheet, "spec": sheet.spec, "form": form}
    return render(request, "inventory/help.html", context)
