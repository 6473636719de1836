"""Contracts with their end dates: those that end the same season may be bought together."""

from collections import Counter
from collections.abc import Sequence

from mosaique.inventory.columns import Column
from mosaique.inventory.spec import Figure, Line, SectionSpec, counted, summed
from mosaique.kernel import clock

OBJECTS = (
    ("electricite", "Électricité"), ("gaz", "Gaz"), ("carburants", "Carburants"), ("assurances", "Assurances"),
    ("telephonie", "Téléphone et internet"), ("copieurs", "Copieurs"), ("menage", "Ménage"),
    ("maintenance", "Maintenance"), ("controles", "Contrôles obligatoires"), ("protection", "Vêtements et protection"),
    ("fournitures", "Fournitures"), ("repas", "Repas scolaires"), ("voirie", "Matériaux de voirie"),
    ("logiciels", "Logiciels"), ("autre", "Autre contrat"),
)  # fmt: skip

COLUMNS = (
    Column("objet", "Objet du contrat", required=True, unknown=False, card="tout", help="Par exemple « Électricité des bâtiments »."),
    Column("famille", "Famille", "choice", OBJECTS, width="g-fil", card="l6"),
    Column("fournisseur", "Fournisseur", width="g-par", card="l6", help="L’entreprise, pas son commercial."),
    Column("montant", "Montant par an", "money", unit="€", total=True, width="g-sta"),
    Column("fin", "Fin du contrat", "date", width="g-ret", help="Le dernier jour, comme 31/12/2027."),
    Column("preavis", "Préavis avant le", "date", width="g-ret", help="Dernier jour pour dénoncer le contrat."),
    Column("groupe", "Achat groupé", "choice", (("deja", "Déjà groupé"), ("oui", "Intéressée"), ("non", "Non")),
           long_label="Intérêt pour un achat groupé", width="g-par"),
)  # fmt: skip


def _years(lines: Sequence[Line]) -> Counter[str]:
    return Counter(line.text("fin")[:4] for line in lines if line.text("fin"))


def sentence(commune: str, lines: Sequence[Line]) -> str:
    if not lines:
        return f"{commune} : aucun contrat déclaré."
    plural = "s" if len(lines) > 1 else ""
    text = f"{commune} : {len(lines)} contrat{plural}"
    years, this_year = _years(lines), str(clock.today().year)
    running = [year for year in years if year >= this_year]
    if running:
        year = min(running)
        text += f", dont {years[year]} jusqu’en {year}"
    if over := sum(count for year, count in years.items() if year < this_year):
        text += f" ; {over} {'sont arrivés à leur fin' if over > 1 else 'est arrivé à sa fin'}"
    wanting = sum(line.text("groupe") == "oui" for line in lines)
    return text + (f" ; intéressée par un achat groupé pour {wanting}." if wanting else ".")


def figures(lines: Sequence[Line]) -> list[Figure]:
    years = _years(lines)
    missing = sum(not line.text("fin") for line in lines)
    return [
        counted("contrats", "Contrats déclarés", len(lines), "contrats"),
        summed(lines, "montant", "montant", "Montant des contrats par an", "€"),
        counted("interet_groupe", "Contrats ouverts à un achat groupé", sum(x.text("groupe") == "oui" for x in lines), "contrats",
                sum(not x.text("groupe") for x in lines)),
        *(counted(f"fin_{year}", f"Contrats finissant en {year}", years[year], "contrats", missing) for year in sorted(years)),
    ]  # fmt: skip


SPEC = SectionSpec(
    name="contracts", slug="contrats", letter="C", short="Contrats",
    title="Quels contrats engagent la commune {de_commune} ?",
    lead="Surtout la date de fin : c’est elle qui dit quand acheter ensemble.", minutes=15,
    heading="Les contrats en cours", add="Ajouter un contrat", noun="contrat", nouns="contrats", feminine=False,
    columns=COLUMNS, sentence=sentence, figures=figures, totals=("contrats", "montant"),
)  # fmt: skip
