"""The home of a commune, of the intercommunality, of another body that takes part."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify

from mosaique.access.middleware import acting
from mosaique.desk import authorities, parties, taking
from mosaique.desk.policies import may_take_away
from mosaique.kernel.screens import screen
from mosaique.kernel.verdict import require
from mosaique.territory.models import Authority, TerritoryMember


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
    if held is not None and held.departed:  # the home says what is left to read
        return redirect("home")
    return redirect("authority", code=held.authority_code) if held else redirect("home")


def _own_member(request: HttpRequest, code: str) -> TerritoryMember:
    """A body the reader knows of, or their own commune once it has left; for anyone else it does not exist."""
    actor = acting(request)
    member = authorities.member_of(actor, code) or authorities.former_of(actor, code)
    if member is None:
        raise Http404
    require(may_take_away(actor, member.authority))
    return member


@screen(methods=("GET",))
def commune_data(request: HttpRequest, code: str) -> HttpResponse:
    """All that is the commune's own, to be read, and the archive to take away."""
    member = _own_member(request, code)
    found = taking.own(acting(request), member.territory, member.authority)
    known = authorities.member_of(acting(request), code) is not None
    context = {
        "authority": member.authority, "territory": member.territory, "own": found, "summary": taking.summary(found),
        "home_url": reverse("authority", kwargs={"code": code}) if known else "",
    }  # fmt: skip
    return render(request, "desk/commune_data.html", context)


@screen(methods=("GET",))
def commune_archive(request: HttpRequest, code: str) -> HttpResponse:
    """The same as one archive."""
    member = _own_member(request, code)
    made = taking.archive(acting(request), member.territory, member.authority, demo=settings.DEMO)
    response = HttpResponse(made, content_type="application/zip")
    name = f"donnees-{slugify(member.authority.name)}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
