"""Screens of the scheme as a whole: its state, chapters, preview, draft files."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify

from mosaique.access.middleware import acting
from mosaique.kernel import clock, docgen, richtext
from mosaique.kernel.screens import screen
from mosaique.kernel.verdict import require
from mosaique.scheme import documents, freezing, policies, preview, queries, report, services, wording
from mosaique.scheme.forms.report import AxisForm, ChapterForm
from mosaique.scheme.missing import Missing
from mosaique.scheme.models import Chapter, Scheme, Version
from mosaique.scheme.outline import BY_KEY, CHAPTERS
from mosaique.scheme.released import released_for


def own_scheme(request: HttpRequest) -> Scheme:
    """The scheme of the territory acted in, or 404."""
    scheme = queries.current_scheme(acting(request))
    if scheme is None:
        raise Http404
    return scheme


def where_to(missing: Missing) -> str:
    """The page where a missing point is completed."""
    if missing.kind == "sheet":
        return reverse("sheet", kwargs={"pk": int(missing.ref)})
    if missing.kind == "chapter":
        return reverse("chapter", kwargs={"key": missing.ref})
    return reverse("sheets")


@screen()
def scheme(request: HttpRequest) -> HttpResponse:
    """Axes, impacts of everyone, chapters, versions; a POST adds an axis."""
    actor = acting(request)
    found = queries.current_scheme(actor)
    if found is None:
        if request.method == "POST":
            raise Http404
        return render(request, "scheme/no_scheme.html", {"may_open": policies.may_open_scheme(actor)})
    may_edit = policies.may_edit_scheme(actor, found)
    form = AxisForm(request.POST or None) if may_edit else None
    if form is not None and form.is_valid():
        made = services.add_axis(
            actor=actor, scheme=found, title=form.cleaned_data["title"], body=form.cleaned_data["body"]
        )
        messages.success(request, f"L’axe {made.number} est ajouté.")
        return redirect("scheme")
    compiled = report.compile_report(found, released_for(found.territory))
    content = compiled.content
    written = set(content["chapters"])
    versions = list(Version.objects.visible_to(actor).for_screen().filter(scheme=found))
    return render(
        request,
        "scheme/scheme.html",
        {
            "scheme": found,
            "may_edit": may_edit,
            "form": form,
            "missing": len(compiled.missing),
            "missing_title": wording.missing(len(compiled.missing)),
            "axes": found.axes.all(),
            "sheets": content["sheets"],
            "pending": content["pending"],
            "impacts": _table(content, actor.mandate.authority_code if actor.mandate else ""),
            "chapters": [
                {"spec": spec, "written": spec.key in written} for spec in CHAPTERS if spec.editable
            ],
            "versions": versions,
            "may_freeze": policies.may_freeze(actor, found),
            "may_reopen": policies.may_reopen(actor, found),
            "formats": [fmt.upper() for fmt in docgen.FORMATS],
        },
    )


def _table(content: dict[str, Any], code: str) -> dict[str, Any]:
    """The two impacts per authority in the last costed year; the reader's own line first."""
    impacts = content["impacts"]
    if not impacts["years"]:
        return {"rows": [], "year": None, "mine": None, "total": None}
    tiles = {m["code"]: queries.Tile(m["tile"][0], m["tile"][1]) for m in content["territory"]["members"]}
    rows = [
        {
            "name": a["name"],
            "tile": tiles.get(a["code"]),
            "etp": a["etp"][-1]["text"],
            "running": a["running"][-1]["text"],
            "holes": not (a["etp_stated"] and a["costs_stated"]),
            "mine": a["code"] == code,
        }
        for a in impacts["authorities"]
    ]
    return {
        "rows": rows,
        "year": impacts["years"][-1],
        "mine": next((r for r in rows if r["mine"]), None),
        "total": {
            "etp": impacts["total"]["etp"][-1]["text"],
            "running": impacts["total"]["running"][-1]["text"],
        },
    }


@screen(methods=("POST",))
def reopen(request: HttpRequest) -> HttpResponse:
    """Open drafting again."""
    freezing.reopen_drafting(actor=acting(request), scheme=own_scheme(request))
    messages.success(request, "La rédaction est rouverte. Les versions figées restent telles quelles.")
    return redirect("scheme")


@screen(methods=("GET",))
def missing(request: HttpRequest) -> HttpResponse:
    """« Ce qui manque avant de figer »."""
    actor = acting(request)
    found = own_scheme(request)
    compiled = report.compile_report(found, released_for(found.territory))
    lines = [{"where": one.where, "what": one.what, "url": where_to(one)} for one in compiled.missing]
    return render(
        request,
        "scheme/missing.html",
        {
            "scheme": found,
            "lines": lines,
            "may_freeze": policies.may_freeze(actor, found),
            "missing_title": wording.missing(len(lines)),
        },
    )


@screen()
def chapter(request: HttpRequest, key: str) -> HttpResponse:
    """The territory's own words of a chapter."""
    actor = acting(request)
    spec = BY_KEY.get(key)
    if spec is None or not spec.editable:
        raise Http404
    found = own_scheme(request)
    require(policies.may_edit_scheme(actor, found))
    stored = Chapter.objects.visible_to(actor).filter(scheme=found, key=key).first()
    initial = {
        "seen": stored.version if stored else 0,
        "body": richtext.to_markdown(stored.body) if stored else "",
    }
    form = ChapterForm(request.POST or None, initial=initial)
    if form.is_valid():
        services.edit_chapter(
            actor=actor, scheme=found, key=key, seen=form.cleaned_data["seen"], body=form.cleaned_data["body"]
        )
        messages.success(request, f"Le chapitre « {spec.title} » est enregistré.")
        return redirect("scheme")
    return render(request, "scheme/chapter.html", {"scheme": found, "spec": spec, "form": form})


def _draft(request: HttpRequest) -> tuple[Scheme, dict[str, Any], date]:
    found = own_scheme(request)
    content = report.compile_content(found, released_for(found.territory))
    return found, content, clock.today(found.territory.zone)


@screen(methods=("GET",))
def draft(request: HttpRequest) -> HttpResponse:
    """The report in the page, as it would be printed now."""
    found, content, day = _draft(request)
    document = documents.report(content, day=day)
    return render(
        request,
        "scheme/draft.html",
        {
            "scheme": found,
            "body": preview.to_html(document.blocks, document.look),
            "chapters": list(preview.chapters(document.blocks)),
            "title": document.title,
            "formats": docgen.FORMATS,
            "frozen": None,
        },
    )


@screen(methods=("GET",))
def draft_file(request: HttpRequest, fmt: docgen.Format) -> HttpResponse:
    """The draft report as a file, marked « Projet non figé »."""
    if fmt not in docgen.FORMATS:
        raise Http404
    found, content, day = _draft(request)
    return _attached(
        docgen.render(documents.report(content, day=day), fmt), fmt, f"projet-{found.territory.slug}"
    )


@screen(methods=("GET",))
def draft_page(request: HttpRequest, code: str, fmt: docgen.Format) -> HttpResponse:
    """The draft page of one authority."""
    _, content, day = _draft(request)
    names = {a["code"]: a["name"] for a in content["impacts"]["authorities"]}
    if code not in names or fmt not in docgen.FORMATS:
        raise Http404
    data = docgen.render(documents.commune_page(content, code, day=day), fmt)
    return _attached(data, fmt, f"projet-{slugify(names[code])}")


def _attached(data: bytes, fmt: docgen.Format, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=docgen.MEDIA_TYPES[fmt])
    response["Content-Disposition"] = f'attachment; filename="{name}.{fmt}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
