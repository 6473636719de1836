"""What must be a person's own act: a position, an opinion, a vote. Where several open the same mailbox, they confirm.

The rule is here once; the services that record somebody's voice call `require_personal` first, and `tests/architecture`
reads that they do. How one confirms (the personal code) belongs to the room of accounts.
"""

from datetime import timedelta

from mosaique.access.actor import Actor
from mosaique.kernel.verdict import Problem

#: How long a confirmation holds, in its own session.
LIFE = timedelta(minutes=10)
#: The field of the forms that ask for it: the sentence of a refusal stands there.
FIELD = "pin"


def require_personal(actor: Actor) -> None:
    """Raise unless this is certainly the person: their own mailbox, or their personal code a short while ago."""
    if not actor.is_personal:
        raise Problem(
            "Cette boîte est partagée, et ce que vous donnez est personnel. Rien n’a été enregistré : tapez votre code personnel, "
            "il vaut dix minutes.",
            FIELD,
        )
