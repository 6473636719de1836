"""A document with every kind of drawing, to look at and to test with. Shapes and figures are invented."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mosaique.kernel.docgen.model import (
    Area,
    Bar,
    BarRow,
    Bars,
    Column,
    Cover,
    Document,
    Drawing,
    Heading,
    Illustration,
    Key,
    Look,
    Map,
    Panel,
    Paragraph,
    Row,
    Share,
    Shares,
    Table,
    Timeline,
    TimelineRow,
)

FILLS = ("plein", "raies", "points", "croix", "blanc", "lignes", "anneaux", "damier", "hachures", "clair")
LOOK = Look("1f5f3a", "b3541e")


def country(side: int = 5, width_mm: int = 170) -> Map:
    """A chessboard of communes, each with another pattern."""
    areas = tuple(
        Area(
            f"M{x * 100} {y * 100}l100 0 0 100-100 0z", FILLS[(x + y * side) % 10], x * 100 + 50, y * 100 + 50,
            f"Saint-Numéro-{x + y * side}", str(x + y * side), strong=(x, y) == (1, 1),
        )
        for y in range(side) for x in range(side)
    )  # fmt: skip
    keys = tuple(Key(fill, f"{fill} : {n} communes") for n, fill in enumerate(FILLS))  # type: ignore[arg-type]
    return Map(side * 100, side * 100, areas, keys, width_mm)


def bar(value: str | None, text: str = "", kind: str = "known") -> Bar:
    return Bar(text or str(value), Decimal(value) if value else None, kind)  # type: ignore[arg-type]


def two_impacts(count: int = 12) -> Bars:
    """Known, partly known, without effect and unknown, on both sides of zero."""
    looks = (
        (bar("-0.5", "−0,50"), bar("-12345.6", "−12 345,60 €")),
        (bar("1.2", "+1,20"), bar("54000", "+54 000,00 €")),
        (bar(None, "sans effet", "none"), bar("300", "+300,00 € (partiel)", "partial")),
        (bar(None, "non communiqué", "unknown"), bar(None, "non communiqué", "unknown")),
    )
    rows = tuple(
        BarRow(f"Saint-Numéro-{n}-le-Vieux", looks[n % 4], strong=n == count - 1) for n in range(count)
    )
    return Bars((Panel("Effectifs (ETP)"), Panel("Dépenses de fonctionnement")), rows)


def before_after() -> Bars:
    rows = (
        BarRow("CC Val 81", (bar("0", "0,00"), bar("1.2", "1,20"))),
        BarRow("Trébas", (bar("1.5", "1,50"), bar(None, "non communiqué", "unknown"))),
    )
    return Bars((Panel("ETP", ("Aujourd’hui", "Prévu")),), rows)


SHARES = Shares(tuple(Share(f"Part {n} : {n + 1} 000 €", Decimal(n + 1)) for n in range(8)))
TIMELINE = Timeline(
    ("Étude", "Essai", "Démarrage", "Bilan"),
    (
        TimelineRow(
            "1. Créer un service commun d’urbanisme",
            (date(2027, 1, 5), date(2027, 9, 1), date(2028, 7, 1), date(2030, 6, 1)),
        ),
        TimelineRow("2. Remplacer une secrétaire absente", (date(2027, 3, 1), None, None, date(2029, 1, 1))),
        TimelineRow("3. Acheter ensemble", (None, None, None, None)),
    ),
)


def illustration(
    *drawings: Drawing, caption: str = "Ce que montre la figure", anchor: str = "tableau"
) -> Illustration:
    return Illustration(
        drawings,
        caption,
        f"{caption} : treize communes disent oui, deux ne répondent pas.",
        "Les mêmes chiffres sont dans le tableau, page {page}.",
        "fiches du schéma",
        "2029",
        anchor,
    )


def gallery(look: Look | None = None) -> Document:
    rows = tuple(Row((f"Commune {n}", n)) for n in range(8))
    return Document(
        title="Toutes les figures",
        subtitle="Cartes, barres, parts et calendrier",
        authority="Communauté de communes Val 81",
        date=date(2026, 11, 26),
        author="Communauté de communes",
        cover=Cover(label="Essai", lines=("26 novembre 2026",)),
        look=look,
        blocks=(
            Heading(1, "Une carte", "carte"),
            Paragraph("Le territoire."),
            illustration(country(), caption="Carte du territoire"),
            Heading(2, "Une petite carte et sa légende", "petite"),
            illustration(country(4, 80), caption="Carte des positions"),
            Heading(1, "Des barres", "barres"),
            illustration(two_impacts(), caption="Les deux impacts"),
            illustration(before_after(), caption="Effectifs avant et après"),
            Heading(2, "Deux dessins côte à côte", "deux"),
            illustration(country(3, 60), two_impacts(5), caption="Une commune et ses impacts"),
            Heading(1, "Des parts et des dates", "parts"),
            illustration(SHARES, caption="Le partage"),
            illustration(TIMELINE, caption="Le calendrier"),
            Heading(2, "Le tableau", "tableau"),
            Table("Les chiffres", (Column("Commune"), Column("Nombre", "integer")), rows, source="essai"),
        ),
    )
