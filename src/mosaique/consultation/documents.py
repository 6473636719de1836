"""From the content of the annex to documents: the annex alone, or after the adopted scheme. No database here."""

from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from mosaique.consultation.annex import Annex
from mosaique.kernel.docgen.drawing import Fill
from mosaique.kernel.docgen.model import (
    Block,
    BulletList,
    Callout,
    Cell,
    Column,
    Cover,
    Definition,
    Definitions,
    Document,
    Heading,
    Illustration,
    Item,
    Key,
    KeyFigure,
    KeyFigures,
    Look,
    Paragraph,
    Picture,
    Quote,
    Row,
    Run,
    Table,
    Unknown,
)
from mosaique.kernel.typography import date_long
from mosaique.scheme.documents import figures
from mosaique.scheme.documents.sheets import tile_of
from mosaique.scheme.legal_forms.base import MARKS_FR
from mosaique.scheme.outline import plain_day

FILLS: dict[str, Fill] = {
    "favourable": "plein", "reserves": "raies", "unfavourable": "croix", "tacit_favourable": "lignes",
    "tacit_refusal": "damier", "pending": "points", "not_started": "blanc", "passed": "anneaux", "silent": "anneaux",
    "left": "damier",
}  # fmt: skip
SOURCE = "dossiers des conseils, délibérations et preuves de réception"
TITLE = "Annexe : les avis des conseils municipaux"


def annex(content: Annex) -> Document:
    """The annex as a document of its own, in the colours of the version it is about."""
    day = date.fromisoformat(content["day"])
    first, last = content["years"]
    look, logo = content["look"], content["logo"]
    state = f"État au {date_long(day)}"
    return Document(
        title="Les avis des conseils municipaux",
        subtitle=f"Annexe au rapport et projet de schéma de mutualisation {first}–{last}, version {content['number']}",
        running_title="Annexe : avis des conseils municipaux",
        authority=content["authority"],
        date=day,
        author=content["authority"],
        footer=". ".join(filter(None, (content["notice"], f"Avis des conseils. {state}"))),
        look=Look(look["main"], look["accent"]) if look else None,
        cover=Cover(
            label="Consultation en cours" if content["open"] else "Consultation achevée",
            lines=tuple(filter(None, (state, content["notice"]))),
            tiles=tuple(tile_of(one["tile"]) for one in content["councils"]),
            tiles_caption="Un carreau par conseil consulté, dans l’ordre alphabétique.",
            logo=Picture(b64decode(logo["png"]), logo["alt"]) if logo else None,
        ),
        blocks=tuple(annex_blocks(content)),
    )


def adopted_with_opinions(scheme: Document, content: Annex) -> Document:
    """The adopted scheme, then the opinions. The voted text is the same; its own files stay those of the version."""
    adoption = content["adoption"]
    said = f"Schéma adopté le {plain_day(adoption['voted_on'])}, délibération {adoption['number']}"
    followed = f"suivi de l’annexe des avis, état au {plain_day(content['day'])}"
    cover = scheme.cover or Cover()
    return replace(
        scheme,
        title="Schéma de mutualisation des services, et avis des conseils municipaux",
        cover=replace(cover, label=said, lines=(*cover.lines, followed.capitalize())),
        footer=f"{scheme.footer}, {followed}",
        blocks=(*scheme.blocks, *annex_blocks(content)),
    )


def annex_blocks(content: Annex) -> Iterator[Block]:
    yield Heading(1, TITLE, "avis", numbered=False)
    yield Paragraph(
        f"{content['procedure']}. La version {content['number']} du rapport, figée le {plain_day(content['frozen_on'])} "
        f"(code {content['code']}), a été soumise aux conseils le {plain_day(content['opened_on'])}. Cette annexe dit où en "
        f"étaient les avis le {plain_day(content['day'])} ; elle n’a pas été soumise avec le texte et ne change pas son code."
    )
    if content["open"]:
        yield Callout(
            "La consultation n’est pas achevée",
            "Des conseils ont encore du temps, ou leur réception n’est pas notée : cette annexe changera.",
            "attente",
        )
    yield from _figures(content)
    yield from _map(content)
    yield from _table(content)
    yield from _late(content)
    yield from _with_reserves(content)
    yield from _one_by_one(content)
    yield from _vote(content)
    yield from _changes(content)
    yield Heading(2, "Ce que dit la loi, et comment les délais sont comptés", "avis-loi", numbered=False)
    for fact in content["law"]:
        yield Paragraph((Run(fact["text"]), Run(f" ({fact['article']}, {fact['mark']})", italic=True)))
    if content["extended"]:
        yield Paragraph(
            "L’intercommunalité a choisi de reporter au premier jour ouvré un délai qui finit un jour non ouvré : aucun "
            "texte ne le demande."
        )
    yield Paragraph(MARKS_FR, small=True)


def _figures(content: Annex) -> Iterator[Block]:
    if content["counts"]:
        counts = [KeyFigure(str(count), label.lower()) for _, label, count in content["counts"]]
        for start in range(0, len(counts), 4):
            yield KeyFigures(tuple(counts[start : start + 4]))


def _map(content: Annex) -> Iterator[Block]:
    if content["map"] is None:
        return
    councils = content["councils"]
    keys = [Key(FILLS[kind], f"{label} : {count}") for kind, label, count in content["counts"]]
    said = ", ".join(f"{label.lower()} : {count}" for _, label, count in content["counts"])
    drawn = figures.map_of(
        {"map": content["map"], "territory": {"members": [{**one, "kind": "commune"} for one in councils]}},
        {one["code"]: FILLS[one["kind"]] for one in councils},
        keys,
        named={one["code"] for one in councils} if len(councils) <= figures.NAMED else set(),
        width_mm=105,
    )
    yield Illustration(
        (drawn,),
        f"L’avis de chaque conseil, au {plain_day(content['day'])}",
        f"Carte des avis de {len(councils)} conseils municipaux. {said}. Chaque avis est écrit dans le tableau qui suit.",
        "Tous les conseils sont dans le tableau qui suit.",
        SOURCE,
    )


def _number(value: int | None) -> Cell:
    return Unknown("non noté") if value is None else value


def _table(content: Annex) -> Iterator[Block]:
    def row(one: dict[str, Any]) -> Row:
        received, deadline, vote = one["received"], one["deadline"], one["opinion"]
        start: tuple[Cell, ...] = (
            one["name"], one["label"],
            date.fromisoformat(received["on"]) if received else Unknown("non notée"),
            date.fromisoformat(deadline["last_day"]) if deadline else Unknown("non compté"),
        )  # fmt: skip
        if vote is None or vote["late"]:
            after = " (voir les délibérations tardives)" if vote else ""
            return Row((*start, f"pas de vote dans le délai{after}" if _is_over(one) else "", None, None, None, None),
                       tile=tile_of(one["tile"]))  # fmt: skip
        return Row(
            (*start, date.fromisoformat(vote["voted_on"]), vote["number"] or Unknown("non noté"), _number(vote["for"]),
             _number(vote["against"]), _number(vote["abstentions"])),
            tile=tile_of(one["tile"]),
        )  # fmt: skip

    yield Table(
        caption="Les avis, conseil par conseil",
        columns=(
            Column("Conseil", width=5), Column("Avis", width=4), Column("Reçu le", "date", width=3),
            Column("Fin du délai", "date", width=3), Column("Voté le", "date", width=3), Column("Délibération", width=3),
            Column("Pour", "integer", width=1), Column("Contre", "integer", width=2), Column("Abst.", "integer", width=1),
        ),
        rows=tuple(row(one) for one in content["councils"]),
        source=SOURCE,
        note="« Fin du délai » : dernier jour pour délibérer, jusqu’à minuit. Le délai de chaque conseil court de sa propre réception.",
        wide=True,
    )  # fmt: skip


def _is_over(one: dict[str, Any]) -> bool:
    """Its delay has passed. Of a commune that left before, it is not said: nothing more was awaited of it."""
    return one["kind"] not in ("pending", "not_started", "left")


def _late(content: Annex) -> Iterator[Block]:
    late = [one for one in content["councils"] if one["opinion"] and one["opinion"]["late"]]
    if not late:
        return
    yield Heading(2, "Délibérations arrivées après le délai", "avis-tardifs", numbered=False)
    yield Paragraph(
        "Elles restent au dossier, à côté de l’avis que le silence a produit, et ne le changent pas. Les deux sont donnés."
    )
    yield Table(
        caption="Avis retenu et délibération tardive",
        columns=(
            Column("Conseil", width=3), Column("Avis retenu", width=3), Column("Fin du délai", "date", width=3),
            Column("Délibération tardive", width=4), Column("Votée le", "date", width=3),
        ),
        rows=tuple(
            Row(
                (one["name"], one["label"], date.fromisoformat(one["deadline"]["last_day"]),
                 one["opinion"]["label"] + (f", n° {one['opinion']['number']}" if one["opinion"]["number"] else ""),
                 date.fromisoformat(one["opinion"]["voted_on"])),
                tile=tile_of(one["tile"]),
            )
            for one in late
        ),
        source=SOURCE,
    )  # fmt: skip


def _anchor(one: dict[str, Any]) -> str:
    return f"avis-{one['code'].lower()}"


def _with_reserves(content: Annex) -> Iterator[Block]:
    found = [one for one in content["councils"] if one["opinion"] and one["opinion"]["reserves"]]
    if not found:
        return
    waiting = sum(one["answer"] is None for one in found)
    yield Heading(2, "Les conseils qui ont écrit des réserves", "avis-reserves", numbered=False)
    told = "Leurs réserves et la réponse qui leur est faite sont reproduites en entier, conseil par conseil."
    if waiting:
        told += (
            f" {waiting} {'attend encore sa' if waiting == 1 else 'attendent encore leur'} réponse écrite."
        )
    yield Paragraph(told)
    yield BulletList(
        tuple(
            Item((
                Run(f"{one['name']}, page {{page}}", link=f"#{_anchor(one)}"),
                Run(" : pas encore de réponse écrite" if one["answer"] is None else
                    f" : réponse du {plain_day(one['answer']['on'])}"),
            ))
            for one in found
        )
    )  # fmt: skip


def _one_by_one(content: Annex) -> Iterator[Block]:
    yield Heading(2, "Conseil par conseil", "avis-conseils", numbered=False)
    for one in content["councils"]:
        yield Heading(3, one["name"], _anchor(one), numbered=False)
        yield Paragraph((Run(f"{one['label']}. ", bold=True), Run(one["sentence"])))
        yield Definitions(tuple(_dates(one)))
        yield from _reserves(content, one)


def _dates(one: dict[str, Any]) -> Iterator[Definition]:
    for label, fact in (("Envoi", one["sent"]), ("Réception", one["received"])):
        if fact is None:
            yield Definition(label, "date non notée")
        else:
            rest = ", ".join(filter(None, (fact["channel"], fact["reference"], fact["proof"])))
            yield Definition(label, f"{plain_day(fact['on'])}, par {rest}")
    if one["deadline"]:
        rule = one["deadline"]
        yield Definition("Délai", f"{rule['rule']} ({rule['article']}, {rule['mark']})")
    if vote := one["opinion"]:
        parts = [f"{vote['label'].lower()}, votée le {plain_day(vote['voted_on'])}"]
        parts.append(f"n° {vote['number']}" if vote["number"] else "numéro non noté")
        votes = [(vote[key], word) for key, word in (("for", "pour"), ("against", "contre"))]
        if any(value is not None for value, _ in votes):
            parts += [f"{value if value is not None else 'non noté'} {word}" for value, word in votes]
            if vote["abstentions"] is not None:
                parts.append(f"{vote['abstentions']} abstention{'s' if vote['abstentions'] > 1 else ''}")
        else:
            parts.append("décompte des voix non noté")
        if vote["late"]:
            parts.append("arrivée après le délai")
        if vote["signed"]:
            parts.append("délibération signée au dossier")
        yield Definition("Délibération", ", ".join(parts))


def _reserves(content: Annex, one: dict[str, Any]) -> Iterator[Block]:
    """In full, line by line: a long text crosses pages as it must."""
    if not one["opinion"] or not one["opinion"]["reserves"]:
        return
    yield Paragraph((Run("Réserves du conseil", bold=True),), keep_with_next=True)
    for line in _lines(one["opinion"]["reserves"]):
        yield Quote(line)
    if one["answer"] is None:
        yield Paragraph((Run("Pas encore de réponse écrite.", bold=True),))
        return
    yield Paragraph(
        (Run(f"Réponse de {content['authority']}, {plain_day(one['answer']['on'])}", bold=True),),
        keep_with_next=True,
    )
    for line in _lines(one["answer"]["text"]):
        yield Paragraph(line)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _vote(content: Annex) -> Iterator[Block]:
    if (vote := content["adoption"]) is None:
        return
    yield Heading(2, "Le vote du conseil communautaire", "avis-vote", numbered=False)
    plural = "s" if vote["abstentions"] > 1 else ""
    yield Paragraph(
        f"{'Schéma adopté' if vote['adopted'] else 'Schéma rejeté'} le {plain_day(vote['voted_on'])}, délibération "
        f"{vote['number']} : {vote['for']} pour, {vote['against']} contre, {vote['abstentions']} abstention{plural}."
    )


def _changes(content: Annex) -> Iterator[Block]:
    if not content["corrections"]:
        return
    yield Heading(2, "Ce qui a été corrigé, et pourquoi", "avis-corrections", numbered=False)
    yield Table(
        caption="Corrections portées au dossier",
        columns=(Column("Conseil", width=3), Column("Correction", width=5), Column("Raison", width=4)),
        rows=tuple(Row((one["council"], one["what"], one["why"])) for one in content["corrections"]),
        source=SOURCE,
    )
