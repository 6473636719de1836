"""Asking for the personal code where an act must be the person's own: in the form of the act, never on another page.

`ask(request)` before the form is built; what it returns goes to a `PersonalForm`. A good code confirms the session at once,
whatever else the form lacks: it is not asked again with the corrections. `acting(request)` is then read after `ask`.
"""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.timezone import localtime

from mosaique.access.actor import Actor
from mosaique.access.middleware import acting
from mosaique.accounts import services, session
from mosaique.accounts.models import PersonalCode
from mosaique.accounts.pin_forms import NOT_THE_SAME, Asked
from mosaique.accounts.services.pin import Standing, Tried, Try, standing_of
from mosaique.kernel.typography import time_short
from mosaique.kernel.verdict import Problem

_FORGOTTEN = "Oublié ? Appelez l’équipe du projet : elle vous en fera choisir un autre."
CLOSED = (
    "Trop d’essais ont échoué : votre code personnel est fermé, pour votre sûreté. Appelez l’équipe du projet, qui vous en fera "
    "choisir un autre."
)


def ask(request: HttpRequest, *, when: bool = True, optional: bool = False) -> Asked | None:
    """What the form must ask; None when this is certainly the person. On a POST, what was typed is tried.

    `optional`: only some sendings of this form are personal; `when`: whether this one is.
    """
    actor = acting(request)
    if actor.is_anonymous or actor.is_personal:
        return None
    asked = _asked(actor, optional)
    if request.method != "POST" or not when:
        return asked
    faults = _try(request, actor, asked.standing)
    if not faults:
        session.confirm(request)
        return None
    asked = _asked(actor, optional)  # this very try may have begun a pause
    asked.faults = {"": asked.notice} if asked.notice else faults
    return asked


def notice(row: PersonalCode | None) -> str:
    """Why nothing can be typed now."""
    standing = standing_of(row)
    if standing == Standing.CLOSED:
        return CLOSED
    if standing == Standing.PAUSED and row is not None and row.paused_until is not None:
        return (
            f"Cinq essais ont échoué : votre code personnel est en pause jusqu’à {time_short(localtime(row.paused_until))}. "
            f"Ce que vous avez écrit reste sur cette page. {_FORGOTTEN}"
        )
    return ""


def sentence(tried: Try) -> str:
    """What became of a code that was not the good one."""
    if tried.answer is Tried.EXPIRED:
        return "Ce code a plus d’une semaine : il n’a plus cours. Appelez l’équipe du projet, qui vous en dira un autre."
    if tried.answer is Tried.ABSENT:
        return "Votre code personnel a changé entre-temps. Rechargez cette page, puis recommencez."
    left = "un essai" if tried.tries_left == 1 else f"{tried.tries_left} essais"
    return f"Ce n’est pas ce code : il vous reste {left}. Le reste de votre saisie est gardé. {_FORGOTTEN}"


def _asked(actor: Actor, optional: bool) -> Asked:
    row = PersonalCode.objects.filter(person_id=actor.person_id).first()
    return Asked(standing_of(row), notice=notice(row), optional=optional)


def _try(request: HttpRequest, actor: Actor, standing: Standing) -> dict[str, str]:
    """Field → sentence; nothing when the code is good, or has just been chosen."""
    pin, again = request.POST.get("pin", "").strip(), request.POST.get("pin_again", "").strip()
    if not pin:
        return {
            "pin": "Votre code personnel manque : il montre que c’est bien vous. Le reste de votre saisie est gardé."
        }
    if standing not in (Standing.NONE, Standing.RENEWAL):
        tried = services.check_pin(actor=actor, pin=pin)
        return {} if tried.answer is Tried.GOOD else {"pin": sentence(tried)}
    if pin != again:
        return {"pin_again": NOT_THE_SAME}
    try:
        if standing == Standing.RENEWAL:
            tried = services.renew_pin(actor=actor, renewal=request.POST.get("renewal", ""), pin=pin)
            if tried.answer is not Tried.GOOD:
                return {"renewal": sentence(tried)}
        else:
            services.choose_pin(actor=actor, pin=pin)
    except Problem as problem:
        return {problem.field or "pin": problem.message}
    messages.success(
        request,
        "Votre code personnel est choisi. Il vous sera demandé sur cette boîte partagée, de temps en temps.",
    )
    return {}
