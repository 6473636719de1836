"""Letters: printed by the team; then « J'ai reçu une lettre », from the code typed to the session opened."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from mosaique.access.middleware import acting
from mosaique.access.models import Mandate, Person
from mosaique.accounts import letters, queries, secrecy, services, session
from mosaique.accounts.forms import CodeForm, LetterCodeForm, NewAddressForm
from mosaique.accounts.models import Invitation, PostalAddress
from mosaique.accounts.policies import may_add_people, may_manage_people, may_print_letter
from mosaique.accounts.services import Answer
from mosaique.accounts.services.letters import LIFE, find_letter, letter_state
from mosaique.kernel import clock
from mosaique.kernel.screens import screen
from mosaique.kernel.sent import whole
from mosaique.kernel.ui.forms import Form
from mosaique.kernel.verdict import Problem, require
from mosaique.territory.models import Territory
from mosaique.territory.naming import in_words

HELD = timedelta(minutes=30)  # between the code and the end of its pages
HELD_KEY, ADDRESS_KEY, ASKED_KEY = "letter_held", "letter_address", "letter_asked"
_TOO_MANY = (
    "Trop de codes ont été essayés d’ici en peu de temps. Rien n’est perdu, votre lettre reste valable : réessayez dans une heure, "
    "ou appelez la personne qui vous l’a envoyée."
)
_REFUSED = {
    Answer.UNKNOWN: "Ce code n’est celui d’aucune lettre. Votre saisie est gardée : relisez-la signe à signe.",
    Answer.USED: "Ce code n’ouvre plus rien : il a déjà servi, une lettre plus récente l’a remplacé, ou la personne reçoit désormais ses "
    "codes par courriel. Entrez avec votre adresse, ou demandez une autre lettre à la personne qui l’a signée.",
    Answer.EXPIRED: "Cette lettre valait soixante jours, et ils sont passés. Demandez-en une autre à la personne qui l’a signée.",
}


@screen(may=may_manage_people)
def people_letters(request: HttpRequest) -> HttpResponse:
    """All those whom no message reaches: their letters, in one file."""
    actor = acting(request)
    territory = Territory.objects.select_related("epci").get(pk=actor.territory_id)
    require(may_add_people(actor, territory))
    every = [
        one
        for one in queries.followed(territory.pk)
        if one.wants_letter and may_print_letter(actor, one.mandate)
    ]
    return _print(request, territory, [one.mandate for one in every], {one.mandate.pk: one for one in every})


@screen(Mandate, may=may_print_letter)
def mandate_letter(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    """One person's letter."""
    require(may_add_people(acting(request), mandate.territory))
    return _print(request, mandate.territory, [mandate], {}, alone=mandate)


def _print(
    request: HttpRequest, territory: Territory, mandates: Sequence[Mandate], followed: dict[int, Any], alone: Mandate | None = None
) -> HttpResponse:  # fmt: skip
    actor = acting(request)
    form = Form(request.POST if request.method == "POST" else None)
    offered = {mandate.pk for mandate in mandates}
    typed = {m.authority_id: request.POST.get(f"adresse-{m.authority_id}", "") for m in mandates}
    if request.method == "POST":
        chosen = [n for sent in request.POST.getlist("lettre") if (n := whole(sent)) in offered]
        try:
            printed = services.print_letters(
                actor=actor, territory=territory, mandates=chosen, addresses=typed
            )
        except Problem as problem:
            form.refuse(problem)
        else:
            return _pdf(actor, territory, printed)
    known = {
        one.authority_id: one.lines
        for one in PostalAddress.objects.visible_to(actor).filter(territory=territory)
    }
    bodies: dict[int, dict[str, Any]] = {}
    for mandate in mandates:
        lines = (
            typed[mandate.authority_id]
            or known.get(mandate.authority_id)
            or letters.default_lines(mandate.authority)
        )
        body = bodies.setdefault(
            mandate.authority_id, {"authority": mandate.authority, "lines": lines, "people": []}
        )
        body["people"].append({"mandate": mandate, "one": followed.get(mandate.pk)})
    context = {
        "form": form, "bodies": list(bodies.values()), "count": len(mandates), "alone": alone, "days": LIFE.days,
        "count_words": in_words(len(mandates), feminine=True).capitalize(),
    }  # fmt: skip
    return render(request, "accounts/letters.html", context)


def _pdf(actor: Any, territory: Territory, printed: Sequence[services.letters.Printed]) -> HttpResponse:
    contact = Person.objects.get(pk=actor.person_id).email
    response = HttpResponse(
        letters.pdf(actor, territory, printed, contact=contact), content_type="application/pdf"
    )
    name = f"lettres-{clock.today():%Y-%m-%d}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"  # the codes stand in it
    return response


# --- « J'ai reçu une lettre » ---------------------------------------------------------------
@screen(public=True)
def letter(request: HttpRequest) -> HttpResponse:
    """The code of the letter. It is not used up here: the next page asks who one is."""
    form = LetterCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not secrecy.allow("letter-client", session.client_of(request), limit=15, seconds=secrecy.HOUR):
            form.add_error("code", _TOO_MANY)
        else:
            found = find_letter(form.cleaned_data["code"])
            answer = letter_state(found)
            if answer is Answer.GOOD and found is not None:
                request.session[HELD_KEY] = {"id": found.pk, "at": clock.now().isoformat()}
                request.session.pop(ASKED_KEY, None)
                return redirect("letter_person")
            form.add_error("code", _REFUSED[answer])
    return render(request, "accounts/letter.html", {"form": form})


def _held(request: HttpRequest) -> Invitation | None:
    """The letter whose code was typed in this window, a short while ago, if it still serves."""
    held: Any = request.session.get(HELD_KEY) or {}
    if not held or clock.now() - datetime.fromisoformat(held["at"]) > HELD:
        return None
    found = (
        Invitation.objects.filter(pk=held["id"], channel=Invitation.Channel.LETTER)
        .select_related("person", "mandate__authority", "mandate__territory__epci", "batch__sent_by")
        .first()
    )
    return found if letter_state(found) is Answer.GOOD else None


@screen(public=True)
def letter_person(request: HttpRequest) -> HttpResponse:
    """Who one is; then the address for the next codes, or « je n'ai pas d'adresse »."""
    found = _held(request)
    if found is None:
        return redirect("letter")
    if session.wants_step(
        request, found.person
    ):  # before an address is changed, not only before the session opens
        return redirect(session.ask_step(request, found.person, then=reverse("letter_person")))
    without = request.method == "POST" and "sans" in request.POST
    form = NewAddressForm(request.POST if request.method == "POST" and not without else None)
    if without:
        return _enter(request, found, "")
    if form.is_valid():
        email = form.cleaned_data["email"]
        if not secrecy.may_ask_code(email, session.client_of(request)):
            form.add_error(
                "email",
                "Trop de codes ont été demandés en peu de temps. Réessayez dans une heure : votre lettre reste valable.",
            )
        else:
            asked = services.ask_letter_code(actor=acting(request), email=email)
            request.session[ADDRESS_KEY], request.session[ASKED_KEY] = email, asked.pk
            return redirect("letter_check")
    return render(request, "accounts/letter_person.html", {"form": form, "invitation": found})


@screen(public=True)
def letter_check(request: HttpRequest) -> HttpResponse:
    """The code that proves the address: it replaces the former only then."""
    found, email = _held(request), request.session.get(ADDRESS_KEY, "")
    if found is None or not email or not request.session.get(ASKED_KEY):
        return redirect("letter")
    if session.wants_step(request, found.person):
        return redirect(session.ask_step(request, found.person, then=reverse("letter_person")))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not secrecy.may_try_code(email):
            form.add_error(
                "code",
                "Trop d’essais aujourd’hui pour cette adresse. Donnez-en une autre, ou réessayez demain.",
            )
        else:
            proof = services.check_code(
                actor=acting(request),
                email=email,
                code=form.cleaned_data["code"],
                asked=request.session[ASKED_KEY],
            )
            if proof.answer is Answer.GOOD:
                return _enter(request, found, email)
            form.add_error("code", _NOT_IT.get(proof.answer, _NOT_IT[Answer.EXPIRED]))
    return render(request, "accounts/letter_check.html", {"form": form, "email": email})


_NOT_IT = {
    Answer.WRONG: "Ce n’est pas ce code. Relisez le dernier message reçu à cette adresse.",
    Answer.EXPIRED: "Ce code n’a plus cours. Revenez à la page précédente : un autre part aussitôt.",
}


def _enter(request: HttpRequest, found: Invitation, email: str) -> HttpResponse:
    answer, person = services.accept_letter(actor=acting(request), invitation=found, email=email)
    if answer is not Answer.GOOD or person is None:
        return redirect("letter")
    shared = person.others_of_mailbox().exists()
    # Without an address, for this time only: nothing would let this person back in but another letter.
    landing = session.come_in(request, person, shared=shared, landing=reverse("welcome"), brief=not email)
    for key in (HELD_KEY, ADDRESS_KEY, ASKED_KEY):
        request.session.pop(key, None)
    return redirect(landing)
