"""Who may change the hypotheses of a scenario. Actor and row only: no query."""

from mosaique.access.actor import Actor
from mosaique.costing.models import Scenario
from mosaique.kernel.verdict import YES, Verdict, no
from mosaique.territory.models import Territory


def may_edit_scenario(actor: Actor, scenario: Scenario) -> Verdict:
    """The project team, the EPCI's president, and whoever leads the working group; never once frozen."""
    if scenario.closed:
        return no(
            "Le schéma est figé pour l’avis des conseils : ces chiffres ne changent plus. "
            "La personne qui conduit le projet peut rouvrir la rédaction pour préparer une nouvelle version."
        )
    return may_work_on(actor, scenario)


def may_work_on(actor: Actor, scenario: Scenario) -> Verdict:
    """The same, whatever the state of the scheme (used to say who could)."""
    if actor.leads(scenario.scope.territory_id):
        return YES
    if scenario.space_id is not None and actor.animates(scenario.space_id):
        return YES
    return no(
        "Les chiffres sont tenus par l’équipe du projet et par la personne qui anime le groupe de travail. "
        "Vous pouvez contester une hypothèse dans le débat de la fiche."
    )


def may_set_criteria(actor: Actor, territory: Territory) -> Verdict:
    """The values by which costs are shared are typed by who leads; everyone who takes part reads them with their source."""
    if actor.leads(territory.pk):
        return YES
    return no(
        "Les valeurs des critères sont saisies par l’équipe du projet, avec leur source. Une valeur vous paraît fausse ? Dites-le "
        "dans le débat de la fiche."
    )
