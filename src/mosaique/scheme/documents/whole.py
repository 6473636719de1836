"""The report and draft scheme, chapter by chapter."""

from base64 import b64decode
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from mosaique.kernel.docgen.model import (
    Block,
    Callout,
    Column,
    Cover,
    Definition,
    Definitions,
    Document,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Picture,
    Row,
    Run,
    Table,
    Unknown,
)
from mosaique.kernel.typography import date_long, integer
from mosaique.scheme.documents import figures, rich
from mosaique.scheme.documents.base import (
    NOT_ZERO,
    SOURCE,
    Content,
    said_of,
    tiles_of,
)
from mosaique.scheme.documents.impacts import impact_blocks
from mosaique.scheme.documents.released import inventory_blocks
from mosaique.scheme.documents.sheets import cell, sheet_blocks, tile_of
from mosaique.scheme.legal_forms.base import MARKS_FR
from mosaique.scheme.outline import YEARLY


def report(
    content: Content, *, day: date, code: str | None = None, verify_url: str | None = None
) -> Document:
    """The report and draft scheme. `day` is the day printed on the cover (of the freeze, or of the draft)."""
    territory, version = content["territory"], content.get("version")
    communes = [m for m in territory["members"] if m["kind"] == "commune"]
    first, last = content["mandate"]
    return Document(
        title="Rapport relatif aux mutualisations de services et projet de schéma",
        subtitle=f"Mandat {first}–{last}",
        running_title=f"Rapport et projet de schéma {first}–{last}",
        blocks=tuple(_report_blocks(content)),
        cover=Cover(
            label="Projet non figé" if version is None else f"Version {version['number']}",
            lines=(
                f"{len(communes)} communes",
                date_long(day),
                *([content["notice"]] if content.get("notice") else []),
            ),
            tiles=tuple(tile_of(m["tile"]) for m in communes),
            logo=_logo(content),
            tiles_caption="Un carreau par commune, dans l’ordre alphabétique.",
        ),
        contents_note=(
            Run("Vous cherchez votre commune ? Ses deux impacts sont page {page}", link="#essentiel"),
            Run("."),
        ),
        **said_of(content, day=day, code=code, verify_url=verify_url),
    )


def _logo(content: Content) -> Picture | None:
    logo = content["logo"]
    return Picture(b64decode(logo["png"]), logo["alt"]) if logo else None


def _report_blocks(content: Content) -> Iterator[Block]:
    yield from _essential(content)
    for key, title in content["outline"]:
        anchor = key.replace("_", "-")
        yield Heading(1, title, anchor)
        if key in content["chapters"]:
            yield from rich.blocks(content["chapters"][key], level=1, anchor=f"{anchor}-t", caption=title)
        if key in _AUTO:
            yield from _AUTO[key](content)
        elif key not in content["chapters"]:
            yield Paragraph("Non communiqué : ce chapitre n’est pas encore écrit.")


def _essential(content: Content) -> Iterator[Block]:
    """The two impacts of every commune in one table, right after the contents."""
    impacts = content["impacts"]
    yield Heading(1, "L’essentiel, commune par commune", "essentiel", numbered=False)
    if not impacts["years"]:
        yield Callout("Rien n’est encore chiffré", "Aucune fiche n’est prête ni retenue.", "attente")
        return
    year, tiles = impacts["years"][-1], tiles_of(content)
    yield Paragraph(
        (
            Run(
                f"Ce que l’ensemble des fiches changerait pour chaque collectivité en {year}. Le détail, fiche par fiche, "
            ),
            Run("commence page {page}", link="#detail-communes"),
            Run(", dans le même ordre alphabétique."),
        )
    )
    rows = [
        Row(
            (a["name"], cell(a["etp"][-1], staff=True), cell(a["running"][-1], staff=False)),
            tile=tiles.get(a["code"]),
        )
        for a in impacts["authorities"]
    ]
    total = impacts["total"]
    rows.append(
        Row(
            ("Ensemble", cell(total["etp"][-1], staff=True), cell(total["running"][-1], staff=False)),
            total=True,
        )
    )
    yield Table(
        caption=f"Les deux impacts prévisionnels par collectivité en {year}",
        columns=(
            Column("Collectivité", width=4),
            Column("Effectifs (ETP)", "etp", width=3, signed=True),
            Column("Dépenses de fonctionnement", "money", width=3, signed=True),
        ),
        rows=tuple(rows),
        unit="ETP et euros",
        source=SOURCE,
        year=str(year),
        note=NOT_ZERO,
    )


def _law(content: Content) -> Iterator[Block]:
    yield Heading(2, "Ce que dit la loi", "loi")
    for fact in content["law"]:
        yield Paragraph((Run(fact["text"]), Run(f" ({fact['article']}, {fact['mark']})", italic=True)))
    yield Paragraph(MARKS_FR, small=True)


def _territory(content: Content) -> Iterator[Block]:
    territory = content["territory"]
    communes = [m for m in territory["members"] if m["kind"] == "commune"]
    known = [m["population"] for m in communes if m["population"] is not None]
    years = sorted({m["population_year"] for m in communes if m["population_year"]})
    yield KeyFigures(
        (
            KeyFigure(integer(len(communes)), "communes"),
            KeyFigure(
                integer(sum(known)) if known else "non communiqué",
                "habitants (population municipale)",
                "Insee",
            ),
        )
    )
    numbered = content["figures"] and content["map"] is not None
    yield from figures.territory(content)
    yield Table(
        caption="Les communes et leur population municipale",
        columns=(
            *((Column("N° sur la carte", "integer", width=1),) if numbered else ()),
            Column("Commune", width=4),
            Column("Code Insee", width=2),
            Column("Habitants", "integer", width=2),
        ),
        rows=tuple(
            Row(
                (
                    *((rank,) if numbered else ()),
                    m["name"],
                    m["code"],
                    m["population"] if m["population"] is not None else Unknown(),
                ),
                tile=tile_of(m["tile"]),
            )
            for rank, m in enumerate(communes, 1)
        ),
        unit="habitants",
        source="Insee, populations de référence",
        year=", ".join(map(str, years)),
    )


def _axes(content: Content) -> Iterator[Block]:
    titles = {sheet["number"]: sheet["title"] for sheet in content["sheets"]}
    for axis in content["axes"]:
        yield Heading(2, f"Axe {axis['number']} : {axis['title']}", f"axe-{axis['number']}", numbered=False)
        yield from rich.blocks(axis["body"], level=2, anchor=f"axe-{axis['number']}-t", caption=axis["title"])
        for number in axis["sheets"]:
            yield Paragraph(
                (Run(f"Fiche {number}, {titles[number]}, page {{page}}", link=f"#fiche-{number}"),)
            )


def _sheets(content: Content) -> Iterator[Block]:
    if not content["sheets"]:
        yield Callout("Aucune fiche", "Aucune fiche n’est prête ni retenue.", "attente")
    for sheet in content["sheets"]:  # where each one is, so that the chapter's first page is of use
        yield Paragraph(
            (
                Run(
                    f"Fiche {sheet['number']}, {sheet['title']}, page {{page}}",
                    link=f"#fiche-{sheet['number']}",
                ),
            )
        )
    for sheet in content["sheets"]:
        yield from sheet_blocks(content, sheet)


def _calendar(content: Content) -> Iterator[Block]:
    rows = [
        Row(
            (
                f"{s['number']}. {s['title']}",
                *(
                    date.fromisoformat(s["dates"][k]) if s["dates"][k] else Unknown("à fixer")
                    for k in ("study_on", "test_on", "start_on", "review_on")
                ),
            )
        )
        for s in content["sheets"]
    ]
    if rows:
        yield from figures.calendar(content)
        yield Table(
            caption="Les dates visées, fiche par fiche",
            columns=(
                Column("Fiche", width=4),
                Column("Étude", "date", width=2),
                Column("Essai", "date", width=2),
                Column("Démarrage", "date", width=2),
                Column("Bilan", "date", width=2),
            ),
            rows=tuple(rows),
            source=SOURCE,
        )


def _money(content: Content) -> Iterator[Block]:
    shared = [s for s in content["sheets"] if s["costs"]["share"]]
    if not shared:
        yield Paragraph("Aucune clé de répartition n’est encore calculée : non communiqué.")
    for sheet in shared:
        share = sheet["costs"]["share"]
        yield Heading(
            2, f"Fiche {sheet['number']} : {share['key'].lower()}", f"cle-{sheet['number']}", numbered=False
        )
        yield Paragraph(
            f"{share['rule']}. Arrondi : {share['rounding']}. {share['statement']} {' '.join(share['remarks'])}"
        )
        yield from figures.shares(content, sheet)
        yield Table(
            caption=f"Part de chacun, fiche {sheet['number']}",
            columns=(
                Column("Collectivité", width=3),
                Column("Calcul", width=6),
                Column("Part", "money", width=2),
            ),
            rows=(
                *(Row((row["name"], row["sentence"], Decimal(row["share"]))) for row in share["rows"]),
                Row(("Total des parts", "", Decimal(share["total"])), total=True),
            ),
            unit="euros",
            source=SOURCE,
            year=str(share["year"]),
        )


def _follow_up(content: Content) -> Iterator[Block]:
    yearly = content["law"][YEARLY]
    yield Paragraph(f"{yearly['text']} ({yearly['article']}, {yearly['mark']})")
    rows = [
        Row(
            (
                f"{s['number']}. {s['title']}",
                i["label"] + (f" ({i['unit']})" if i["unit"] else ""),
                i["baseline"] or Unknown(),
                i["target"] or Unknown("à fixer"),
            )
        )
        for s in content["sheets"]
        for i in s["indicators"]
    ]
    if rows:
        yield Table(
            caption="Indicateurs suivis chaque année",
            columns=(
                Column("Fiche", width=3),
                Column("Indicateur", width=4),
                Column("Aujourd’hui", width=2),
                Column("Cible", width=2),
            ),
            rows=tuple(rows),
            source=SOURCE,
        )


def _annexes(content: Content) -> Iterator[Block]:
    if content["pending"]:
        yield Heading(2, "Pistes encore à l’étude", "pistes", numbered=False)
        yield Table(
            caption="Fiches qui ne sont pas encore prêtes",
            columns=(Column("Fiche", width=5), Column("Étape", width=2)),
            rows=tuple(Row((f"{p['number']}. {p['title']}", p["status"])) for p in content["pending"]),
            source=SOURCE,
        )
    yield Heading(2, "Ce qui n’est pas communiqué", "manques", numbered=False)
    if content["missing"]:
        yield Table(
            caption="Ce qui manquait quand ce document a été fait",
            columns=(Column("Où", width=3), Column("Ce qui manque", width=7)),
            rows=tuple(Row((one["where"], one["what"])) for one in content["missing"]),
            source=SOURCE,
        )
    else:
        yield Paragraph("Rien ne manquait quand ce document a été fait.")


def _glossary(content: Content) -> Iterator[Block]:
    yield Definitions(tuple(Definition(word, text) for word, text in content["glossary"]))


_AUTO = {
    "cadre": _law,
    "territoire": _territory,
    "etat_des_lieux": lambda content: inventory_blocks(content["released"]),
    "orientations": _axes,
    "fiches": _sheets,
    "impacts": impact_blocks,
    "calendrier": _calendar,
    "finances": _money,
    "suivi": _follow_up,
    "annexes": _annexes,
    "glossaire": _glossary,
}
