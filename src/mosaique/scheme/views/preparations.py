"""Screens of preparations: asking for the extracts of every commune, following the work, stopping it, taking its files."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from mosaique.access.middleware import acting
from mosaique.files.serving import attachment
from mosaique.kernel.screens import screen
from mosaique.kernel.ui.parts import FileLink
from mosaique.kernel.verdict import Problem, require
from mosaique.scheme import policies, preparing, queries
from mosaique.scheme.forms.report import ExtractsForm
from mosaique.scheme.models import Preparation, PreparedFile, Version
from mosaique.scheme.registry import preparation_kind
from mosaique.scheme.views.versions import weight


@screen(Version)
def extracts(request: HttpRequest, version: Version) -> HttpResponse:
    """« Préparer les 48 extraits »: which formats, and what was already prepared."""
    actor = acting(request)
    require(policies.may_prepare(actor, version))
    form = ExtractsForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        asked = preparing.ask(
            actor=actor, version=version, kind=preparing.EXTRACTS, formats=form.cleaned_data["formats"]
        )
        return redirect(asked)
    known = Preparation.objects.visible_to(actor).filter(version=version, kind=preparing.EXTRACTS)
    return render(
        request,
        "scheme/extracts.html",
        {
            "version": version,
            "form": form,
            "count": len(queries.communes(queries.members_of_version(version))),
            "known": [(one, _formats(one)) for one in known],
        },
    )


def _formats(preparation: Preparation) -> str:
    return ", ".join(fmt.upper() for fmt in preparation.formats.split())


@screen(Preparation, methods=("GET",))
def preparation(request: HttpRequest, preparation: Preparation) -> HttpResponse:
    """Where the work is: a number first. The page looks again by itself while it runs; it can be left."""
    kind = preparation_kind(preparation.kind)
    files = list(preparation.files.all())
    return render(
        request,
        "scheme/preparation.html",
        {
            "preparation": preparation,
            "version": preparation.version,
            "title": kind.title(preparation.version),
            "formats": _formats(preparation),
            "silent": preparing.is_silent(preparation),
            "may": kind.may(acting(request), preparation.version),
            "files": [
                FileLink(
                    file.path.rpartition(".")[2].upper(),
                    file.name,
                    weight(file.size),
                    reverse("prepared_file", kwargs={"pk": file.pk}),
                    digest=f"{file.sha256[:4]}…{file.sha256[-4:]}",
                )
                for file in files
            ],
        },
    )


@screen(Preparation, methods=("POST",))
def cancel(request: HttpRequest, preparation: Preparation) -> HttpResponse:
    try:
        preparing.cancel(actor=acting(request), preparation=preparation)
    except Problem as problem:
        messages.info(request, problem.message)
    else:
        messages.success(request, "Le travail est annulé. Vous pourrez le reprendre où il en est.")
    return redirect(preparation)


@screen(Preparation, methods=("POST",))
def restart(request: HttpRequest, preparation: Preparation) -> HttpResponse:
    try:
        preparing.restart(actor=acting(request), preparation=preparation)
    except Problem as problem:
        messages.info(request, problem.message)
    return redirect(preparation)


@screen(PreparedFile, methods=("GET",))
def prepared_file(request: HttpRequest, file: PreparedFile) -> HttpResponseBase:
    extension = file.path.rpartition(".")[2]
    return attachment(
        preparing.file_path(file), name=file.name, content_type=preparing.MEDIA_TYPES[extension]
    )
