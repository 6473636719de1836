"""« Emporter les données »: everything that is a commune's own on a territory, to read and to take away in one archive.

The door is `policies.may_take_away`: once through it, a commune reads all that it wrote, whatever circle it had opened it to
(a commune that has left reads no circle any more, and its own figures are still its own).
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils.text import slugify

from mosaique.access.actor import Actor
from mosaique.access.models import Visibility
from mosaique.consultation.facts import facts_of
from mosaique.consultation.models import CouncilFile
from mosaique.inventory import cells, exports
from mosaique.inventory import queries as inventories
from mosaique.inventory.columns import file_head
from mosaique.inventory.models import Return, Row, SectionSheet
from mosaique.inventory.spec import SectionSpec
from mosaique.kernel import clock
from mosaique.kernel.typography import date_long
from mosaique.scheme.models import ActionSheet, Position
from mosaique.territory.models import Authority, Territory


@dataclass(frozen=True, slots=True)
class Part:
    """One table: the same on the page, in the archive and in the spreadsheet."""

    title: str
    name: str  # of the sheet in the spreadsheet: 31 characters at most
    heads: tuple[str, ...]
    rows: list[tuple[str, ...]]
    nothing: str

    @property
    def told(self) -> list[list[tuple[str, str]]]:
        """Each line with its heads, as a phone shows it."""
        return [list(zip(self.heads, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Collected:
    """One inventory of the commune, with its sections line by line."""

    inventory: Return
    pairs: list[tuple[SectionSpec, list[Row]]]
    parts: list[Part]

    @property
    def lines(self) -> int:
        return sum(len(rows) for _, rows in self.pairs)


@dataclass(frozen=True, slots=True)
class Own:
    """All of it."""

    collected: list[Collected]
    positions: Part
    opinions: Part
    councils: list[CouncilFile]


def own(actor: Actor, territory: Territory, authority: Authority) -> Own:
    """What the commune wrote here. The caller has passed the door."""
    councils = list(
        CouncilFile.objects.for_screen()
        .filter(consultation__territory=territory, authority=authority)
        .prefetch_related("facts__proof", "opinions__deliberation", "opinions__answers")
        .order_by("-pk")
    )
    return Own(
        _collected(territory, authority),
        _positions(actor, territory, authority),
        _opinions(councils),
        councils,
    )


def _collected(territory: Territory, authority: Authority) -> list[Collected]:
    returns = (
        Return.objects.filter(campaign__territory=territory, authority=authority)
        .select_related("authority", "campaign__territory__epci")
        .order_by("-campaign__reference_date", "-pk")
    )
    found = []
    for one in returns:
        pairs = [
            (sheet.spec, inventories.rows_of(sheet)) for sheet in SectionSheet.objects.filter(inventory=one)
        ]
        found.append(Collected(one, pairs, [_section(spec, rows) for spec, rows in pairs]))
    return found


def _section(spec: SectionSpec, rows: Sequence[Row]) -> Part:
    return Part(
        spec.short, spec.short, tuple(file_head(column) for column in spec.columns),
        [tuple(cells.text_of(column, row.cells.get(column.name)) for column in spec.columns) for row in rows],
        "Rien n’y a été saisi.",
    )  # fmt: skip


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


#: Circles that every commune reads, or read while it was a member.
_EVERY_COMMUNE = (Visibility.CIRCLE, Visibility.TERRITORY, Visibility.PUBLIC)


def _positions(actor: Actor, territory: Territory, authority: Authority) -> Part:
    """What the commune said is its own; the title of a sheet kept since to fewer readers is not."""
    rows = list(
        Position.objects.filter(authority=authority, sheet__scheme__territory=territory)
        .select_related("sheet__scope", "said_by")
        .order_by("sheet__number", "pk")
    )
    read = set(
        ActionSheet.objects.visible_to(actor)
        .filter(pk__in={row.sheet_id for row in rows})
        .values_list("pk", flat=True)
    )

    def title(sheet: ActionSheet) -> str:
        known = sheet.pk in read or sheet.scope.visibility in _EVERY_COMMUNE
        return sheet.title if known else "fiche que la commune ne lit plus"

    return Part(
        "Les positions de la commune sur les fiches", "Positions",
        ("Fiche n°", "Fiche", "Réponse", "Condition", "Au nom de", "Conseil du", "Donnée le", "Par"),
        [
            (str(row.sheet.number or ""), title(row.sheet), row.get_answer_display(), row.condition, row.get_voice_display(),
             _day(row.council_on), _day(clock.day_of(row.at, territory.zone)), row.said_by.title)
            for row in rows
        ],
        "La commune n’a donné aucune position.",
    )  # fmt: skip


def _opinions(councils: Sequence[CouncilFile]) -> Part:
    rows = []
    for council in councils:
        facts = facts_of(council)
        opinion = facts.opinion
        tacit = (
            f"tacite, noté le {_day(council.tacit_noted_on)}"
            if council.tacit_noted_on
            else "pas d’avis enregistré"
        )
        rows.append(
            (
                str(council.consultation.version.number), _day(facts.sent.on_date if facts.sent else None),
                _day(facts.received.on_date if facts.received else None),
                opinion.get_answer_display() if opinion else tacit, _day(opinion.voted_on if opinion else None),
                opinion.number if opinion else "", *(_votes(opinion) if opinion else ("", "", "")),
                opinion.reserves if opinion else "", facts.answer.text if facts.answer else "",
            )
        )  # fmt: skip
    return Part(
        "Les avis de son conseil", "Avis du conseil",
        ("Version", "Envoyé le", "Reçu le", "Avis", "Voté le", "Délibération", "Pour", "Contre", "Abstentions", "Réserves",
         "Réponse aux réserves"),
        rows, "Son conseil n’a pas été consulté.",
    )  # fmt: skip


def _votes(opinion: object) -> tuple[str, ...]:
    counted = (getattr(opinion, name) for name in ("votes_for", "votes_against", "abstentions"))
    return tuple("" if number is None else str(number) for number in counted)


# --- The archive ---------------------------------------------------------------------------------


def archive(actor: Actor, territory: Territory, authority: Authority, *, demo: bool) -> bytes:
    """A ZIP: a page to read, a spreadsheet in both formats for each table, the files the commune gave."""
    found = own(actor, territory, authority)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(
            "lisez-moi.html",
            render_to_string("desk/commune_copy.html", _context(found, territory, authority, demo)),
        )
        for one in found.collected:
            name = f"inventaire-{one.inventory.campaign.reference_date:%Y-%m-%d}-{one.inventory.pk}"
            for kind in exports.MIMES:
                made.writestr(f"{name}.{kind}", exports.workbook(one.inventory, one.pairs, kind))
        tables = (found.positions, found.opinions)
        made.writestr("positions-et-avis.xlsx", _xlsx(tables))
        made.writestr("positions-et-avis.ods", _ods(tables))
        for name, data in _files(found.councils):
            made.writestr(name, data)
    return out.getvalue()


def _context(found: Own, territory: Territory, authority: Authority, demo: bool) -> dict[str, object]:
    return {"own": found, "territory": territory, "authority": authority, "demo": demo, "made": clock.now()}


def _files(councils: Sequence[CouncilFile]) -> Iterator[tuple[str, bytes]]:
    """Proofs and deliberations of the commune's own files; two of one name are told apart."""
    given: set[str] = set()
    for council in councils:
        uploads = [fact.proof for fact in council.facts.all()] + [
            one.deliberation for one in council.opinions.all()
        ]
        for upload in uploads:
            if upload is None or not upload.path.is_file():
                continue
            stem, _, ending = upload.name.rpartition(".")
            name = f"fichiers/{slugify(stem) or 'fichier'}.{slugify(ending)}"
            if name in given:
                name = f"fichiers/{upload.pk}-{slugify(stem) or 'fichier'}.{slugify(ending)}"
            if name not in given:
                given.add(name)
                yield name, upload.path.read_bytes()


def _xlsx(parts: Sequence[Part]) -> bytes:
    import xlsxwriter  # only who exports pays for it

    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, options)
    head = book.add_format(
        {"bold": True, "bg_color": "#f1eadb", "font_color": "#1a2630", "bottom": 1, "text_wrap": True}
    )
    # quote_prefix: what begins with = + - @ stays text when the cell is edited by hand.
    text = book.add_format({"num_format": "@", "quote_prefix": True, "text_wrap": True, "valign": "top"})
    for part in parts:
        sheet = book.add_worksheet(part.name[:31])
        sheet.set_column(0, len(part.heads) - 1, 20, text)
        for number, line in enumerate((part.heads, *part.rows)):
            for index, cell in enumerate(line):
                sheet.write_string(number, index, cell, text if number else head)
        sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def _ods(parts: Sequence[Part]) -> bytes:
    import odfdo  # long to load: paid by who downloads

    document = odfdo.Document("spreadsheet")
    document.body.clear()
    for part in parts:
        table = odfdo.Table(part.name[:31])
        for line in (part.heads, *part.rows):
            row = odfdo.Row()
            for index, cell in enumerate(line):
                row.set_cell(index, odfdo.Cell(cell, cell_type="string"))
            table.append_row(row)
        document.body.append(table)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def summary(found: Own) -> list[str]:
    """What the archive holds, one line each."""
    lines = []
    for one in found.collected:
        count = f"{one.lines} ligne{'s' if one.lines > 1 else ''}"
        lines.append(
            f"L’inventaire au {date_long(one.inventory.campaign.reference_date)}, {count}, en XLSX et en ODS"
        )
    said, voted = len(found.positions.rows), len(found.opinions.rows)
    lines.append(
        f"{said} position{'s' if said > 1 else ''} et {voted} dossier{'s' if voted > 1 else ''} d’avis, en XLSX et en ODS"
    )
    lines.append("Les preuves de réception et les délibérations déposées")
    lines.append("Une page à lire, qui dit tout cela sans tableur")
    return lines
