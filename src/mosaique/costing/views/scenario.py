"""Screens of the figures of a sheet: the whole calculation, then each part as a form."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import mark_safe

from mosaique.access.middleware import acting
from mosaique.accounts.queries import parties_of
from mosaique.costing import policies, queries, registry, services, wording
from mosaique.costing.engine.keys import AllocationKey, FieldKind
from mosaique.costing.engine.wording import trimmed
from mosaique.costing.forms import (
    InputsForm,
    KeyChoiceForm,
    PerimeterForm,
    YearForm,
    cost_rows,
    staff_rows,
    stored_inputs,
)
from mosaique.costing.models import CostLine, EtpLine, Scenario
from mosaique.costing.queries import comparing, criteria
from mosaique.kernel import ref
from mosaique.kernel.screens import screen
from mosaique.kernel.sent import whole
from mosaique.kernel.typography import typographie
from mosaique.kernel.ui.parts import Link
from mosaique.kernel.verdict import Problem
from mosaique.territory import perimeter
from mosaique.territory.models import Authority
from mosaique.territory.naming import listed
from mosaique.territory.queries import sort_key

#: Criteria that a key of several can take over at once.
MOST_CRITERIA = 4


def _owner(scenario: Scenario) -> Link:
    """To what this belongs: it bears the same name and is read by the same people (`services.follow`)."""
    address = ref.address(scenario.for_kind, scenario.for_id) if scenario.for_id else None
    return Link(typographie(scenario.label), address or "")


def _authorities(scenario: Scenario) -> tuple[list[Authority], frozenset[int]]:
    """Every authority of the territory today, the EPCI first, the other bodies that take part last, plus those already counted;
    and which of these are no longer of it."""
    here = perimeter.bodies(scenario.scope.territory_id)
    others = [party.authority for party in parties_of(scenario.scope.territory_id)]
    today = {authority.pk: authority for authority in [*here, *others]}
    counted = {authority.pk: authority for authority in scenario.parties.all()}
    return _ordered({**counted, **today}.values()), frozenset(counted.keys() - today.keys())


def _ordered(bodies: Iterable[Authority]) -> list[Authority]:
    rank = {Authority.Kind.EPCI: 0, Authority.Kind.COMMUNE: 1}
    return sorted(bodies, key=lambda a: (rank.get(Authority.Kind(a.kind), 2), sort_key(a.name)))


def _frame(request: HttpRequest, scenario: Scenario, here: str) -> dict[str, Any]:
    pages = (
        ("scenario", "Le calcul"),
        ("scenario_perimeter", "Qui et quand"),
        ("scenario_lines", "Coûts"),
        ("scenario_staff", "Effectifs"),
        ("scenario_key", "Clé de répartition"),
        ("scenario_compare", "Comparer les clés"),
    )
    verdict = policies.may_edit_scenario(acting(request), scenario)
    shown = pages if verdict else (pages[0], pages[-1])
    return {
        "scenario": scenario,
        "owner": _owner(scenario),
        "may_edit": verdict,
        "links": [
            Link(label, reverse(name, kwargs={"pk": scenario.pk}), current=name == here)
            for name, label in shown
        ],
    }


def _effects(picture: queries.Picture) -> list[dict[str, Any]]:
    """The table of effects of each year. Its lines are written without a template, each name escaped once: ten years of 158
    communes are 1,580 of them."""
    if picture.impacts is None:
        return []
    staff, money = picture.impacts.etp, picture.impacts.running
    heads = [
        (f'<tr role="row"><th role="rowheader" scope="row">{escape(party.name)}</th>', party.code)
        for party in picture.impacts.parties
    ]
    return [
        {
            "year": year,
            "title": f"Voir l’année {year}, collectivité par collectivité",
            "rows": mark_safe(  # names and words of figures are escaped
                "".join(
                    f'{head}<td role="cell" class="n" data-l="Effectifs">{escape(staff.by_authority[code, year].text)}</td>'
                    f'<td role="cell" class="n" data-l="Fonctionnement">{escape(money.by_authority[code, year].text)}</td></tr>'
                    for head, code in heads
                )
            ),
            "staff": staff.by_year[year].text,
            "money": money.by_year[year].text,
        }
        for year in picture.years
    ]


@screen(Scenario, methods=("GET", "POST"))
def scenario(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """The calculation, year by year; a POST makes it again."""
    if request.method == "POST":
        try:
            runs = services.run_allocation(actor=acting(request), scenario=scenario)
        except Problem as problem:
            messages.error(request, problem.message)
        else:
            done = ", ".join(str(run.year) for run in runs)
            messages.success(request, f"La part de chacun est calculée ({done}). L’ancien calcul est gardé.")
        return redirect(scenario)
    picture = queries.picture(scenario)
    return render(
        request,
        "costing/scenario.html",
        {
            **_frame(request, scenario, "scenario"),
            "picture": picture,
            "years": _effects(picture),
            "keys": registry.KEYS,
            "uncalculated": listed([str(year) for year in picture.uncalculated]),
            "carry_from": ""
            if picture.costs
            else str(min((line.year for line in picture.all_costs), default="")),
        },
    )


@screen(Scenario, may=policies.may_edit_scenario)
def scenario_perimeter(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """Who is counted, who pays first, which years."""
    initial = {
        "parties": [str(pk) for pk in scenario.parties.values_list("pk", flat=True)],
        "carrier": str(scenario.carrier_id),
        "carrier_shares": scenario.carrier_shares,
        "first_year": scenario.first_year,
        "last_year": scenario.last_year,
        "full_year": scenario.full_year,
        "seen": scenario.version,
    }
    authorities, gone = _authorities(scenario)
    if "communes" in request.GET:  # all of them at once: a link, so that it works without script
        here = {
            str(body.pk)
            for body in authorities
            if body.kind == Authority.Kind.COMMUNE and body.pk not in gone
        }
        initial["parties"] = sorted({*initial["parties"], *here})
    form = PerimeterForm(request.POST or None, initial=initial, authorities=authorities, gone=gone)
    if form.is_valid():
        try:
            services.set_perimeter(actor=acting(request), scenario=scenario, **form.values())
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(
                request, "Le périmètre du calcul est enregistré. Un calcul déjà fait est à refaire."
            )
            return redirect(scenario)
    return render(
        request, "costing/perimeter.html", {**_frame(request, scenario, "scenario_perimeter"), "form": form}
    )


def _year(request: HttpRequest, scenario: Scenario, lines: type[CostLine] | type[EtpLine]) -> int:
    """The year asked for; else the full one, or the first while nothing is written: its lines are carried to the next."""
    asked = whole(request.GET.get("annee"))
    if asked is not None and asked in scenario.years:
        return asked
    return scenario.full_year if lines.objects.filter(scenario=scenario).exists() else scenario.years[0]


def _year_form(request: HttpRequest, scenario: Scenario, year: int) -> YearForm:
    form = YearForm(request.POST or None, initial={"seen": scenario.version})
    if year == scenario.years[-1]:
        del form.fields["carry"]  # no year follows
    return form


def _year_links(scenario: Scenario, year: int) -> list[Link]:
    return [Link(str(other), f"?annee={other}", current=other == year) for other in scenario.years]


def _counted(scenario: Scenario) -> list[Authority]:
    return _ordered(scenario.parties.all())


@screen(Scenario, may=policies.may_edit_scenario)
def scenario_lines(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """The amounts of one year."""
    year, parties = _year(request, scenario, CostLine), _counted(scenario)
    if not parties:
        messages.info(request, "Dites d’abord quelles collectivités sont comptées.")
        return redirect("scenario_perimeter", pk=scenario.pk)
    stored = list(scenario.cost_lines.filter(year=year).select_related("authority"))
    # A line of an authority that is no longer counted stays its own: it is shown, to be corrected or taken away.
    parties += [line.authority for line in stored if line.authority not in parties]
    data = request.POST or None
    form = _year_form(request, scenario, year)
    rows = cost_rows(data, stored, list(dict.fromkeys(parties)), scenario.carrier)
    valid = [row.is_valid() for row in rows]  # every row is read, so that every fault is shown
    if data and form.is_valid() and all(valid):
        costs = [cost for cost in (row.cost() for row in rows) if cost is not None]
        kept = services.own_years(scenario, year, CostLine) if form.cleaned_data.get("carry") else []
        try:
            services.set_lines(
                actor=acting(request),
                scenario=scenario,
                year=year,
                lines=costs,
                carry=form.cleaned_data.get("carry", False),
                seen=form.cleaned_data["seen"],
            )
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, wording.costs_kept(year, len(costs), kept))
            return redirect(f"{request.path}?annee={year}")
    return render(
        request,
        "costing/lines.html",
        {
            **_frame(request, scenario, "scenario_lines"),
            "form": form,
            "rows": rows,
            "year": year,
            "years": _year_links(scenario, year),
            "faults": [row for row in rows if row.is_bound and row.errors],
        },
    )


@screen(Scenario, may=policies.may_edit_scenario)
def scenario_staff(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """The staff of one year, authority by authority."""
    year, parties = _year(request, scenario, EtpLine), _counted(scenario)
    if not parties:
        messages.info(request, "Dites d’abord quelles collectivités sont comptées.")
        return redirect("scenario_perimeter", pk=scenario.pk)
    stored = list(scenario.etp_lines.filter(year=year).select_related("authority"))
    parties += [
        line.authority for line in stored if line.authority not in parties
    ]  # counted no longer, still told
    data = request.POST or None
    form = _year_form(request, scenario, year)
    rows = staff_rows(data, stored, list(dict.fromkeys(parties)))
    valid = [row.is_valid() for row in rows]  # every row is read, so that every fault is shown
    if data and form.is_valid() and all(valid):
        kept = services.own_years(scenario, year, EtpLine) if form.cleaned_data.get("carry") else []
        try:
            services.set_staff(
                actor=acting(request),
                scenario=scenario,
                year=year,
                rows=[row.staff() for row in rows],
                carry=form.cleaned_data.get("carry", False),
                seen=form.cleaned_data["seen"],
            )
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, wording.staff_kept(year, kept))
            return redirect(f"{request.path}?annee={year}")
    return render(
        request,
        "costing/staff.html",
        {
            **_frame(request, scenario, "scenario_staff"),
            "form": form,
            "rows": rows,
            "year": year,
            "years": _year_links(scenario, year),
            "faults": [row for row in rows if row.is_bound and row.errors],
        },
    )


@screen(Scenario, may=policies.may_edit_scenario)
def scenario_key(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """Choose a key, give its inputs, calculate."""
    identifier = request.GET.get("cle") or scenario.allocation_key
    parties = _counted(scenario)
    if not parties:
        messages.info(request, "Dites d’abord quelles collectivités sont comptées.")
        return redirect("scenario_perimeter", pk=scenario.pk)
    frame = {
        **_frame(request, scenario, "scenario_key"),
        "choice": KeyChoiceForm(initial={"key": identifier}),
    }
    if not identifier:
        return render(request, "costing/key.html", {**frame, "key": None, "form": None})
    if identifier not in registry.KEYS:
        raise Http404
    key = registry.key_for(identifier)
    payers = [a for a in parties if scenario.carrier_shares or a.pk != scenario.carrier_id]
    initial = stored_inputs(scenario, identifier)
    actor, place = acting(request), scenario.scope.territory_id
    book = criteria.read(actor, place, payers)
    taking = "reprendre" in request.POST  # a criterion is laid in the form as it is typed; nothing is saved
    if taking:
        initial |= {**request.POST.dict(), "adjust.exempt": request.POST.getlist("adjust.exempt")}
    asked = (request.POST if taking else request.GET).getlist("reprendre")[:MOST_CRITERIA]
    found = [one for one in map(book.filling, asked) if one]
    first = _first_free(initial)
    if found and first == MOST_CRITERIA:
        messages.warning(
            request, "Chaque ligne porte déjà un critère : videz-en une, puis recommencez. Rien n’a changé."
        )
    initial |= _filled(key, found, first)
    form = InputsForm(
        None if taking else request.POST or None, initial=initial, key=key, payers=payers, everyone=parties,
        keeper=scenario.carrier.name if scenario.carrier else "",
    )  # fmt: skip
    frame["offers"] = book.known()
    frame["per_row"] = any(spec.kind == FieldKind.QUANTITY_PER_PARTY_AND_ROW for spec in key.inputs_spec)
    # Prices and percentages are not criteria: nothing of the territory fills them.
    frame["may_fill"] = key.identifier not in ("unit_price", "percentages")
    if form.is_valid():
        actor = acting(request)
        try:
            services.choose_key(
                actor=actor,
                scenario=scenario,
                key=identifier,
                inputs=form.plain(),
                seen=form.cleaned_data["seen"],
            )
        except Problem as problem:
            form.refuse(problem)
        else:
            return _calculated(request, scenario, form, frame, key)
    return render(request, "costing/key.html", {**frame, "key": key, "form": form})


def _calculated(
    request: HttpRequest, scenario: Scenario, form: InputsForm, frame: Any, key: Any
) -> HttpResponse:
    """The key is kept whatever happens; the calculation may still miss a figure."""
    try:
        runs = services.run_allocation(actor=acting(request), scenario=scenario)
    except Problem as problem:
        typed = request.POST.copy()  # the key is saved: the next try starts from its version
        typed["seen"] = str(Scenario.objects.values_list("version", flat=True).get(pk=scenario.pk))
        form.data = typed
        form.refuse(problem)
        return render(request, "costing/key.html", {**frame, "key": key, "form": form})
    done = ", ".join(str(run.year) for run in runs)
    messages.success(
        request, f"La part de chacun est calculée ({done}) : la somme des parts est vérifiée au centime."
    )
    return redirect(scenario)


def _first_free(cells: Mapping[str, Any]) -> int:
    """The first row of several criteria in which nothing is named; past the last one when all are."""
    return next((n for n in range(MOST_CRITERIA) if not cells.get(f"criteria.{n}.name")), MOST_CRITERIA)


def _filled(key: AllocationKey[Any], found: Sequence[criteria.Filling], first: int) -> dict[str, Any]:
    """Cells of the key's form, from the criteria of the territory: one for a key of one criterion, a row each for several, from
    row `first`."""
    if not found:
        return {}
    if (
        any(spec.kind == FieldKind.QUANTITY_PER_PARTY_AND_ROW for spec in key.inputs_spec)
        and key.identifier == "weighted"
    ):
        cells: dict[str, Any] = {}
        for index, one in enumerate(found[: MOST_CRITERIA - first], first):
            cells |= {
                f"criteria.{index}.name": one.name,
                f"criteria.{index}.unit": one.spec.unit,
                f"criteria.{index}.source": one.source[:80],
            }
            cells |= {f"values.{code}.t{index + 1}": _cell(value) for code, value in one.values.items()}
        return cells
    only = found[0]
    return {
        "criterion": only.name, "unit": only.spec.unit, "source": only.source,
        **{f"values.{code}": _cell(value) for code, value in only.values.items()},
    }  # fmt: skip


def _cell(value: Decimal) -> str:
    return str(trimmed(value)).replace(".", ",")


@screen(Scenario, methods=("GET",))
def scenario_compare(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """The key that was calculated, beside others: equal shares, a criterion of the territory, or half and half."""
    counted = list(scenario.parties.all())
    bodies = [body for body in counted if scenario.carrier_shares or body.pk != scenario.carrier_id]
    runs = comparing.calculated(scenario, counted)
    context: dict[str, Any] = {**_frame(request, scenario, "scenario_compare"), "runs": runs}
    if not runs:
        return render(request, "costing/compare.html", context)
    book = criteria.read(acting(request), scenario.scope.territory_id, bodies)
    asked = [one for one in request.GET.getlist("avec") if one][: comparing.MOST]
    sure, years = _asked_years(request, scenario, [run.year for run in runs])
    context |= {
        "groups": comparing.ways_offered(book), "years": [run.year for run in runs], "sur": sure,
        "places": [asked[n] if n < len(asked) else "" for n in range(comparing.MOST)],
        "shown": comparing.compare(runs, years, asked, book) if asked else None,
    }  # fmt: skip
    return render(request, "costing/compare.html", context)


def _asked_years(request: HttpRequest, scenario: Scenario, told: Sequence[int]) -> tuple[str, list[int]]:
    """What « sur » asks: one year, or all of them; by default the reference year, or the last one that is calculated."""
    asked = request.GET.get("sur", "")
    if asked == "toutes":
        return asked, list(told)
    chosen = whole(asked)
    if chosen is not None and chosen in told:
        return asked, [chosen]
    year = scenario.full_year if scenario.full_year in told else told[-1]
    return str(year), [year]
