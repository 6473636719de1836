"""A spreadsheet sent back: read, compared row by row, shown; recorded only once confirmed. Nothing is ever removed by it."""

from collections import Counter
from typing import IO, Any

from mosaique import journal
from mosaique.access.actor import Actor
from mosaique.access.models import Scope, Visibility
from mosaique.inventory import cells, imports, registry
from mosaique.inventory.columns import head_of, plain
from mosaique.inventory.grid import fingerprint
from mosaique.inventory.imports import FileLine, FileSection
from mosaique.inventory.models import ImportBatch, Return, Row, SectionSheet
from mosaique.inventory.policies import is_ours, may_apply_import, may_edit_sheet, may_import
from mosaique.inventory.services.entering import apply_changes
from mosaique.kernel import clock
from mosaique.kernel.service import service
from mosaique.kernel.typography import integer
from mosaique.kernel.verdict import require

Report = dict[str, Any]
ADDED, CHANGED, SAME, REFUSED, CONFLICT = "added", "changed", "same", "refused", "conflict"


@service
def receive_import(*, actor: Actor, inventory: Return, file: IO[bytes]) -> ImportBatch:
    """Read the file and say what it would change. Nothing of the inventory moves."""
    inventory = Return.objects.for_screen().get(pk=inventory.pk)
    require(may_import(actor, inventory))
    found = imports.read(file, inventory.campaign.specs, inventory.pk)
    sheets = {
        sheet.section: sheet
        for sheet in SectionSheet.objects.visible_to(actor).for_screen().filter(inventory=inventory)
    }
    report, changes = [], {}
    for section in found:
        sheet = sheets.get(section.spec.name)
        verdict = may_edit_sheet(actor, sheet) if sheet is not None else None
        if sheet is None or not verdict:
            reason = verdict.reason if verdict is not None else "Cette section ne vous est pas ouverte."
            report.append(
                {
                    "section": section.spec.name,
                    "rows": [],
                    "notes": [f"Feuille non lue. {reason}"],
                    "counts": {},
                }
            )
            continue
        part, typed = _compare(section, list(Row.objects.kept().filter(sheet=sheet)))
        report.append(part)
        changes[section.spec.name] = typed
    ours = is_ours(actor, inventory)
    scope = Scope.objects.obtain(
        territory=inventory.campaign.territory, visibility=Visibility.AUTHORITY if ours else Visibility.TEAM,
        authority=inventory.authority,
    )  # fmt: skip
    batch = ImportBatch.objects.create(
        scope=scope,
        inventory=inventory,
        report=report,
        changes=changes,
        received_by_id=actor.person_id,
        received_at=clock.now(),
    )
    journal.record(actor, registry.FILE_RECEIVED, batch, lines=sum(len(part["rows"]) for part in report))
    return batch


def _compare(section: FileSection, rows: list[Row]) -> tuple[Report, list[dict[str, Any]]]:
    by_id = {str(row.pk): row for row in rows}
    numbers = {row.pk: number for number, row in enumerate(rows, 1)}
    known = {_signature(section, _texts(section, row)): numbers[row.pk] for row in rows}
    taken: set[str] = set()
    # Lines that the file does not name: those it added at a former sending of the same file are found again, not doubled.
    named = {line.row_id for line in section.lines}
    unnamed: dict[tuple[str, ...], list[Row]] = {}
    for kept in rows:
        if str(kept.pk) not in named:
            unnamed.setdefault(_signature(section, _texts(section, kept)), []).append(kept)
    first = section.spec.first
    names = {
        plain(_texts(section, row)[first.name]): numbers[row.pk] for row in rows if str(row.pk) not in named
    }
    names.pop("", None)
    told, changes = [], []
    for line in section.lines:
        row = by_id.get(line.row_id) if line.row_id not in taken else None
        remarks = []
        if not line.row_id and (alike := unnamed.get(_signature(section, line.texts))):
            row = alike.pop(0)
            remarks.append(
                f"Déjà dans l’inventaire, à la ligne {numbers[row.pk]} : elle n’est pas ajoutée une seconde fois. "
                "S’il y en a vraiment deux, dites ce qui les distingue."
            )
        if line.row_id and line.row_id in taken:
            remarks.append("Copie d’une autre ligne du fichier : ajoutée comme une nouvelle ligne.")
        elif line.row_id and row is None:
            remarks.append(
                "Cette ligne a été retirée de l’inventaire depuis : elle serait ajoutée de nouveau."
            )
        if row is not None:
            taken.add(str(row.pk))
        elif (twin := known.get(_signature(section, line.texts))) is not None:
            remarks.append(f"Identique à la ligne {twin} : vérifiez qu’il ne s’agit pas d’un doublon.")
        elif namesake := names.get(plain(line.texts.get(first.name, ""))):
            remarks.append(
                f"La ligne {namesake} de l’inventaire porte le même nom : vérifiez que ce n’est pas la même."
            )
        if line.formulas:
            remarks.append(f"Formule remplacée par sa valeur : {', '.join(line.formulas)}.")
        if line.hollow:
            remarks.append(
                f"Formule sans valeur calculée, non lue : {', '.join(line.hollow)}. Ouvrez le fichier dans votre tableur, "
                "enregistrez-le, puis renvoyez-le."
            )
        if line.cut:
            remarks.append(
                f"Texte trop long, gardé jusqu’à {integer(cells.KEPT)} caractères : {', '.join(line.cut)}. Votre fichier en garde la fin."
            )
        part, typed = _line(section, line, row)
        if row is None:
            known.setdefault(_signature(section, line.texts), line.number)
        told.append({**part, "line": line.number, "remarks": remarks})
        changes += typed
    absent = [str(numbers[row.pk]) for row in rows if str(row.pk) not in taken]
    notes = list(section.notes)
    if absent and rows:
        notes.append(
            f"Lignes absentes du fichier, gardées telles quelles : {', '.join(absent[:12])}{'…' if len(absent) > 12 else ''}."
        )
    counts = Counter(row["kind"] for row in told)
    return {"section": section.spec.name, "rows": told, "notes": notes, "counts": dict(counts)}, changes


def _texts(section: FileSection, row: Row) -> dict[str, str]:
    return {column.name: cells.text_of(column, row.cells.get(column.name)) for column in section.spec.columns}


def _signature(section: FileSection, texts: dict[str, str]) -> tuple[str, ...]:
    """Two lines that say the same, however typed."""
    found = []
    for column in section.spec.columns:
        typed = cells.judge(column, texts.get(column.name, ""), None)
        found.append(typed.value or typed.unknown or typed.refused)
    return tuple(found)


def _line(section: FileSection, line: FileLine, row: Row | None) -> tuple[Report, list[dict[str, Any]]]:
    """What one line of the file would do, and the changes that do it."""
    key = str(row.pk) if row is not None else f"f-{section.spec.name}-{line.number}"
    kinds, details, changes = set(), [], []
    for column in section.spec.columns:
        if column.name not in line.texts or head_of(column) in line.hollow:
            continue
        cell = (row.cells.get(column.name) if row is not None else None) or {}
        typed = cells.judge(column, line.texts[column.name], None, cell)
        if cells.same(cell, typed):
            continue
        text = cells.text_of(column, cells.keep(None, typed, None))
        version, printed = line.marks.get(column.name, (0, "")) if row is not None else (0, "")
        if printed and fingerprint(text) == printed:
            continue  # untouched in the file: what was typed since stays
        label = column.spoken.replace("\u00ad", "")
        text, before = cells.brief(text), cells.brief(cells.text_of(column, cell)) or "vide"
        kind = REFUSED if typed.refused else CHANGED
        if row is not None and printed and cell.get("n", 0) != version:
            kind = CONFLICT
        kinds.add(kind)
        sentence = f"{label} : {before} → {text or 'vide'}" if row is not None else f"{label} : {text}"
        if kind == REFUSED:
            said = text and text in typed.reason
            sentence = f"{label} : {typed.reason}" if said else f"{label} : « {text} ». {typed.reason}"
        elif kind == CONFLICT:
            sentence = (
                f"{label} : le fichier dit « {text or 'vide'} », l’inventaire dit maintenant « {before} »"
            )
        details.append(sentence)
        changes.append({"row": key, "col": column.name, "op": "set", "value": line.texts[column.name], "unknown": None,
                        "seen": cell.get("n", 0), "conflict": kind == CONFLICT})  # fmt: skip
    name = line.texts.get(section.spec.first.name, "") or (
        cells.text_of(section.spec.first, row.cells.get(section.spec.first.name)) if row is not None else ""
    )
    if row is None:
        changes.insert(0, {"row": key, "op": "add", "conflict": False})
    kind = next(
        (k for k in (CONFLICT, REFUSED) if k in kinds), ADDED if row is None else CHANGED if kinds else SAME
    )
    return {"kind": kind, "name": name[:120], "details": details, "is_new": row is None}, changes


@service
def apply_import(*, actor: Actor, batch: ImportBatch, take_file: bool = False) -> dict[str, int]:
    """Record what the preview showed. `take_file`: in case of two values, the file's; otherwise the inventory's stays."""
    batch = ImportBatch.objects.for_screen().select_for_update(of=("self",)).get(pk=batch.pk)
    require(may_apply_import(actor, batch))
    counts: Counter[str] = Counter()
    for section, typed in batch.changes.items():
        sheet = (
            SectionSheet.objects.visible_to(actor)
            .for_screen()
            .get(inventory=batch.inventory, section=section)
        )
        wanted = [change for change in typed if take_file or not change["conflict"]]
        changes = [
            {**change, "id": f"f{batch.pk}-{section}-{number}", "row": _row_key(batch, change["row"])}
            for number, change in enumerate(wanted)
        ]
        for start in range(0, len(changes), 5000):
            answer = apply_changes(actor=actor, sheet=sheet, changes=changes[start : start + 5000])
            counts.update(result["status"] for result in answer["results"])
    batch.applied_at = clock.now()
    batch.save(update_fields=["applied_at"])
    journal.record(
        actor,
        registry.FILE_APPLIED,
        batch,
        saved=counts["saved"],
        refused=counts["refused"],
        conflicts=counts["conflict"],
    )
    return dict(counts)


def _row_key(batch: ImportBatch, key: str) -> str:
    """New lines of this file: the same name if it is applied twice, another for another file."""
    return f"{batch.pk}{key}" if key.startswith("f-") else key
