"""Who may change the ways into an account. Pure: actor and row only."""

from mosaique.access.actor import Actor
from mosaique.access.models import Mandate, Person
from mosaique.accounts.policies import may_follow
from mosaique.kernel.verdict import YES, Verdict, no


def may_keep_keys(actor: Actor, person: Person) -> Verdict:
    """One's own account, and nobody else's."""
    if actor.person_id == person.pk:
        return YES
    return no("Chacun choisit lui-même comment il entre : ce compte n’est pas le vôtre. Rien n’a été changé.")


def may_lift_second_step(actor: Actor, mandate: Mandate) -> Verdict:
    """The team, for somebody else who has lost telephone and codes."""
    if mandate.person_id == actor.person_id:
        return no("C’est votre propre compte : retirez la deuxième étape dans « Mon compte ».")
    return may_follow(actor, mandate)
