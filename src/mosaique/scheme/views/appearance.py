"""« Apparence des documents »: the logo, two colours, and what the cover and a page look like before anything is kept."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from mosaique.access.middleware import acting
from mosaique.kernel import clock, docgen
from mosaique.kernel.docgen import colours
from mosaique.kernel.docgen.model import Look, Picture
from mosaique.kernel.docgen.styles import GREEN, RULE_STRONG
from mosaique.kernel.screens import screen
from mosaique.kernel.verdict import Problem, require
from mosaique.scheme import policies, queries, services
from mosaique.scheme.documents.sheets import tile_of
from mosaique.scheme.documents.specimen import specimen
from mosaique.scheme.forms.report import ColoursForm, LogoForm
from mosaique.scheme.look import checked_colours
from mosaique.scheme.models import Scheme
from mosaique.scheme.views.report import own_scheme

PAGES = 2
_PPI = 60


@screen()
def appearance(request: HttpRequest) -> HttpResponse:
    """Each form has its own button; nothing is kept by looking."""
    found = own_scheme(request)
    require(policies.may_edit_scheme(acting(request), found))
    asked = next(
        (name for name in ("logo", "retirer", "voir", "garder", "maison") if name in request.POST), ""
    )
    if request.method == "POST" and asked in ("logo", "retirer"):
        return _logo(request, found, away=asked == "retirer")
    if request.method == "POST":
        return _colours(request, found, asked)
    return _page(request, found)


def _logo(request: HttpRequest, found: Scheme, *, away: bool) -> HttpResponse:
    form = LogoForm(request.POST, request.FILES)
    if away or form.is_valid():
        try:
            services.set_logo(
                actor=acting(request), scheme=found, file=None if away else form.cleaned_data["file"]
            )
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(
                request, "Le logo est retiré." if away else "Le logo figurera sur la couverture du rapport."
            )
            return redirect("scheme_look")
    return _page(request, found, logo=form)


def _colours(request: HttpRequest, found: Scheme, asked: str) -> HttpResponse:
    if asked == "maison":
        services.set_colours(actor=acting(request), scheme=found, main="", accent="")
        messages.success(request, "Les documents reprennent les couleurs de Mosaïque.")
        return redirect("scheme_look")
    form = ColoursForm(request.POST)
    offered: dict[str, str] = {}
    if form.is_valid():
        main, accent = form.cleaned_data["main"], form.cleaned_data["accent"]
        try:
            if asked == "garder":
                services.set_colours(actor=acting(request), scheme=found, main=main, accent=accent)
                messages.success(request, "Ces couleurs habilleront les prochains documents.")
                return redirect("scheme_look")
            checked_colours(main, accent)
        except Problem as problem:
            form.refuse(problem)
            offered = _dark_enough(main, accent)
    return _page(request, found, colours_form=form, offered=offered)


def _dark_enough(main: str, accent: str) -> dict[str, str]:
    """The nearest pair that is readable, to be taken by a button."""
    pair = {"main": colours.parse(main), "accent": colours.parse(accent)}
    least = {"main": colours.TEXT, "accent": colours.LINES}
    return {
        name: "#" + colours.dark_enough(colour, least[name])
        for name, colour in pair.items()
        if colour is not None
    } if all(pair.values()) else {}  # fmt: skip


def _page(
    request: HttpRequest,
    found: Scheme,
    *,
    logo: LogoForm | None = None,
    colours_form: ColoursForm | None = None,
    offered: dict[str, str] | None = None,
) -> HttpResponse:
    kept = {
        "main": f"#{found.main_colour or GREEN}",
        "accent": f"#{found.accent_colour or found.main_colour or RULE_STRONG}",
    }
    form = colours_form or ColoursForm(initial=kept)
    shown = _shown(form) if colours_form else (found.main_colour, found.accent_colour)
    query = urlencode({"principale": shown[0], "accent": shown[1]}) if all(shown) else ""
    return render(
        request,
        "scheme/appearance.html",
        {
            "scheme": found,
            "logo": logo or LogoForm(),
            "form": form,
            "offered": offered or {},
            "trying": colours_form is not None and not form.errors and bool(query),
            "pages": [
                (reverse("scheme_look_page", kwargs={"page": n}) + (f"?{query}" if query else ""), alt)
                for n, alt in enumerate(("la couverture", "une page avec un tableau et un graphique"), 1)
            ],
        },
    )


def _shown(form: ColoursForm) -> tuple[str, str]:
    """What was typed, darkened when it must be: the preview shows what could be kept."""
    pair = [colours.parse(str(form.data.get(name, ""))) for name in ("main", "accent")]
    main, accent = pair
    if main is None or accent is None:
        return "", ""
    return colours.dark_enough(main, colours.TEXT), colours.dark_enough(accent, colours.LINES)


@screen(methods=("GET",))
def sample(request: HttpRequest, page: int) -> HttpResponse:
    """One page of the specimen as a picture, in the colours of the address or in those kept."""
    found = own_scheme(request)
    require(policies.may_edit_scheme(acting(request), found))
    if not 1 <= page <= PAGES:
        raise Http404
    main = colours.parse(request.GET.get("principale", "")) or found.main_colour
    accent = colours.parse(request.GET.get("accent", "")) or found.accent_colour or main
    members = queries.communes(queries.members(found.territory_id))
    document = specimen(
        authority=found.territory.epci.name,
        day=clock.today(found.territory.zone),
        years=(found.starts_year, found.ends_year),
        tiles=tuple(tile_of([m.tile.drawing, m.tile.hue]) for m in members),
        logo=Picture(found.logo.path.read_bytes(), f"Logo de {found.territory.epci.name}")
        if found.logo
        else None,
        look=Look(main, accent) if main else None,
    )
    response = HttpResponse(docgen.pictures_of(document, ppi=_PPI)[page - 1], content_type="image/png")
    response["X-Content-Type-Options"] = "nosniff"
    return response
