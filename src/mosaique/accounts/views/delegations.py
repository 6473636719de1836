"""Entrusting a part of a mandate, and taking it back."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mosaique.access.entrusting import Entrusted
from mosaique.access.middleware import acting
from mosaique.access.models import Mandate
from mosaique.accounts import confirming, services
from mosaique.accounts.delegation_forms import EntrustForm
from mosaique.accounts.policies import may_entrust, may_take_back
from mosaique.accounts.services.delegations import receivers
from mosaique.kernel import clock
from mosaique.kernel.screens import screen
from mosaique.kernel.typography import date_long
from mosaique.kernel.verdict import Problem


@screen(Mandate, may=may_entrust)
def mandate_entrust(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    """To whom, what, until when; what runs now is below, each with its end."""
    actor, today = acting(request), clock.today()
    on_behalf = mandate.person_id != actor.person_id
    people = receivers(mandate)
    initial = {"starts_on": today, "last_day": today + timedelta(days=30)}
    form = EntrustForm(
        request.POST or None, initial=initial, mandate=mandate, people=people, on_behalf=on_behalf,
        personal=confirming.ask(request),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            given = services.entrust(actor=acting(request), mandate=mandate, **form.values())
        except Problem as problem:
            form.refuse(problem)
        else:
            until = date_long(form.cleaned_data["last_day"])
            messages.success(
                request,
                f"C’est confié à {given.person.full_name} jusqu’au {until}. Ses actes porteront la mention « par délégation ».",
            )
            return redirect("mandate_entrust", pk=mandate.pk)
    running = (
        Mandate.objects.filter(substitute_of=mandate, ends_on__gt=today)
        .exclude(entrusted=[])
        .select_related("person")
    )
    context = {
        "mandate": mandate, "form": form, "people": people, "on_behalf": on_behalf, "today": today,
        "running": [(one, _told(one)) for one in running],
    }  # fmt: skip
    return render(request, "accounts/mandate_entrust.html", context)


def _told(given: Mandate) -> str:
    """What was entrusted, in one line."""
    first, *rest = (Entrusted(what).label for what in given.entrusted)
    return " ; ".join([first, *(f"{label[0].lower()}{label[1:]}" for label in rest)])


@screen(Mandate, may=may_take_back, methods=("POST",))
def mandate_take_back(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    """End a delegation now; what was done under it stays."""
    giver = mandate.substitute_of_id
    services.take_back(actor=acting(request), mandate=mandate)
    messages.success(
        request, "La délégation est terminée. Ce qui a été fait à ce titre reste, avec sa mention."
    )
    mine = any(held.id == giver for held in acting(request).mandates)
    return redirect("mandate_entrust", pk=giver) if mine and giver else redirect("account")
