"""The legal forms, side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mosaique.access.middleware import acting
from mosaique.kernel.screens import screen
from mosaique.scheme import policies, queries
from mosaique.scheme.legal_forms.base import MARKS_FR, Instrument, Side
from mosaique.scheme.legal_forms.steps import ac_imputation
from mosaique.scheme.models import ActionSheet
from mosaique.scheme.registry import LEGAL_FORMS

_ACTS = {Instrument.CONVENTION: "Convention", Instrument.RULES: "Règlement", Instrument.NONE: "Aucun acte"}


_SIDES = {
    Side.EPCI: "intercommunalité",
    Side.COMMUNE: "communes",
    Side.EITHER: "l’une ou l’autre",
    Side.EVERYONE: "chacun",
}


@screen(methods=("GET",))
def legal_forms(request: HttpRequest) -> HttpResponse:
    """The six forms side by side; with `?fiche=`, how to choose one for that sheet."""
    actor = acting(request)
    scheme = queries.current_scheme(actor)
    regime = scheme.territory.epci.tax_regime if scheme else ""
    chosen = request.GET.get("fiche", "")
    sheet = None
    if chosen.isdecimal():
        sheet = ActionSheet.objects.visible_to(actor).for_screen().filter(pk=int(chosen)).first()
    forms = [
        {
            "form": form,
            "ac": ac_imputation(form, regime),
            "act": _ACTS[form.instrument],
            "direction": f"{_SIDES[form.provider]} → {_SIDES[form.beneficiary]}",
        }
        for form in LEGAL_FORMS.values()
    ]
    return render(
        request,
        "scheme/legal_forms.html",
        {
            "forms": forms,
            "marks": MARKS_FR,
            "sheet": sheet,
            "may_edit": bool(sheet and policies.may_edit_sheet(actor, sheet)),
        },
    )
