"""To whom one writes, in each body, about personal data."""

from mosaique import journal
from mosaique.access.actor import Actor
from mosaique.access.models import Scope, Visibility
from mosaique.accounts.policies import may_name_protection_contact
from mosaique.accounts.registry import PROTECTION_CONTACT_NAMED
from mosaique.kernel.service import service
from mosaique.kernel.verdict import Problem, require
from mosaique.territory.models import Authority, Territory


@service
def name_protection_contact(
    *, actor: Actor, territory: Territory, authority: Authority, contact: str, email: str
) -> Authority:
    """Write the contact (« Centre de gestion 81, délégué mutualisé ») and its address; both, or neither to take it away."""
    authority = Authority.objects.select_for_update().get(pk=authority.pk)
    require(may_name_protection_contact(actor, authority))
    contact, email = contact.strip(), email.strip().lower()
    if bool(contact) != bool(email):
        raise Problem(
            "Il faut le nom du service et son adresse, ou aucun des deux. Rien n’a été changé.",
            "email" if contact else "contact",
        )
    authority.protection_contact, authority.protection_email = contact, email
    authority.save(update_fields=["protection_contact", "protection_email"])
    journal.record(
        actor, PROTECTION_CONTACT_NAMED, territory, authority=authority.pk,
        scope=Scope.objects.obtain(territory=territory, visibility=Visibility.TERRITORY),
    )  # fmt: skip
    return authority
