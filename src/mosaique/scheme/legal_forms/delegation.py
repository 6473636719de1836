"""Délégation de compétence (CGCT L. 1111-8): the power stays where it was, another exercises it. Not quite a sharing."""

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
from mosaique.scheme.legal_forms.choice import Between, Partner, Subject, about, bars, between, doubts
from mosaique.scheme.legal_forms.steps import has

ARTICLE = "CGCT, article L. 1111-8"

CONVENTION = to_check(
    "Une convention dit ce qui est délégué, pour combien de temps, et comment c'est contrôlé.", ARTICLE
)

FORM = LegalForm(
    identifier="delegation",
    label="Délégation de compétence",
    summary="Une collectivité exerce une compétence au nom d'une autre, qui en reste responsable.",
    family=Family.ENTRUST,
    conditions=(
        about(to_check("On délègue une compétence, pas des moyens.", ARTICLE), Subject.POWER),
        between(
            to_check(
                "La délégation se fait d'une collectivité à une autre de catégorie différente, ou à "
                "l'intercommunalité.",
                ARTICLE,
            ),
            Between.EPCI,
            Between.OUTSIDE,
        ),
    ),
    bodies=(
        doubts(
            to_check(
                "Le texte nomme les collectivités et les intercommunalités à fiscalité propre ; un syndicat n'y "
                "figure pas en clair.",
                ARTICLE,
            ),
            Partner.SYNDICATE,
        ),
        bars(
            to_check(
                "Une compétence se délègue à une collectivité ou à une intercommunalité, pas à un autre organisme.",
                ARTICLE,
            ),
            Partner.SOCIAL,
            Partner.MANAGEMENT,
            Partner.ASSOCIATION,
        ),
    ),
    provider=Side.EITHER,
    beneficiary=Side.EITHER,
    reference=to_check(
        "Une collectivité peut déléguer à une autre une compétence dont elle est attributaire.", ARTICLE
    ),
    who=(to_check("Communes, intercommunalité, département, région, chacun dans ses compétences.", ARTICLE),),
    what=(
        to_check(
            "L'exercice d'une compétence, ou d'une partie, au nom et pour le compte de celui qui délègue.",
            ARTICLE,
        ),
    ),
    staff_effects=(
        to_check(
            "La convention dit si un service suit ; sinon, les agents ne changent pas d'employeur.", ARTICLE
        ),
    ),
    money_effects=(to_check("La convention règle les moyens et le remboursement.", ARTICLE),),
    instrument=Instrument.CONVENTION,
    instrument_fact=CONVENTION,
    documents=(
        Document(DocumentKind.CONVENTION, "Convention de délégation", True, "Celui qui délègue", CONVENTION),
        deliberations.DOCUMENT,
    ),
    cst_opinion=CstOpinion(
        False,
        to_check(
            "L'avis dépend de ce que la convention change pour les agents : voyez avec le CST.", ARTICLE
        ),
    ),
    duration_exit=(
        to_check(
            "Elle dure ce que dit la convention, puis la compétence revient à celui qui l'a déléguée.",
            ARTICLE,
        ),
    ),
    watch_points=(
        to_check(
            "Ce n'est pas à proprement parler une mutualisation : les moyens ne sont pas partagés.",
            "usage, sans article",
        ),
    ),
    ac_imputation=False,
    tax_condition=to_check(
        "Le régime fiscal de l'intercommunalité ne change rien : la convention règle le paiement.", ARTICLE
    ),
    steps=(
        Step("Projet de convention de délégation", CONVENTION, partial(has, DocumentKind.CONVENTION)),
        deliberations.STEP,
    ),
)
