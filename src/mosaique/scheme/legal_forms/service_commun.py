"""Service commun: one team for several authorities, outside transferred powers (CGCT L. 5211-4-2)."""

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
    Power,
    Staff,
    Subject,
    about,
    bars,
    bars_associations,
    between,
    doubts,
    power,
    staff,
    welcomes,
)
from mosaique.scheme.legal_forms.sources import (
    CDG66,
    CNFPT_RH,
    EMPEIRIA,
    EXFILO_CIF,
    REFERENCE_TABLE,
    SERVICE_COMMUN_TEXT,
    WEKA,
)
from mosaique.scheme.legal_forms.steps import has

ARTICLE = "CGCT, article L. 5211-4-2"

CONVENTION = verified("Les effets du partage sont réglés par une convention.", ARTICLE, SERVICE_COMMUN_TEXT)
IMPACT_SHEET = verified(
    "Une fiche d'impact décrit les effets sur l'organisation, les conditions de travail, la rémunération et les "
    "droits acquis des agents. Elle est établie avant la convention et lui est annexée.",
    ARTICLE,
    SERVICE_COMMUN_TEXT,
)
AGREEMENTS = verified(
    "Les accords conclus, s'il y en a, sont annexés à la convention.", ARTICLE, SERVICE_COMMUN_TEXT
)
CST = verified(
    "Le ou les comités sociaux territoriaux (CST) concernés donnent leur avis sur la convention et ses annexes.",
    ARTICLE,
    SERVICE_COMMUN_TEXT,
)

FORM = LegalForm(
    identifier="service_commun",
    label="Service commun",
    summary=(
        "Une seule équipe travaille pour l'intercommunalité et pour les communes qui le souhaitent ; chaque "
        "maire garde ses décisions."
    ),
    family=Family.TEAM,
    conditions=(
        about(to_check("Cette forme réunit une équipe pour une mission durable.", ARTICLE), Subject.TEAM),
        between(
            to_check("Elle suppose l'intercommunalité et une ou plusieurs de ses communes membres.", ARTICLE),
            Between.EPCI,
        ),
        staff(
            to_check(
                "Des agents rejoignent l'équipe commune, ou y sont mis à disposition pour une part de leur temps.",
                ARTICLE,
            ),
            Staff.MOVED,
            Staff.LENT,
        ),
        power(
            to_check(
                "La mission est en dehors des compétences déjà transférées à l'intercommunalité.", ARTICLE
            ),
            Power.COMMUNES,
        ),
    ),
    bodies=(
        welcomes(
            to_check(
                "Un CCAS ou un CIAS peut en être : le texte admet les établissements rattachés à l'une des parties.",
                ARTICLE,
            ),
            Partner.SOCIAL,
        ),
        doubts(
            to_check(
                "Le texte nomme l'intercommunalité, ses communes et leurs établissements rattachés ; il ne nomme pas "
                "les syndicats.",
                ARTICLE,
            ),
            Partner.SYNDICATE,
        ),
        bars(
            to_check(
                "Le centre de gestion n'est rattaché ni à l'intercommunalité ni à une commune : il propose ses "
                "missions par une autre convention.",
                ARTICLE,
            ),
            Partner.MANAGEMENT,
        ),
        bars_associations(ARTICLE),
    ),
    provider=Side.EPCI,
    beneficiary=Side.COMMUNE,
    reference=verified(
        "L'article s'applique dans sa version en vigueur depuis le 23 février 2022 (LEGIARTI000045213577).",
        ARTICLE,
        REFERENCE_TABLE,
    ),
    who=(
        to_check(
            "Une intercommunalité à fiscalité propre et une ou plusieurs de ses communes membres, avec leurs "
            "établissements rattachés (CCAS, CIAS) s'ils le souhaitent.",
            ARTICLE,
        ),
        to_check(
            "L'intercommunalité gère le service ; par exception, une commune choisie peut le gérer.", ARTICLE
        ),
    ),
    what=(
        to_check(
            "Des missions fonctionnelles (paie, informatique, marchés) ou opérationnelles, en dehors des compétences "
            "déjà transférées, y compris la préparation des décisions que signe le maire.",
            ARTICLE,
        ),
        to_check(
            "Les missions que le centre de gestion assure de droit pour ses collectivités affiliées n'en "
            "font pas partie.",
            ARTICLE,
        ),
    ),
    staff_effects=(
        to_check(
            "Un agent dont tout le temps est consacré au service est transféré de plein droit à la collectivité "
            "qui le gère, après avis des commissions compétentes (CAP, CCP).",
            ARTICLE,
        ),
        to_check(
            "Un agent qui n'y consacre qu'une partie de son temps garde son employeur et est mis à disposition "
            "de plein droit, à titre individuel et sans limite de durée, pour cette part.",
            ARTICLE,
        ),
        to_check(
            "Selon la mission, l'agent suit les instructions du maire ou du président ; le chef du service peut "
            "recevoir une délégation de signature.",
            ARTICLE,
        ),
        verified(
            "Un agent transféré garde son régime indemnitaire s'il y a intérêt, et ses avantages acquis à titre "
            "individuel.",
            "CGCT, article L. 5211-4-1",
            CNFPT_RH,
        ),
    ),
    money_effects=(
        verified(
            "La convention choisit librement comment la dépense est partagée.", ARTICLE, SERVICE_COMMUN_TEXT
        ),
        verified(
            "Quand la part d'une commune passe par l'attribution de compensation, le calcul du coefficient "
            "d'intégration fiscale (CIF) en tient compte.",
            ARTICLE,
            SERVICE_COMMUN_TEXT,
        ),
        verified(
            "Baisser l'attribution de compensation augmente le coefficient d'intégration fiscale, avec effet "
            "deux ans plus tard.",
            "CGCT, article L. 5211-29",
            EMPEIRIA,
        ),
        to_check(
            "Changer l'attribution de compensation demande son propre vote ; la commission d'évaluation des charges "
            "(CLECT) n'est pas prévue par cet article.",
            "CGI, article 1609 nonies C",
        ),
    ),
    instrument=Instrument.CONVENTION,
    instrument_fact=CONVENTION,
    documents=(
        Document(
            DocumentKind.STAFF_IMPACT_SHEET,
            "Fiche d'impact sur les agents",
            True,
            "La collectivité qui gérera le service, avec les employeurs actuels",
            IMPACT_SHEET,
        ),
        Document(
            DocumentKind.CONVENTION,
            "Convention de service commun",
            True,
            "L'intercommunalité et les communes",
            CONVENTION,
        ),
        Document(
            DocumentKind.AGREEMENTS,
            "Accords conclus, annexés à la convention",
            False,
            "Les employeurs et les représentants du personnel",
            AGREEMENTS,
        ),
        Document(
            DocumentKind.CST_OPINION,
            "Avis du ou des comités sociaux territoriaux",
            True,
            "Le CST de chaque employeur concerné, ou celui du centre de gestion",
            CST,
        ),
        deliberations.DOCUMENT,
    ),
    cst_opinion=CstOpinion(True, CST),
    duration_exit=(
        to_check(
            "La convention dit sa durée, comment une commune entre plus tard, et comment elle sort : préavis, "
            "agents, matériel, part restant due. Prévoyez-le dès le départ.",
            "conseil, sans article",
        ),
    ),
    watch_points=(
        verified(
            "L'attribution de compensation est fixe par nature alors que le coût d'un service bouge : l'usage "
            "est une base dans l'attribution, et un solde réglé par titre en fin d'année.",
            "usage, sans article",
            WEKA,
        ),
        verified(
            "Le gain lié au coefficient d'intégration fiscale est relatif : il dépend des moyennes nationales. N'en "
            "promettez pas le montant.",
            "CGCT, article L. 5211-29",
            EXFILO_CIF,
        ),
        verified(
            "Informez les agents tôt : la fiche d'impact d'abord, les délibérations concordantes ensuite. Un accord "
            "écrit de l'agent est utile sans être exigé.",
            "usage, sans article",
            CDG66,
        ),
    ),
    ac_imputation=True,
    tax_condition=verified(
        "L'imputation sur l'attribution de compensation suppose une intercommunalité en fiscalité professionnelle "
        "unique (FPU).",
        "CGCT, article L. 5211-4-2 ; CGI, article 1609 nonies C",
        SERVICE_COMMUN_TEXT,
    ),
    steps=(
        Step("Fiche d'impact sur les agents", IMPACT_SHEET, partial(has, DocumentKind.STAFF_IMPACT_SHEET)),
        Step("Projet de convention", CONVENTION, partial(has, DocumentKind.CONVENTION)),
        Step(
            "Avis du ou des comités sociaux territoriaux", CST, lambda facts: facts.cst_opinion_on is not None
        ),
        deliberations.STEP,
    ),
)
