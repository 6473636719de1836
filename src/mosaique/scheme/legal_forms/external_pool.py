"""Through a centre de gestion, a syndicat or an agence technique: a service that already exists, joined for a fee."""

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
    between,
    doubts,
    staff,
    welcomes,
)
from mosaique.scheme.legal_forms.sources import MERTEN
from mosaique.scheme.legal_forms.steps import has

ARTICLE = "CGFP, article L. 452-40 ; CGCT, article L. 5511-1"

CONVENTION = to_check("Une convention d'adhésion dit la mission, le tarif et la durée.", ARTICLE)

FORM = LegalForm(
    identifier="external_pool",
    label="Service d'un centre de gestion, d'un syndicat ou d'une agence",
    summary="Chaque commune adhère à un service qui existe déjà ailleurs, et le paie à l'usage.",
    family=Family.ENTRUST,
    conditions=(
        about(
            to_check(
                "On y trouve des agents itinérants, des logiciels, du conseil, parfois du matériel.", ARTICLE
            ),
            Subject.TEAM,
            Subject.AGENT,
            Subject.ASSETS,
            Subject.PURCHASES,
            Subject.WORKS,
        ),
        between(
            to_check("Le service est celui d'un organisme extérieur au territoire.", ARTICLE), Between.OUTSIDE
        ),
        staff(
            to_check("Aucun agent de la commune ne change d'employeur ni n'est prêté.", ARTICLE), Staff.NONE
        ),
    ),
    bodies=(
        welcomes(
            to_check(
                "Centre de gestion et syndicat sont de ceux qui proposent de tels services par adhésion.",
                ARTICLE,
            ),
            Partner.SYNDICATE,
            Partner.MANAGEMENT,
        ),
        doubts(
            to_check(
                "Un CCAS ou un CIAS peut adhérer comme employeur ; qu'il rende le service à d'autres reste à "
                "établir.",
                ARTICLE,
            ),
            Partner.SOCIAL,
        ),
        doubts(
            to_check(
                "Une association rend un service contre un prix ou une subvention : les règles ne sont pas celles "
                "d'une adhésion.",
                ARTICLE,
            ),
            Partner.ASSOCIATION,
        ),
    ),
    provider=Side.EITHER,
    beneficiary=Side.EVERYONE,
    reference=to_check(
        "Le centre de gestion, un syndicat ou une agence départementale propose des missions facultatives.",
        ARTICLE,
    ),
    who=(to_check("Toute commune affiliée ou adhérente.", ARTICLE),),
    what=(
        to_check("Secrétaire itinérante, archives, prévention, informatique, ingénierie de voirie.", ARTICLE),
        verified(
            "Un délégué à la protection des données partagé se trouve ainsi par convention avec un centre de "
            "gestion.",
            "exemple, sans article",
            MERTEN,
        ),
    ),
    staff_effects=(to_check("Aucun effet sur les agents de la commune.", ARTICLE),),
    money_effects=(to_check("Une cotisation, un forfait ou un tarif à l'heure.", ARTICLE),),
    instrument=Instrument.CONVENTION,
    instrument_fact=CONVENTION,
    documents=(
        Document(
            DocumentKind.CONVENTION,
            "Convention d'adhésion",
            True,
            "L'organisme, avec chaque commune",
            CONVENTION,
        ),
        deliberations.DOCUMENT,
    ),
    cst_opinion=CstOpinion(
        False,
        to_check("Sans effet sur les agents, l'avis du comité social territorial n'est pas prévu.", ARTICLE),
    ),
    duration_exit=(to_check("Chaque commune part quand elle veut, au préavis de sa convention.", ARTICLE),),
    watch_points=(
        to_check(
            "Négociez à plusieurs : un tarif et un calendrier communs valent mieux qu'une commande par commune.",
            "conseil, sans article",
        ),
    ),
    ac_imputation=False,
    tax_condition=to_check("Le régime fiscal de l'intercommunalité ne change rien.", ARTICLE),
    steps=(
        Step("Convention d'adhésion", CONVENTION, partial(has, DocumentKind.CONVENTION)),
        deliberations.STEP,
    ),
)
