"""What every change of a way in leaves behind: a line in the journal, and a message to the person."""

from django.conf import settings
from django.urls import reverse

from mosaique import journal
from mosaique.access.actor import Actor
from mosaique.access.confirmation import require_personal
from mosaique.access.models import Mandate, Person
from mosaique.accounts.key_policies import may_keep_keys
from mosaique.accounts.services.mandates import team_scope
from mosaique.journal.verbs import Verb
from mosaique.kernel import clock, mail
from mosaique.kernel.typography import datetime_long
from mosaique.kernel.verdict import require


def require_own(actor: Actor, person: Person) -> None:
    """One's own account; and, where others open the same mailbox, certainly oneself: they could otherwise add a way in of theirs,
    or close the door on its owner."""
    require(may_keep_keys(actor, person))
    require_personal(actor)


def note(
    actor: Actor, person: Person, verb: Verb, subject: str, told: str, *, about: Mandate | None = None
) -> None:
    """Inside a service: the line of the journal, and the message. `told` completes « Le 26 novembre 2026 à 12 h 00, … »."""
    write(actor, person, verb, about=about)
    text = _text(person, told, own=actor.person_id == person.pk)
    mail.queue(to=person.email, subject=subject, text=text, kind="key", person_id=person.pk)


def write(actor: Actor, person: Person, verb: Verb, *, about: Mandate | None = None) -> None:
    """Inside a service: the line alone, under a mandate the person holds today. Whoever has none (an administrator of the
    instance) belongs to no territory, so no journal is theirs."""
    held = Mandate.objects.filter(person=person).held_on(clock.today()).select_related("territory__epci")
    chosen = actor.mandate.id if actor.mandate is not None else None
    mandate = about or held.filter(pk=chosen).first() or held.first()
    if mandate is not None:
        journal.record(actor, verb, mandate, scope=team_scope(mandate.territory))


def _text(person: Person, told: str, *, own: bool) -> str:
    """`own`: done from the person's account; else by the team."""
    if own:
        asked = "C’était vous ?"
        otherwise = (
            "Ce n’était pas vous ? Quelqu’un est entré à votre place. Entrez avec un code, puis retirez ce que vous n’avez pas "
            "choisi :"
        )
    else:
        asked = "Vous l’aviez demandé ?"
        otherwise = (
            "Vous n’aviez rien demandé ? Entrez avec un code, puis remettez ce qui protège votre compte :"
        )
    return f"""Bonjour {person.full_name},

Le {datetime_long(clock.now().astimezone(clock.PARIS))}, {told}.

{asked} Il n’y a rien à faire.

{otherwise}

{settings.PUBLIC_URL + reverse("account_ways")}

Prévenez ensuite la personne qui conduit le projet dans votre intercommunalité.

Mosaïque
"""
