"""Biens partagés: the EPCI owns property and shares it with its members (CGCT L. 5211-4-3)."""

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
from mosaique.scheme.legal_forms.sources import BDT_BIENS, BDT_PHALSBOURG, REFERENCE_TABLE
from mosaique.scheme.legal_forms.steps import has

ARTICLE = "CGCT, article L. 5211-4-3"

RULES = verified(
    "Un règlement de mise à disposition fixe les conditions d'usage et les conditions financières. Une "
    "convention n'est pas la forme prévue.",
    ARTICLE,
    BDT_BIENS,
)

FORM = LegalForm(
    identifier="shared_assets",
    label="Biens partagés",
    summary="L'intercommunalité achète un bien et le partage avec ses communes, selon un règlement.",
    family=Family.LIGHT,
    conditions=(
        about(
            to_check("Cette forme partage un bien, meuble ou immeuble, pas des agents.", ARTICLE),
            Subject.ASSETS,
        ),
        between(
            to_check("Le bien appartient à l'intercommunalité, qui le partage avec ses communes.", ARTICLE),
            Between.EPCI,
        ),
        staff(to_check("Le bien est partagé sans les agents qui s'en servent.", ARTICLE), Staff.NONE),
    ),
    bodies=(
        doubts(
            to_check(
                "Un syndicat peut détenir des biens pour ses communes membres ; qu'il les partage par ce texte reste "
                "à établir.",
                ARTICLE,
            ),
            Partner.SYNDICATE,
        ),
        bars(
            to_check(
                "Le texte partage les biens de l'intercommunalité avec ses communes membres, sans autre "
                "établissement.",
                ARTICLE,
            ),
            Partner.SOCIAL,
            Partner.MANAGEMENT,
        ),
        bars(
            to_check(
                "Une association n'est pas membre de l'intercommunalité : un prêt de matériel se règle autrement, "
                "par convention avec elle.",
                ARTICLE,
            ),
            Partner.ASSOCIATION,
        ),
    ),
    provider=Side.EPCI,
    beneficiary=Side.COMMUNE,
    reference=verified(
        "L'article s'applique dans sa version du 18 décembre 2010 (LEGIARTI000023260130).",
        ARTICLE,
        REFERENCE_TABLE,
    ),
    who=(to_check("L'intercommunalité à fiscalité propre, propriétaire, et ses communes membres.", ARTICLE),),
    what=(
        to_check(
            "Des biens, meubles ou immeubles, partagés avec les communes, y compris pour des compétences "
            "qu'elles n'ont pas transférées : broyeur, nacelle, minibus, tentes, salle.",
            ARTICLE,
        ),
    ),
    staff_effects=(
        to_check(
            "Aucun agent ne change d'employeur. Voyez tout de même qui conduit, répare et stocke, et avec quelle "
            "autorisation de conduite.",
            ARTICLE,
        ),
    ),
    money_effects=(
        to_check("Le règlement fixe le prix : gratuit, au jour, à l'usage, ou une part annuelle.", ARTICLE),
        verified(
            "Exemple publié : une tente 60 € le week-end, un groupe électrogène 20 €, un chauffage 30 €, une "
            "sonorisation 50 €, les barrières gratuites.",
            "exemple, sans article",
            BDT_PHALSBOURG,
        ),
    ),
    instrument=Instrument.RULES,
    instrument_fact=RULES,
    documents=(
        Document(
            DocumentKind.ASSET_RULES,
            "Règlement de mise à disposition",
            True,
            "Le conseil communautaire",
            RULES,
        ),
        Document(
            DocumentKind.DELIBERATIONS,
            "Délibération du conseil communautaire",
            True,
            "Le conseil communautaire",
            deliberations.CONCORDANT,
        ),
    ),
    cst_opinion=CstOpinion(
        False,
        to_check(
            "Sans effet sur les agents, l'avis du comité social territorial n'est pas prévu par cet article.",
            ARTICLE,
        ),
    ),
    duration_exit=(
        to_check(
            "Le règlement vaut tant qu'il n'est pas changé. Une commune cesse simplement de réserver ; prévoyez "
            "ce que devient une part d'achat déjà versée.",
            "conseil, sans article",
        ),
    ),
    watch_points=(
        to_check(
            "Dites dans le règlement qui assure, qui entretient, qui répare après une casse, et qui passe "
            "d'abord quand deux communes demandent le même jour.",
            "conseil, sans article",
        ),
        to_check(
            "Un matériel qui reste à une commune et qu'elle prête relève d'une autre forme.",
            "conseil, sans article",
        ),
    ),
    ac_imputation=False,
    tax_condition=to_check(
        "Le régime fiscal de l'intercommunalité ne change rien : le règlement dit comment on paie.", ARTICLE
    ),
    steps=(
        Step("Règlement de mise à disposition", RULES, partial(has, DocumentKind.ASSET_RULES)),
        Step(
            "Pas de convention : le règlement suffit",
            RULES,
            lambda facts: DocumentKind.CONVENTION not in facts.documents,
            reminder=True,
        ),
        deliberations.STEP,
    ),
)
