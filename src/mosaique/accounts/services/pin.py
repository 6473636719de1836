"""The personal code: chosen, tried, changed, set aside by the project team. A wrong try is counted, so nothing is raised there.

Where a mailbox is shared, a code sent to it proves nothing of who reads it. So the first choice is told to the mailbox and
noted for the team; and a code that was lost is opened again only by another code, which the team says to the person.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mosaique import journal
from mosaique.access.actor import Actor
from mosaique.access.confirmation import require_personal
from mosaique.access.models import Mandate, Person
from mosaique.accounts import pins, secrecy
from mosaique.accounts.models import PersonalCode
from mosaique.accounts.policies import may_have_code, may_renew_code
from mosaique.accounts.registry import (
    PERSONAL_CODE_CHANGED,
    PERSONAL_CODE_CHOSEN,
    PERSONAL_CODE_CLOSED,
    PERSONAL_CODE_SET_ASIDE,
)
from mosaique.accounts.services.mandates import team_scope
from mosaique.journal.verbs import Verb
from mosaique.kernel import clock, mail
from mosaique.kernel.service import service
from mosaique.kernel.typography import of_name
from mosaique.kernel.verdict import Problem, require

PAUSE = timedelta(minutes=15)
RENEWAL = timedelta(days=7)


class Standing(StrEnum):
    """Where somebody's personal code stands."""

    NONE = "none"  # never chosen
    CHOSEN = "chosen"
    PAUSED = "paused"
    CLOSED = "closed"  # too many wrong tries: the team opens it again
    RENEWAL = "renewal"  # set aside: the team's code opens the choice of another


class Tried(StrEnum):
    GOOD = "good"
    WRONG = "wrong"
    PAUSED = "paused"
    CLOSED = "closed"
    EXPIRED = "expired"  # the team's code is too old
    ABSENT = "absent"  # there is nothing to compare with


@dataclass(frozen=True, slots=True)
class Try:
    """What became of a code that was typed."""

    answer: Tried
    tries_left: int = 0
    until: datetime | None = None


def standing_of(row: PersonalCode | None) -> Standing:
    if row is None:
        return Standing.NONE
    if row.is_closed:
        return Standing.CLOSED
    if row.paused_until is not None and row.paused_until > clock.now():
        return Standing.PAUSED
    return Standing.CHOSEN if row.digest else Standing.RENEWAL


def _locked(actor: Actor) -> PersonalCode | None:
    return PersonalCode.objects.select_for_update(of=("self",)).filter(person_id=actor.person_id).first()


def _try(actor: Actor, row: PersonalCode, good: bool) -> Try:
    """Count a try."""
    standing = standing_of(row)
    if standing == Standing.CLOSED:
        return Try(Tried.CLOSED)
    if standing == Standing.PAUSED:
        return Try(Tried.PAUSED, until=row.paused_until)
    if good:
        row.tries, row.paused_until = 0, None
        row.save(update_fields=["tries", "paused_until"])
        return Try(Tried.GOOD)
    row.tries += 1
    if row.is_closed:
        row.paused_until = None
        _note(actor, PERSONAL_CODE_CLOSED)
    elif row.tries % PersonalCode.TRIES == 0:
        row.paused_until = clock.now() + PAUSE
    row.save(update_fields=["tries", "paused_until"])
    if row.is_closed:
        return Try(Tried.CLOSED)
    if row.paused_until is not None and row.paused_until > clock.now():
        return Try(Tried.PAUSED, until=row.paused_until)
    return Try(Tried.WRONG, tries_left=PersonalCode.TRIES - row.tries % PersonalCode.TRIES)


def _may_try(row: PersonalCode) -> bool:
    return standing_of(row) not in (Standing.CLOSED, Standing.PAUSED)


@service
def check_pin(*, actor: Actor, pin: str) -> Try:
    """Try a personal code. Nothing is compared during a pause: the good one would tell itself from the others."""
    require(may_have_code(actor))
    row = _locked(actor)
    if row is None or not (row.digest or row.is_closed):
        return Try(Tried.ABSENT)
    assert actor.person_id is not None
    return _try(actor, row, _may_try(row) and pins.matches(actor.person_id, pins.typed(pin), row.digest))


@service
def choose_pin(*, actor: Actor, pin: str) -> PersonalCode:
    """The first choice. The mailbox is told, and the team finds it in the journal."""
    require(may_have_code(actor))
    assert actor.person_id is not None
    person = Person.objects.select_for_update(of=("self",)).get(pk=actor.person_id)
    if PersonalCode.objects.filter(person=person).exists():
        raise Problem(
            "Un code personnel a déjà été choisi à votre nom : tapez celui-là. Si ce n’est pas vous qui l’avez choisi, "
            "appelez l’équipe du projet.",
            "pin",
        )
    row = PersonalCode(person=person)
    _keep(row, pin)
    _note(actor, PERSONAL_CODE_CHOSEN)
    _tell(person, "choisi")
    return row


@service
def change_pin(*, actor: Actor, current: str, pin: str) -> Try:
    """Another one, by who knows the present one."""
    require(may_have_code(actor))
    _sound(pin)
    row = _locked(actor)
    if row is None or not (row.digest or row.is_closed):
        return Try(Tried.ABSENT)
    assert actor.person_id is not None
    tried = _try(actor, row, _may_try(row) and pins.matches(actor.person_id, pins.typed(current), row.digest))
    if tried.answer is Tried.GOOD:
        _change(actor, row, pin)
    return tried


@service
def renew_pin(*, actor: Actor, renewal: str, pin: str) -> Try:
    """Another one, by who was given the team's code, by voice. A wrong one counts as a wrong try."""
    require(may_have_code(actor))
    _sound(pin)
    row = _locked(actor)
    if row is None or (row.digest and not row.is_closed):
        return Try(Tried.ABSENT)
    if row.renewal_until is not None and row.renewal_until <= clock.now():
        return Try(Tried.EXPIRED)
    typed = secrecy.letter_hash(secrecy.letter_code(renewal))
    tried = _try(actor, row, _may_try(row) and secrecy.same(row.renewal_digest, typed))
    if tried.answer is Tried.GOOD:
        _change(actor, row, pin)
    return tried


@service
def set_pin_aside(*, actor: Actor, mandate: Mandate) -> str:
    """The team sets somebody's code aside; returns the code to say to them by voice, shown once.

    Who reads the same mailbox may not: they would open it for themselves.
    """
    mandate = Mandate.objects.select_related("territory__epci", "person").get(pk=mandate.pk)
    require(may_renew_code(actor, mandate))
    require_personal(actor)
    row = PersonalCode.objects.select_for_update(of=("self",)).filter(person_id=mandate.person_id).first()
    if row is None:
        raise Problem(
            f"{mandate.person.full_name} n’a pas encore choisi de code personnel : il n’y a rien à remplacer."
        )
    if mandate.person.others_of_mailbox().filter(pk=actor.person_id).exists():
        raise Problem(
            "Vous lisez la même boîte que cette personne : quelqu’un d’autre de l’équipe doit remplacer son code. Rien n’a changé."
        )
    code = secrecy.new_letter_code()
    row.digest, row.tries, row.paused_until = "", 0, None
    row.renewal_digest, row.renewal_until = secrecy.letter_hash(code), clock.now() + RENEWAL
    row.save()
    journal.record(actor, PERSONAL_CODE_SET_ASIDE, mandate, scope=team_scope(mandate.territory))
    _tell(mandate.person, "mis de côté par l’équipe du projet")
    return secrecy.grouped(code)


def _sound(pin: str) -> None:
    if fault := pins.fault(pins.typed(pin)):
        raise Problem(fault, "pin")


def _keep(row: PersonalCode, pin: str) -> None:
    _sound(pin)
    row.digest, row.chosen_at = pins.digest(row.person_id, pins.typed(pin)), clock.now()
    row.tries, row.paused_until, row.renewal_digest, row.renewal_until = 0, None, "", None
    row.save()


def _change(actor: Actor, row: PersonalCode, pin: str) -> None:
    _keep(row, pin)
    _note(actor, PERSONAL_CODE_CHANGED)
    _tell(Person.objects.get(pk=actor.person_id), "changé")


def _note(actor: Actor, verb: Verb) -> None:
    """For the team, on the mandate acted for; who holds none has nothing to confirm."""
    if actor.mandate is not None:
        mandate = Mandate.objects.select_related("territory__epci").get(pk=actor.mandate.id)
        journal.record(actor, verb, mandate, scope=team_scope(mandate.territory))


def _tell(person: Person, what: str) -> None:
    if person.email:
        mail.queue(
            to=person.email, kind="personal_code", person_id=person.pk, subject=f"Code personnel {what.split()[0]} : {person.full_name}",
            text=f"""Bonjour,

Le code personnel {of_name(person.full_name)} vient d’être {what}.

Ce code montre que c’est bien cette personne qui donne un avis, une position ou un vote : ceux qui ouvrent cette boîte
avec elle n’ont pas à le connaître.

{person.full_name} n’y est pour rien ? Appelez la personne qui conduit le projet dans votre intercommunalité.

Mosaïque
""",
        )  # fmt: skip
