"""Fears and conditions: what must hold for the commune to come along. Read by its hall, and by the team if it agrees."""

from collections import Counter
from collections.abc import Sequence

from mosaique.inventory.columns import Column
from mosaique.inventory.spec import Figure, Line, SectionSpec, counted

SUBJECTS = (
    ("proximite", "Proximité avec les habitants"), ("reactivite", "Réactivité"), ("decision", "Maîtrise des décisions"),
    ("cout", "Coût"), ("personnel", "Situation des agents"), ("identite", "Identité de la commune"), ("qualite", "Qualité du service"),
    ("autre", "Autre point"),
)  # fmt: skip
STRENGTH = (
    ("bloquant", "Sans cela, c’est non"),
    ("important", "Important"),
    ("a_surveiller", "À surveiller"),
)

COLUMNS = (
    Column("sujet", "Sujet", "choice", SUBJECTS, required=True, unknown=False, width="g-par", card="tout"),
    Column("crainte", "Ce que vous craignez", card="l6", help="En une phrase. Jamais le nom d’une personne."),
    Column("condition", "À quelle condition", card="l6", help="Par exemple « Un agent présent deux matinées par semaine »."),
    Column("force", "Importance", "choice", STRENGTH, width="g-fil", card="l6"),
)  # fmt: skip


def sentence(commune: str, lines: Sequence[Line]) -> str:
    """Never which fear: a commune says it itself, where it chooses."""
    return (
        f"{commune} a dit à quelles conditions elle s’engagerait."
        if lines
        else f"{commune} : aucune condition posée."
    )


def figures(lines: Sequence[Line]) -> list[Figure]:
    strong = Counter(line.text("force") for line in lines)
    missing = sum(not line.text("force") for line in lines)
    return [
        counted("conditions", "Conditions posées", len(lines), "conditions"),
        counted(
            "bloquantes", "Conditions sans lesquelles c’est non", strong["bloquant"], "conditions", missing
        ),
    ]


SPEC = SectionSpec(
    name="conditions", slug="conditions", letter="I", short="Conditions",
    title="À quelles conditions la commune {de_commune} partagerait-elle ?",
    lead="Dites ce qui vous retient : c’est le moment où cela peut encore compter. Les autres communes n’en lisent jamais le détail.",
    minutes=5, heading="Craintes et conditions", add="Ajouter un point", noun="point", nouns="points", feminine=False,
    columns=COLUMNS, sentence=sentence, figures=figures, detail_for_communes=False, totals=(),
)  # fmt: skip
