"""« Vos données »: the notice, the contact of a body, the person's own copy."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from mosaique.access.middleware import acting
from mosaique.accounts import services
from mosaique.accounts.policies import may_name_protection_contact
from mosaique.accounts.protection_forms import ProtectionContactForm
from mosaique.desk import authorities, protection
from mosaique.kernel import personal
from mosaique.kernel.screens import screen
from mosaique.kernel.ui.parts import Link
from mosaique.kernel.verdict import Problem, require
from mosaique.territory.models import Authority, Territory


@screen(public=True, methods=("GET",))
def your_data(request: HttpRequest) -> HttpResponse:
    """Who answers for what where the reader acts, what is kept, why and how long."""
    actor, edit = acting(request), None
    held = actor.mandate
    if held is not None and may_name_protection_contact(
        actor, Authority(pk=held.authority_id, name=held.authority_name)
    ):
        edit = Link("Dire à qui écrire", reverse("protection_contact", kwargs={"code": held.authority_code}))
    context = {
        "answering": protection.of_actor(actor, edit), "kinds": personal.kinds(), "host": settings.HOST_NAME,
        "signed_in": not actor.is_anonymous, "territory": None,
        "commune": held if held and held.authority_kind == "commune" and held.authority_id in actor.hall_authority_ids else None,
    }  # fmt: skip
    return render(request, "desk/your_data.html", context)


@screen(public=True, methods=("GET",))
def territory_data(request: HttpRequest, slug: str) -> HttpResponse:
    """The notice of one territory, for whoever is invited there: every body and its contact."""
    territory = get_object_or_404(Territory.objects.visible_to(acting(request)).for_screen(), slug=slug)
    context = {
        "answering": [protection.of_territory(territory)], "communes": protection.communes(territory), "kinds": personal.kinds(),
        "host": settings.HOST_NAME, "signed_in": not acting(request).is_anonymous, "territory": territory, "commune": None,
    }  # fmt: skip
    return render(request, "desk/your_data.html", context)


@screen(methods=("GET",))
def own_copy(request: HttpRequest) -> HttpResponse:
    """Everything kept of the person who asks, to be taken away."""
    made = protection.own_copy(acting(request).person_id or 0, demo=settings.DEMO)
    response = HttpResponse(made, content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="vos-donnees.zip"'
    response["Cache-Control"] = "no-store"
    return response


@screen()
def protection_contact(request: HttpRequest, code: str) -> HttpResponse:
    """To whom one writes about personal data, said by the body itself; the intercommunality's own is offered."""
    actor = acting(request)
    member = authorities.member_of(actor, code)
    if member is None:
        raise Http404
    authority, epci = member.authority, member.territory.epci
    require(may_name_protection_contact(actor, authority))
    form = ProtectionContactForm(
        request.POST or None,
        initial={"contact": authority.protection_contact, "email": authority.protection_email},
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.name_protection_contact(
                actor=actor, territory=member.territory, authority=authority, **form.cleaned_data
            )
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, "C’est enregistré : chacun voit à qui écrire.")
            return redirect("your_data")
    shared = epci if authority.pk != epci.pk and epci.protection_email else None
    return render(
        request, "desk/protection_contact.html", {"authority": authority, "form": form, "shared": shared}
    )
