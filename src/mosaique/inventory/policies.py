"""Who may do what to an inventory. Actor and row only: no query."""

from mosaique.access.actor import Actor
from mosaique.access.entrusting import Entrusted
from mosaique.access.roles import Role
from mosaique.inventory.models import Campaign, ImportBatch, Return, SectionLink, SectionSheet
from mosaique.kernel.verdict import YES, Verdict, no

# A large commune has a direction of its own: it fills in, the mayor or the secretary answers for the figures.
EDITORS = (Role.MAYOR, Role.DEPUTY, Role.SECRETARY, Role.DGS)
ANSWERABLE = (Role.MAYOR, Role.SECRETARY)


def _of_commune(actor: Actor, inventory: Return, roles: tuple[Role, ...]) -> bool:
    held = actor.mandate
    return bool(
        held
        and held.authority_id == inventory.authority_id
        and held.territory_id == inventory.campaign.territory_id
        and held.role in roles
        and held.carries(Entrusted.INVENTORY)
    )


def is_ours(actor: Actor, inventory: Return) -> bool:
    """Acts now for this commune, in a role that fills in its inventory."""
    return _of_commune(actor, inventory, EDITORS)


def may_run_campaign(actor: Actor, campaign: Campaign | None = None) -> Verdict:
    """Open, change, close a collection; remind."""
    territory_id = campaign.territory_id if campaign else actor.territory_id
    if territory_id is not None and actor.is_team(territory_id):
        return YES
    return no("La collecte est conduite par l’équipe du projet de l’intercommunalité.")


def may_change_campaign(actor: Actor, campaign: Campaign) -> Verdict:
    if campaign.frozen:
        return no("La collecte est close : ses dates et ses sections ne changent plus.")
    return may_run_campaign(actor, campaign)


def _open(campaign: Campaign) -> Verdict:
    if campaign.frozen:
        return no(
            "La collecte est close : cet inventaire ne change plus. Si un chiffre est faux, écrivez à l’équipe du projet, "
            "qui peut ouvrir une nouvelle collecte."
        )
    if not campaign.started:
        return no(f"La collecte ouvre le {campaign.opens_on:%d/%m/%Y}.")
    return YES


def may_fill(actor: Actor, inventory: Return) -> Verdict:
    """Fill in this inventory as its commune."""
    if not is_ours(actor, inventory):
        return no(
            "Un inventaire est rempli par le maire, ses adjoints ou le secrétariat de la commune. "
            "L’équipe du projet ne saisit que ce que la commune lui demande."
        )
    return _open(inventory.campaign)


def may_edit_sheet(actor: Actor, sheet: SectionSheet) -> Verdict:
    """Type in a section: its commune; the project team only where it was asked."""
    if sheet.state == SectionSheet.State.DONE:
        return no("Cette section est rendue. La commune peut la reprendre pour la corriger.")
    inventory = sheet.inventory
    if sheet.pk in actor.confided("inventory_section"):
        return _open(inventory.campaign)
    if sheet.help_open and actor.is_team(inventory.campaign.territory_id):
        return _open(inventory.campaign)
    return may_fill(actor, inventory)


def may_share(actor: Actor, sheet: SectionSheet) -> Verdict:
    """Choose who reads the section; allowed even once given back, even once the collection is closed."""
    if _of_commune(actor, sheet.inventory, EDITORS):
        return YES
    return no("Seule la commune choisit qui lit ses données.")


def may_give_back(actor: Actor, sheet: SectionSheet) -> Verdict:
    if sheet.state == SectionSheet.State.DONE:
        return no("Cette section est déjà rendue.")
    return may_fill(actor, sheet.inventory)


def may_reopen(actor: Actor, sheet: SectionSheet) -> Verdict:
    if sheet.state != SectionSheet.State.DONE:
        return no("Cette section n’est pas rendue : vous pouvez y écrire.")
    return may_fill(actor, sheet.inventory)


def may_ask_help(actor: Actor, sheet: SectionSheet) -> Verdict:
    return may_confide(actor, sheet)  # both put somebody else before the same lines


def may_confide(actor: Actor, sheet: SectionSheet) -> Verdict:
    """Hand the section to a colleague by a link, or take it back."""
    if sheet.state == SectionSheet.State.DONE:
        return no("Cette section est rendue : reprenez-la d’abord.")
    return may_fill(actor, sheet.inventory)


def may_finish_by_link(actor: Actor, link: SectionLink) -> Verdict:
    """Say that one has finished: who holds the link, while it lasts."""
    if actor.card.get("link") != link.pk or not link.lasts:
        return no("Ce lien ne s’ouvre plus.")
    return YES


def may_confirm(actor: Actor, sheet: SectionSheet) -> Verdict:
    """Confirm what was typed for the commune."""
    return may_fill(actor, sheet.inventory)


def may_release(actor: Actor, sheet: SectionSheet) -> Verdict:
    """Put figures in the report: the mayor or the secretary, once the section is given back."""
    if not _of_commune(actor, sheet.inventory, ANSWERABLE):
        return no("Seuls le maire ou le secrétariat de la commune versent ses chiffres au rapport.")
    if sheet.state != SectionSheet.State.DONE:
        return no("Rendez d’abord cette section : on ne verse au rapport que des chiffres terminés.")
    return YES


def may_revoke(actor: Actor, sheet: SectionSheet) -> Verdict:
    """Take figures back, whatever the state of the section."""
    if _of_commune(actor, sheet.inventory, ANSWERABLE):
        return YES
    return no("Seuls le maire ou le secrétariat de la commune retirent ses chiffres du rapport.")


def may_estimate(actor: Actor, inventory: Return) -> Verdict:
    """Write the EPCI's own estimate, marked as such."""
    if actor.is_team(inventory.campaign.territory_id):
        return YES
    return no("Les estimations sont celles de l’équipe du projet ; une commune verse ses propres chiffres.")


def may_import(actor: Actor, inventory: Return) -> Verdict:
    """Send a spreadsheet: the commune, for any section; section by section, the same rule as typing applies."""
    if actor.is_team(inventory.campaign.territory_id):
        return _open(inventory.campaign)
    return may_fill(actor, inventory)


def may_apply_import(actor: Actor, batch: ImportBatch) -> Verdict:
    if batch.applied_at is not None:
        return no("Ce fichier est déjà enregistré.")
    if batch.received_by_id != actor.person_id:
        return no("Ce fichier est enregistré par la personne qui l’a déposé.")
    return may_import(actor, batch.inventory)
