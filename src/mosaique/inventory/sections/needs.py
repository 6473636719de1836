"""Needs and offers by theme: what a commune expects, and what it could bring."""

from collections import Counter
from collections.abc import Sequence

from mosaique.access import themes
from mosaique.inventory.columns import Column
from mosaique.inventory.spec import Figure, Line, SectionSpec, counted

THEMES = tuple(themes.choices())
_NAMES = dict(THEMES)
NEED = (("aucun", "Aucun"), ("occasionnel", "Occasionnel"), ("permanent", "Permanent"))

COLUMNS = (
    Column("theme", "Thème", "choice", THEMES, required=True, unknown=False, width="g-par", card="tout"),
    Column("besoin", "Besoin", "choice", NEED, width="g-fil", card="l3"),
    Column("priorite", "Priorité", "choice", (("1", "1, forte"), ("2", "2, moyenne"), ("3", "3, faible")), width="g-sta"),
    Column("precision", "Ce qu’il vous faudrait", card="l6", help="Par exemple « Un appui une demi-journée par semaine »."),
    Column("offre", "Ce que vous pourriez apporter", card="l6", help="Du temps d’agent, un local, un savoir-faire."),
    Column("payer", "Prête à payer", "choice", (("oui", "Oui"), ("selon", "Selon le prix"), ("non", "Non")),
           long_label="La commune est-elle prête à payer", width="g-sta", card="l3"),
)  # fmt: skip


def _wanted(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.text("besoin") in ("occasionnel", "permanent")]


def sentence(commune: str, lines: Sequence[Line]) -> str:
    wanted = sorted(_wanted(lines), key=lambda line: line.text("priorite") or "9")
    names = list(dict.fromkeys(_NAMES[line.text("theme")].lower() for line in wanted if line.text("theme")))
    offers = sum(bool(line.text("offre")) for line in lines)
    text = (
        f"{commune} exprime un besoin sur : {', '.join(names[:3])}"
        if names
        else f"{commune} n’exprime aucun besoin"
    )
    if len(names) > 3:
        text += (
            f" et {len(names) - 3} autre{'s' if len(names) > 4 else ''} thème{'s' if len(names) > 4 else ''}"
        )
    return text + (
        f". Elle pourrait apporter quelque chose sur {offers} thème{'s' if offers > 1 else ''}."
        if offers
        else "."
    )


def figures(lines: Sequence[Line]) -> list[Figure]:
    wanted = _wanted(lines)
    by_theme = Counter(line.text("theme") for line in wanted if line.text("theme"))
    missing = sum(not line.text("besoin") for line in lines)
    return [
        counted("besoins", "Besoins exprimés", len(wanted), "besoins", missing),
        counted("besoins_priorite_1", "Besoins de priorité forte", sum(x.text("priorite") == "1" for x in wanted), "besoins",
                sum(not x.text("priorite") for x in wanted)),
        counted("offres", "Offres", sum(bool(line.text("offre")) for line in lines), "offres"),
        *(counted(f"besoin_{code}", f"Besoins, {label}", by_theme[code], "besoins") for code, label in THEMES if by_theme[code]),
    ]  # fmt: skip


SPEC = SectionSpec(
    name="needs", slug="besoins", letter="D", short="Besoins",
    title="De quoi la commune {de_commune} a-t-elle besoin, et qu’offre-t-elle ?",
    lead="Une ligne par thème. Dire « aucun besoin » est aussi une réponse utile.", minutes=10,
    heading="Les besoins et les offres", add="Ajouter un thème", noun="thème", nouns="thèmes", feminine=False,
    columns=COLUMNS, sentence=sentence, figures=figures, totals=("besoins", "besoins_priorite_1", "offres"),
)  # fmt: skip
