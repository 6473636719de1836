"""What is shared already: with whom, under which form, and whether it works."""

from collections import Counter
from collections.abc import Sequence

from mosaique.inventory.columns import Column
from mosaique.inventory.spec import Figure, Line, SectionSpec, counted, summed

FORMS = (
    ("service_commun", "Service commun"), ("montante", "Mise à disposition par la commune"),
    ("descendante", "Mise à disposition par l’intercommunalité"), ("agent", "Agent partagé"), ("biens", "Matériel mis en commun"),
    ("commandes", "Groupement de commandes"), ("prestation", "Prestation"), ("entente", "Entente ou convention entre communes"),
    ("syndicat", "Syndicat"), ("informel", "Entraide sans écrit"), ("autre", "Autre forme"),
)  # fmt: skip
WISH = (
    ("etendre", "L’étendre"),
    ("garder", "Le garder tel quel"),
    ("revoir", "Le revoir"),
    ("arreter", "L’arrêter"),
)
_NAMES = dict(FORMS)

COLUMNS = (
    Column("objet", "Ce qui est partagé", required=True, unknown=False, card="tout",
           help="Par exemple « Balayeuse », « Instruction des permis »."),
    Column("forme", "Forme", "choice", FORMS, width="g-fil", card="l6"),
    Column("avec", "Avec qui", suggest=True, width="g-par", card="l6", help="Une commune, l’intercommunalité, un syndicat."),
    Column("depuis", "Depuis", "int", unit="an", width="g-etp"),
    Column("fin", "Fin de la convention", "date", width="g-ret", help="« Non concerné » s’il n’y a rien d’écrit."),
    Column("cout", "Coût par an", "money", unit="€", total=True, width="g-sta", help="Ce que la commune paie."),
    Column("satisfaction", "Satisfaite", "choice", (("oui", "Oui"), ("moyen", "À peu près"), ("non", "Non")), width="g-sta"),
    Column("souhait", "Souhait", "choice", WISH, width="g-par"),
)  # fmt: skip


def sentence(commune: str, lines: Sequence[Line]) -> str:
    if not lines:
        return f"{commune} : aucun partage déclaré."
    kinds = [
        _NAMES[kind].lower()
        for kind, _ in Counter(line.text("forme") for line in lines).most_common(2)
        if kind
    ]
    text = f"{commune} partage déjà {len(lines)} service{'s' if len(lines) > 1 else ''} ou matériel{'s' if len(lines) > 1 else ''}"
    text += f" ({', '.join(kinds)})" if kinds else ""
    more = sum(line.text("souhait") == "etendre" for line in lines)
    return text + (f" et voudrait en étendre {more}." if more else ".")


def figures(lines: Sequence[Line]) -> list[Figure]:
    missing = sum(not line.text("souhait") for line in lines)
    kinds = Counter(line.text("forme") for line in lines if line.text("forme"))
    return [
        counted("partages", "Partages existants", len(lines), "partages"),
        summed(lines, "cout", "cout", "Coût des partages existants par an", "€"),
        counted("a_etendre", "Partages à étendre", sum(x.text("souhait") == "etendre" for x in lines), "partages", missing),
        counted("a_revoir", "Partages à revoir ou à arrêter", sum(x.text("souhait") in ("revoir", "arreter") for x in lines),
                "partages", missing),
        *(counted(f"forme_{code}", f"Partages, {label.lower()}", kinds[code], "partages") for code, label in FORMS if kinds[code]),
    ]  # fmt: skip


SPEC = SectionSpec(
    name="existing", slug="partages", letter="G", short="Partages",
    title="Que partage déjà la commune {de_commune} ?",
    lead="Avec l’intercommunalité, une commune voisine, un syndicat ; écrit ou non.", minutes=10,
    heading="Ce qui est déjà partagé", add="Ajouter un partage", noun="partage", nouns="partages", feminine=False,
    columns=COLUMNS, sentence=sentence, figures=figures, totals=("partages", "a_etendre"),
)  # fmt: skip
