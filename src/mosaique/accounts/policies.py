"""Who may manage people, bodies that take part, the perimeter, personal codes. Pure: actor and row only."""

from mosaique.access.actor import Actor
from mosaique.access.entrusting import BY_ROLE
from mosaique.access.models import Mandate
from mosaique.accounts.models import PendingImport, TerritoryParty
from mosaique.kernel.verdict import YES, Verdict, no
from mosaique.territory.models import Authority, Territory


def may_manage_people(actor: Actor) -> Verdict:
    """Invite, add, end mandates: the project team and the president, on the territory they act for now."""
    if actor.leads(actor.territory_id):
        return YES
    return no(
        "La liste des personnes est tenue par l’équipe du projet, à l’intercommunalité. "
        "Demandez-lui ce qui manque : elle peut ajouter quelqu’un en une minute."
    )


def may_change_perimeter(actor: Actor, territory: Territory) -> Verdict:
    """Announce, correct or cancel who joins and who leaves: those who lead the process; the arrêté is the prefect's."""
    if actor.leads(territory.pk):
        return YES
    return no(
        "Les changements de périmètre sont inscrits par l’équipe du projet, à l’intercommunalité, d’après l’arrêté préfectoral. "
        "Dites-lui ce qui manque."
    )


def may_add_people(actor: Actor, territory: Territory) -> Verdict:
    """Nobody gets a mandate, and no address is looked up, on a territory whose preparer nobody has checked yet."""
    verdict = may_manage_people(actor)
    if not verdict or territory.state == Territory.State.OPEN:
        return verdict
    return no(
        "Ce territoire n’est pas encore ouvert : l’administration de l’instance vérifie qui le prépare. "
        "Vous pourrez ajouter et inviter des personnes dès son ouverture ; la réponse arrive par courriel."
    )


def may_use_import(actor: Actor, pending: PendingImport) -> Verdict:
    """Whoever invites on its territory."""
    if pending.territory_id != actor.territory_id:
        return no("Ce fichier a été déposé pour un autre territoire : passez à celui-ci, puis recommencez.")
    return may_add_people(actor, pending.territory)


def may_follow(actor: Actor, mandate: Mandate) -> Verdict:
    """Follow somebody's invitation: remind, note that it came back, correct the address."""
    verdict = may_manage_people(actor)
    if verdict and mandate.territory_id != actor.territory_id:
        return no("Ce mandat est celui d’un autre territoire : son équipe de projet suit ses invitations.")
    return verdict


def may_print_letter(actor: Actor, mandate: Mandate) -> Verdict:
    """For who never came in, or has no address. Whoever reads codes in their mailbox needs no letter: it would open their
    account to whoever holds the paper."""
    verdict = may_follow(actor, mandate)
    if not verdict:
        return verdict
    if mandate.person.last_login is not None and mandate.person.email:
        return no(
            "Cette personne est déjà entrée et reçoit ses codes par courriel : une lettre ouvrirait son compte à qui la trouve. "
            "Si son adresse ne marche plus, ajoutez-la avec la nouvelle."
        )
    return YES


def may_add_party(actor: Actor, territory: Territory) -> Verdict:
    """The list of bodies that take part is kept by who leads; everyone who takes part reads it."""
    if actor.leads(territory.pk):
        return YES
    return no(
        "La liste des parties est tenue par l’équipe du projet, à l’intercommunalité. Il y manque quelqu’un ? Dites-le-lui : "
        "elle l’ajoute en une minute."
    )


def may_manage_party(actor: Actor, party: TerritoryParty) -> Verdict:
    return may_add_party(actor, party.territory)


def may_end_mandate(actor: Actor, mandate: Mandate) -> Verdict:
    """The same people; never the mandate one is acting for, or nobody would be left to correct it."""
    verdict = may_manage_people(actor)
    if not verdict:
        return verdict
    if mandate.territory_id != actor.territory_id:
        return no("Ce mandat est celui d’un autre territoire : son équipe de projet peut y mettre fin.")
    if mandate.pk == (actor.mandate.id if actor.mandate else None):
        return no(
            "C’est le mandat que vous exercez en ce moment : une autre personne de l’équipe peut y mettre fin."
        )
    return YES


def may_entrust(actor: Actor, mandate: Mandate) -> Verdict:
    """Entrust a part of a mandate: whoever holds it, acting for it now; or the team, from an order given on paper."""
    if mandate.entrusted:
        return no("Ce mandat est lui-même une délégation : ce qui a été confié ne se confie pas plus loin.")
    if mandate.role not in BY_ROLE:
        return no("Ce mandat n’a rien à confier : il ne décide ni ne saisit pour une collectivité.")
    if mandate.person_id == actor.person_id:
        if actor.mandate is not None and actor.mandate.id == mandate.pk:
            if actor.mandate.departed:
                return no(
                    "Votre commune ne fait plus partie de ce territoire : son mandat n’y a plus rien à confier."
                )
            return YES
        return no("Passez d’abord à ce mandat : on confie celui pour lequel on agit.")
    verdict = may_manage_people(actor)
    if verdict and mandate.territory_id != actor.territory_id:
        return no(
            "Ce mandat est celui d’un autre territoire : son équipe de projet peut enregistrer la délégation."
        )
    return verdict


def may_take_back(actor: Actor, mandate: Mandate) -> Verdict:
    """End a delegation early: who gave it, who received it, or the team."""
    if not mandate.entrusted:
        return no("Ce mandat n’est pas une délégation.")
    giver = mandate.substitute_of
    if actor.person_id == mandate.person_id or (giver is not None and giver.person_id == actor.person_id):
        return YES
    verdict = may_manage_people(actor)
    if verdict and mandate.territory_id != actor.territory_id:
        return no("Cette délégation est celle d’un autre territoire.")
    return verdict


def may_name_protection_contact(actor: Actor, authority: Authority) -> Verdict:
    """Each body says itself to whom one writes about personal data: its elected, its direction, its secretary."""
    held = actor.mandate
    if held is not None and held.authority_id == authority.pk and held.is_hall and not held.is_delegation:
        return YES
    return no(
        f"Seule {authority.name} peut dire à qui écrire chez elle : sa mairie ou sa direction le fait en une minute."
    )


def may_have_code(actor: Actor) -> Verdict:
    """Choose, try and change one's own personal code: whoever has come in."""
    return no("Entrez d’abord : un code personnel est celui de quelqu’un.") if actor.is_anonymous else YES


def may_renew_code(actor: Actor, mandate: Mandate) -> Verdict:
    """Set aside somebody's personal code: the team of their territory, never for oneself."""
    if mandate.person_id == actor.person_id:
        return no(
            "C’est votre propre code : vous le changez dans « Mon compte », ou une autre personne de l’équipe le met de côté."
        )
    verdict = may_manage_people(actor)
    if verdict and mandate.territory_id != actor.territory_id:
        return no("Cette personne est d’un autre territoire : son équipe de projet met son code de côté.")
    return verdict
