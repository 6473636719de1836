"""The outline of the report: its chapters, what each is for, and the words that are the same everywhere."""

from dataclasses import dataclass
from datetime import date

from mosaique.kernel.typography import date_long, typographie
from mosaique.scheme.legal_forms.base import Fact, Source, to_check, verified

_TEXT = Source(
    "CGCT, article L. 5211-39-1, version du 29 décembre 2019 (doctrine.fr)", "https://www.doctrine.fr/"
)
ARTICLE = "CGCT, article L. 5211-39-1"

# Read in the article's text; what it does not say is marked « à vérifier ».
LAW: tuple[Fact, ...] = (
    verified(
        "Depuis le 29 décembre 2019 (loi n° 2019-1461, article 80), ce document est facultatif : dans l'année qui suit "
        "chaque renouvellement général des conseils municipaux, le président de l'intercommunalité peut établir un "
        "rapport relatif aux mutualisations de services.",
        ARTICLE,
        _TEXT,
    ),
    verified(
        "Ce rapport comporte un projet de schéma de mutualisation des services à mettre en œuvre pendant le mandat. Il "
        "prévoit notamment l'impact prévisionnel de la mutualisation sur les effectifs de l'intercommunalité et des "
        "communes concernées et sur leurs dépenses de fonctionnement.",
        ARTICLE,
        _TEXT,
    ),
    verified(
        "Le rapport est transmis pour avis à chaque conseil municipal, qui dispose de trois mois pour se prononcer. À "
        "défaut de délibération dans ce délai, l'avis est réputé favorable.",
        ARTICLE,
        _TEXT,
    ),
    verified(
        "Le projet de schéma est approuvé par délibération du conseil communautaire, puis adressé à chacun des conseils "
        "municipaux.",
        ARTICLE,
        _TEXT,
    ),
    verified(
        "Chaque année, lors du débat d'orientation budgétaire ou, à défaut, lors du vote du budget, l'avancement du "
        "schéma fait l'objet d'une communication du président au conseil communautaire.",
        ARTICLE,
        _TEXT,
    ),
    to_check(
        "Les avis des conseils municipaux sont consultatifs : un avis défavorable n'empêche pas l'approbation.",
        ARTICLE,
    ),
    to_check(
        "Le schéma n'engage pas par lui-même : seules engagent les conventions signées ensuite, après délibération de "
        "chaque collectivité concernée.",
        "usage, sans article",
    ),
)


YEARLY = 4  # in LAW: the yearly communication on the progress of the scheme


@dataclass(frozen=True, slots=True)
class ChapterSpec:
    """A chapter: `help` guides who writes; `expected` words missing are listed before a freeze; `auto` says what is
    compiled without anyone writing."""

    key: str
    title: str
    help: str
    auto: str = ""
    expected: bool = False
    editable: bool = True

    def __post_init__(self) -> None:
        for name in ("title", "help", "auto"):
            object.__setattr__(self, name, typographie(getattr(self, name)))


CHAPTERS: tuple[ChapterSpec, ...] = (
    ChapterSpec(
        "cadre",
        "Préambule et cadre juridique",
        "Pourquoi ce schéma, en quelques lignes.",
        "le cadre juridique",
    ),
    ChapterSpec(
        "methode",
        "Méthode et gouvernance",
        "Les instances, le calendrier, qui a participé et comment.",
        expected=True,
    ),
    ChapterSpec(
        "territoire",
        "Présentation du territoire",
        "Ce qui fait le territoire.",
        "la liste des communes et leur population",
    ),
    ChapterSpec(
        "etat_des_lieux",
        "État des lieux",
        "Ce qui ressort des inventaires.",
        "les chiffres versés par les communes",
        expected=True,
    ),
    ChapterSpec(
        "attentes",
        "Attentes et enjeux",
        "Ce que les communes, les agents et les habitants ont dit.",
        expected=True,
    ),
    ChapterSpec("orientations", "Orientations", "Ce qui relie les axes.", "les axes"),
    ChapterSpec("fiches", "Fiches action", "", "les fiches prêtes et retenues", editable=False),
    ChapterSpec(
        "impacts",
        "Impacts prévisionnels",
        "Comment lire ces tableaux.",
        "les deux impacts par collectivité et consolidés",
    ),
    ChapterSpec("calendrier", "Calendrier", "Ce qui commande l'ordre des actions.", "les dates des fiches"),
    ChapterSpec(
        "finances",
        "Modalités financières et clés de répartition",
        "Les principes de partage.",
        "les clés et leurs formules",
    ),
    ChapterSpec(
        "suivi",
        "Suivi, évaluation, révision",
        "Qui suit, quand, et comment le schéma se révise.",
        "les indicateurs",
    ),
    ChapterSpec(
        "annexes",
        "Annexes",
        "Ce qui complète le rapport.",
        "les pistes encore à l'étude et ce qui n'est pas communiqué",
    ),
    ChapterSpec("glossaire", "Glossaire", "", "les mots employés", editable=False),
)
BY_KEY = {chapter.key: chapter for chapter in CHAPTERS}

GLOSSARY: tuple[tuple[str, str], ...] = (
    (
        "Attribution de compensation (AC)",
        "Somme versée entre une intercommunalité en fiscalité professionnelle unique et une commune.",
    ),
    (
        "Clé de répartition",
        "La règle qui partage un coût entre collectivités. Sa formule et ses données sont imprimées.",
    ),
    (
        "Comité social territorial (CST)",
        "L'instance où siègent les représentants du personnel et l'employeur.",
    ),
    ("Convention", "Le contrat qui engage les collectivités, après délibération de chacune."),
    ("ETP", "Équivalent temps plein : un agent à mi-temps compte pour 0,50."),
    ("Intention", "Ce que dit un maire ou un conseil d'une fiche. Elle ne vaut pas délibération."),
    (
        "Mise à disposition",
        "Un service ou un agent travaille pour une autre collectivité et garde son employeur.",
    ),
    ("Non communiqué", "Personne n'a donné ce chiffre. Il ne se lit jamais comme zéro."),
    ("Sans effet", "Quelqu'un a regardé : le changement est nul."),
    (
        "Service commun",
        "Une seule équipe travaille pour l'intercommunalité et les communes qui le souhaitent.",
    ),
)


def plain_day(iso: str) -> str:
    """An ISO date as French text."""
    return date_long(date.fromisoformat(iso)) if iso else ""
