"""Who may do what on the scheme. Actor and row (with its `for_screen` relations) only: no query."""

from mosaique.access.actor import Actor
from mosaique.access.entrusting import Entrusted
from mosaique.access.models import Scope, Space, Visibility
from mosaique.access.roles import Right, Role
from mosaique.kernel.verdict import YES, Verdict, no
from mosaique.scheme.models import ActionSheet, Scheme, Version

FROZEN = (
    "Le schéma est figé pour l’avis des conseils : son texte ne change plus. La personne qui conduit le projet "
    "peut rouvrir la rédaction pour préparer une nouvelle version."
)
Status = ActionSheet.Status
OPEN = (Visibility.TERRITORY, Visibility.PUBLIC)  # read by everyone who takes part: what a report may hold


def may_open_scheme(actor: Actor) -> Verdict:
    """Opening the scheme of a mandate: the project team or the president."""
    if actor.territory_id is not None and actor.leads(actor.territory_id):
        return YES
    return no("Le schéma est ouvert par la présidence de l’intercommunalité ou par l’équipe du projet.")


def may_edit_scheme(actor: Actor, scheme: Scheme) -> Verdict:
    """Axes and chapters of the report."""
    if scheme.is_frozen:
        return no(FROZEN)
    if actor.leads(scheme.territory_id):
        return YES
    return no(
        "Les axes et les chapitres sont tenus par l’équipe du projet. Proposez un texte dans un échange."
    )


def may_create_sheet(actor: Actor, scheme: Scheme) -> Verdict:
    """The team, the president, and whoever leads a working group."""
    if scheme.is_frozen:
        return no(FROZEN)
    animates = any(role == "animator" for role in actor.space_roles.values())
    if actor.leads(scheme.territory_id) or (animates and actor.territory_id == scheme.territory_id):
        return YES
    return no(
        "Une fiche est ouverte par l’équipe du projet ou par la personne qui anime un groupe de travail. "
        "Proposez votre idée dans un échange : un relevé peut devenir une fiche."
    )


def may_edit_sheet(actor: Actor, sheet: ActionSheet) -> Verdict:
    """The team, the president, and whoever leads the sheet's working group; members weigh by position and debate."""
    if sheet.scheme.is_frozen:
        return no(FROZEN)
    if actor.leads(sheet.scheme.territory_id) or (
        sheet.space_id is not None and actor.animates(sheet.space_id)
    ):
        return YES
    return no(
        "Cette fiche est rédigée par la personne qui anime le groupe et par l’équipe du projet. "
        "Vous pesez par votre position et par le débat : chaque condition y reçoit une réponse."
    )


# A sheet goes forward step by step, and may always come back one step; only the leaders retain or drop it.
STEPS: dict[str, tuple[str, ...]] = {
    Status.IDEA: (Status.STUDY, Status.DROPPED),
    Status.STUDY: (Status.BUILDING, Status.IDEA, Status.DROPPED),
    Status.BUILDING: (Status.READY, Status.STUDY, Status.DROPPED),
    Status.READY: (Status.RETAINED, Status.BUILDING, Status.DROPPED),
    Status.RETAINED: (Status.READY, Status.DROPPED),
    Status.DROPPED: (Status.IDEA,),
}


def may_set_status(actor: Actor, sheet: ActionSheet, to: str) -> Verdict:
    """Moving a sheet along its pipeline."""
    verdict = may_edit_sheet(actor, sheet)
    if not verdict:
        return verdict
    if to not in STEPS[sheet.status]:
        return no(
            f"Une fiche « {sheet.get_status_display()} » ne passe pas directement à cet état : avancez d’une étape."
        )
    arbitrates = Status.RETAINED in (to, sheet.status) or Status.DROPPED in (to, sheet.status)
    if arbitrates and not actor.leads(sheet.scheme.territory_id):
        return no(
            "Retenir ou écarter une fiche revient à la présidence et à l’équipe du projet, après arbitrage."
        )
    return YES


def may_move_sheet(actor: Actor, sheet: ActionSheet, scope: Scope, space: Space | None) -> Verdict:
    """Give the sheet to other readers or another group: never to take it from under the eyes of those who arbitrate."""
    verdict = may_edit_sheet(actor, sheet)
    if not verdict or actor.leads(sheet.scheme.territory_id):
        return verdict
    if space is not None and space.pk != sheet.space_id and not actor.animates(space.pk):
        return no("Vous pouvez confier cette fiche à un groupe que vous animez, pas à un autre.")
    printed = sheet.status in (Status.READY, Status.RETAINED)
    if printed and scope.pk != sheet.scope_id and scope.visibility not in OPEN:
        return no(
            "Cette fiche est prête ou retenue : la réserver à moins de lecteurs la retirerait du rapport. "
            "C’est à la présidence ou à l’équipe du projet d’en décider."
        )
    return YES


def may_answer(actor: Actor, sheet: ActionSheet) -> Verdict:
    """Giving the position of one's commune."""
    held = actor.mandate
    if sheet.scheme.state == Scheme.State.ADOPTED:
        return no("Le schéma est adopté : les positions des communes sont closes.")
    if sheet.scheme.is_frozen:
        return no(
            "Le schéma est figé : les positions des communes sont closes, et c’est l’avis de votre conseil qui compte "
            "maintenant. Elles s’ouvriront de nouveau si l’équipe du projet rouvre la rédaction."
        )
    if not sheet.is_open_to_positions:
        return no("Cette fiche n’attend plus de position : son sort est décidé.")
    if held is None or held.authority_kind != "commune" or held.territory_id != sheet.scheme.territory_id:
        return no("La position est celle d’une commune : elle est donnée par son maire.")
    if held.is_delegation and not held.carries(Entrusted.POSITIONS):
        return no(
            "Votre délégation ne comprend pas les positions de la commune : elles restent données par son maire."
        )
    if not held.may(Right.DECIDE):
        return no("La position de la commune est donnée par son maire. Vous pouvez la préparer avec lui.")
    return YES


def may_read_conditions(actor: Actor, sheet: ActionSheet) -> bool:
    """Conditions are read by the town halls of the territory, and by those who work on the sheet."""
    territory_id = sheet.scheme.territory_id
    working = sheet.space_id is not None and actor.in_space(sheet.space_id)
    return territory_id in actor.circle_territory_ids or working


def may_prepare(actor: Actor, version: Version) -> Verdict:
    """Have the worker make the files of every commune, or stop it: the project team and the president."""
    if actor.leads(version.scheme.territory_id):
        return YES
    return no(
        "Les extraits de toutes les communes sont préparés par l’équipe du projet. La page de votre commune se "
        "télécharge depuis la version figée."
    )


def may_freeze(actor: Actor, scheme: Scheme) -> Verdict:
    """Freezing a version: the project lead or the president."""
    if scheme.state == Scheme.State.ADOPTED:
        return no("Ce schéma est adopté : il ne se fige plus.")
    if scheme.is_frozen:
        return no(
            "Une version est déjà figée et soumise aux conseils. Rouvrez la rédaction avant d’en figer une autre."
        )
    return _conducts(actor, scheme)


def may_reopen(actor: Actor, scheme: Scheme) -> Verdict:
    """Opening drafting again after a freeze; the frozen version stays as it is."""
    if scheme.state == Scheme.State.ADOPTED:
        return no("Ce schéma est adopté : une révision fera l’objet d’un nouveau schéma.")
    if not scheme.is_frozen:
        return no("La rédaction est déjà ouverte.")
    return _conducts(actor, scheme)


def _conducts(actor: Actor, scheme: Scheme) -> Verdict:
    held = actor.mandate
    epci = held is not None and held.authority_kind == "epci" and held.territory_id == scheme.territory_id
    if epci and actor.role in (Role.PROJECT_LEAD, Role.PRESIDENT) and actor.carries(Entrusted.CONDUCT):
        return YES
    return no(
        "Figer une version revient à la présidence de l’intercommunalité ou à la personne qui conduit le projet."
    )
