"""One's own personal code; and, for the project team, setting aside somebody else's."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mosaique.access.middleware import acting
from mosaique.access.models import Mandate
from mosaique.accounts import confirming, services, session
from mosaique.accounts.models import PersonalCode
from mosaique.accounts.pin_forms import OwnCodeForm, PersonalForm
from mosaique.accounts.policies import may_renew_code
from mosaique.accounts.services.pin import Standing, Tried, standing_of
from mosaique.kernel.screens import screen
from mosaique.kernel.verdict import Problem


@screen()
def personal_code(request: HttpRequest) -> HttpResponse:
    """Choose one's personal code, or another one."""
    row = PersonalCode.objects.filter(person_id=acting(request).person_id).first()
    standing = standing_of(row)
    form = OwnCodeForm(request.POST or None, standing=standing)
    if request.method == "POST" and form.is_valid() and not confirming.notice(row):
        try:
            fault = _keep(request, standing, form)
        except Problem as problem:
            form.refuse(problem)
        else:
            if not fault:
                session.confirm(request)
                messages.success(
                    request,
                    "Votre code personnel est choisi. Personne ne peut le relire, pas même l’équipe du projet.",
                )
                return redirect("account")
        row = PersonalCode.objects.filter(person_id=acting(request).person_id).first()
    context = {"form": form, "standing": str(standing_of(row)), "notice": confirming.notice(row), "row": row}
    return render(request, "accounts/personal_code.html", context)


def _keep(request: HttpRequest, standing: Standing, form: OwnCodeForm) -> bool:
    """Whether something was wrong, told in the form."""
    actor, data = acting(request), form.cleaned_data
    if standing == Standing.NONE:
        services.choose_pin(actor=actor, pin=data["pin"])
        return False
    if standing == Standing.RENEWAL:
        field, tried = "renewal", services.renew_pin(actor=actor, renewal=data["renewal"], pin=data["pin"])
    else:
        field, tried = "current", services.change_pin(actor=actor, current=data["current"], pin=data["pin"])
    if tried.answer is Tried.GOOD:
        return False
    if tried.answer not in (Tried.PAUSED, Tried.CLOSED):  # those are told above the form
        form.add_error(field, confirming.sentence(tried))
    return True


@screen(Mandate, may=may_renew_code)
def mandate_code(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    """Set aside the code of somebody who has lost it: another is said to them by voice, shown here once."""
    row = PersonalCode.objects.filter(person_id=mandate.person_id).first()
    sent = request.POST if request.method == "POST" else None
    form = PersonalForm(sent, personal=confirming.ask(request) if row else None)
    code = ""
    if request.method == "POST" and form.is_valid():
        try:
            code = services.set_pin_aside(actor=acting(request), mandate=mandate)
        except Problem as problem:
            form.refuse(problem)
        row = PersonalCode.objects.filter(person_id=mandate.person_id).first()
    context = {"mandate": mandate, "row": row, "form": form, "code": code, "standing": str(standing_of(row))}
    return render(request, "accounts/mandate_code.html", context)
