"""Transfert de compétence to the intercommunality (CGCT L. 5211-17): the power itself moves. Not a sharing, but often compared."""

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
from mosaique.scheme.legal_forms.choice import Between, Partner, Subject, about, bars, between, doubts
from mosaique.scheme.legal_forms.sources import (
    BDT_CLECT,
    CLECT_APT,
    CLECT_CBG,
    L5211_17_2_TEXT,
    L5211_17_TEXT,
)
from mosaique.scheme.legal_forms.steps import has

ARTICLE = "CGCT, article L. 5211-17"
CLECT = "CGI, article 1609 nonies C"

STATUTES = to_check("Les statuts changent par l'accord du conseil communautaire et des communes.", ARTICLE)
REPORT = verified(
    "La commission d'évaluation des charges (CLECT) rend son rapport dans les neuf mois du transfert.",
    CLECT,
    CLECT_CBG,
)
ORDER = to_check("Un arrêté du préfet prononce le transfert.", ARTICLE)

FORM = LegalForm(
    identifier="competence_transfer",
    label="Transfert de compétence",
    summary="La compétence quitte les communes : l'intercommunalité l'exerce seule, avec ses moyens.",
    family=Family.ENTRUST,
    conditions=(
        about(to_check("On transfère une compétence entière, pas des moyens.", ARTICLE), Subject.POWER),
        between(to_check("Le transfert va des communes à leur intercommunalité.", ARTICLE), Between.EPCI),
    ),
    bodies=(
        doubts(
            to_check(
                "Une compétence peut aussi être transférée à un syndicat : les statuts en jeu et la procédure sont "
                "alors ceux du syndicat.",
                ARTICLE,
            ),
            Partner.SYNDICATE,
        ),
        doubts(
            to_check(
                "L'action sociale transférée à l'intercommunalité peut être confiée à un CIAS qu'elle crée.",
                ARTICLE,
            ),
            Partner.SOCIAL,
        ),
        bars(
            to_check("Une compétence ne se transfère qu'à une intercommunalité ou à un syndicat.", ARTICLE),
            Partner.MANAGEMENT,
            Partner.ASSOCIATION,
        ),
    ),
    provider=Side.COMMUNE,
    beneficiary=Side.EPCI,
    reference=verified(
        "Les communes peuvent transférer à l'intercommunalité une compétence de plus.", ARTICLE, L5211_17_TEXT
    ),
    who=(
        to_check("Toutes les communes membres et leur intercommunalité.", ARTICLE),
        verified(
            "Un transfert à la carte, par quelques communes seulement, existe aussi.",
            "CGCT, article L. 5211-17-2",
            L5211_17_2_TEXT,
        ),
    ),
    what=(to_check("La compétence, et les biens, contrats et services qui servent à l'exercer.", ARTICLE),),
    staff_effects=(
        to_check(
            "Les agents dont tout le temps est consacré à la compétence sont transférés de plein droit ; les autres sont mis à "
            "disposition pour leur part.",
            "CGCT, article L. 5211-4-1, I",
        ),
    ),
    money_effects=(
        verified(
            "La CLECT évalue les charges transférées : le fonctionnement au coût réel des années précédentes, les équipements au "
            "coût moyen annualisé, recettes déduites.",
            CLECT,
            CLECT_APT,
        ),
        verified("Le silence d'un conseil sur le rapport de la CLECT ne vaut pas accord.", CLECT, BDT_CLECT),
    ),
    instrument=Instrument.STATUTES,
    instrument_fact=STATUTES,
    documents=(
        Document(
            DocumentKind.STATUTES,
            "Statuts modifiés",
            True,
            "Le conseil communautaire, puis les communes",
            STATUTES,
        ),
        Document(
            DocumentKind.CLECT_REPORT,
            "Rapport de la CLECT",
            True,
            "La commission d'évaluation des charges",
            REPORT,
        ),
        Document(DocumentKind.PREFECT_ORDER, "Arrêté préfectoral", True, "Le préfet", ORDER),
        deliberations.DOCUMENT,
    ),
    cst_opinion=CstOpinion(
        False,
        to_check(
            "L'avis porte sur les transferts d'agents qui suivent : prévoyez le calendrier du CST.", ARTICLE
        ),
    ),
    duration_exit=(
        to_check(
            "Revenir en arrière demande la même procédure en sens inverse.", "CGCT, article L. 5211-17-1"
        ),
    ),
    watch_points=(
        to_check(
            "Ce n'est pas à proprement parler une mutualisation : la commune n'a plus la compétence.",
            "usage, sans article",
        ),
        to_check("Une majorité qualifiée de communes décide pour toutes.", "CGCT, article L. 5211-5, II"),
    ),
    ac_imputation=False,
    tax_condition=to_check(
        "Sous fiscalité professionnelle unique, l'attribution de compensation est corrigée après le rapport "
        "de la CLECT.",
        CLECT,
    ),
    steps=(
        Step("Statuts modifiés", STATUTES, partial(has, DocumentKind.STATUTES)),
        Step("Arrêté préfectoral", ORDER, partial(has, DocumentKind.PREFECT_ORDER)),
        deliberations.STEP,
        Step("Rapport de la CLECT", REPORT, partial(has, DocumentKind.CLECT_REPORT), reminder=True),
    ),
)
