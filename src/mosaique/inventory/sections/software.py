"""Software by function: who pays whom, until when; the same supplier in ten town halls is one negotiation."""

from collections import Counter
from collections.abc import Sequence

from mosaique.inventory.columns import Column
from mosaique.inventory.spec import Figure, Line, SectionSpec, counted, summed

FUNCTIONS = (
    ("finances", "Finances"), ("paie", "Paie"), ("etat_civil", "État civil et élections"), ("cimetiere", "Cimetière"),
    ("urbanisme", "Urbanisme"), ("scolaire", "École et périscolaire"), ("documents", "Courrier et archives"),
    ("cartes", "Cartes (SIG)"), ("site", "Site internet"), ("messagerie", "Messagerie"), ("sauvegarde", "Sauvegarde"),
    ("telephone", "Téléphone et internet"), ("autre", "Autre logiciel"),
)  # fmt: skip
HOSTING = (
    ("mairie", "En mairie"),
    ("distance", "À distance"),
    ("intercommunalite", "Par l’intercommunalité"),
)
_NAMES = dict(FUNCTIONS)

COLUMNS = (
    Column("fonction", "Sert à", "choice", FUNCTIONS, required=True, unknown=False, width="g-par", card="tout"),
    Column("logiciel", "Logiciel", card="l6", help="Le nom que vous voyez à l’écran."),
    Column("fournisseur", "Fournisseur", width="g-par", card="l6", help="L’éditeur ou le syndicat, pas son technicien."),
    Column("cout", "Coût par an", "money", unit="€", total=True, width="g-sta", help="Abonnement et maintenance, TTC."),
    Column("fin", "Fin du contrat", "date", width="g-ret", help="Le dernier jour, comme 31/12/2027."),
    Column("postes", "Postes", "int", long_label="Postes de travail concernés", unit="postes", width="g-etp"),
    Column("hebergement", "Hébergé", "choice", HOSTING, width="g-ret"),
    Column("avis", "Vous convient", "choice", (("oui", "Oui"), ("moyen", "À peu près"), ("non", "Non")), width="g-sta"),
)  # fmt: skip


def sentence(commune: str, lines: Sequence[Line]) -> str:
    if not lines:
        return f"{commune} : aucun logiciel déclaré."
    text = f"{commune} : {len(lines)} logiciel{'s' if len(lines) > 1 else ''}"
    unhappy = [_NAMES[line.text("fonction")].lower() for line in lines if line.text("avis") == "non"]
    unhappy = list(dict.fromkeys(unhappy))[:3]
    return text + (f" ; voudrait changer pour : {', '.join(unhappy)}." if unhappy else ".")


def figures(lines: Sequence[Line]) -> list[Figure]:
    functions = Counter(line.text("fonction") for line in lines if line.text("fonction"))
    return [
        counted("logiciels", "Logiciels déclarés", len(lines), "logiciels"),
        summed(lines, "cout", "cout", "Coût des logiciels par an", "€"),
        *(counted(f"fonction_{code}", f"Logiciels, {label.lower()}", functions[code], "logiciels")
          for code, label in FUNCTIONS if functions[code]),
    ]  # fmt: skip


SPEC = SectionSpec(
    name="software", slug="logiciels", letter="E", short="Logiciels",
    title="Avec quels logiciels la commune {de_commune} travaille-t-elle ?",
    lead="Une ligne par usage. La fin du contrat et le coût suffisent pour commencer.", minutes=15,
    heading="Les logiciels de la mairie", add="Ajouter un logiciel", noun="logiciel", nouns="logiciels", feminine=False,
    columns=COLUMNS, sentence=sentence, figures=figures, totals=("logiciels", "cout"),
)  # fmt: skip
