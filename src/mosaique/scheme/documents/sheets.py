"""One action sheet as blocks of the report."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from mosaique.kernel.docgen.model import (
    Block,
    Cell,
    Column,
    Definition,
    Definitions,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Row,
    Run,
    Table,
    Tile,
    Unknown,
)
from mosaique.kernel.typography import etp, money, month_year
from mosaique.scheme.documents import figures, rich
from mosaique.scheme.outline import plain_day

SheetContent = dict[str, Any]
MANY = 3  # beyond, lines that say the same are one

PARTIAL = "« Partiel » : somme des chiffres connus, les autres ne sont pas communiqués."


def cell(total: dict[str, Any], *, staff: bool) -> Cell:
    """A total in a table: its exact value, « sans effet », the known part marked as such, or « non communiqué »."""
    if total["value"] is not None:
        value = Decimal(total["value"])
        return "sans effet" if value == 0 else value
    if total["partial"] is not None:
        known = Decimal(total["partial"])
        return f"{etp(known, signed=True) if staff else money(known, signed=True)} (partiel)"
    return "sans objet" if total["stated"] else Unknown("non communiqué")


def with_unit(total: dict[str, Any], *, staff: bool) -> str:
    """The same as text, with its unit."""
    value = cell(total, staff=staff)
    if isinstance(value, Decimal):
        return etp(value, signed=True) if staff else money(value, signed=True)
    return value.reason if isinstance(value, Unknown) else str(value)


def tile_of(pair: list[Any]) -> Tile:
    return Tile(pair[0], pair[1])


def _number(value: str | None) -> Cell:
    return Unknown() if value is None else Decimal(value)


def sheet_blocks(content: dict[str, Any], sheet: SheetContent) -> Iterator[Block]:
    """Title, key figures, texts, form, perimeter, staff, costs, calendar."""
    number = sheet["number"]
    theme = sheet["theme"]
    yield Heading(
        2,
        sheet["title"],
        f"fiche-{number}",
        new_page=True,
        numbered=False,
        kicker=f"Fiche {number} · Axe {sheet['axis']} · {sheet['status']}",
        tile=tile_of(theme) if theme else None,
    )
    if sheet["summary"]:
        yield Paragraph(sheet["summary"])
    yield KeyFigures(tuple(_figures(sheet)))
    for name, title in (
        ("context", "Pourquoi cette fiche"),
        ("objectives", "Objectifs"),
        ("content", "Ce qui est proposé"),
    ):
        if sheet[name].get("content"):
            yield Heading(3, title, f"fiche-{number}-{name}", numbered=False)
            yield from rich.blocks(
                sheet[name], level=3, anchor=f"fiche-{number}-{name}-t", caption=sheet["title"]
            )
    yield from _residents(sheet)
    yield from _form(sheet)
    yield from _perimeter(content, sheet)
    yield from _staff(content, sheet)
    yield from _costs(sheet)
    yield from _rest(sheet)


def _figures(sheet: SheetContent) -> Iterator[KeyFigure]:
    joining = sum(
        len(group["names"]) for group in sheet["positions"] if group["answer"] in ("Oui", "Oui, si")
    )
    expected = sum(len(group["names"]) for group in sheet["positions"])
    yield KeyFigure(str(joining), f"communes sur {expected} (intentions)")
    yield KeyFigure(with_unit(sheet["staff"]["total"], staff=True), f"effectifs en {sheet['staff']['year']}")
    total = sheet["costs"]["total"]
    yield KeyFigure(
        money(Decimal(total)) if total is not None else "non communiqué",
        f"de fonctionnement en {sheet['costs']['year']}",
    )
    start = sheet["dates"]["start_on"]
    yield KeyFigure(month_year(date.fromisoformat(start)) if start else "à fixer", "démarrage visé")


def _residents(sheet: SheetContent) -> Iterator[Block]:
    yield Heading(
        3, "Ce que cela change pour l’habitant", f"fiche-{sheet['number']}-habitant", numbered=False
    )
    if not sheet["residents"]:
        yield Paragraph("Non communiqué.")
        return
    yield Table(
        caption="Effet pour les habitants",
        columns=(
            Column("Mesure", width=5),
            Column("Aujourd’hui", width=2),
            Column("Avec cette fiche", width=2),
        ),
        rows=tuple(Row((row["label"], row["before"], row["after"])) for row in sheet["residents"]),
        source=f"fiche {sheet['number']}",
    )


def _form(sheet: SheetContent) -> Iterator[Block]:
    yield Heading(3, "Forme juridique", f"fiche-{sheet['number']}-forme", numbered=False)
    form = sheet["form"]
    if form is None:
        yield Paragraph("Non communiquée : la forme n’est pas encore choisie.")
        return
    yield Paragraph(
        (Run(form["label"], bold=True), Run(f". {form['summary']} ({form['article']}, {form['mark']})"))
    )
    entries = [
        (label, sheet[name])
        for label, name in (
            ("Qui apporte les moyens", "provider"),
            ("Qui en bénéficie", "beneficiary"),
            ("Paiement", "payment"),
            ("Entrée et sortie", "entry_exit"),
            ("Pilotage élu", "pilot_elected"),
            ("Pilotage technique", "pilot_technical"),
            ("Partenaires", "partners"),
        )
        if sheet[name]
    ]
    if entries:
        yield Definitions(tuple(Definition(label, " ".join(text.split())) for label, text in entries))


def _perimeter(content: dict[str, Any], sheet: SheetContent) -> Iterator[Block]:
    yield Heading(
        3,
        "Les communes (intentions, ne valent pas délibération)",
        f"fiche-{sheet['number']}-qui",
        numbered=False,
    )
    for group in sheet["positions"]:
        if group["names"]:
            yield Paragraph((Run(f"{group['answer']} : ", bold=True), Run(f"{', '.join(group['names'])}.")))
    yield from figures.positions(content, sheet)
    if sheet["parties"]:
        yield Paragraph(
            (
                Run("Autres parties à l’accord : ", bold=True),
                Run(", ".join(map(_named, sheet["parties"])) + "."),
            )
        )


def _named(party: dict[str, str]) -> str:
    return f"{party['name']} ({party['kind']})" if party["kind"] else party["name"]


def _staff(content: dict[str, Any], sheet: SheetContent) -> Iterator[Block]:
    staff = sheet["staff"]
    yield Heading(
        3, "Impact prévisionnel sur les effectifs", f"fiche-{sheet['number']}-effectifs", numbered=False
    )
    if sheet["agents"]:
        yield Paragraph(" ".join(sheet["agents"].split()))
    # Employers of whom only « no change » is stated, and those who stated nothing, are said in a sentence each: thirty
    # lines alike hide the two that matter.
    still = [r["authority"] for r in staff["rows"] if _only_says_no_change(r)]
    rows = [
        Row((r["authority"], _number(r["before"]), _number(r["after"]), _number(r["change"]), r["note"]))
        for r in staff["rows"]
        if not _only_says_no_change(r)
    ]
    if not rows and not still and not staff["unfilled"]:
        yield Paragraph("Non communiqué.")
        return
    if still:
        yield Paragraph(
            (Run("Aucun changement d’effectif annoncé : ", bold=True), Run(", ".join(still) + "."))
        )
    if staff["unfilled"]:
        yield Paragraph((Run("Effet non communiqué : ", bold=True), Run(", ".join(staff["unfilled"]) + ".")))
    if not rows:
        return
    yield Table(
        caption=f"Effectifs, employeur par employeur, fiche {sheet['number']}",
        columns=(
            Column("Employeur", width=4),
            Column("Aujourd’hui", "etp", width=2),
            Column("Prévu", "etp", width=2),
            Column("Écart", "etp", width=2, signed=True),
            Column("Ce qui change", width=4),
        ),
        rows=tuple(rows),
        unit="ETP",
        source=f"fiche {sheet['number']}",
        year=str(staff["year"]),
        note="« Non communiqué » ne se lit pas comme zéro.",
    )
    yield from figures.staff(content, sheet)


def _only_says_no_change(row: dict[str, Any]) -> bool:
    change = row["change"]
    return (
        row["before"] is None
        and row["after"] is None
        and not row["note"]
        and change is not None
        and Decimal(change) == 0
    )


def _gathered(lines: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Lines that say the same of many authorities make one: thirty times « 0,00 € » would hide the rest."""
    alike: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for line in lines:
        same = tuple(line[name] for name in ("label", "kind", "amount", "unknown", "source"))
        alike.setdefault(same, []).append(line)
    for found in alike.values():
        if len(found) > MANY:
            yield {**found[0], "authority": f"{len(found)} collectivités, chacune"}
        else:
            yield from found


def _costs(sheet: SheetContent) -> Iterator[Block]:
    costs = sheet["costs"]
    yield Heading(
        3,
        "Impact prévisionnel sur les dépenses de fonctionnement",
        f"fiche-{sheet['number']}-couts",
        numbered=False,
    )
    if not costs["lines"]:
        yield Paragraph("Non communiqué.")
        return
    yield Table(
        caption=f"Coûts de la fiche {sheet['number']}",
        columns=(
            Column("Intitulé", width=3),
            Column("Collectivité", width=3),
            Column("Nature", width=3),
            Column("Montant", "money", width=2),
            Column("Source", width=3),
        ),
        rows=tuple(
            Row(
                (
                    line["label"],
                    line["authority"],
                    line["kind"],
                    Decimal(line["amount"]) if line["amount"] is not None else Unknown(line["unknown"]),
                    line["source"] or "non indiquée",
                )
            )
            for line in _gathered(costs["lines"])
        ),
        unit="euros",
        source=f"fiche {sheet['number']}",
        year=str(costs["year"]),
    )
    if costs["share"]:
        yield Paragraph(
            (
                Run(f"Partage : {costs['share']['key'].lower()}. La part de chacun et la formule sont "),
                Run("page {page}", link=f"#cle-{sheet['number']}"),
                Run("."),
            )
        )


def _rest(sheet: SheetContent) -> Iterator[Block]:
    entries = [
        (label, " ".join(sheet[name].split()))
        for label, name in (
            ("Moyens", "means"),
            ("Préalables", "prerequisites"),
            ("Points de vigilance", "risks"),
        )
        if sheet[name]
    ]
    entries += [
        (
            row["label"],
            f"fait le {plain_day(row['done'])}"
            if row["done"]
            else f"prévu le {plain_day(row['due'])}"
            if row["due"]
            else "date à fixer",
        )
        for row in sheet["milestones"]
    ]
    entries += [
        (f"{row['by']}, {plain_day(row['on'])}", " ".join(row["text"].split())) for row in sheet["decisions"]
    ]
    if entries:
        yield Heading(3, "Moyens, étapes et décisions", f"fiche-{sheet['number']}-suite", numbered=False)
        yield Definitions(tuple(Definition(label, text) for label, text in entries))
