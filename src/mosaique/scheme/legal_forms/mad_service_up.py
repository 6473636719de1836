"""Mise à disposition de service, commune → EPCI (CGCT L. 5211-4-1 II)."""

from mosaique.scheme.legal_forms import mise_a_disposition as mad
from mosaique.scheme.legal_forms.base import Family, Instrument, LegalForm, Side, to_check, verified
from mosaique.scheme.legal_forms.choice import Between, Power, Staff, Subject, about, between, power, staff
from mosaique.scheme.legal_forms.sources import SAUBENS

ARTICLE = "CGCT, article L. 5211-4-1, II"

FORM = LegalForm(
    identifier="mad_service_up",
    label="Mise à disposition de service, de la commune à l'intercommunalité",
    summary=(
        "Un service resté à la commune travaille aussi pour une compétence de l'intercommunalité, qui rembourse."
    ),
    family=Family.TEAM,
    conditions=(
        about(
            to_check("Cette forme met un service entier, ou une partie, à disposition.", ARTICLE),
            Subject.TEAM,
        ),
        between(
            to_check(
                "Le service est celui d'une commune, pour l'intercommunalité dont elle est membre.", ARTICLE
            ),
            Between.EPCI,
        ),
        staff(
            to_check("Les agents ne changent pas d'employeur : ils travaillent aussi pour l'autre.", ARTICLE),
            Staff.LENT,
        ),
        power(
            to_check("Le travail relève d'une compétence déjà transférée à l'intercommunalité.", ARTICLE),
            Power.EPCI,
        ),
    ),
    bodies=mad.bodies(ARTICLE),
    provider=Side.COMMUNE,
    beneficiary=Side.EPCI,
    reference=verified(
        "Les conventions de la commune vers l'intercommunalité citent cet article et l'article D. 5211-16.",
        ARTICLE,
        SAUBENS,
    ),
    who=(
        to_check(
            "Une commune qui a gardé un service après n'avoir transféré qu'une partie d'une compétence, et "
            "son intercommunalité.",
            ARTICLE,
        ),
    ),
    what=(
        verified(
            "Exemple lu : une convention d'un an, en 2018, met le service de voirie d'une commune à disposition de "
            "son agglomération.",
            ARTICLE,
            SAUBENS,
        ),
        to_check(
            "Le service reste celui de la commune ; seule une part de son activité change de destinataire.",
            ARTICLE,
        ),
    ),
    staff_effects=mad.STAFF_EFFECTS,
    money_effects=mad.MONEY_EFFECTS,
    instrument=Instrument.CONVENTION,
    instrument_fact=mad.CONVENTION,
    documents=mad.DOCUMENTS,
    cst_opinion=mad.CST_OPINION,
    duration_exit=mad.DURATION_EXIT,
    watch_points=(
        *mad.WATCH_POINTS,
        to_check(
            "Si tout le service finit par travailler pour l'intercommunalité, la question d'un transfert se pose.",
            "conseil, sans article",
        ),
    ),
    ac_imputation=False,
    tax_condition=mad.TAX_CONDITION,
    steps=mad.STEPS,
)
