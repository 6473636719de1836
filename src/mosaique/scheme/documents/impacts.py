"""The two impacts the law prescribes, by authority and year, by sheet, and authority by authority."""

from collections.abc import Iterator
from typing import Any

from mosaique.kernel.docgen.model import (
    Block,
    Callout,
    Column,
    Heading,
    Paragraph,
    Row,
    Table,
)
from mosaique.scheme.documents import figures
from mosaique.scheme.documents.base import NOT_ZERO, SOURCE, WIDE_FROM, Content, tiles_of
from mosaique.scheme.documents.sheets import cell
from mosaique.scheme.outline import ARTICLE
from mosaique.territory.naming import listed

BY_SHEET = (
    Column("Fiche", width=5),
    Column("Effectifs (ETP)", "etp", width=2, signed=True),
    Column("Dépenses de fonctionnement", "money", width=3, signed=True),
)


def _year_table(content: Content, kind: str) -> Table:
    impacts, tiles = content["impacts"], tiles_of(content)
    staff = kind == "etp"
    columns = (
        Column("Collectivité", width=4),
        *(Column(str(year), "etp" if staff else "money", width=2, signed=True) for year in impacts["years"]),
    )
    rows = [
        Row((a["name"], *(cell(total, staff=staff) for total in a[kind])), tile=tiles.get(a["code"]))
        for a in impacts["authorities"]
    ]
    rows.append(
        Row(("Ensemble", *(cell(total, staff=staff) for total in impacts["total"][kind])), total=True)
    )
    what = "les effectifs" if staff else "les dépenses de fonctionnement"
    return Table(
        caption=f"Impact prévisionnel sur {what}, par collectivité et par année",
        columns=columns,
        rows=tuple(rows),
        unit="ETP" if staff else "euros",
        source=SOURCE,
        year=f"{impacts['years'][0]}–{impacts['years'][-1]}",
        note=NOT_ZERO,
        wide=len(impacts["years"]) >= WIDE_FROM,
    )


def impact_blocks(content: Content) -> Iterator[Block]:
    impacts = content["impacts"]
    yield Paragraph(
        f"La loi demande au rapport de prévoir ces deux impacts, pour l’intercommunalité et pour les communes concernées ({ARTICLE}). "
        "Ce qu’une collectivité verse à une autre est une dépense pour l’une et une recette pour l’autre : l’ensemble n’en tient "
        "pas compte. Après la dernière année chiffrée d’une fiche, cette année est reconduite."
    )
    if impacts["outside"]:
        yield Paragraph(
            f"Ces tableaux comptent aussi {listed(impacts['outside'])}, hors de l’intercommunalité et de ses communes : ce qui est payé "
            "ou reçu là entre dans l’ensemble, pour que le compte tombe juste."
        )
    if not impacts["years"]:
        yield Callout(
            "Rien n’est encore chiffré", "Aucune fiche n’est prête ni retenue : non communiqué.", "attente"
        )
        return
    if content["figures"]:
        yield Heading(2, "Les deux impacts, d’un coup d’œil", "impact-figures")
        yield from figures.impacts(content)
    yield Heading(2, "Impact sur les effectifs", "impact-effectifs")
    yield _year_table(content, "etp")
    yield Heading(2, "Impact sur les dépenses de fonctionnement", "impact-depenses")
    yield _year_table(content, "running")
    yield Heading(2, "Fiche par fiche", "impact-fiches")
    yield Table(
        caption=f"Les deux impacts de chaque fiche en {impacts['years'][-1]}",
        columns=BY_SHEET,
        rows=tuple(
            Row(
                (
                    f"{s['sheet']}. {s['title']}",
                    cell(s["etp"][-1], staff=True),
                    cell(s["running"][-1], staff=False),
                )
            )
            for s in impacts["by_sheet"]
        ),
        unit="ETP et euros",
        source=SOURCE,
        year=str(impacts["years"][-1]),
        note=NOT_ZERO,
    )
    yield Heading(2, "Collectivité par collectivité", "detail-communes")
    yield Paragraph(NOT_ZERO)  # once: fifty tables follow
    for authority in impacts["authorities"]:
        yield Heading(3, authority["name"], f"collectivite-{authority['code'].lower()}", numbered=False)
        if authority["sheets"]:
            yield authority_table(authority, impacts["years"][-1])
        else:
            yield Paragraph("Aucune fiche prête ou retenue ne la concerne : sans objet.")


def authority_table(authority: dict[str, Any], year: int, note: str = "") -> Table:
    rows = [
        Row((f"{s['sheet']}. {s['title']}", cell(s["etp"], staff=True), cell(s["running"], staff=False)))
        for s in authority["sheets"]
    ]
    rows.append(
        Row(
            ("Ensemble", cell(authority["etp"][-1], staff=True), cell(authority["running"][-1], staff=False)),
            total=True,
        )
    )
    return Table(
        caption=f"{authority['name']}, les deux impacts en {year}",
        columns=BY_SHEET,
        rows=tuple(rows),
        unit="ETP et euros",
        source=SOURCE,
        year=str(year),
        note=note,
    )
