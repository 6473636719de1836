"""One's own name, corrected by oneself: a slip of whoever invited, a marriage."""

from mosaique.access.actor import Actor
from mosaique.access.models import Person
from mosaique.accounts import keys
from mosaique.accounts.registry import PERSON_RENAMED
from mosaique.kernel.service import service
from mosaique.kernel.verdict import Problem
from mosaique.territory.reference.text import fold


@service
def correct_own_name(*, actor: Actor, person: Person, given_name: str, family_name: str) -> Person:
    """Acts already done are signed by it too, where names are read as a page is shown; frozen versions keep what they said.

    Two readers of one mailbox are told apart by their names alone: they never bear the same.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    keys.require_own(actor, person)
    former = person.full_name
    person.given_name, person.family_name = " ".join(given_name.split()), " ".join(family_name.split())
    if not person.given_name or not person.family_name:
        raise Problem("Il faut le prénom et le nom. Rien n’a été changé : complétez-les.", "given_name")
    if fold(person.full_name) in {fold(other.full_name) for other in person.others_of_mailbox()}:
        raise Problem(
            "Une autre personne de cette boîte porte déjà ce nom : personne ne vous distinguerait. Rien n’a été changé ; "
            "ajoutez un second prénom, par exemple.",
            "given_name",
        )
    if person.full_name != former:
        person.save(update_fields=["given_name", "family_name"])
        keys.note(
            actor, person, PERSON_RENAMED, "Votre nom a été corrigé",
            f"votre nom a été corrigé : « {former} » est devenu « {person.full_name} »",
        )  # fmt: skip
    return person
