"""Coming in otherwise than by a code alone: with a password; and the second step, which stands after all of them."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, RawPostDataException
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from mosaique.access.actor import Actor
from mosaique.access.middleware import acting, actor_of
from mosaique.access.models import Person
from mosaique.accounts import secrecy, session
from mosaique.accounts.key_forms import OneTimeCodeForm, PasswordForm, RecoveryCodeForm
from mosaique.accounts.services import passkeys, passwords
from mosaique.accounts.services.second_step import Step, check_second_step
from mosaique.accounts.views import entry
from mosaique.kernel import clock
from mosaique.kernel.screens import screen

CHALLENGE_KEY, CHALLENGE_LIFE = "passkey_challenge", timedelta(minutes=5)
_TOO_MANY = (
    "Trop d’essais en peu de temps. Rien n’est bloqué pour de bon : recevez un code par courriel, ou réessayez dans une heure. "
    "Votre adresse est gardée."
)
_NO = (
    "Cette adresse et ce mot de passe ne vont pas ensemble. Votre adresse est gardée : relisez-la, écrivez de nouveau le mot de "
    "passe, ou recevez un code, qui fait entrer sans lui."
)


@screen(public=True)
@sensitive_post_parameters("password")
def sign_in_password(request: HttpRequest) -> HttpResponse:
    """Address and password. An unknown address, one without password and a wrong password get one answer, at one cost."""
    next_url = session.local(request, request.POST.get("next", request.GET.get("next", "")))
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if not _may_try(request, email):
            form.add_error(None, _TOO_MANY)
        else:
            found = passwords.owners(email=email, password=form.cleaned_data["password"])
            if found:
                return entry.known(request, found, email, next_url)
            form.add_error(None, _NO)
    return render(request, "accounts/keys/sign_in_password.html", {"form": form, "next_url": next_url})


def _may_try(request: HttpRequest, email: str) -> bool:
    return secrecy.allow("password-address", email, limit=10, seconds=secrecy.HOUR) and secrecy.allow(
        "password-client", session.client_of(request), limit=30, seconds=secrecy.HOUR
    )


@screen(public=True)
def second_step(request: HttpRequest) -> HttpResponse:
    """Six figures of one's telephone, or a recovery code: nothing is open before."""
    found = session.at_the_door(request)
    if found is None:
        return redirect("sign_in")
    person, waiting = found
    form, recovery, done = try_step(request, actor_of(person), person)
    if done:
        return redirect(session.step_passed(request, person, waiting))
    context = {"person": person, "form": form, "recovery": recovery}
    return render(request, "accounts/keys/second_step.html", context)


_NOT_IT = {
    Step.USED: "Ce code a déjà servi, et ne sert qu’une fois. Attendez le suivant : trente secondes au plus.",
    Step.TOO_MANY: "Trop de codes faux : ils sont refusés pendant une heure, et un message vous prévient. Un code de secours reste pris.",
}


def try_step(
    request: HttpRequest, actor: Actor, person: Person
) -> tuple[OneTimeCodeForm, RecoveryCodeForm, bool]:
    """What was typed, judged: the two forms to show, and whether the step is passed."""
    by_recovery = request.method == "POST" and "recovery_code" in request.POST
    typed = request.POST if request.method == "POST" else None
    form = OneTimeCodeForm(None if by_recovery else typed)
    recovery = RecoveryCodeForm(typed if by_recovery else None)
    asked, name = (recovery, "recovery_code") if by_recovery else (form, "code")
    if not asked.is_valid():
        return form, recovery, False
    if not secrecy.allow("second-step", str(person.pk), limit=40, seconds=secrecy.HOUR):
        asked.add_error(name, "Trop d’essais en peu de temps. Rien n’est perdu : réessayez dans une heure.")
        return form, recovery, False
    tried = check_second_step(actor=actor, person=person, code=asked.cleaned_data[name])
    if not tried.is_good:
        asked.add_error(name, _said(tried.answer, tried.tries_left, by_recovery))
    elif tried.answer is Step.RECOVERED:
        left = {0: "il n’en reste aucun : refaites-les", 1: "il en reste un"}.get(
            tried.codes_left, f"il en reste {tried.codes_left}"
        )
        messages.info(
            request,
            f"Ce code de secours a servi ; {left}. Les refaire : « Mon compte », « Comment vous entrez ».",
        )
    return form, recovery, tried.is_good


def _said(answer: Step, left: int, by_recovery: bool) -> str:
    if by_recovery:
        return (
            "Ce code de secours a déjà servi. Prenez-en un autre sur la feuille."
            if answer is Step.USED
            else "Ce n’est aucun de vos codes de secours. Votre saisie est gardée : relisez-la signe à signe."
        )
    tries = "un essai" if left == 1 else f"{left} essais"
    return _NOT_IT.get(
        answer,
        f"Ce n’est pas le code que montre votre téléphone. Recopiez celui de maintenant : il vous reste {tries}.",
    )


# --- Passkeys: the page's script asks for a challenge, then brings what the device has signed ----------
def told(request: HttpRequest) -> dict[str, Any]:
    """What the script has sent; nothing when it is no such thing."""
    try:
        found = json.loads(request.body or b"{}")
    except (ValueError, RecursionError, RawPostDataException):  # a form sent otherwise is already read
        return {}
    return found if isinstance(found, dict) else {}


def keep_challenge(request: HttpRequest, state: dict[str, Any], purpose: str) -> None:
    request.session[CHALLENGE_KEY] = {"state": state, "at": clock.now().isoformat(), "for": purpose}


def take_challenge(request: HttpRequest, purpose: str) -> dict[str, Any] | None:
    """It serves once, for what it was drawn for, within five minutes."""
    kept: Any = request.session.pop(CHALLENGE_KEY, None)
    if not kept or kept["for"] != purpose:
        return None
    fresh = clock.now() - datetime.fromisoformat(kept["at"]) <= CHALLENGE_LIFE
    return kept["state"] if fresh else None


def refused(reason: str) -> JsonResponse:
    return JsonResponse({"reason": reason}, status=422)


EXPIRED = "La demande a expiré. Rien n’a changé : recommencez."


@screen(public=True, methods=("POST",))
def sign_in_passkey(request: HttpRequest) -> HttpResponse:
    """« Entrer avec cet appareil ». The device has checked its owner: it counts as both steps."""
    if not secrecy.allow("passkey-client", session.client_of(request), limit=60, seconds=secrecy.HOUR):
        return refused(
            "Trop d’essais en peu de temps. Recevez un code par courriel, ou réessayez dans une heure."
        )
    said = told(request)
    if "credential" not in said:
        options, state = passkeys.begin_entering()
        keep_challenge(request, state, "enter")
        return JsonResponse(options)
    kept = take_challenge(request, "enter")
    if kept is None:
        return refused(EXPIRED)
    entered = passkeys.enter_by_passkey(actor=acting(request), state=kept, answer=said["credential"])
    if entered.doubted:
        return refused(
            "Cette clé semble avoir été copiée : elle est refusée, et un message vous prévient. Entrez avec un code, puis retirez-la."
        )
    person = entered.person
    if person is None:
        return refused(
            "Cette clé n’est pas, ou n’est plus, connue ici. Entrez avec un code : vous pourrez en ajouter une autre."
        )
    next_url = said.get("next")
    landing = session.local(request, next_url if isinstance(next_url, str) else "") or "/"
    shared = person.others_of_mailbox().exists()
    return JsonResponse({"url": session.come_in(request, person, shared=shared, landing=landing, both=True)})
