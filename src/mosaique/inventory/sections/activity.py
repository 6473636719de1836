"""Volumes of activity: what a sharing key will divide a cost by. One line per thing counted."""

from collections.abc import Sequence

from mosaique.inventory.columns import Column
from mosaique.inventory.spec import Figure, Line, SectionSpec, counted, summed

# code → (what is counted, unit of the figure)
COUNTED = {
    "permis": ("Permis de construire et d’aménager", "actes"), "declarations": ("Déclarations préalables", "actes"),
    "certificats": ("Certificats d’urbanisme", "actes"), "factures": ("Factures et mandats", "mandats"),
    "titres": ("Titres de recettes", "titres"), "paies": ("Bulletins de paie", "bulletins"),
    "agents": ("Dossiers d’agents suivis", "dossiers"), "marches": ("Marchés publics passés", "marchés"),
    "postes": ("Postes informatiques", "postes"), "voirie": ("Kilomètres de voirie communale", "km"),
    "eleves": ("Élèves des écoles", "élèves"), "repas": ("Repas de cantine servis", "repas"),
    "espaces_verts": ("Espaces verts entretenus", "m²"), "actes_etat_civil": ("Actes d’état civil", "actes"),
}  # fmt: skip
SOURCE = (("releve", "Compté"), ("logiciel", "Donné par un logiciel"), ("estime", "Estimé"))

COLUMNS = (
    Column("quoi", "Ce qu’on compte", "choice", tuple((code, label) for code, (label, _) in COUNTED.items()), required=True,
           unknown=False, width="g-fil", card="tout"),
    Column("nombre", "Nombre par an", "int", width="g-sta", help="Sur l’année indiquée ; les kilomètres et les mètres carrés, au total."),
    Column("annee", "Année", "int", unit="an", width="g-etp"),
    Column("source", "D’où vient le nombre", "choice", SOURCE, width="g-par"),
    Column("precision", "Précision", card="l6", help="Par exemple « Sans les concessions », « moyenne sur trois ans »."),
)  # fmt: skip


def sentence(commune: str, lines: Sequence[Line]) -> str:
    known = [line for line in lines if line.number("nombre") is not None]
    if not known:
        return f"{commune} : aucun volume d’activité déclaré."
    return f"{commune} : {len(known)} volume{'s' if len(known) > 1 else ''} d’activité déclaré{'s' if len(known) > 1 else ''}."


def figures(lines: Sequence[Line]) -> list[Figure]:
    by_code: dict[str, list[Line]] = {}
    for line in lines:
        by_code.setdefault(line.text("quoi"), []).append(line)
    return [
        counted("volumes", "Volumes d’activité déclarés", len(lines), "volumes", sum(line.number("nombre") is None for line in lines)),
        *(summed(by_code[code], "nombre", f"volume_{code}", label, unit) for code, (label, unit) in COUNTED.items() if code in by_code),
    ]  # fmt: skip


SPEC = SectionSpec(
    name="activity", slug="activite", letter="H", short="Activité",
    title="Quels sont les volumes d’activité de la commune {de_commune} ?",
    lead="Ils serviront à répartir les coûts : payer selon l’usage demande de le compter.", minutes=15,
    heading="Les volumes d’activité", add="Ajouter un volume", noun="volume", nouns="volumes", feminine=False,
    columns=COLUMNS, sentence=sentence, figures=figures, totals=("volumes",),
)  # fmt: skip
