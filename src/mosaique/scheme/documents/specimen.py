"""Two pages to judge an appearance by: the cover, then a title, figures, a table and a chart. Its figures are examples."""

from datetime import date
from decimal import Decimal

from mosaique.kernel.docgen.model import (
    Bar,
    BarRow,
    Bars,
    Column,
    Cover,
    Document,
    Heading,
    Illustration,
    KeyFigure,
    KeyFigures,
    Look,
    Panel,
    Paragraph,
    Picture,
    Row,
    Table,
    Tile,
    Unknown,
)
from mosaique.kernel.typography import money

_ROWS = (
    ("Commune A", Decimal("2.00"), Decimal("12400.00")),
    ("Commune B", Decimal("0.50"), Decimal("-3100.00")),
    ("Commune C", None, None),
)


def specimen(
    *,
    authority: str,
    day: date,
    years: tuple[int, int],
    tiles: tuple[Tile, ...],
    logo: Picture | None,
    look: Look | None,
) -> Document:
    """What the report will look like with this logo and these colours."""
    return Document(
        title="Rapport relatif aux mutualisations de services et projet de schéma",
        subtitle=f"Mandat {years[0]}–{years[1]}",
        running_title=f"Rapport et projet de schéma {years[0]}–{years[1]}",
        authority=authority,
        date=day,
        author=authority,
        contents=False,
        look=look,
        footer="Exemple de mise en page",
        cover=Cover(label="Exemple", tiles=tiles, logo=logo, tiles_caption="Un carreau par commune."),
        blocks=(
            Heading(1, "Un titre de chapitre", "chapitre"),
            Paragraph("Le texte reste de la même encre foncée : seuls les titres, les filets et les têtes de tableaux "
                      "prennent les couleurs choisies. Les chiffres de cette page sont des exemples."),
            KeyFigures((KeyFigure("2,50 ETP", "mis en commun"), KeyFigure("9 300 €", "par an"))),
            Heading(2, "Un titre de section", "section"),
            Table(
                "Un tableau",
                (Column("Collectivité", width=4), Column("Effectifs (ETP)", "etp", width=3),
                 Column("Dépenses", "money", width=3, signed=True)),
                tuple(Row((name, etp if etp is not None else Unknown(), cost if cost is not None else Unknown()))
                      for name, etp, cost in _ROWS),
                unit="ETP et euros", source="exemple",
            ),
            Heading(3, "Un graphique", "graphique"),
            Illustration(
                (Bars((Panel("Dépenses"),), tuple(
                    BarRow(name, (Bar(money(cost, signed=True), cost) if cost is not None
                                  else Bar("non communiqué", kind="unknown"),))
                    for name, _, cost in _ROWS)),),
                "Les mêmes dépenses en barres",
                "Hausse pour la commune A, baisse pour la commune B, non communiqué pour la commune C.",
                "Les mêmes chiffres sont dans le tableau qui précède.",
                "exemple",
            ),
        ),
    )  # fmt: skip
