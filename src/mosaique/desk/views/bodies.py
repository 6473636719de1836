"""The home of a commune, of the intercommunality, of another body that takes part."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mosaique.access.middleware import acting
from mosaique.desk import authorities, parties
from mosaique.kernel.screens import screen
from mosaique.territory.models import Authority


@screen(methods=("GET",))
def authority(request: HttpRequest, code: str) -> HttpResponse:
    """What everyone who takes part may know of a body of their territory."""
    actor = acting(request)
    member = authorities.member_of(actor, code)
    if member is None:
        body = parties.body_of(actor, code)
        if body is None:
            raise Http404
        return render(request, "desk/body.html", parties.body_page(actor, body))
    if member.authority.kind == Authority.Kind.COMMUNE:
        return render(request, "desk/commune.html", authorities.commune_page(actor, member))
    context = authorities.epci_page(
        actor, member, view=request.GET.get("voir", ""), sort=request.GET.get("tri", "")
    )
    return render(request, "desk/epci.html", context)


@screen(methods=("GET",))
def our_authority(request: HttpRequest) -> HttpResponse:
    """A short address for « Notre commune », the same for everyone."""
    held = acting(request).mandate
    return redirect("authority", code=held.authority_code) if held else redirect("home")
