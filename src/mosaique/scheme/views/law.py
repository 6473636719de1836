"""The legal forms: all of them side by side, and the five questions that narrow them."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mosaique.access.middleware import acting
from mosaique.accounts.models import TerritoryParty
from mosaique.kernel.screens import screen
from mosaique.scheme import policies, queries
from mosaique.scheme.forms.choice import PARTNERS, ChoiceForm, case_of, said
from mosaique.scheme.legal_forms import course
from mosaique.scheme.legal_forms.base import MARKS_FR, Family, Instrument, LegalForm, Side
from mosaique.scheme.legal_forms.choice import BodyRule, Case, Verdict, propose, rule_of
from mosaique.scheme.legal_forms.steps import ac_imputation
from mosaique.scheme.models import ActionSheet
from mosaique.scheme.registry import LEGAL_FORMS
from mosaique.territory.naming import in_words

_ACTS = {
    Instrument.CONVENTION: "Convention", Instrument.RULES: "Règlement", Instrument.STATUTES: "Statuts modifiés",
    Instrument.NONE: "Aucun acte",
}  # fmt: skip
#: Proposed forms shown in columns: three can be compared by eye; the others follow, one under the other.
COLUMNS = 3


_SIDES = {
    Side.EPCI: "intercommunalité",
    Side.COMMUNE: "communes",
    Side.EITHER: "l’une ou l’autre",
    Side.EVERYONE: "chacun",
}


def _regime(request: HttpRequest) -> str:
    scheme = queries.current_scheme(acting(request))
    return scheme.territory.epci.tax_regime if scheme else ""


def _sheet(request: HttpRequest) -> ActionSheet | None:
    """The sheet named by `?fiche=`, if the reader may read it."""
    chosen = request.GET.get("fiche", "")
    if not (chosen.isascii() and chosen.isdecimal() and len(chosen) < 18):
        return None
    return ActionSheet.objects.visible_to(acting(request)).for_screen().filter(pk=int(chosen)).first()


def _named_partner(parties: list[TerritoryParty]) -> str:
    """The kind of body the sheet names, when there is one alone: proposed as an answer, never taken as one."""
    kinds = {queries.partner_of(party) for party in parties}
    return kinds.pop() or "" if len(kinds) == 1 else ""


def _entry(form: LegalForm, regime: str) -> dict[str, Any]:
    return {
        "form": form,
        "ac": ac_imputation(form, regime),
        "act": _ACTS[form.instrument],
        "waits": course.waits(form),
        "in_steps": course.in_steps(course.waits(form)),
        "deciders": course.deciders(form),
        "direction": f"{_SIDES[form.provider]} → {_SIDES[form.beneficiary]}",
    }


@screen(methods=("GET",))
def legal_forms(request: HttpRequest) -> HttpResponse:
    """Every form, by what one wants to do; with `?fiche=`, how to choose one for that sheet."""
    regime, sheet = _regime(request), _sheet(request)
    families: dict[Family, list[dict[str, Any]]] = {family: [] for family in Family}
    for form in LEGAL_FORMS.values():
        families[form.family].append(_entry(form, regime))
    context = {
        "families": [(family.value, entries) for family, entries in families.items()],
        "count": in_words(len(LEGAL_FORMS), feminine=True).capitalize(), "marks": MARKS_FR, "sheet": sheet,
        "may_edit": bool(sheet and policies.may_edit_sheet(acting(request), sheet)),
        "guide_url": reverse("legal_choice") + (f"?fiche={sheet.pk}" if sheet else ""),
    }  # fmt: skip
    return render(request, "scheme/legal_forms.html", context)


@screen(methods=("GET",))
def legal_choice(request: HttpRequest) -> HttpResponse:
    """Five questions; the forms they leave side by side, and why the others are left out. Informs, decides nothing."""
    regime, sheet = _regime(request), _sheet(request)
    case = case_of(request.GET)
    kept: dict[Verdict, list[dict[str, Any]]] = {verdict: [] for verdict in Verdict}
    for one in propose(LEGAL_FORMS.values(), case):
        kept[one.verdict].append(
            {**_entry(one.form, regime), "reasons": one.reasons, "body": _body(one.form, case)}
        )
    proposed, conditional = kept[Verdict.PROPOSED], kept[Verdict.CONDITION]
    # What supposes nothing answers everything: it is read last, unless it is all there is.
    precise = [entry for entry in proposed if entry["form"].conditions]
    candidates = [*precise, *conditional, *(entry for entry in proposed if entry not in precise)]
    parties = queries.parties_of_sheet(sheet) if sheet else []
    initial = said(case)
    if "organisme" not in request.GET:
        initial["organisme"] = _named_partner(parties)
    context = {
        "form": ChoiceForm(initial=initial), "case": case, "parties": parties,
        "partner": PARTNERS[case.partner] if case.partner else "", "sheet": sheet, "marks": MARKS_FR,
        "columns": candidates[:COLUMNS], "others": candidates[COLUMNS:], "any_condition": bool(conditional),
        "excluded": kept[Verdict.EXCLUDED], "heading": _heading(case, len(proposed), len(conditional)),
        "may_edit": bool(sheet and policies.may_edit_sheet(acting(request), sheet)),
        "answers": urlencode({name: value for name, value in said(case).items() if value}),
    }  # fmt: skip
    return render(request, "scheme/legal_choice.html", context)


def _body(form: LegalForm, case: Case) -> BodyRule | None:
    return rule_of(form, case.partner) if case.partner else None


def _heading(case: Case, proposed: int, conditional: int) -> str:
    if case.is_empty:
        return "Aucune réponse encore : tout reste possible"
    words = in_words(proposed, feminine=True).capitalize()
    first = (
        f"{words} forme{'s' if proposed > 1 else ''} correspond{'ent' if proposed > 1 else ''} à vos réponses"
    )
    if not conditional:
        return first
    rest, s = in_words(conditional, feminine=True), "s" if conditional > 1 else ""
    return f"{first}, {rest} autre{s} reste{'nt' if s else ''} possible{s}"
