"""A file of people: chosen, its columns named, its lines read one by one, then sent. Works without script."""

import re
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mosaique.access.middleware import acting
from mosaique.access.roles import Role
from mosaique.accounts import queries, roster, services
from mosaique.accounts.forms import PeopleFileForm
from mosaique.accounts.models import PendingImport
from mosaique.accounts.policies import may_add_people, may_manage_people, may_use_import
from mosaique.accounts.roster_words import FIELDS
from mosaique.kernel.screens import screen
from mosaique.kernel.sent import whole
from mosaique.kernel.typography import integer
from mosaique.kernel.ui.forms import Form
from mosaique.kernel.verdict import Problem, require
from mosaique.territory.models import Territory
from mosaique.territory.naming import in_words

PER_PAGE = 50
SAMPLES = 3
_FIX = re.compile(r"c-(\d{1,6})-(given|family|email|body|role)")
_KINDS = {"csv": "CSV", "xlsx": "Excel", "ods": "LibreOffice", "vcf": "fiches de contacts"}


@screen(may=may_manage_people)
def people_import(request: HttpRequest) -> HttpResponse:
    """Choose the file; those begun and not sent are offered again."""
    actor = acting(request)
    territory = Territory.objects.select_related("epci").get(pk=actor.territory_id)
    require(may_add_people(actor, territory))
    form = PeopleFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            pending = services.receive_people(
                actor=actor, territory=territory, name=file.name, content=file.read()
            )
        except Problem as problem:
            form.refuse(problem)
        else:
            return redirect("people_import_columns", pk=pending.pk)
    context = {"form": form, "begun": list(queries.open_imports(actor)), "days": services.imports.KEPT.days}
    return render(request, "accounts/people_import.html", context)


@screen(PendingImport, may=may_use_import)
def people_import_columns(request: HttpRequest, pending: PendingImport) -> HttpResponse:
    """What each column holds: proposed, corrected, remembered."""
    if pending.closed_at:
        return _closed(request)
    chosen, defaults = list(pending.choices), dict(pending.defaults)
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        chosen = [request.POST.get(f"colonne-{n}", "") for n in range(len(pending.columns))]
        defaults = {"role": request.POST.get("role", ""), "body": request.POST.get("body", "")}
        try:
            services.choose_columns(actor=acting(request), pending=pending, choices=chosen, **defaults)
        except Problem as problem:
            form.refuse(problem)
        else:
            return redirect(pending)
    columns = [
        {"index": n, "name": name, "chosen": chosen[n], "samples": _samples(pending, n)}
        for n, name in enumerate(pending.columns)
    ]
    context = {
        "pending": pending, "columns": columns, "fields": FIELDS, "form": form, "defaults": defaults,
        "total": integer(len(pending.lines)),
        "kind": _KINDS.get(pending.kind, ""), "bodies": queries.names_of_bodies(pending.territory),
        "roles": [(role.label, role.label[:1].upper() + role.label[1:]) for role in Role], "taken": sum(map(bool, chosen)),
    }  # fmt: skip
    return render(request, "accounts/people_import_columns.html", context)


def _samples(pending: PendingImport, index: int) -> list[str]:
    found: list[str] = []
    for _, cells, _ in pending.lines:
        if cells[index] and cells[index] not in found:
            found.append(cells[index])
            if len(found) == SAMPLES:
                break
    return found


@screen(PendingImport, may=may_use_import)
def people_import_lines(request: HttpRequest, pending: PendingImport) -> HttpResponse:
    """Every line, what is right and what is not; corrected here, then sent."""
    if pending.closed_at:
        return _closed(request)
    actor = acting(request)
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            changed = _correct(request, pending)
            if "envoyer" in request.POST and not changed:
                return _sent(request, pending, services.send_lines(actor=actor, pending=pending))
        except Problem as problem:
            form.refuse(problem)
        else:
            if changed and "envoyer" in request.POST:
                messages.info(
                    request,
                    "Vos corrections sont gardées, et rien n’est encore parti. Relisez ces lignes, puis envoyez.",
                )
            elif changed:
                messages.success(request, "Vos corrections sont gardées.")
            return redirect(request.get_full_path())
        pending.refresh_from_db()
    return render(request, "accounts/people_import_lines.html", {**_read(request, pending), "form": form})


def _correct(request: HttpRequest, pending: PendingImport) -> bool:
    fixes: dict[int, dict[str, str]] = {}
    for name, text in request.POST.items():
        if found := _FIX.fullmatch(name):
            fixes.setdefault(int(found.group(1)), {})[found.group(2)] = str(text)
    numbers = {
        key: [n for sent in request.POST.getlist(key) if (n := whole(sent)) is not None]
        for key in ("ligne", "ecartee")
    }
    changed: bool = services.correct_lines(
        actor=acting(request),
        pending=pending,
        fixes=fixes,
        shown=numbers["ligne"],
        skipped=numbers["ecartee"],
    )
    return changed


def _read(request: HttpRequest, pending: PendingImport) -> dict[str, Any]:
    entries = {entry.number: entry for entry in queries.entries_of(pending)}
    aside = set(pending.skipped)
    rows = queries.rows_of(pending)
    kept = [row for row in rows if row.number not in aside]
    good = sum(row.is_good for row in kept)
    wrong = len(kept) - good
    # What needs an eye first; then in the order of the file.
    rows.sort(key=lambda row: (row.number in aside, row.is_good, not row.notes, row.number))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    lines = [
        {
            "row": row, "aside": row.number in aside,
            "open": not row.is_good and row.number not in aside,
            "fix": None if row.number in aside else queries.typed(entries[row.number], row),
        }
        for row in page.object_list
    ]  # fmt: skip
    leaving = min(good, roster.MAX_LINES)
    return {
        "pending": pending, "page": page, "lines": lines, "good": good, "wrong": wrong, "aside": len(rows) - len(kept), "leaving": leaving,
        "good_words": in_words(good, feminine=True).capitalize(), "wrong_words": in_words(wrong, feminine=True).capitalize(),
        "noted": sum(row.is_good and bool(row.notes) for row in kept), "letters": sum(row.is_good and row.by_letter for row in kept),
        "bodies": queries.names_of_bodies(pending.territory), "roles": [role.label for role in Role],
    }  # fmt: skip


def _sent(request: HttpRequest, pending: PendingImport, done: services.imports.Sent) -> HttpResponse:
    count = (
        f"{done.sent} personnes sont inscrites et invitées"
        if done.sent > 1
        else "Une personne est inscrite et invitée"
    )
    if done.waiting:
        messages.success(
            request, f"{count}. {done.waiting} lignes prêtes attendent l’envoi suivant : pressez de nouveau."
        )
    elif done.wrong:
        still = f"{done.wrong} lignes restent" if done.wrong > 1 else "Une ligne reste"
        messages.success(request, f"{count}. {still} à corriger ci-dessous : rien n’est perdu.")
    else:
        messages.success(request, f"{count}. Tout le fichier est repris ; ses lignes sont effacées d’ici.")
        return redirect("people")
    return redirect(pending)


@screen(PendingImport, may=may_use_import, methods=("POST",))
def people_import_discard(request: HttpRequest, pending: PendingImport) -> HttpResponse:
    """Forget the file's lines."""
    services.discard_import(actor=acting(request), pending=pending)
    messages.success(
        request,
        "Le fichier est écarté : ses lignes sont effacées d’ici. Les invitations déjà parties le restent.",
    )
    return redirect("people_import")


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/people_import_closed.html")
