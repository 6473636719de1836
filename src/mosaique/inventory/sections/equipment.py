"""Equipment: what is used a few days a year here may serve there."""

from collections import Counter
from collections.abc import Sequence

from mosaique.inventory.columns import Column
from mosaique.inventory.spec import Figure, Line, SectionSpec, counted, summed

TYPES = (
    ("tracteur", "Tracteur"), ("epareuse", "Épareuse"), ("balayeuse", "Balayeuse"), ("tondeuse", "Tondeuse autoportée"),
    ("nacelle", "Nacelle"), ("broyeur", "Broyeur"), ("camion", "Camion ou benne"), ("minibus", "Minibus"),
    ("podium", "Podium"), ("chapiteaux", "Tentes et chapiteaux"), ("sonorisation", "Sonorisation"),
    ("barrieres", "Barrières"), ("deneigement", "Déneigement"), ("impression", "Impression"), ("autre", "Autre matériel"),
)  # fmt: skip
LENT = (("oui", "Oui"), ("conditions", "Sous conditions"), ("non", "Non"))
_NAMES = dict(TYPES)

COLUMNS = (
    Column("designation", "Matériel", required=True, unknown=False, card="tout", help="Par exemple « Tracteur 90 ch avec épareuse »."),
    Column("type", "Famille", "choice", TYPES, width="g-fil", card="l6"),
    Column("annee", "Acheté en", "int", unit="an", width="g-etp"),
    Column("etat", "État", "choice", (("bon", "Bon"), ("moyen", "Moyen"), ("a_changer", "À changer")), width="g-sta"),
    Column("jours", "Jours par an", "int", long_label="Jours d’usage par an", unit="jours", total=True, width="g-etp",
           help="Combien de jours par an il sert vraiment, à peu près."),
    Column("entretien", "Entretien par an", "money", unit="€", total=True, width="g-sta", card="l3"),
    Column("pretable", "Prêtable", "choice", LENT, width="g-ret"),
    Column("remplacement", "Remplacé avant", "int", long_label="Remplacement prévu avant l’année", unit="an", width="g-etp"),
)  # fmt: skip


def _lent(lines: Sequence[Line]) -> int:
    return sum(line.text("pretable") in ("oui", "conditions") for line in lines)


def sentence(commune: str, lines: Sequence[Line]) -> str:
    if not lines:
        return f"{commune} : aucun matériel déclaré."
    lent = _lent(lines)
    kinds = [
        _NAMES[kind].lower()
        for kind, _ in Counter(line.text("type") for line in lines).most_common(3)
        if kind
    ]
    text = f"{commune} : {len(lines)} matériel{'s' if len(lines) > 1 else ''}" + (
        f" ({', '.join(kinds)})" if kinds else ""
    )
    return text + (
        f", dont {lent} prêtable{'s' if lent > 1 else ''}." if lent else ", aucun proposé au prêt."
    )


def figures(lines: Sequence[Line]) -> list[Figure]:
    missing = sum(not line.text("pretable") for line in lines)
    kinds = Counter(line.text("type") for line in lines if line.text("type"))
    return [
        counted("materiels", "Matériels déclarés", len(lines), "matériels"),
        counted("pretables", "Matériels prêtables", _lent(lines), "matériels", missing),
        summed(lines, "entretien", "entretien", "Entretien par an", "€"),
        *(
            counted(f"type_{code}", f"Matériels, famille {label.lower()}", kinds[code], "matériels")
            for code, label in TYPES
            if kinds[code]
        ),
    ]


SPEC = SectionSpec(
    name="equipment", slug="materiel", letter="B", short="Matériel",
    title="De quel matériel la commune {de_commune} dispose-t-elle ?",
    lead="Ce qui pourrait servir à d’autres, ou ce qui vous manque parfois.", minutes=10,
    heading="Le matériel de la commune", add="Ajouter un matériel", noun="matériel", nouns="matériels", feminine=False,
    columns=COLUMNS, sentence=sentence, figures=figures, totals=("materiels", "pretables", "entretien"),
)  # fmt: skip
