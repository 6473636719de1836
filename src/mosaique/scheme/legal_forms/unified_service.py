"""Service unifié with a département, a région or a syndicat mixte (CGCT L. 5111-1-1 I)."""

from dataclasses import replace

from mosaique.scheme.legal_forms import joint_exercise as joint
from mosaique.scheme.legal_forms import mise_a_disposition as mad
from mosaique.scheme.legal_forms.base import CstOpinion, Family, Instrument, LegalForm, Side, to_check
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

ARTICLE = "CGCT, article L. 5111-1-1, I"
DECREE = "CGCT, article R. 5111-1, II"

FORM = LegalForm(
    identifier="unified_service",
    label="Service unifié",
    summary="Plusieurs grandes collectivités réunissent leurs services sous l'une d'elles.",
    family=Family.COMMUNES,
    conditions=(
        about(to_check("Il réunit des services, donc des équipes.", ARTICLE), Subject.TEAM),
        between(
            to_check(
                "Il lie des départements, des régions ou des syndicats mixtes ; entre communes, voyez l'exercice en "
                "commun.",
                ARTICLE,
            ),
            Between.OUTSIDE,
        ),
        staff(
            to_check("Des agents rejoignent le service réuni, ou y travaillent.", ARTICLE),
            Staff.MOVED,
            Staff.LENT,
        ),
    ),
    bodies=(
        doubts(
            to_check(
                "Le texte nomme les syndicats mixtes : un syndicat de communes seules n'en est pas un.",
                ARTICLE,
            ),
            Partner.SYNDICATE,
        ),
        bars(
            to_check(
                "Le texte nomme les départements, les régions et les syndicats mixtes, sans autre établissement.",
                ARTICLE,
            ),
            Partner.SOCIAL,
            Partner.MANAGEMENT,
        ),
        bars_associations(ARTICLE),
    ),
    provider=Side.EITHER,
    beneficiary=Side.EVERYONE,
    reference=to_check(
        "Des services peuvent être regroupés en un service unifié, porté par l'une des parties.", ARTICLE
    ),
    who=(to_check("Départements, régions, syndicats mixtes.", ARTICLE),),
    what=(to_check("Des missions que chacune des parties exerce déjà.", ARTICLE),),
    staff_effects=(
        to_check(
            "Les effets pour les agents sont écrits dans la convention, après avis du comité social territorial.",
            ARTICLE,
        ),
        to_check(
            "Pour ce travail, les agents suivent les instructions de celui qui utilise le service.", ARTICLE
        ),
    ),
    money_effects=(
        to_check("Le remboursement se calcule par un coût unitaire et des unités constatées.", DECREE),
    ),
    instrument=Instrument.CONVENTION,
    instrument_fact=to_check("Une convention règle le service unifié.", ARTICLE),
    documents=tuple(
        replace(one, fact=to_check(one.fact.text, ARTICLE))
        for one in joint.documents_of("Convention de service unifié")
    ),
    cst_opinion=CstOpinion(
        True, to_check("Le comité social territorial donne son avis avant la convention.", ARTICLE)
    ),
    duration_exit=mad.DURATION_EXIT,
    watch_points=(
        to_check(
            "Vérifiez avec chaque partie que ses statuts lui permettent d'y entrer.", "conseil, sans article"
        ),
    ),
    ac_imputation=False,
    tax_condition=to_check("Le régime fiscal de l'intercommunalité ne change rien.", ARTICLE),
    steps=tuple(replace(step, fact=to_check(step.fact.text, ARTICLE)) for step in mad.STEPS[:-2])
    + mad.STEPS[-2:-1],
)
