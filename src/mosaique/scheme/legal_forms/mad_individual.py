"""Mise à disposition individuelle: one agent, for a share of their time, with their consent (CGFP L. 512-6 s.)."""

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
from mosaique.scheme.legal_forms.choice import Partner, Staff, Subject, about, doubts, staff, welcomes
from mosaique.scheme.legal_forms.sources import GAZETTE_MAD
from mosaique.scheme.legal_forms.steps import has

ARTICLE = "CGFP, articles L. 512-6 et suivants"
DECREE = "décret n° 2008-580 du 18 juin 2008"

CONSENT = verified("L'agent donne son accord : sans lui, rien ne se fait.", ARTICLE, GAZETTE_MAD)
CONVENTION = to_check(
    "Une convention entre les deux employeurs dit la mission, la part de temps et la durée.", ARTICLE
)
ORDER = to_check("Un arrêté de l'employeur prononce la mise à disposition.", DECREE)

FORM = LegalForm(
    identifier="mad_individual",
    label="Mise à disposition d'un agent",
    summary="Un agent, avec son accord, travaille pour un autre employeur public une partie de son temps.",
    family=Family.TEAM,
    conditions=(
        about(to_check("Cette forme concerne un agent nommé, et non un service.", ARTICLE), Subject.AGENT),
        staff(to_check("L'agent garde son employeur et travaille pour un autre.", ARTICLE), Staff.LENT),
    ),
    bodies=(
        welcomes(
            to_check("Tout employeur public peut prêter ou accueillir l'agent.", ARTICLE),
            Partner.SYNDICATE,
            Partner.SOCIAL,
            Partner.MANAGEMENT,
        ),
        doubts(
            to_check(
                "Une association peut accueillir un agent si elle contribue à une politique publique, pour cette "
                "seule mission.",
                ARTICLE,
            ),
            Partner.ASSOCIATION,
        ),
    ),
    provider=Side.EITHER,
    beneficiary=Side.EITHER,
    reference=to_check("Un agent public peut être mis à disposition d'un autre employeur public.", ARTICLE),
    who=(
        to_check(
            "Tout employeur public : commune, intercommunalité, syndicat, CCAS, centre de gestion.", ARTICLE
        ),
    ),
    what=(to_check("Une part du temps d'un agent, ou tout son temps, pour une mission écrite.", ARTICLE),),
    staff_effects=(
        CONSENT,
        to_check(
            "L'agent garde son employeur, son grade et sa carrière ; l'accueil organise son travail.", DECREE
        ),
        verified("Trois ans au plus, renouvelables.", DECREE, GAZETTE_MAD),
    ),
    money_effects=(to_check("L'employeur d'accueil rembourse en principe la paie et les charges.", DECREE),),
    instrument=Instrument.CONVENTION,
    instrument_fact=CONVENTION,
    documents=(
        Document(DocumentKind.AGENT_CONSENT, "Accord écrit de l'agent", True, "L'agent", CONSENT),
        Document(
            DocumentKind.CONVENTION,
            "Convention entre les deux employeurs",
            True,
            "L'employeur actuel",
            CONVENTION,
        ),
        Document(DocumentKind.ORDER, "Arrêté de mise à disposition", True, "L'employeur actuel", ORDER),
        deliberations.DOCUMENT,
    ),
    cst_opinion=CstOpinion(
        False,
        to_check(
            "La mise à disposition d'un seul agent ne passe pas par le comité social territorial.", ARTICLE
        ),
    ),
    duration_exit=(
        to_check(
            "Elle prend fin au terme dit, ou plus tôt à la demande de l'agent ou d'un employeur, avec un préavis.",
            DECREE,
        ),
    ),
    watch_points=(
        verified("L'assemblée de l'employeur en est informée.", DECREE, GAZETTE_MAD),
        to_check(
            "Au-delà de quelques agents, un service commun ou une mise à disposition de service tient mieux.",
            "conseil, sans article",
        ),
    ),
    ac_imputation=False,
    tax_condition=to_check(
        "Le régime fiscal de l'intercommunalité ne change rien : le remboursement se fait par titre.", DECREE
    ),
    steps=(
        Step("Accord de l'agent", CONSENT, partial(has, DocumentKind.AGENT_CONSENT)),
        Step("Projet de convention", CONVENTION, partial(has, DocumentKind.CONVENTION)),
        Step("Arrêté de mise à disposition", ORDER, partial(has, DocumentKind.ORDER), reminder=True),
        deliberations.STEP,
    ),
)
