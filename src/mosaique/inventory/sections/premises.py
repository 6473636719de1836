"""Premises: rooms and buildings others could use, and those that stand empty."""

from collections.abc import Sequence

from mosaique.inventory.columns import Column
from mosaique.inventory.spec import Figure, Line, SectionSpec, counted, summed

TYPES = (
    ("mairie", "Mairie"), ("salle", "Salle des fêtes ou de réunion"), ("atelier", "Atelier ou garage"),
    ("ecole", "École"), ("cantine", "Cantine ou cuisine"), ("sport", "Sport"), ("bibliotheque", "Bibliothèque"),
    ("logement", "Logement"), ("bureau", "Bureau"), ("autre", "Autre local"),
)  # fmt: skip
USE = (
    ("plein", "Tous les jours"),
    ("partie", "Une partie de la semaine"),
    ("peu", "Rarement"),
    ("vide", "Inoccupé"),
)
SHARED = (("oui", "Oui"), ("conditions", "Sous conditions"), ("non", "Non"))

COLUMNS = (
    Column("designation", "Local", required=True, unknown=False, card="tout", help="Par exemple « Salle des fêtes, petite salle »."),
    Column("type", "Famille", "choice", TYPES, width="g-fil", card="l6"),
    Column("surface", "Surface", "int", unit="m²", total=True, width="g-etp", help="En mètres carrés, à peu près."),
    Column("occupation", "Occupé", "choice", USE, width="g-par"),
    Column("acces", "Accessible", "choice", (("oui", "Oui"), ("partie", "En partie"), ("non", "Non")), width="g-sta",
           long_label="Accessible aux personnes handicapées"),
    Column("energie", "Énergie par an", "money", unit="€", total=True, width="g-sta", help="Chauffage et électricité."),
    Column("partageable", "Partageable", "choice", SHARED, width="g-ret", long_label="D’autres communes pourraient-elles s’en servir"),
)  # fmt: skip


def _shared(lines: Sequence[Line]) -> int:
    return sum(line.text("partageable") in ("oui", "conditions") for line in lines)


def sentence(commune: str, lines: Sequence[Line]) -> str:
    if not lines:
        return f"{commune} : aucun local déclaré."
    shared = _shared(lines)
    text = f"{commune} : {len(lines)} {'locaux' if len(lines) > 1 else 'local'}"
    return text + (
        f", dont {shared} que d’autres communes pourraient utiliser."
        if shared
        else ", aucun proposé au partage."
    )


def figures(lines: Sequence[Line]) -> list[Figure]:
    idle = sum(line.text("occupation") in ("peu", "vide") for line in lines)
    return [
        counted("locaux", "Locaux déclarés", len(lines), "locaux"),
        counted("partageables", "Locaux partageables", _shared(lines), "locaux", sum(not x.text("partageable") for x in lines)),
        counted("peu_occupes", "Locaux rarement ou jamais occupés", idle, "locaux", sum(not x.text("occupation") for x in lines)),
        summed(lines, "surface", "surface", "Surface des locaux", "m²"),
        summed(lines, "energie", "energie", "Énergie des locaux par an", "€"),
    ]  # fmt: skip


SPEC = SectionSpec(
    name="premises", slug="locaux", letter="F", short="Locaux",
    title="De quels locaux la commune {de_commune} dispose-t-elle ?",
    lead="Ceux qui servent peu, ou qui pourraient servir à d’autres.", minutes=10,
    heading="Les locaux de la commune", add="Ajouter un local", noun="local", nouns="locaux", feminine=False,
    columns=COLUMNS, sentence=sentence, figures=figures, totals=("locaux", "partageables", "surface"),
)  # fmt: skip
