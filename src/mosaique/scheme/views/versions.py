"""Screens of frozen versions: freeze, read, download, verify."""

import re
from datetime import date
from hashlib import sha256
from typing import Any

import segno
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from mosaique.access.middleware import acting
from mosaique.files.serving import attachment
from mosaique.kernel import clock, docgen
from mosaique.kernel.screens import screen
from mosaique.kernel.typography import date_long, integer
from mosaique.kernel.ui.parts import Event, FileLink
from mosaique.kernel.verdict import Problem, require
from mosaique.scheme import documents, freezing, policies, preview, queries, report
from mosaique.scheme.forms.report import FreezeForm, VerifyForm
from mosaique.scheme.models import Preparation, PreparedFile, Version, VersionFile
from mosaique.scheme.registry import preparation_kind
from mosaique.scheme.released import released_for
from mosaique.scheme.views.report import own_scheme, where_to
from mosaique.scheme.wording import FORMATS
from mosaique.territory.queries import sort_key

LIMIT = 20 * 1024 * 1024
_ORDER = tuple(FORMATS)


def qr(url: str) -> SafeString:
    """A QR code drawn in the page."""
    made = segno.make(url, error="m")
    return mark_safe(
        made.svg_inline(border=0, svgclass="qr", dark="#1a2630", omitsize=True, title=f"Code QR : {url}")
    )


def weight(size: int) -> str:
    """« 640 ko », « 1,8 Mo »."""
    if size < 1_000_000:
        return f"{integer(max(1, round(size / 1000)))}\u00a0ko"
    return f"{size // 100_000 / 10:.1f}".replace(".", ",") + "\u00a0Mo"


def _short(digest: str) -> str:
    return f"{digest[:4]}…{digest[-4:]}"


@screen()
def freeze(request: HttpRequest) -> HttpResponse:
    """Freeze a version, having read what is missing."""
    actor = acting(request)
    scheme = own_scheme(request)
    require(policies.may_freeze(actor, scheme))
    compiled = report.compile_report(scheme, released_for(scheme.territory))
    form = FreezeForm(request.POST or None, missing=len(compiled.missing))
    if form.is_valid():
        try:
            version = freezing.freeze_version(
                actor=actor,
                scheme=scheme,
                acknowledged=bool(form.cleaned_data.get("acknowledged")),
                note=form.cleaned_data["note"],
            )
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(
                request, f"La version {version.number} est figée. Les pages des communes se préparent."
            )
            return redirect(version)
    lines = [{"where": one.where, "what": one.what, "url": where_to(one)} for one in compiled.missing]
    number = (scheme.versions.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    return render(
        request,
        "scheme/freeze.html",
        {
            "scheme": scheme,
            "form": form,
            "lines": lines,
            "number": number,
            "sheets": len(compiled.content["sheets"]),
        },
    )


@screen(Version, methods=("GET",))
def version(request: HttpRequest, version: Version) -> HttpResponse:
    """Code, files, verification, history."""
    actor = acting(request)
    files = list(version.files.select_related("authority"))
    pages = sorted((f for f in files if f.authority), key=lambda f: sort_key(f.authority.name))
    others = Version.objects.visible_to(actor).for_screen().filter(scheme_id=version.scheme_id)
    last = max(one.number for one in others)
    communes = queries.communes(queries.members_of_version(version))
    mine = next((f for f in pages if f.authority_id == actor.authority_id), None)
    return render(
        request,
        "scheme/version.html",
        {
            "version": version,
            "qr": qr(_verify_address(request, version)),
            "links": [
                _link(file)
                for file in sorted(
                    (f for f in files if not f.authority), key=lambda f: _ORDER.index(f.format)
                )
            ],
            "pages": [(file.authority.name, _address(file)) for file in pages if file.authority],
            "mine": _address(mine) if mine else "",
            "expected": len(communes),
            "history": [
                Event(
                    f"Version {one.number}",
                    f"{date_long(clock.day_of(one.frozen_at, version.scheme.territory.zone))}. {one.note}".strip(),
                    one.get_absolute_url(),
                    here=one.pk == version.pk,
                )
                for one in others
            ],
            "next_number": last + 1,
            # The room that consults the councils has the last word; here, only whether to point to it.
            "to_submit": version.number == last and policies.may_freeze(actor, version.scheme),
            "report_files": sorted(
                (f for f in files if not f.authority), key=lambda f: _ORDER.index(f.format)
            ),
            "may_prepare": policies.may_prepare(actor, version),
            "preparations": [
                _named(one)
                for one in Preparation.objects.visible_to(actor).for_screen().filter(version=version)
            ],
            "pages_title": f"Voir les {len(pages)} pages de commune",
        },
    )


def _named(preparation: Preparation) -> Preparation:
    """With the words of its kind, for the list."""
    preparation.title = preparation_kind(preparation.kind).title(preparation.version)  # type: ignore[attr-defined]
    return preparation


def _verify_address(request: HttpRequest, version: Version) -> str:
    return request.build_absolute_uri(reverse("verify_code", kwargs={"code": version.code}))


def _address(file: VersionFile) -> str:
    return reverse("version_file", kwargs={"pk": file.pk})


def _link(file: VersionFile) -> FileLink:
    detail = weight(file.size) + (", balisé, lisible par un lecteur d’écran" if file.format == "pdf" else "")
    return FileLink(
        file.format.upper(),
        f"Rapport, {FORMATS[file.format]}",
        detail,
        _address(file),
        digest=_short(file.sha256),
    )


@screen(VersionFile, methods=("GET",))
def version_file(request: HttpRequest, file: VersionFile) -> HttpResponseBase:
    """The file, if its bytes still are what was frozen."""
    path = freezing.stored_path(file)
    if path is None:
        return render(request, "scheme/altered.html", {"file": file}, status=409)
    slug, number = file.version.scheme.territory.slug, file.version.number
    what = f"page-{file.authority.code}" if file.authority else "rapport"
    return attachment(
        path,
        name=f"{what}-{slug}-v{number}.{file.format}",
        content_type=docgen.MEDIA_TYPES[file.format],
    )


@screen(Version, methods=("GET",))
def version_read(request: HttpRequest, version: Version) -> HttpResponse:
    """The frozen report in the page."""
    content = report.read(version.content)  # the one place that reads the deferred text
    document = documents.report(content, day=date.fromisoformat(content["version"]["frozen_on"]))
    return render(
        request,
        "scheme/draft.html",
        {
            "scheme": version.scheme,
            "body": preview.to_html(document.blocks, document.look),
            "title": document.title,
            "chapters": list(preview.chapters(document.blocks)),
            "formats": (),
            "frozen": version,
        },
    )


@screen(public=True)
def verify(request: HttpRequest, code: str = "") -> HttpResponse:
    """Which version is this, frozen when, identical or not. Says nothing else of a version the visitor may not read."""
    actor = acting(request)
    form = VerifyForm(request.POST or None, request.FILES or None, initial={"code": code})
    result = None
    if code:
        result = _by_code(code)
    elif request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        if upload is not None and upload.size > LIMIT:
            form.add_error(
                "file", "Ce fichier dépasse 20 Mo : aucun rapport n’est si lourd. Rien n’a été gardé."
            )
        elif upload is not None:
            digest = sha256()
            for chunk in upload.chunks(1 << 16):
                digest.update(chunk)
            result = _by_file(digest.hexdigest(), upload.name)
        elif form.cleaned_data["code"]:
            result = _by_code(form.cleaned_data["code"])
        else:
            form.add_error("code", "Donnez un code ou un fichier.")
    if result and result["version"]:
        known = result["version"]
        result["vote"] = queries.vote_on(known)
        result["url"] = (
            known.get_absolute_url() if Version.objects.visible_to(actor).filter(pk=known.pk).exists() else ""
        )
    return render(request, "scheme/verify.html", {"form": form, "result": result})


def _by_code(code: str) -> dict[str, Any]:
    cleaned = re.sub(r"[\s.\-\u202f\u00a0]", "", code).lower()
    found = None
    if re.fullmatch(r"[0-9a-f]{16}|[0-9a-f]{64}", cleaned):
        found = Version.objects.for_screen().filter(sha256__startswith=cleaned).first()
    return {"kind": "code", "version": found, "name": code[:40], "page": "", "set": "", "url": ""}


def _by_file(digest: str, name: str) -> dict[str, Any]:
    file = VersionFile.objects.for_screen().filter(Q(sha256=digest)).first()
    page = file.authority.name if file and file.authority else ""
    if file is None and (prepared := PreparedFile.objects.for_screen().filter(sha256=digest).first()):
        made = prepared.preparation
        words = preparation_kind(made.kind).title(made.version)
        return {
            "kind": "file",
            "version": made.version,
            "name": name[:80],
            "page": "",
            "set": words,
            "url": "",
        }
    return {
        "kind": "file",
        "set": "",
        "version": file.version if file else None,
        "name": name[:80],
        "page": page,
        "url": "",
    }
