"""« Ce que le schéma change pour nous »: one page for one authority."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from mosaique.kernel.docgen.model import (
    Block,
    Callout,
    Column,
    Document,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Row,
    Table,
)
from mosaique.kernel.typography import integer
from mosaique.scheme.documents import figures
from mosaique.scheme.documents.base import (
    NOT_ZERO,
    SOURCE,
    Content,
    said_of,
    tiles_of,
)
from mosaique.scheme.documents.impacts import authority_table
from mosaique.scheme.documents.sheets import with_unit
from mosaique.scheme.outline import ARTICLE


def commune_page(
    content: Content, code: str, *, day: date, digest: str | None = None, verify_url: str | None = None
) -> Document:
    """« Ce que le schéma change pour nous »: one page for one authority."""
    impacts = content["impacts"]
    authority = next(a for a in impacts["authorities"] if a["code"] == code)
    return Document(
        title="Ce que le schéma change pour nous",
        subtitle=authority["name"],
        running_title=f"Ce que le schéma change pour nous, {authority['name']}",
        contents=False,
        blocks=tuple(_commune_blocks(content, authority)),
        **said_of(content, day=day, code=digest, verify_url=verify_url),
    )


def _commune_blocks(content: Content, authority: dict[str, Any]) -> Iterator[Block]:
    impacts = content["impacts"]
    yield Heading(
        1,
        f"{authority['name']} : ce que le schéma change pour nous",
        "page",
        numbered=False,
        tile=tiles_of(content).get(authority["code"]),
    )
    if not authority["sheets"]:
        yield Paragraph("Aucune fiche prête ou retenue ne concerne cette collectivité : sans objet.")
        return
    year, numbers = impacts["years"][-1], {s["sheet"] for s in authority["sheets"]}
    yield KeyFigures(
        (
            KeyFigure(
                with_unit(authority["running"][-1], staff=False), f"de dépenses de fonctionnement en {year}"
            ),
            KeyFigure(with_unit(authority["etp"][-1], staff=True), f"dans notre mairie en {year}"),
            KeyFigure(
                integer(len(numbers)),
                "fiche nous concerne" if len(numbers) == 1 else "fiches nous concernent",
            ),
        )
    )
    yield from figures.commune(content, authority)
    yield authority_table(authority, year, NOT_ZERO)
    changes = [
        Row((f"{s['number']}. {s['title']}", r["label"], r["before"], r["after"]))
        for s in content["sheets"]
        if s["number"] in numbers
        for r in s["residents"]
    ]
    if changes:
        yield Table(
            caption="Ce que cela change pour l’habitant",
            columns=(
                Column("Fiche", width=4),
                Column("Mesure", width=4),
                Column("Aujourd’hui", width=2),
                Column("Avec la fiche", width=2),
            ),
            rows=tuple(changes),
            source=SOURCE,
        )
    yield Callout(
        "Ce que le conseil municipal peut dire",
        "Le rapport est transmis au conseil pour avis : il dispose de trois mois, et son silence vaut avis favorable "
        f"({ARTICLE}). Le schéma n’engage pas par lui-même : seules engagent les conventions, après délibération de la commune.",
    )
