"""« État des lieux » of the report: what communes released, one line a commune, so that forty-eight of them fit a few pages."""

from collections.abc import Iterator, Sequence
from typing import Any

from mosaique.kernel.docgen.model import Block, Callout, Column, Heading, Paragraph, Row, Table, Unknown
from mosaique.kernel.quantity import Unknown as Reason

Figure = dict[str, Any]
# Figures told commune by commune; the others (one by kind of equipment, by theme, by year) are told kind by kind.
_DETAIL = ("type_", "besoin_", "fin_", "etp_filiere_")
_PARTIAL = " (sans "
_ESTIMATE = "estimation de l’EPCI"


def inventory_blocks(released: Sequence[Figure]) -> Iterator[Block]:
    """Two tables a section: the main figures by commune, then the details with who declares them."""
    if not released:
        yield Callout(
            "Aucun chiffre versé",
            "Aucune commune n’a encore versé de chiffres au rapport : non communiqué.",
            "attente",
        )
        return
    yield Paragraph(
        "Seuls figurent les chiffres que chaque commune a versés au rapport. Une commune absente d’un tableau n’a rien "
        "versé : son chiffre est inconnu, il n’est pas nul."
    )
    themes: dict[str, list[Figure]] = {}
    for row in released:
        themes.setdefault(row.get("theme", ""), []).append(row)
    for number, (theme, rows) in enumerate(themes.items()):
        yield Heading(2, theme or "Chiffres versés", f"etat-{number}")
        main = [row for row in rows if not row["name"].startswith(_DETAIL)]
        detail = [row for row in rows if row["name"].startswith(_DETAIL)]
        if main:
            yield _by_commune(theme, main)
        if detail:
            yield _by_kind(theme, detail)


def _plain(label: str) -> str:
    return label.partition(_PARTIAL)[0]


def _dates(rows: Sequence[Figure]) -> str:
    """« situation au 1er janvier 2026 », the dates written once under the table."""
    found = sorted({row["source"].rpartition(" ; ")[2] for row in rows})
    return ", ".join(found)


def _is_estimate(row: Figure) -> bool:
    return bool(row["source"].startswith(_ESTIMATE))


def _notes(rows: Sequence[Figure]) -> str:
    notes = []
    if any(_is_estimate(row) for row in rows):
        notes.append("* Estimation de l’EPCI, non confirmée par la commune.")
    if any(_PARTIAL in row["label"] for row in rows):
        notes.append(
            "† Des lignes de cette commune n’ont pas donné de chiffre ; elles ne comptent pas pour zéro."
        )
    return " ".join(notes)


def _cell(row: Figure | None) -> str | Unknown:
    if row is None:
        return Unknown()
    if not row["value"]:
        return Unknown(str(Reason(row["unknown"]).label)) if row["unknown"] else Unknown()
    return (
        str(row["value"]) + (" *" if _is_estimate(row) else "") + (" †" if _PARTIAL in row["label"] else "")
    )


def _by_commune(theme: str, rows: Sequence[Figure]) -> Table:
    names: dict[str, str] = {}
    cells: dict[tuple[str, str], Figure] = {}
    communes: dict[str, str] = {}
    for row in rows:
        names.setdefault(row["name"], _plain(row["label"]))
        communes.setdefault(row["code"], row["authority"])
        cells[row["code"], row["name"]] = row
    return Table(
        caption=f"{theme or 'Chiffres versés'}, commune par commune",
        columns=(Column("Collectivité", width=3), *(Column(label, width=2) for label in names.values())),
        rows=tuple(
            Row((communes[code], *(_cell(cells.get((code, name))) for name in names)))
            for code in sorted(communes, key=lambda code: (communes[code], code))
        ),
        source=f"inventaires des communes, {_dates(rows)}",
        note=_notes(rows),
    )


def _by_kind(theme: str, rows: Sequence[Figure]) -> Table:
    kinds: dict[str, list[Figure]] = {}
    for row in rows:
        kinds.setdefault(_plain(row["label"]), []).append(row)
    return Table(
        caption=f"{theme or 'Chiffres versés'}, détail",
        columns=(Column("Ce qui est déclaré", width=3), Column("Par qui", width=6)),
        rows=tuple(
            Row(
                (
                    label,
                    ", ".join(f"{row['authority']} ({row['value'] or 'non communiqué'})" for row in found),
                )
            )
            for label, found in kinds.items()
        ),
        source=f"inventaires des communes, {_dates(rows)}",
        note=_notes(rows),
    )
