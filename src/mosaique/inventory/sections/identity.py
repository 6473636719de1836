"""The town hall in figures: opening hours, secretary's hours, running costs. What nobody else can tell."""

from collections.abc import Sequence

from mosaique.inventory.columns import Column
from mosaique.inventory.spec import Figure, Line, SectionSpec, counted, summed

# code → (what is asked, unit)
ASKED = {
    "ouverture": ("Ouverture au public, heures par semaine", "h"), "secretariat": ("Secrétariat, heures par semaine", "h"),
    "elus": ("Élus avec une délégation", "élus"), "fonctionnement": ("Dépenses de fonctionnement, dernier compte", "€"),
    "personnel": ("Charges de personnel (chapitre 012), dernier compte", "€"),
    "investissement": ("Dépenses d’investissement, dernier compte", "€"),
}  # fmt: skip

COLUMNS = (
    Column("quoi", "Renseignement", "choice", tuple((code, label) for code, (label, _) in ASKED.items()), required=True,
           unknown=False, width="g-fil", card="tout"),
    Column("valeur", "Réponse", "money", width="g-sta", help="Un nombre : des heures, des euros ou un nombre d’élus selon la ligne."),
    Column("annee", "Année", "int", unit="an", width="g-etp", help="Celle du compte, pour une somme d’argent."),
    Column("precision", "Précision", card="l6",
           help="Par exemple « Mardi et vendredi matin », « secrétariat partagé avec une autre commune »."),
)  # fmt: skip


def sentence(commune: str, lines: Sequence[Line]) -> str:
    known = sum(line.number("valeur") is not None for line in lines)
    if not known:
        return f"{commune} : aucun renseignement donné sur la mairie."
    return f"{commune} a donné {known} renseignement{'s' if known > 1 else ''} sur le fonctionnement de sa mairie."


def figures(lines: Sequence[Line]) -> list[Figure]:
    by_code: dict[str, list[Line]] = {}
    for line in lines:
        by_code.setdefault(line.text("quoi"), []).append(line)
    return [
        counted("renseignements", "Renseignements donnés", len(lines), "renseignements",
                sum(line.number("valeur") is None for line in lines)),
        *(summed(by_code[code], "valeur", f"mairie_{code}", label, unit) for code, (label, unit) in ASKED.items() if code in by_code),
    ]  # fmt: skip


SPEC = SectionSpec(
    name="identity", slug="mairie", letter="J", short="Mairie",
    title="Comment fonctionne la mairie {de_commune} ?",
    lead="Six nombres au plus ; la situation officielle de la commune est déjà connue.", minutes=5,
    heading="La mairie en quelques nombres", add="Ajouter un renseignement", noun="renseignement", nouns="renseignements",
    feminine=False, columns=COLUMNS, sentence=sentence, figures=figures, totals=("renseignements",),
)  # fmt: skip
