"""Exercice en commun entre communes d'une même intercommunalité (CGCT L. 5111-1-1 II): service lent, or unified."""

from dataclasses import replace

from mosaique.scheme.legal_forms import mise_a_disposition as mad
from mosaique.scheme.legal_forms.base import (
    CstOpinion,
    Document,
    Family,
    Instrument,
    LegalForm,
    Side,
    Step,
    to_check,
    verified,
)
from mosaique.scheme.legal_forms.choice import Between, Partner, Staff, Subject, about, bars, between, staff
from mosaique.scheme.legal_forms.sources import L5111_1_1_TEXT, R5111_1_TEXT

ARTICLE = "CGCT, article L. 5111-1-1, II"
DECREE = "CGCT, article R. 5111-1"

CONVENTION = verified(
    "Une convention est signée ; elle dit les effets pour les agents, après avis du comité social territorial (CST).",
    ARTICLE,
    L5111_1_1_TEXT,
)
CST = verified("Le comité social territorial donne son avis avant la convention.", ARTICLE, L5111_1_1_TEXT)
UNIT_COST = verified(
    "Le remboursement suit la même règle que la mise à disposition de service : coût unitaire × unités constatées.",
    DECREE,
    R5111_1_TEXT,
)


def steps_of(convention: Step) -> tuple[Step, ...]:
    """Those of a mise à disposition, under their own article: method, forecast, period, opinion, votes."""
    own = {"Avis du comité social territorial": CST}
    kept = [
        replace(step, fact=own[step.label])
        if step.label in own
        else replace(step, fact=replace(UNIT_COST, text=step.fact.text))
        for step in mad.STEPS[1:-2]
    ]
    return (convention, *kept, *mad.STEPS[-2:])


def documents_of(label: str) -> tuple[Document, ...]:
    """The documents of a mise à disposition, with this convention and this opinion."""
    convention, opinion, *others = mad.DOCUMENTS
    return (
        replace(convention, label=label, by_whom="Les communes parties", fact=CONVENTION),
        replace(opinion, fact=CST),
        *(replace(one, fact=UNIT_COST) if one.fact.article == mad.METHOD.article else one for one in others),
    )


FORM = LegalForm(
    identifier="joint_exercise",
    label="Exercice en commun entre communes",
    summary="Des communes d'une même intercommunalité exercent ensemble une compétence qu'elles ont gardée.",
    family=Family.COMMUNES,
    conditions=(
        about(
            to_check(
                "Il porte sur une compétence des communes, avec son service et son équipement.", ARTICLE
            ),
            Subject.TEAM,
            Subject.ASSETS,
            Subject.POWER,
        ),
        between(
            verified(
                "Il lie des communes d'une même intercommunalité à fiscalité propre.", ARTICLE, L5111_1_1_TEXT
            ),
            Between.COMMUNES,
        ),
        staff(
            to_check("Un service travaille pour plusieurs communes : des agents sont concernés.", ARTICLE),
            Staff.LENT,
            Staff.MOVED,
        ),
    ),
    bodies=(
        bars(
            verified(
                "Seules des communes d'une même intercommunalité à fiscalité propre en sont parties.",
                ARTICLE,
                L5111_1_1_TEXT,
            ),
            Partner.SYNDICATE,
            Partner.SOCIAL,
            Partner.MANAGEMENT,
            Partner.ASSOCIATION,
        ),
    ),
    provider=Side.COMMUNE,
    beneficiary=Side.COMMUNE,
    reference=verified(
        "Deux façons de faire : le service et l'équipement d'une commune sont mis à disposition des autres, ou un service est "
        "unifié sous l'une d'elles.",
        ARTICLE,
        L5111_1_1_TEXT,
    ),
    who=(to_check("Des communes membres d'une même intercommunalité à fiscalité propre.", ARTICLE),),
    what=(to_check("L'exercice en commun d'une compétence que les communes ont gardée.", ARTICLE),),
    staff_effects=(
        verified(
            "Pour ce travail, les agents suivent les instructions de celui qui utilise le service.",
            ARTICLE,
            L5111_1_1_TEXT,
        ),
        to_check(
            "Si le service est unifié, les agents rejoignent la commune qui le porte ; sinon, ils gardent leur "
            "employeur.",
            ARTICLE,
        ),
    ),
    money_effects=(UNIT_COST,),
    instrument=Instrument.CONVENTION,
    instrument_fact=CONVENTION,
    documents=documents_of("Convention d'exercice en commun"),
    cst_opinion=CstOpinion(True, CST),
    duration_exit=mad.DURATION_EXIT,
    watch_points=(
        to_check(
            "Comptez les heures ou les actes dès le premier jour : sans relevé, le remboursement ne tient pas.",
            "conseil, sans article",
        ),
        to_check(
            "Si l'intercommunalité peut porter l'équipe, comparez avec le service commun.",
            "conseil, sans article",
        ),
    ),
    ac_imputation=False,
    tax_condition=to_check(
        "Le régime fiscal de l'intercommunalité ne change rien : elle n'est pas partie.", ARTICLE
    ),
    steps=steps_of(replace(mad.STEPS[0], fact=CONVENTION)),
)
