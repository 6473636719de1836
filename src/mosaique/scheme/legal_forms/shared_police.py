"""Police municipale mise en commun: between neighbouring communes (CSI L. 512-1), or recruited by the EPCI (CSI L. 512-2)."""

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
from mosaique.scheme.legal_forms.choice import Between, Partner, Subject, about, bars, between
from mosaique.scheme.legal_forms.sources import GAZETTE_POLICE
from mosaique.scheme.legal_forms.steps import has

ARTICLE = "Code de la sécurité intérieure, articles L. 512-1 et L. 512-2"
DECREE = "Code de la sécurité intérieure, article R. 512-1"

CONVENTION = verified(
    "Une convention, avec ses clauses financières, est signée et transmise au préfet.", DECREE, GAZETTE_POLICE
)

FORM = LegalForm(
    identifier="shared_police",
    label="Police municipale mise en commun",
    summary="Des agents de police municipale travaillent dans plusieurs communes.",
    family=Family.TEAM,
    conditions=(
        about(to_check("Ces textes ne concernent que la police municipale.", ARTICLE), Subject.POLICE),
        between(
            to_check(
                "Elle se fait entre communes voisines, ou par l'intercommunalité pour ses communes.", ARTICLE
            ),
            Between.COMMUNES,
            Between.EPCI,
        ),
    ),
    bodies=(
        bars(
            to_check(
                "La police municipale se partage entre communes, ou par leur intercommunalité, sans autre organisme.",
                ARTICLE,
            ),
            Partner.SYNDICATE,
            Partner.SOCIAL,
            Partner.MANAGEMENT,
            Partner.ASSOCIATION,
        ),
    ),
    provider=Side.EITHER,
    beneficiary=Side.COMMUNE,
    reference=verified(
        "Deux voies : des communes voisines mettent leurs agents en commun, ou l'intercommunalité recrute des agents pour "
        "ses communes.",
        ARTICLE,
        GAZETTE_POLICE,
    ),
    who=(
        to_check("Des communes voisines, ou l'intercommunalité à fiscalité propre et ses communes.", ARTICLE),
    ),
    what=(to_check("Des agents de police municipale, leurs gardes et leurs équipements.", ARTICLE),),
    staff_effects=(
        verified(
            "Dans chaque commune, les agents sont sous l'autorité de son maire.", ARTICLE, GAZETTE_POLICE
        ),
    ),
    money_effects=(to_check("Les clauses financières de la convention disent qui paie quoi.", DECREE),),
    instrument=Instrument.CONVENTION,
    instrument_fact=CONVENTION,
    documents=(
        Document(
            DocumentKind.CONVENTION,
            "Convention de mise en commun",
            True,
            "Les communes, ou l'intercommunalité",
            CONVENTION,
        ),
        Document(
            DocumentKind.CST_OPINION,
            "Avis du ou des comités sociaux territoriaux",
            True,
            "Le CST de chaque employeur concerné, ou celui du centre de gestion",
            to_check(
                "L'organisation du travail change : demandez l'avis du comité social territorial.",
                "CGFP, article L. 253-5",
            ),
        ),
        deliberations.DOCUMENT,
    ),
    cst_opinion=CstOpinion(
        True,
        to_check(
            "L'organisation du travail change : l'avis du comité social territorial est à prévoir.",
            "CGFP, article L. 253-5",
        ),
    ),
    duration_exit=(to_check("La convention dit sa durée, son renouvellement et son préavis.", DECREE),),
    watch_points=(
        to_check(
            "Le recrutement par l'intercommunalité demande l'accord d'une majorité qualifiée de communes.",
            "Code de la sécurité intérieure, article L. 512-2",
        ),
        to_check(
            "Armement, tenues et véhicules : dites à qui ils sont et qui les remplace.",
            "conseil, sans article",
        ),
    ),
    ac_imputation=False,
    tax_condition=to_check(
        "Le régime fiscal de l'intercommunalité ne change rien : la convention règle le paiement.", DECREE
    ),
    steps=(
        Step(
            "Projet de convention, avec ses clauses financières",
            CONVENTION,
            partial(has, DocumentKind.CONVENTION),
        ),
        deliberations.STEP,
    ),
)
