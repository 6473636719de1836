"""The page of one sheet: what it says to everyone, and what it changes for the reader."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mosaique.access.middleware import acting
from mosaique.access.scoped import reads
from mosaique.accounts import confirming
from mosaique.costing.queries import Picture
from mosaique.discussions import queries as discussions
from mosaique.kernel import clock
from mosaique.kernel.screens import screen
from mosaique.kernel.typography import date_with_weekday, money
from mosaique.kernel.ui.parts import Share
from mosaique.kernel.verdict import Problem, require
from mosaique.scheme import maps, policies, queries, services, wording
from mosaique.scheme.forms.parts import PART_TITLES
from mosaique.scheme.forms.sheets import PositionForm
from mosaique.scheme.legal_forms.base import MARKS_FR
from mosaique.scheme.models import ActionSheet, Scheme
from mosaique.territory.naming import listed

LAST_SAID = 4  # threads of the group shown in the sheet
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


@screen(ActionSheet, methods=("GET",))
def sheet(request: HttpRequest, sheet: ActionSheet) -> HttpResponse:
    """The sheet: what it changes for the reader first, then the whole case."""
    return _show(request, sheet, None)


def _show(request: HttpRequest, sheet: ActionSheet, form: PositionForm | None) -> HttpResponse:
    actor = acting(request)
    page = queries.sheet_page(actor, sheet)
    may_answer = policies.may_answer(actor, sheet)
    mine = page.mine.position if page.mine else None
    if form is None and may_answer:
        initial = PositionForm.said(mine.answer, mine.condition) if mine else {}
        form = PositionForm(initial=initial, personal=confirming.ask(request))
    picture, code = page.picture, page.mine.member.authority.code if page.mine else ""
    may_edit = policies.may_edit_sheet(actor, sheet)
    # A sheet may be read more widely than the group it comes from is known: then the group is not named.
    group = sheet.space if sheet.space and reads(actor, sheet.space.scope) else None
    adopted = queries.adopted_version(sheet) if sheet.scheme.state == Scheme.State.ADOPTED else None
    return render(
        request,
        "scheme/sheet.html",
        {
            "sheet": sheet,
            "adopted": adopted,
            # Drafting was opened again before the vote: what is here is not what was voted.
            "amended": adopted is not None and sheet.edited_at > adopted.frozen_at,
            "group": group,
            "threads": discussions.lines_of(list(discussions.threads_of(group, actor)[:LAST_SAID]), actor)
            if group
            else [],
            "page": page,
            "picture": picture,
            "look": queries.status_look(sheet),
            "form": form,
            "may_edit": may_edit,
            "may_answer": may_answer,
            "see_conditions": policies.may_read_conditions(actor, sheet),
            "takes_part": actor.takes_part_in(sheet.scheme.territory_id),
            "map": maps.perimeter_map(page.groups, code),
            "legend": maps.legend(page.groups),
            "sections": SECTIONS,
            "marks": MARKS_FR,
            "figures": _figures(page, code) if page.mine else [],
            "vous_title": f"Ce que cela change pour {page.mine.member.name}" if page.mine else "",
            "vous_when": _when(sheet, bool(mine), refused=bool(form and form.is_bound)),
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
                    lines=picture.priced,
                    year=sheet.scenario.full_year,
                    unknown=any(line.amount is None for line in picture.running),
                ),
                "documents": wording.documents(page.present, len(page.documents)),
            },
            "not_counted": listed([m.name for m in page.not_counted], 4),
            "today": clock.today(),
            "parts": PART_TITLES,
            "closed": not sheet.is_open_to_positions,
        },
    )


def _when(sheet: ActionSheet, answered: bool, *, refused: bool) -> str:
    if not sheet.is_open_to_positions:
        return ""
    if refused:
        return "Cette réponse n’est pas encore enregistrée : voyez ce qui est à revoir."
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


def _instead_of(line: queries.ResidentLine) -> str:
    """« contre 12 jours aujourd’hui », when today is known."""
    return f", contre {line.before} aujourd’hui" if line.change.before is not None else ""


def _figures(page: queries.SheetPage, code: str) -> list[tuple[str, str]]:
    """Money, people, service: what the sheet changes for one commune, each known or said not to be."""
    picture, year = page.picture, page.sheet.scenario.full_year
    money, staff = picture.total_of(code, staff=False), picture.total_of(code, staff=True)
    counted = any(party.code == code for party in picture.parties)
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
        (known.after, f"{known.change.label or known.change.get_aspect_display()}{_instead_of(known)}")
        if known
        else ("Non connu", "l’effet pour les habitants n’est pas encore décrit")
    )
    return [first, second, third]


@screen(ActionSheet, methods=("POST",))
def position(request: HttpRequest, sheet: ActionSheet) -> HttpResponse:
    """Record the commune's intention."""
    require(policies.may_answer(acting(request), sheet))
    form = PositionForm(request.POST, personal=confirming.ask(request))
    if form.is_valid():
        try:
            services.give_position(actor=acting(request), sheet=sheet, **form.values())
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
    actor = acting(request)
    history = queries.position_history(sheet, queries.members(sheet.scheme.territory_id))
    return render(
        request,
        "scheme/positions.html",
        {"sheet": sheet, "history": history, "see_conditions": policies.may_read_conditions(actor, sheet)},
    )
