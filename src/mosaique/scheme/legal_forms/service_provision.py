"""Prestation de services: one works for the other against a price (CGCT, one article per nature of intercommunality)."""

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
    verified,
)
from mosaique.scheme.legal_forms.choice import (
    Between,
    Partner,
    Staff,
    Subject,
    about,
    bars,
    between,
    doubts,
    staff,
)
from mosaique.scheme.legal_forms.sources import L5215_27_TEXT
from mosaique.scheme.legal_forms.steps import has

ARTICLE = "CGCT, articles L. 5214-16-1, L. 5215-27, L. 5216-7-1 et L. 5217-7"

CONVENTION = verified(
    "Une convention confie la création ou la gestion de l'équipement ou du service.",
    "CGCT, article L. 5215-27",
    L5215_27_TEXT,
)
SEPARATE = to_check(
    "Les dépenses et les recettes de la prestation se suivent à part.", "CGCT, article L. 5211-56"
)

FORM = LegalForm(
    identifier="service_provision",
    label="Prestation de services",
    summary="L'intercommunalité ou une commune réalise un travail pour une autre, contre un prix.",
    family=Family.ENTRUST,
    conditions=(
        about(
            to_check(
                "La prestation porte sur un équipement ou un service à créer ou à gérer, non sur un agent.",
                ARTICLE,
            ),
            Subject.TEAM,
            Subject.ASSETS,
            Subject.WORKS,
        ),
        between(
            to_check("Elle lie l'intercommunalité à ses membres, ou à une collectivité extérieure.", ARTICLE),
            Between.EPCI,
            Between.OUTSIDE,
        ),
        staff(
            to_check("Les agents restent ceux du prestataire, qui dirige leur travail.", ARTICLE), Staff.NONE
        ),
    ),
    bodies=(
        doubts(
            to_check(
                "La prestation peut servir une autre collectivité ou un autre établissement public ; l'étendue "
                "dépend de la nature de l'intercommunalité.",
                ARTICLE,
            ),
            Partner.SYNDICATE,
            Partner.SOCIAL,
        ),
        bars(
            to_check(
                "Le centre de gestion propose ses missions par sa propre convention, hors de ce texte.",
                ARTICLE,
            ),
            Partner.MANAGEMENT,
        ),
        bars(
            to_check(
                "Une prestation pour une association, ou par elle, relève de la commande publique ou d'une "
                "subvention, hors de ce texte.",
                ARTICLE,
            ),
            Partner.ASSOCIATION,
        ),
    ),
    provider=Side.EITHER,
    beneficiary=Side.EITHER,
    reference=verified(
        "Pour les communautés urbaines, cet article permet de confier par convention la création ou la gestion de certains "
        "équipements ou services.",
        "CGCT, article L. 5215-27",
        L5215_27_TEXT,
    ),
    who=(
        to_check(
            "L'intercommunalité et ses communes membres, dans les deux sens, ou d'autres collectivités ; l'article "
            "dépend de sa nature : communauté de communes, d'agglomération, urbaine ou métropole.",
            ARTICLE,
        ),
    ),
    what=(to_check("La création ou la gestion de certains équipements ou services.", ARTICLE),),
    staff_effects=(to_check("Aucun agent ne change d'employeur ni de responsable.", ARTICLE),),
    money_effects=(
        to_check("Un prix est payé au prestataire.", ARTICLE),
        SEPARATE,
    ),
    instrument=Instrument.CONVENTION,
    instrument_fact=CONVENTION,
    documents=(
        Document(
            DocumentKind.CONVENTION,
            "Convention de prestation",
            True,
            "Le prestataire et le client",
            CONVENTION,
        ),
        deliberations.DOCUMENT,
    ),
    cst_opinion=CstOpinion(
        False,
        to_check("Sans effet sur les agents, l'avis du comité social territorial n'est pas prévu.", ARTICLE),
    ),
    duration_exit=(
        to_check(
            "La convention dit sa durée et son préavis ; rien ne reste en commun à la fin.",
            "conseil, sans article",
        ),
    ),
    watch_points=(
        to_check(
            "Contre un prix, la prestation peut relever de la commande publique : faites vérifier avant de signer.",
            "Code de la commande publique",
        ),
        to_check(
            "Les statuts de l'intercommunalité disent souvent si elle peut travailler pour d'autres.",
            "usage, sans article",
        ),
    ),
    ac_imputation=False,
    tax_condition=to_check(
        "Le régime fiscal de l'intercommunalité ne change rien : le prix se paie sur facture.", ARTICLE
    ),
    steps=(
        Step("Projet de convention de prestation", CONVENTION, partial(has, DocumentKind.CONVENTION)),
        Step("Suivi à part des dépenses et des recettes", SEPARATE, lambda facts: None, reminder=True),
        deliberations.STEP,
    ),
)
