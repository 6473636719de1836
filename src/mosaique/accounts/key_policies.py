"""Who may change the ways into an account. Pure: actor and row only."""

from mosaique.access.actor import Actor
from mosaique.access.models import Person
from mosaique.kernel.verdict import YES, Verdict, no


def may_keep_keys(actor: Actor, person: Person) -> Verdict:
    """One's own account, and nobody else's."""
    if actor.person_id == person.pk:
        return YES
    return no("Chacun choisit lui-même comment il entre : ce compte n’est pas le vôtre. Rien n’a été changé.")
