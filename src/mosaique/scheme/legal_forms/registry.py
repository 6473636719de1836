"""The legal forms, by name, in the order in which they are proposed."""

from mosaique.kernel.verdict import Problem
from mosaique.scheme.legal_forms import (
    competence_transfer,
    delegated_project_mgmt,
    delegation,
    entente,
    external_pool,
    informal,
    inter_commune_agreement,
    joint_exercise,
    mad_individual,
    mad_service_down,
    mad_service_up,
    purchasing_group,
    service_commun,
    service_provision,
    shared_assets,
    shared_police,
    unified_service,
)
from mosaique.scheme.legal_forms.base import LegalForm

LEGAL_FORMS: dict[str, LegalForm] = {
    form.identifier: form
    for form in (
        informal.FORM,
        purchasing_group.FORM,
        shared_assets.FORM,
        mad_service_down.FORM,
        mad_service_up.FORM,
        service_commun.FORM,
        mad_individual.FORM,
        shared_police.FORM,
        inter_commune_agreement.FORM,
        joint_exercise.FORM,
        entente.FORM,
        unified_service.FORM,
        service_provision.FORM,
        external_pool.FORM,
        delegated_project_mgmt.FORM,
        delegation.FORM,
        competence_transfer.FORM,
    )
}


def form_for(identifier: str) -> LegalForm:
    """The form of that name, or a sentence saying that it does not exist."""
    if identifier not in LEGAL_FORMS:
        raise Problem("Cette forme juridique n’existe pas : choisissez-en une dans la liste.", "legal_form")
    return LEGAL_FORMS[identifier]
