"""Coming in: the address, the code, « Qui êtes-vous ? », the link, the invitation; going out."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from mosaique.access.middleware import acting
from mosaique.access.models import Mandate, Person
from mosaique.access.roles import Role
from mosaique.accounts import queries, secrecy, services, session
from mosaique.accounts.forms import AddressForm, CodeForm, OwnNameForm
from mosaique.accounts.services import Answer, Proof
from mosaique.accounts.services.invitations import find, is_nameless, state_of
from mosaique.kernel import clock
from mosaique.kernel.screens import screen
from mosaique.territory.naming import in_words

WAIT_SECONDS = 60
_TOO_MANY_ASKED = (
    "Trop de codes ont été demandés en peu de temps. Rien n’est bloqué pour de bon : le dernier code reçu vaut encore "
    "quinze minutes, et vous pourrez en demander un autre dans une heure."
)
_REFUSALS = {
    Answer.EXPIRED: "Ce code n’a plus cours : il valait quinze minutes, ou un plus récent l’a remplacé. Demandez-en un autre ci-dessous.",
    Answer.USED: "Ce code a déjà servi, et ne sert qu’une fois. Demandez-en un autre ci-dessous.",
    Answer.TOO_MANY: "Cinq essais ont échoué : ce code est annulé, pour votre sûreté. Demandez-en un autre ci-dessous.",
}


@screen(public=True)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Step 1: the address."""
    form = AddressForm(request.POST or None)
    next_url = session.local(request, request.POST.get("next", request.GET.get("next", "")))
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if not _ask(request, email, next_url):
            form.add_error("email", _TOO_MANY_ASKED)
        else:
            return redirect("sign_in_code")
    return render(request, "accounts/sign_in.html", {"form": form, "next_url": next_url})


def _ask(request: HttpRequest, email: str, next_url: str) -> bool:
    """Send a code unless too many were asked; remember in the session which mailbox is being proven."""
    if not secrecy.may_ask_code(email, session.client_of(request)):
        return False
    tell = secrecy.allow("unknown-address", email, limit=1, seconds=secrecy.DAY)
    asked = services.request_code(
        actor=acting(request),
        email=email, next_url=next_url, tell_unknown=tell, replaces=request.session.get(session.CODE_KEY),
    )  # fmt: skip
    request.session[session.CODE_KEY] = asked.pk
    request.session[session.ASKED_KEY] = email
    request.session[session.NEXT_KEY] = next_url
    return True


@screen(public=True)
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Step 2: the code, or another one."""
    email = request.session.get(session.ASKED_KEY, "")
    if not email:
        return redirect("sign_in")
    again = request.method == "POST" and "encore" in request.POST
    form = CodeForm(request.POST if request.method == "POST" and not again else None)
    refusal = sent_again = ""
    if again:
        if not secrecy.allow("code-again", email, limit=1, seconds=WAIT_SECONDS):
            refusal = (
                "Un code vient de partir. Laissez-lui une minute, puis demandez-en un autre si rien n’arrive."
            )
        elif _ask(request, email, request.session.get(session.NEXT_KEY, "")):
            sent_again = "Un autre code vient de partir. Le précédent n’a plus cours."
        else:
            refusal = _TOO_MANY_ASKED
    elif form.is_valid():
        if not secrecy.may_try_code(email):
            refusal = (
                "Trop d’essais aujourd’hui pour cette adresse. Entrez avec le lien du message, ou réessayez demain. "
                "Votre adresse reste connue, rien n’est perdu."
            )
        else:
            proof = services.check_code(
                actor=acting(request),
                email=email, code=form.cleaned_data["code"], asked=request.session.get(session.CODE_KEY),
            )  # fmt: skip
            if proof.answer is Answer.GOOD:
                return _proven(request, proof)
            if proof.answer is Answer.WRONG:
                tries = "un essai" if proof.tries_left == 1 else f"{proof.tries_left} essais"
                form.add_error(
                    "code", f"Ce n’est pas ce code. Relisez le dernier message reçu : il vous reste {tries}."
                )
            else:
                refusal = _REFUSALS[proof.answer]
    context = {
        "form": form,
        "email": email,
        "refusal": refusal,
        "sent_again": sent_again,
        "sender": _sender(),
    }
    return render(request, "accounts/code.html", context)


def _sender() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">")


@screen(public=True)
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the message: a button, because mail filters open links."""
    if request.method != "POST":
        return render(request, "accounts/link.html", {"answer": ""})
    proof = services.consume_link(actor=acting(request), token=token)
    if proof.answer is Answer.GOOD:
        return _proven(request, proof)
    return render(request, "accounts/link.html", {"answer": str(proof.answer)}, status=410)


def known(request: HttpRequest, people: list[Person], email: str, next_url: str) -> HttpResponse:
    """Come in by a password: the person it belongs to or, when two of one mailbox chose the same, « Qui êtes-vous ? ».

    Whoever reads a shared mailbox could have chosen that password in another's name: acts keep the mention.
    """
    if len(people) == 1:
        return _open(request, people[0], next_url, shared=people[0].others_of_mailbox().exists())
    only = [one.pk for one in people]
    request.session[session.PROVEN_KEY] = {"email": email, "at": clock.now().isoformat(), "only": only}
    request.session[session.NEXT_KEY] = next_url
    return redirect("who_are_you")


def _proven(request: HttpRequest, proof: Proof) -> HttpResponse:
    people = list(Person.objects.filter(email=proof.email, is_active=True))
    if len(people) == 1:
        return _open(request, people[0], session.local(request, proof.next_url), shared=False)
    request.session[session.PROVEN_KEY] = {"email": proof.email, "at": clock.now().isoformat()}
    request.session[session.NEXT_KEY] = proof.next_url
    return redirect("who_are_you" if people else "not_listed")


def _open(request: HttpRequest, person: Person, next_url: str, *, shared: bool) -> HttpResponse:
    return redirect(session.come_in(request, person, shared=shared, landing=next_url or "/"))


def _proven_mailbox(request: HttpRequest) -> str:
    """The mailbox proven in this session a short while ago."""
    proven: Any = request.session.get(session.PROVEN_KEY) or {}
    at = datetime.fromisoformat(proven["at"]) if proven else None
    return proven["email"] if at and clock.now() - at <= services.codes.LIFE else ""


@screen(public=True)
def who_are_you(request: HttpRequest) -> HttpResponse:
    """Step 3, for a shared mailbox."""
    email = _proven_mailbox(request)
    if not email:
        return redirect("sign_in")
    everyone = queries.readers_of(email)
    only = request.session[session.PROVEN_KEY].get("only")
    readers = [one for one in everyone if only is None or one.id in only]
    if request.method == "POST":
        chosen = _number(request.POST.get("qui"))
        person = Person.objects.filter(email=email, is_active=True, pk=chosen).first()
        if person is not None and chosen in {one.id for one in readers}:
            next_url = session.local(request, request.session.get(session.NEXT_KEY, ""))
            return _open(request, person, next_url, shared=len(everyone) > 1)
    count = in_words(len(readers), feminine=True).capitalize()
    return render(request, "accounts/who_are_you.html", {"email": email, "readers": readers, "count": count})


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 18 else 0


@screen(public=True, methods=("GET",))
def not_listed(request: HttpRequest) -> HttpResponse:
    """Nobody, or not oneself, behind a proven mailbox: whom to ask."""
    email = _proven_mailbox(request)
    if not email:
        return redirect("sign_in")
    territories = Mandate.objects.filter(person__email=email).held_on(clock.today()).values("territory_id")
    team = (
        Mandate.objects.filter(territory_id__in=territories, role=Role.PROJECT_LEAD).held_on(clock.today())
        .select_related("person", "authority")[:3]
    )  # fmt: skip
    return render(request, "accounts/not_listed.html", {"email": email, "team": team})


@screen(public=True)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """An invitation: a button to look at it (a human act: filters press nothing), another that uses it up."""
    found = find(token)
    answer = state_of(found)
    if request.method == "POST" and "voir" in request.POST and answer is Answer.GOOD:
        services.see_invitation(actor=acting(request), token=token)
        return redirect("invitation", token=token)
    nameless = found is not None and answer is Answer.GOOD and is_nameless(found.person)
    name = OwnNameForm(request.POST or None) if nameless else None
    if (
        request.method == "POST"
        and found is not None
        and answer is Answer.GOOD
        and (name is None or name.is_valid())
    ):
        if session.wants_step(request, found.person):
            return redirect(session.ask_step(request, found.person, then=request.path))
        said = name.cleaned_data if name else {}
        answer, person = services.accept_invitation(actor=acting(request), token=token, **said)
        if person is not None:
            shared = person.others_of_mailbox().exists()
            # Without a mandate, the home says what to do next: create a territory, confirm those that wait.
            return _open(request, person, reverse("welcome") if found.mandate_id else "/", shared=shared)
    status = 200 if answer is Answer.GOOD else 410
    return render(
        request,
        "accounts/invitation.html",
        {"invitation": found if answer is Answer.GOOD else None, "answer": str(answer), "name": name},
        status=status,
    )


@screen(public=True, methods=("POST",))
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect(reverse("sign_in") + "?parti=1")
