"""People of the territory, for the project team: list, one person, a pasted list, the end of a mandate."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mosaique.access.middleware import acting
from mosaique.access.models import Mandate
from mosaique.access.roles import Role
from mosaique.accounts import exports, queries, roster, services
from mosaique.accounts.forms import EndMandateForm, PersonForm, RosterForm
from mosaique.accounts.policies import may_add_people, may_end_mandate, may_manage_people
from mosaique.accounts.tracking import WORDS
from mosaique.kernel import clock
from mosaique.kernel.screens import screen
from mosaique.kernel.typography import integer, of_name
from mosaique.kernel.ui.parts import Figure
from mosaique.kernel.verdict import Problem, require
from mosaique.territory.models import Territory
from mosaique.territory.naming import in_words

PER_PAGE = 25


def _territory(request: HttpRequest) -> Territory:
    return Territory.objects.select_related("epci").get(pk=acting(request).territory_id)


def _asked(request: HttpRequest) -> tuple[str, int | None, str, str]:
    """What is searched for: words, a body, a role, a state of the invitation."""
    chosen = request.GET.get("collectivite", "")
    chosen_id = int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 18 else None
    role, state = request.GET.get("role", ""), request.GET.get("etat", "")
    return (
        request.GET.get("q", "").strip()[:80], chosen_id, role if role in Role.values else "", state if state in WORDS else "",
    )  # fmt: skip


@screen(may=may_manage_people, methods=("GET",))
def people_export(request: HttpRequest, fmt: str) -> HttpResponse:
    """The list as it is filtered, in a spreadsheet that can be read back."""
    if fmt not in exports.FORMATS:
        raise Http404
    search, authority_id, role, state = _asked(request)
    every = queries.followed(_territory(request).pk, search=search, authority_id=authority_id, role=role)
    content_type, write = exports.FORMATS[fmt]
    response = HttpResponse(
        write(exports.rows(one for one in every if not state or one.standing.code == state)),
        content_type=content_type,
    )
    response["Content-Disposition"] = f'attachment; filename="personnes-{clock.today():%Y-%m-%d}.{fmt}"'
    return response


@screen(may=may_manage_people, methods=("GET",))
def people(request: HttpRequest) -> HttpResponse:
    territory = _territory(request)
    search, chosen_id, role, state = _asked(request)
    every = queries.followed(territory.pk, search=search, authority_id=chosen_id, role=role)
    counts = Counter(one.standing.code for one in every)
    rows = [one for one in every if not state or one.standing.code == state]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    today = clock.today()
    due = sum(one.remind_on is not None and one.remind_on <= today for one in every)
    letters = sum(one.wants_letter for one in every)
    filtered = bool(search or chosen_id or role or state)
    context = {
        "page": page, "search": search, "chosen": chosen_id, "bodies": queries.bodies_by_name(territory), "role": role, "state": state,
        "states": [(code, words[2], counts[code]) for code, words in WORDS.items() if counts[code] or code == state],
        "roles": [(one.value, one.label[:1].upper() + one.label[1:]) for one in Role], "territory": territory, "filtered": filtered,
        "total": in_words(page.paginator.count, feminine=filtered).capitalize(), "figures": _figures(counts),
        "due": due, "letters": letters,
        "query": _kept(request), "begun": queries.open_imports(acting(request)).count(),
    }  # fmt: skip
    return render(request, "accounts/people.html", context)


def _kept(request: HttpRequest) -> str:
    """The filters, for the links that keep them."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()


def _figures(counts: Counter[str]) -> list[Figure]:
    """Up to four: who came in, who is expected, who is not reached."""
    waiting = counts["sent"] + counts["opened"] + counts["leaving"] + counts["letter"]
    figures = [
        Figure(integer(counts["entered"]), "compte ouvert" if counts["entered"] == 1 else "comptes ouverts"),
        Figure(integer(waiting), "invitation en cours" if waiting == 1 else "invitations en cours"),
        Figure(integer(counts["never"] + counts["expired"]), "jamais ouvertes ou dépassées"),
        Figure(integer(counts["refused"] + counts["no_address"]), "qu’aucun message n’atteint"),
    ]
    return [one for n, one in enumerate(figures) if n == 0 or one.value != "0"]


@screen(may=may_manage_people)
def person_add(request: HttpRequest) -> HttpResponse:
    territory = _territory(request)
    require(may_add_people(acting(request), territory))
    initial = {"authority": request.GET.get("pour", "")[:18], "role": request.GET.get("role", "")[:16]}
    form = PersonForm(request.POST or None, initial=initial, territory=territory)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        wants_invitation = data.pop("invite")
        try:
            mandate = services.add_person(actor=acting(request), territory=territory, **data)
            if wants_invitation and mandate.person.email:
                services.invite(actor=acting(request), mandate=mandate)
        except Problem as problem:
            form.refuse(problem)
        else:
            sent = " Son invitation part dans la minute." if wants_invitation and mandate.person.email else ""
            if not mandate.person.email:
                sent = " Sans adresse, aucun message ne part : imprimez sa lettre."
            messages.success(request, f"{mandate.person.full_name} figure maintenant dans la liste.{sent}")
            if other := queries.head_beside(mandate):
                told = roster.already_head(other.person.full_name, other.role, other.authority.name)
                messages.warning(request, f"{told}.")
            return redirect("people")
    return render(request, "accounts/person_add.html", {"form": form, "territory": territory})


@screen(may=may_manage_people)
def people_invite(request: HttpRequest) -> HttpResponse:
    """A pasted list: read, shown line by line, then sent. What is wrong stays in the text area."""
    territory = _territory(request)
    require(may_add_people(acting(request), territory))
    form = RosterForm(request.POST or None)
    rows: list[roster.Row] | None = None
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["people"]
        emails = {word.strip("<>;,\"' ").lower() for word in text.split() if "@" in word}
        emails |= {
            cell.strip().lower()
            for line in text.splitlines()
            for cell in line.replace("\t", ";").split(";")
            if "@" in cell
        }
        rows = roster.read(text, queries.facts_for(territory, emails), clock.today())
        good = [row for row in rows if row.is_good]
        if "envoyer" in request.POST and good:
            try:
                services.invite_rows(actor=acting(request), territory=territory, rows=good)
            except Problem as problem:
                form.refuse(problem)
            else:
                return _sent(request, text, rows, good)
    return render(
        request, "accounts/people_invite.html", {"form": form, "territory": territory, **_counts(rows)}
    )


def what_leaves(mails: int, letters: int) -> str:
    """What becomes of a list once sent: messages, and letters for those whom no message reaches."""
    said = []
    if mails:
        said.append(
            f"{mails} invitations partent dans la minute."
            if mails > 1
            else "Une invitation part dans la minute."
        )
    if letters:
        who = f"{letters} personnes n’ont" if letters > 1 else "Une personne n’a"
        said.append(
            f"{who} pas d’adresse : aucun message ne part, imprimez {'leurs lettres' if letters > 1 else 'sa lettre'}."
        )
    return " ".join(said)


def _sent(request: HttpRequest, text: str, rows: list[roster.Row], good: list[roster.Row]) -> HttpResponse:
    wrong = [row for row in rows if not row.is_good]
    told = what_leaves(sum(bool(row.email) for row in good), sum(not row.email for row in good))
    if not wrong:
        messages.success(request, f"{told} Toutes les lignes étaient justes.")
        return redirect("people")
    # The header, when there is one, is kept: the lines left are read in its order.
    first = text.splitlines()[0]
    header = [first] if rows and all(row.raw != first.rstrip() for row in rows) and first.strip() else []
    left = "\n".join([*header, *(row.raw for row in wrong)])
    still = f"{len(wrong)} lignes restent" if len(wrong) > 1 else "Une ligne reste"
    messages.success(request, f"{told} {still} à corriger ci-dessous : rien n’est perdu.")
    form = RosterForm(initial={"people": left})
    context = {"form": form, "territory": _territory(request), **_counts(wrong), "after": True}
    return render(request, "accounts/people_invite.html", context)


def _counts(rows: list[roster.Row] | None) -> dict[str, Any]:
    good = sum(1 for row in rows or () if row.is_good)
    wrong = len(rows or ()) - good
    return {
        "rows": rows,
        "good": good,
        "wrong": wrong,
        "good_words": in_words(good, feminine=True).capitalize(),
        "wrong_words": in_words(wrong, feminine=True).capitalize(),
        "noted": sum(1 for row in rows or () if row.is_good and row.notes),
        "after": False,
    }


@screen(Mandate, may=may_end_mandate)
def mandate_end(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    form = EndMandateForm(request.POST or None, initial={"ends_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            services.end_mandate(actor=acting(request), mandate=mandate, **form.cleaned_data)
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(
                request,
                f"Le mandat {of_name(mandate.person.full_name)} prendra fin à la date dite. Ce qui a été fait reste.",
            )
            return redirect("people")
    return render(request, "accounts/mandate_end.html", {"form": form, "mandate": mandate})


@screen(Mandate, may=may_end_mandate, methods=("POST",))
def mandate_invite(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    """Send the invitation (again); the former link stops working."""
    services.invite(actor=acting(request), mandate=mandate)
    messages.success(
        request,
        f"Une invitation part vers {mandate.person.email}. L’ancien lien, s’il y en avait un, n’a plus cours.",
    )
    return redirect("people")
