"""Spreadsheets out and in: what a file would change is shown before anything is recorded."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify

from mosaique.access.middleware import acting
from mosaique.inventory import exports, policies, queries, registry, services
from mosaique.inventory.forms import SpreadsheetForm
from mosaique.inventory.models import ImportBatch, Return, SectionSheet
from mosaique.inventory.views.filling import frame, sheet_of
from mosaique.kernel.screens import screen
from mosaique.kernel.verdict import Problem, require
from mosaique.territory.naming import in_words, listed

# Order of the preview: what needs an eye first.
_KINDS = (
    ("refused", "À revoir", "non", "non"), ("conflict", "Deux valeurs", "attend", "gens"),
    ("changed", "Changée", "fait", "ok"), ("added", "Ajoutée", "fait", "ok"), ("same", "Inchangée", "vide", "ok"),
)  # fmt: skip


@screen(Return, methods=("GET",))
def inventory_export(request: HttpRequest, inventory: Return, kind: str) -> HttpResponse:
    """The sections this person reads, line by line, as one spreadsheet."""
    steps = queries.steps(acting(request), inventory)
    return _file(inventory, [step.sheet for step in steps if step.sheet is not None], kind)


@screen(Return, methods=("GET",))
def inventory_section_export(
    request: HttpRequest, inventory: Return, section: str, kind: str
) -> HttpResponse:
    """One section as a spreadsheet."""
    sheet = sheet_of(request, inventory, section)
    return _file(inventory, [sheet], kind, f"-{sheet.spec.slug}")


def _file(inventory: Return, sheets: Sequence[SectionSheet], kind: str, suffix: str = "") -> HttpResponse:
    if kind not in exports.MIMES:
        raise Http404
    pairs = [(sheet.spec, queries.rows_of(sheet)) for sheet in sheets]
    response = HttpResponse(exports.workbook(inventory, pairs, kind), content_type=exports.MIMES[kind])
    name = f"inventaire-{slugify(inventory.commune)}{suffix}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@screen(Return)
def inventory_spreadsheet(request: HttpRequest, inventory: Return) -> HttpResponse:
    """Take the file away, bring it back."""
    actor = acting(request)
    may_import = policies.may_import(actor, inventory)
    form = SpreadsheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        require(may_import)
        if form.is_valid():
            try:
                batch = services.receive_import(
                    actor=actor, inventory=inventory, file=form.cleaned_data["file"]
                )
            except Problem as problem:
                form.add_error("file", problem.message)
            else:
                return redirect(batch)
    context = frame(request, inventory)
    context |= {
        "form": form,
        "may_import": may_import,
        "readable": [step for step in context["steps"] if step.sheet is not None],
    }
    return render(
        request, "inventory/spreadsheet.html", context, status=400 if form.is_bound and form.errors else 200
    )


@screen(ImportBatch)
def inventory_import(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    """The preview; a POST records it."""
    actor = acting(request)
    if request.method == "POST":
        counts = services.apply_import(
            actor=actor, batch=batch, take_file=request.POST.get("conflits") == "fichier"
        )
        wrong = [part["section"] for part in batch.report if part["counts"].get("refused")]
        specs = [registry.SECTIONS[section] for section in wrong]
        messages.success(request, _told(counts, [spec.short for spec in specs]))
        if not specs:
            return redirect(batch.inventory)
        # What is to correct is in a section: it opens there, where the reason stands under its line.
        return redirect("inventory_section", pk=batch.inventory_id, section=specs[0].slug)
    sections = []
    look = {code: (word, kind, icon) for code, word, kind, icon in _KINDS}
    rank = {code: number for number, (code, *_) in enumerate(_KINDS)}
    for part in batch.report:
        rows = sorted(part["rows"], key=lambda row: (rank[row["kind"]], row["line"]))
        sections.append({
            "spec": registry.SECTIONS[part["section"]], "notes": part["notes"], "total": len(rows),
            "counts": [(look[code][0], part["counts"][code]) for code in rank if part["counts"].get(code)],
            "rows": [{**row, "word": look[row["kind"]][0], "css": look[row["kind"]][1], "icon": look[row["kind"]][2]}
                     for row in rows if row["kind"] != "same" or row["remarks"]],
        })  # fmt: skip
    kinds = [row["kind"] for part in batch.report for row in part["rows"]]
    moving = sum(kind != "same" for kind in kinds)
    context = {
        **frame(request, batch.inventory), "batch": batch, "sections": sections, "may_apply": policies.may_apply_import(actor, batch),
        "conflicts": kinds.count("conflict"), "moving": moving, "moving_words": in_words(moving).capitalize(),
        "refused": kinds.count("refused"),
    }  # fmt: skip
    return render(request, "inventory/import.html", context)


def _told(counts: dict[str, int], wrong: list[str]) -> str:
    saved, refused, conflicts = (counts.get(key, 0) for key in ("saved", "refused", "conflict"))
    text = f"Le tableur est enregistré : {saved} saisie{'s' if saved != 1 else ''} prise{'s' if saved != 1 else ''}."
    if refused:
        where = f" dans {listed([f'« {name} »' for name in wrong])}" if wrong else ""
        text += f" {refused} à revoir{where} : leur texte est gardé, la raison est écrite sous la ligne."
    if conflicts:
        plural = "s" if conflicts > 1 else ""
        text += f" {conflicts} case{plural} changée{plural} entre-temps : la valeur de l’inventaire reste."
    return text
