"""What the two mises à disposition de service share: D. 5211-16 (unit cost), the CST's opinion, the clauses, other bodies."""

from functools import partial

from mosaique.scheme.legal_forms import deliberations
from mosaique.scheme.legal_forms.base import CstOpinion, Document, DocumentKind, Step, to_check, verified
from mosaique.scheme.legal_forms.choice import BodyRule, Partner, bars, bars_associations, doubts
from mosaique.scheme.legal_forms.sources import EXFILO_MAD, UNIT_COST_TEXT
from mosaique.scheme.legal_forms.steps import has, paid_within_a_year, unit_cost_told_in_time

LAW = "CGCT, article L. 5211-4-1"
DECREE = "CGCT, article D. 5211-16"

CONVENTION = verified(
    "Une convention est signée après avis du comité social territorial (CST).", LAW, EXFILO_MAD
)
CST = verified("Le comité social territorial donne son avis avant la convention.", LAW, EXFILO_MAD)
METHOD = verified(
    "La convention fixe la méthode de calcul du coût unitaire de fonctionnement.", DECREE, UNIT_COST_TEXT
)
FORECAST = verified(
    "La convention contient une prévision d'utilisation du service, en unités (heures, actes, kilomètres).",
    DECREE,
    UNIT_COST_TEXT,
)
NOTICE = verified(
    "Le coût unitaire est communiqué chaque année avant la date d'adoption du budget ; l'année de la signature, "
    "dans les trois mois qui la suivent.",
    DECREE,
    UNIT_COST_TEXT,
)
PERIOD = verified(
    "La convention dit à quel rythme le remboursement est payé : une fois par an au moins.",
    DECREE,
    UNIT_COST_TEXT,
)
STATEMENT = verified(
    "Un état annuel liste les recours au service, convertis en unités de fonctionnement.",
    DECREE,
    UNIT_COST_TEXT,
)
REIMBURSEMENT = verified(
    "Remboursement = coût unitaire de fonctionnement × nombre d'unités constatées par le bénéficiaire.",
    DECREE,
    UNIT_COST_TEXT,
)

MONEY_EFFECTS = (
    REIMBURSEMENT,
    verified(
        "Le coût unitaire couvre les charges liées au service : personnel, fournitures, renouvellement des biens, "
        "contrats rattachés. Rien d'autre.",
        DECREE,
        UNIT_COST_TEXT,
    ),
    verified(
        "La collectivité qui met à disposition calcule ce coût d'après ses derniers comptes administratifs, "
        "actualisés par ce que prévoit le budget de l'année.",
        DECREE,
        UNIT_COST_TEXT,
    ),
    PERIOD,
)

STAFF_EFFECTS = (
    to_check("Les agents gardent leur employeur, leur grade et leur paie.", LAW),
    to_check(
        "Pour ce travail, ils suivent les instructions de celui qui utilise le service : le maire ou le président "
        "s'adresse au chef du service.",
        LAW,
    ),
)

DOCUMENTS = (
    Document(
        DocumentKind.CONVENTION,
        "Convention de mise à disposition",
        True,
        "L'intercommunalité et la commune",
        CONVENTION,
    ),
    Document(
        DocumentKind.CST_OPINION,
        "Avis du comité social territorial",
        True,
        "Le CST de l'employeur, ou celui du centre de gestion",
        CST,
    ),
    Document(
        DocumentKind.UNIT_COST,
        "Calcul du coût unitaire",
        True,
        "La collectivité qui met le service à disposition",
        NOTICE,
    ),
    Document(
        DocumentKind.ANNUAL_STATEMENT,
        "État annuel des recours",
        True,
        "Établi après la première année",
        STATEMENT,
    ),
    deliberations.DOCUMENT,
)

CST_OPINION = CstOpinion(True, CST)

DURATION_EXIT = (
    to_check(
        "La convention dit sa durée, son renouvellement et son préavis : à la fin, les agents reprennent tout "
        "leur temps chez leur employeur.",
        "conseil, sans article",
    ),
)

WATCH_POINTS = (
    verified("La mise à disposition de service ne relève pas de la commande publique.", LAW, EXFILO_MAD),
    verified(
        "Commencez la convention par un préambule qui explique la bonne organisation des services recherchée.",
        LAW,
        EXFILO_MAD,
    ),
    to_check(
        "Comptez les heures ou les actes dès le premier jour : sans relevé, ni l'état annuel ni le remboursement ne "
        "tiennent.",
        "conseil, sans article",
    ),
)

TAX_CONDITION = to_check(
    "Le régime fiscal de l'intercommunalité ne change rien : le remboursement se fait par titre.", DECREE
)

STEPS = (
    Step("Projet de convention", CONVENTION, partial(has, DocumentKind.CONVENTION)),
    Step("Méthode de calcul du coût unitaire", METHOD, lambda facts: facts.cost_method_written),
    Step("Prévision d'utilisation, en unités", FORECAST, lambda facts: facts.forecast_units_written),
    Step("Rythme de paiement, un an au plus", PERIOD, paid_within_a_year),
    Step("Avis du comité social territorial", CST, lambda facts: facts.cst_opinion_on is not None),
    deliberations.STEP,
    Step("Coût unitaire communiqué à temps", NOTICE, unit_cost_told_in_time, reminder=True),
)


def bodies(article: str) -> tuple[BodyRule, ...]:
    """Other bodies: the same rules under the paragraph of each direction."""
    return (
        doubts(
            to_check(
                "Un syndicat de communes est aussi un établissement de coopération : une mise à disposition entre "
                "lui et ses communes membres est possible.",
                article,
            ),
            Partner.SYNDICATE,
        ),
        bars(
            to_check(
                "La mise à disposition de service lie une commune et l'établissement de coopération dont elle est "
                "membre, sans autre établissement.",
                article,
            ),
            Partner.SOCIAL,
            Partner.MANAGEMENT,
        ),
        bars_associations(article),
    )
