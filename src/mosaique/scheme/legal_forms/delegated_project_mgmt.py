"""Maîtrise d'ouvrage déléguée (a mandate, CCP L. 2422-5) or co-maîtrise d'ouvrage (CCP L. 2422-12)."""

from functools import partial

from mosaique.scheme.legal_forms import deliberations
from mosaique.scheme.legal_forms.base import (
    CstOpinion,
    Document,
    DocumentKind,
    Family,
    Instrument,
    LegalForm,
    Side,
    Step,
    to_check,
)
from mosaique.scheme.legal_forms.choice import Partner, Staff, Subject, about, bars, doubts, staff
from mosaique.scheme.legal_forms.steps import has

ARTICLE = "Code de la commande publique, articles L. 2422-5 et L. 2422-12"

CONVENTION = to_check(
    "Une convention dit l'opération, son budget, qui dirige les travaux et qui reçoit l'ouvrage.", ARTICLE
)

FORM = LegalForm(
    identifier="delegated_project_mgmt",
    label="Maîtrise d'ouvrage déléguée ou partagée",
    summary="Une collectivité conduit des travaux pour une autre, ou pour plusieurs, le temps d'une opération.",
    family=Family.ENTRUST,
    conditions=(
        about(to_check("Elle porte sur une opération de travaux.", ARTICLE), Subject.WORKS),
        staff(to_check("Aucun agent ne change d'employeur ni n'est prêté.", ARTICLE), Staff.NONE),
    ),
    bodies=(
        doubts(
            to_check(
                "Le mandat peut être confié à d'autres personnes publiques, selon une liste du code de la commande "
                "publique.",
                ARTICLE,
            ),
            Partner.SYNDICATE,
            Partner.SOCIAL,
            Partner.MANAGEMENT,
        ),
        bars(
            to_check(
                "Une association ne figure pas parmi ceux à qui ces travaux se confient par simple convention.",
                ARTICLE,
            ),
            Partner.ASSOCIATION,
        ),
    ),
    provider=Side.EITHER,
    beneficiary=Side.EITHER,
    reference=to_check(
        "Deux formes : un mandat (le propriétaire reste maître d'ouvrage) ou une co-maîtrise d'ouvrage (un seul la porte pour "
        "plusieurs).",
        ARTICLE,
    ),
    who=(to_check("Communes, intercommunalité, syndicats, département.", ARTICLE),),
    what=(to_check("Une opération de travaux, de l'étude à la réception.", ARTICLE),),
    staff_effects=(to_check("Aucun effet : celui qui conduit y passe du temps, comptez-le.", ARTICLE),),
    money_effects=(to_check("Chacun paie sa part de l'opération ; le mandat peut être rémunéré.", ARTICLE),),
    instrument=Instrument.CONVENTION,
    instrument_fact=CONVENTION,
    documents=(
        Document(
            DocumentKind.CONVENTION,
            "Convention de mandat ou de co-maîtrise d'ouvrage",
            True,
            "Celui qui conduit",
            CONVENTION,
        ),
        deliberations.DOCUMENT,
    ),
    cst_opinion=CstOpinion(
        False,
        to_check("Sans effet sur les agents, l'avis du comité social territorial n'est pas prévu.", ARTICLE),
    ),
    duration_exit=(to_check("Elle finit avec l'opération, à la remise de l'ouvrage.", ARTICLE),),
    watch_points=(to_check("Dites qui paie les imprévus, et qui récupère la TVA.", "conseil, sans article"),),
    ac_imputation=False,
    tax_condition=to_check("Le régime fiscal de l'intercommunalité ne change rien.", ARTICLE),
    steps=(
        Step("Projet de convention", CONVENTION, partial(has, DocumentKind.CONVENTION)),
        deliberations.STEP,
    ),
)
