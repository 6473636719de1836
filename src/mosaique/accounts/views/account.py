"""« Mon compte », the first screen, the change of mandate, « Qui peut voir ceci ? »."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mosaique.access import themes
from mosaique.access.actor import Actor
from mosaique.access.entrusting import Entrusted
from mosaique.access.middleware import MANDATE_KEY, acting
from mosaique.access.models import Mandate, Person, Scope, Visibility
from mosaique.access.readers import Reader, circle_label, readers
from mosaique.accounts import confirming, explanations, session
from mosaique.accounts.key_forms import NameCorrectionForm
from mosaique.accounts.models import PersonalCode
from mosaique.accounts.policies import may_entrust
from mosaique.accounts.services import names
from mosaique.accounts.services.pin import standing_of
from mosaique.kernel import clock, ref
from mosaique.kernel.screens import screen
from mosaique.kernel.verdict import Problem


@screen(methods=("POST",))
def switch_mandate(request: HttpRequest) -> HttpResponse:
    """« Passer à Crespinet »: act for another of one's mandates."""
    wanted = request.POST.get("mandate", "")
    for held in acting(request).mandates:
        if str(held.id) == wanted:
            request.session[MANDATE_KEY] = held.id
            messages.success(
                request, f"Vous agissez maintenant pour {held.authority_name}, comme : {held.title}."
            )
            return redirect(session.local(request, request.POST.get("next", "")) or "/")
    messages.error(request, "Ce mandat n’est plus le vôtre. Vous agissez toujours pour le précédent.")
    return redirect("account")


@screen(methods=("GET",))
def account(request: HttpRequest) -> HttpResponse:
    actor = acting(request)
    person = Person.objects.get(pk=actor.person_id)
    dates = {m.pk: m for m in Mandate.objects.filter(person=person).select_related("substitute_of__person")}
    held = [
        {
            "mandate": mandate,
            "row": dates.get(mandate.id),
            "themes": themes.of_mask(mandate.themes),
            "rights": explanations.rights_of(mandate),
            "place": explanations.place_of(mandate),
            "acting": actor.mandate is not None and mandate.id == actor.mandate.id,
            "may_entrust": mandate.id in dates and bool(may_entrust(actor, dates[mandate.id])),
            "entrusted": ", ".join(Entrusted(kind).label for kind in mandate.entrusted),
        }
        for mandate in actor.mandates
    ]
    past = [m for m in dates.values() if m.ends_on and m.ends_on <= clock.today()]
    others = person.others_of_mailbox().count()
    code = PersonalCode.objects.filter(person=person).first()
    context = {
        "person": person, "held": held, "past": past, "others": others, "code": code, "standing": str(standing_of(code)),
        "wants_code": actor.via_shared_mailbox or others > 0 or code is not None,
    }  # fmt: skip
    return render(request, "accounts/account.html", context)


@screen()
def own_name(request: HttpRequest) -> HttpResponse:
    """Correct one's own name."""
    person = Person.objects.get(pk=acting(request).person_id)
    initial = {"given_name": person.given_name, "family_name": person.family_name}
    form = NameCorrectionForm(request.POST or None, initial=initial, personal=confirming.ask(request))
    if request.method == "POST" and form.is_valid():
        try:
            person = names.correct_own_name(actor=acting(request), person=person, **form.cleaned_data)
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, f"C’est enregistré : {person.full_name}.")
            return redirect("account")
    return render(request, "accounts/own_name.html", {"form": form})


@screen(methods=("GET",))
def welcome(request: HttpRequest) -> HttpResponse:
    """The first screen of an invited person: what they, and each other, can do and weigh on."""
    actor = acting(request)
    held = actor.mandate
    context: dict[str, Any] = {
        "has_code": actor.via_shared_mailbox
        and PersonalCode.objects.filter(person_id=actor.person_id).exists(),
        "held": held,
        "rights": explanations.rights_of(held) if held else [],
        "place": explanations.place_of(held) if held else "",
    }
    return render(request, "accounts/welcome.html", context)


_OF = ("de ", "d’", "du ", "des ")


@screen(public=True, methods=("GET",))
def who_can_see(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Who reads an object: the circle in words for all who see it, the names for those who take part."""
    actor = acting(request)
    spec = ref.kinds().get(kind)
    found: Any = None
    if spec is not None:
        found = spec.model().objects.visible_to(actor).filter(pk=pk).first()  # type: ignore[attr-defined]
    if spec is None or found is None or not hasattr(found, "scope_id"):
        raise Http404
    wanted = {
        found.scope_id: "",
        **({found.content_scope_id: ""} if getattr(found, "content_scope_id", None) else {}),
    }
    scopes = Scope.objects.select_related("space", "owner_authority", "territory__epci").in_bulk(wanted)
    # A space has two circles: who knows it exists, who reads what is written in it.
    two = len(scopes) == 2
    parts: list[dict[str, Any]] = []
    for scope_id in wanted:
        scope = scopes[scope_id]
        title = (
            ("Qui sait que cet espace existe" if scope_id == found.scope_id else "Qui lit ce qui s’y écrit")
            if two
            else ""
        )
        parts.append(_circle(request, actor, scope, title, len(parts)))
    url = found.get_absolute_url() if hasattr(found, "get_absolute_url") else ""
    label = spec.label(found)
    # « le conseil de Lherm », but « la fiche « Partager une balayeuse » ».
    what = f"{spec.noun} {label}" if label.startswith(_OF) else f"{spec.noun} « {label} »"
    context = {"what": what, "noun": spec.noun, "back": url, "parts": parts}
    return render(request, "accounts/who_can_see.html", context)


def _circle(request: HttpRequest, actor: Actor, scope: Scope, title: str, rank: int) -> dict[str, Any]:
    named = actor.takes_part_in(scope.territory_id) and scope.visibility != Visibility.PUBLIC
    people: list[Reader] = readers(scope) if named else []
    name = f"page{rank}" if rank else "page"
    return {
        "title": title,
        "circle": circle_label(scope),
        "themes": themes.of_mask(scope.themes),
        "public": scope.visibility == Visibility.PUBLIC,
        "public_later": scope.visibility == Visibility.PUBLIC and scope.territory.state != "open",
        "named": named,
        "count": len(people),
        "page": Paginator(people, 50).get_page(request.GET.get(name)),
        "page_name": name,
    }
