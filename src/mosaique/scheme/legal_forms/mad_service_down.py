"""Mise à disposition de service, EPCI → communes (CGCT L. 5211-4-1 III)."""

from mosaique.scheme.legal_forms import mise_a_disposition as mad
from mosaique.scheme.legal_forms.base import Family, Instrument, LegalForm, Side, to_check
from mosaique.scheme.legal_forms.choice import Between, Power, Staff, Subject, about, between, power, staff

ARTICLE = "CGCT, article L. 5211-4-1, III"

FORM = LegalForm(
    identifier="mad_service_down",
    label="Mise à disposition de service, de l'intercommunalité aux communes",
    summary=(
        "Un service de l'intercommunalité travaille pour une commune, dans une compétence de la commune, "
        "qui rembourse."
    ),
    family=Family.TEAM,
    conditions=(
        about(
            to_check("Cette forme met un service entier, ou une partie, à disposition.", ARTICLE),
            Subject.TEAM,
        ),
        between(
            to_check("Le service est celui de l'intercommunalité, pour ses communes membres.", ARTICLE),
            Between.EPCI,
        ),
        staff(
            to_check(
                "Les agents ne changent pas d'employeur : ils travaillent aussi pour la commune.", ARTICLE
            ),
            Staff.LENT,
        ),
        power(
            to_check("Le travail relève d'une compétence que les communes ont gardée.", ARTICLE),
            Power.COMMUNES,
        ),
    ),
    bodies=mad.bodies(ARTICLE),
    provider=Side.EPCI,
    beneficiary=Side.COMMUNE,
    reference=to_check(
        "Cet article permet à l'intercommunalité de mettre un service à disposition de ses communes.", ARTICLE
    ),
    who=(
        to_check(
            "L'intercommunalité et une ou plusieurs de ses communes membres, pour les compétences de ces communes.",
            ARTICLE,
        ),
    ),
    what=(
        to_check(
            "Un service déjà constitué à l'intercommunalité intervient pour les communes, si cela sert la bonne "
            "organisation des services.",
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
            "Si la commune n'a plus d'agent pour cette mission et que le besoin est durable, comparez avec "
            "le service commun.",
            "conseil, sans article",
        ),
    ),
    ac_imputation=False,
    tax_condition=mad.TAX_CONDITION,
    steps=mad.STEPS,
)
