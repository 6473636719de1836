"""Groupement de commandes: buying together (Code de la commande publique L. 2113-6 to L. 2113-8)."""

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
from mosaique.scheme.legal_forms.choice import Partner, Subject, about, doubts, welcomes
from mosaique.scheme.legal_forms.steps import has

ARTICLE = "Code de la commande publique, articles L. 2113-6 à L. 2113-8"
MANDATE = "CGCT, article L. 5211-4-4"

CONVENTION = to_check(
    "Une convention constitutive, signée par tous les membres, nomme le coordonnateur et dit ce qu'il fait "
    "pour le groupe.",
    ARTICLE,
)

FORM = LegalForm(
    identifier="purchasing_group",
    label="Groupement de commandes",
    summary="Plusieurs acheteurs passent ensemble un même marché ; chacun paie ce qu'il commande.",
    family=Family.LIGHT,
    conditions=(
        about(
            to_check("Cette forme sert à acheter ensemble, et à rien d'autre.", ARTICLE), Subject.PURCHASES
        ),
    ),
    bodies=(
        welcomes(
            to_check(
                "Tout acheteur public peut entrer dans le groupement en signant sa convention.", ARTICLE
            ),
            Partner.SYNDICATE,
            Partner.SOCIAL,
            Partner.MANAGEMENT,
        ),
        doubts(
            to_check(
                "Une association entre dans un groupement si elle suit, elle aussi, les règles de la commande "
                "publique pour ces achats.",
                ARTICLE,
            ),
            Partner.ASSOCIATION,
        ),
    ),
    provider=Side.EITHER,
    beneficiary=Side.EVERYONE,
    reference=to_check(
        "Les acheteurs publics peuvent se grouper pour passer ensemble un ou plusieurs marchés.", ARTICLE
    ),
    who=(
        to_check(
            "Communes, intercommunalité, CCAS, syndicats : tout acheteur qui signe la convention.", ARTICLE
        ),
        to_check(
            "Les communes peuvent aussi confier gratuitement à l'intercommunalité tout ou partie de la passation "
            "ou de l'exécution, si ses statuts le prévoient expressément.",
            MANDATE,
        ),
    ),
    what=(
        to_check(
            "Un achat commun : électricité, assurances, copieurs, logiciels, contrôles, fournitures.", ARTICLE
        ),
    ),
    staff_effects=(
        to_check(
            "Aucun agent ne change d'employeur. Le coordonnateur y passe du temps : comptez-le.", ARTICLE
        ),
    ),
    money_effects=(
        to_check("Chaque membre paie ses propres commandes.", ARTICLE),
        to_check(
            "La convention dit si les frais du coordonnateur (publicité, temps passé) sont partagés, et comment.",
            ARTICLE,
        ),
    ),
    instrument=Instrument.CONVENTION,
    instrument_fact=CONVENTION,
    documents=(
        Document(
            DocumentKind.CONVENTION,
            "Convention constitutive du groupement",
            True,
            "Le coordonnateur",
            CONVENTION,
        ),
        deliberations.DOCUMENT,
    ),
    cst_opinion=CstOpinion(
        False,
        to_check("Sans effet sur les agents, l'avis du comité social territorial n'est pas prévu.", ARTICLE),
    ),
    duration_exit=(
        to_check(
            "Le groupement dure le temps d'un marché, ou plus longtemps si la convention le dit. Une commune qui "
            "part reste tenue par les marchés déjà signés en son nom.",
            "conseil, sans article",
        ),
    ),
    watch_points=(
        to_check(
            "La convention précise quelle commission d'appel d'offres choisit.", "CGCT, article L. 1414-3"
        ),
        to_check(
            "Comparez les dates de fin des contrats : on ne groupe que ce qui se termine à la même saison, et un "
            "préavis manqué coûte une année.",
            "conseil, sans article",
        ),
    ),
    ac_imputation=False,
    tax_condition=to_check(
        "Le régime fiscal de l'intercommunalité ne change rien : chacun paie sur son budget.", ARTICLE
    ),
    steps=(
        Step("Projet de convention constitutive", CONVENTION, partial(has, DocumentKind.CONVENTION)),
        deliberations.STEP,
    ),
)
