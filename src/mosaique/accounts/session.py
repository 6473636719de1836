"""Opening a session once somebody is proven, and what it remembers of that proof. The one place that calls Django's `login`."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, login
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from mosaique.access.actor import Actor
from mosaique.access.middleware import CONFIRMED_KEY, MANDATE_KEY, SHARED_KEY, acting
from mosaique.access.models import Person
from mosaique.accounts.models import SecondStep
from mosaique.kernel import clock
from mosaique.kernel.service import service

PROVEN_KEY = "proven_mailbox"
ASKED_KEY = "asked_mailbox"
CODE_KEY = "asked_code"  # which code this window asked: its wrong tries are its own
NEXT_KEY = "next_after_sign_in"
STEP_KEY = "second_step"  # who has passed the first step, and where they were going
PASSED_KEY = "second_step_passed"
GIVEN_KEY = "second_step_given"  # in this very session, by the step or by a key
ENTERED_KEY = "entered_at"  # when one last proved who one is, in this session
FRESH = timedelta(minutes=15)  # what changes the ways into an account asks for a proof no older


def come_in(
    request: HttpRequest, person: Person, *, shared: bool, landing: str, brief: bool = False, both: bool = False
) -> str:  # fmt: skip
    """The one door of every proof: opens the session, or asks for the second step first. Answers where to go.

    `brief`: the session ends with the browser. `both`: the proof is two in one, a device and what opens it.
    """
    if not both and wants_step(request, person):
        return ask_step(request, person, shared=shared, landing=landing, brief=brief)
    certain = both or _has_passed(request, person)
    open_session(actor=acting(request), request=request, person=person, shared=shared)
    if certain:
        give_step(request, person)
    if certain and shared:
        # A device or a telephone of their own says who it is as well as the personal code does, and for as long.
        request.session[CONFIRMED_KEY] = _now_by(person)
    if brief:
        request.session.set_expiry(0)
    return landing


def wants_step(request: HttpRequest, person: Person) -> bool:
    """Whether the person protects their account by a second step, and has not just passed it here."""
    if _has_passed(request, person):
        return False
    return SecondStep.objects.filter(person=person).exists()


def _has_passed(request: HttpRequest, person: Person) -> bool:
    passed = request.session.get(PASSED_KEY) or {}
    return passed.get("person") == person.pk and clock.now() - datetime.fromisoformat(passed["at"]) <= FRESH


def _now_by(person: Person) -> dict[str, Any]:
    return {"person": person.pk, "at": clock.now().isoformat()}


def ask_step(
    request: HttpRequest, person: Person, *, shared: bool = False, landing: str = "", brief: bool = False, then: str = ""
) -> str:  # fmt: skip
    """Remember who is at the door. `then`: a page of ours that does the rest once the step is passed."""
    request.session[STEP_KEY] = {
        "person": person.pk, "at": clock.now().isoformat(), "shared": shared, "landing": landing, "brief": brief, "then": then,
    }  # fmt: skip
    return reverse("second_step")


def at_the_door(request: HttpRequest) -> tuple[Person, dict[str, Any]] | None:
    """Who passed the first step a short while ago, and what was asked then."""
    waiting: dict[str, Any] = request.session.get(STEP_KEY) or {}
    if not waiting or clock.now() - datetime.fromisoformat(waiting["at"]) > FRESH:
        return None
    person = Person.objects.filter(pk=waiting["person"], is_active=True).first()
    return (person, waiting) if person is not None else None


def step_passed(request: HttpRequest, person: Person, waiting: dict[str, Any]) -> str:
    """Go on where one was going."""
    request.session.pop(STEP_KEY, None)
    request.session[PASSED_KEY] = _now_by(person)
    if waiting["then"]:
        return str(waiting["then"])
    return come_in(
        request, person, shared=waiting["shared"], landing=waiting["landing"], brief=waiting["brief"]
    )


# A request inside a service, here only: Django's `login` writes the person's last visit with the session.
@service
def open_session(*, actor: Actor, request: HttpRequest, person: Person, shared: bool) -> None:
    """Sign the person in; acts will be marked « boîte partagée » when others read the mailbox."""
    login(request, person, backend="mosaique.access.auth.MailboxBackend")
    for key in (
        MANDATE_KEY,
        CONFIRMED_KEY,
        PROVEN_KEY,
        ASKED_KEY,
        CODE_KEY,
        NEXT_KEY,
        STEP_KEY,
        PASSED_KEY,
        GIVEN_KEY,
    ):
        request.session.pop(key, None)
    request.session[SHARED_KEY] = shared
    prove(request)


def prove(request: HttpRequest) -> None:
    """Remember that the person has just proved who they are."""
    request.session[ENTERED_KEY] = clock.now().isoformat()


def give_step(request: HttpRequest, person: Person) -> None:
    """Remember that the second step, or a key, has just been given in this session."""
    request.session[GIVEN_KEY] = _now_by(person)


def has_given_step(request: HttpRequest, person: Person) -> bool:
    """Whether it was, a few minutes ago: a desk that was left, where the personal code was just typed, is not enough."""
    given = request.session.get(GIVEN_KEY) or {}
    return given.get("person") == person.pk and clock.now() - datetime.fromisoformat(given["at"]) <= FRESH


def is_fresh(request: HttpRequest) -> bool:
    """Whether that proof is a few minutes old: a session left open on a desk does not change the ways in."""
    at = request.session.get(ENTERED_KEY, "")
    return bool(at) and clock.now() - datetime.fromisoformat(at) <= FRESH


def keep_open(request: HttpRequest, person: Person) -> None:
    """After what closes the sessions of a person: this one goes on, under a new number."""
    request.session.cycle_key()
    request.session[HASH_SESSION_KEY] = person.get_session_auth_hash()


def confirm(request: HttpRequest) -> None:
    """The person has just typed their personal code: what they do in this session is theirs, for a short while."""
    actor = acting(request)
    request.session[CONFIRMED_KEY] = {"person": actor.person_id, "at": clock.now().isoformat()}
    request.actor = replace(actor, is_confirmed=True)  # type: ignore[attr-defined]


def local(request: HttpRequest, url: str) -> str:
    """The address when it is a page of ours, else nothing."""
    ours = url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return url if ours and url.startswith("/") else ""


def client_of(request: HttpRequest) -> str:
    """Who asks, for rate limits only. The proxy's word is taken only when there is one (a public https address)."""
    forwarded = cast(str, request.META.get("HTTP_X_FORWARDED_FOR", "")) if settings.SECURE else ""
    return forwarded.rsplit(",", 1)[-1].strip() or cast(str, request.META.get("REMOTE_ADDR", ""))
