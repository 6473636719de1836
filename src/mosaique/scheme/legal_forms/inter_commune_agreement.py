"""Prestation entre communes (CGCT L. 5111-1). The joint exercise of a power (L. 5111-1-1 II) is another form."""

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
from mosaique.scheme.legal_forms.choice import (
    Between,
    Partner,
    Staff,
    Subject,
    about,
    bars,
    bars_associations,
    between,
    doubts,
    staff,
)
from mosaique.scheme.legal_forms.steps import has

ARTICLE = "CGCT, article L. 5111-1"

CONVENTION = to_check("Une convention dit ce qu'une commune fait pour l'autre, et à quel prix.", ARTICLE)

FORM = LegalForm(
    identifier="inter_commune_agreement",
    label="Prestation entre communes",
    summary="Une commune travaille pour une autre, par convention, sans passer par l'intercommunalité.",
    family=Family.COMMUNES,
    conditions=(
        about(
            to_check("La prestation porte sur un service ou l'usage d'un bien.", ARTICLE),
            Subject.TEAM,
            Subject.ASSETS,
        ),
        between(
            to_check("Elle se conclut entre communes, sans l'intercommunalité.", ARTICLE), Between.COMMUNES
        ),
        staff(
            to_check(
                "Les agents restent sous la direction de leur commune ; les prêter relève de l'exercice en commun.",
                ARTICLE,
            ),
            Staff.NONE,
        ),
    ),
    bodies=(
        doubts(
            to_check(
                "Le texte nomme les collectivités et leurs groupements ; qu'un syndicat y soit partie reste à "
                "établir pour chaque prestation.",
                ARTICLE,
            ),
            Partner.SYNDICATE,
        ),
        bars(
            to_check("La convention lie des communes entre elles, sans établissement public.", ARTICLE),
            Partner.SOCIAL,
            Partner.MANAGEMENT,
        ),
        bars_associations(ARTICLE),
    ),
    provider=Side.COMMUNE,
    beneficiary=Side.COMMUNE,
    reference=to_check(
        "Les communes peuvent conclure entre elles des prestations de services, sans se limiter à celles d'une même "
        "intercommunalité.",
        ARTICLE,
    ),
    who=(to_check("Deux communes ou plus.", ARTICLE),),
    what=(
        to_check("Un service rendu par l'une à l'autre : tonte, déneigement, instruction, paie.", ARTICLE),
    ),
    staff_effects=(to_check("Aucun agent ne change d'employeur ni de responsable.", ARTICLE),),
    money_effects=(to_check("La commune qui reçoit le service le paie, au prix de la convention.", ARTICLE),),
    instrument=Instrument.CONVENTION,
    instrument_fact=CONVENTION,
    documents=(
        Document(
            DocumentKind.CONVENTION,
            "Convention entre les communes",
            True,
            "La commune qui rend le service",
            CONVENTION,
        ),
        deliberations.DOCUMENT,
    ),
    cst_opinion=CstOpinion(
        False,
        to_check("Sans effet sur les agents, l'avis du comité social territorial n'est pas prévu.", ARTICLE),
    ),
    duration_exit=(to_check("La convention dit sa durée et son préavis.", "conseil, sans article"),),
    watch_points=(
        to_check(
            "Contre un prix, la prestation peut relever de la commande publique : faites vérifier avant de signer.",
            "Code de la commande publique",
        ),
    ),
    ac_imputation=False,
    tax_condition=to_check(
        "Le régime fiscal de l'intercommunalité ne change rien : elle n'est pas partie.", ARTICLE
    ),
    steps=(
        Step("Projet de convention", CONVENTION, partial(has, DocumentKind.CONVENTION)),
        deliberations.STEP,
    ),
)
