"""Typing: one door for the grid, the plain form and the spreadsheet. Idempotent by change id; nothing typed is lost."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from mosaique import journal
from mosaique.access.actor import Actor
from mosaique.inventory import cells, registry, summaries
from mosaique.inventory.models import AppliedChange, Row, SectionLink, SectionSheet
from mosaique.inventory.policies import is_ours, may_edit_sheet
from mosaique.kernel import clock, typography
from mosaique.kernel.sent import words
from mosaique.kernel.service import service
from mosaique.kernel.verdict import Problem, require
from mosaique.territory import perimeter

MAX_CHANGES = 6000
MAX_ROWS = 2000
MAX_ID = 48
# One journal line per sitting, not per cell: the journal is read by people.
SITTING = timedelta(minutes=30)
_GONE = "Cette ligne a été retirée entre-temps par une autre personne."
_TOO_LONG = "Ce texte est trop long pour une case, et trop long pour être gardé ici. Raccourcissez-le."
_OPS = ("set", "add", "remove", "restore")

Change = dict[str, Any]
Answer = dict[str, Any]


@dataclass(slots=True)
class _Work:
    """The sheet being written: its rows in memory, and what has to be saved at the end."""

    sheet: SectionSheet
    actor: Actor
    entered_for_id: int | None  # typed for the commune: the EPCI, or the commune itself when through a link
    link_id: int | None
    rows: dict[str, Row]
    by_client: dict[str, Row]
    dirty: set[int] = field(default_factory=set)
    changed: bool = False
    waited: set[bool] = field(default_factory=set)  # `waiting`, before the changes

    def row(self, key: str) -> Row | None:
        return self.rows.get(key) or self.by_client.get(key)

    @property
    def kept(self) -> list[Row]:
        return [row for row in self.rows.values() if row.removed_at is None]

    @property
    def waiting(self) -> set[bool]:
        """What the town hall is asked to confirm: nothing, lines of its own link (True), lines typed by the EPCI (False)."""
        return {row.by_link_id is not None for row in self.kept if row.to_confirm}


@service
def apply_changes(*, actor: Actor, sheet: SectionSheet, changes: Sequence[Change]) -> dict[str, Any]:
    """Apply what was typed, in order. Answers each change: saved, refused (why, text kept) or conflict (both values)."""
    if len(changes) > MAX_CHANGES:
        raise Problem(
            f"Cet envoi compte {len(changes)} saisies ; {MAX_CHANGES} au plus à la fois. Rien n’est perdu."
        )
    for change in changes:
        _check(change)
    changes = [
        {**change, "value": words(change["value"])} if change.get("value") else change for change in changes
    ]
    sheet = SectionSheet.objects.for_screen().select_for_update(of=("self",)).get(pk=sheet.pk)
    require(may_edit_sheet(actor, sheet))
    if not is_ours(actor, sheet.inventory):
        _still_member(sheet)
    work = _load(sheet, actor)
    if work.link_id:
        _still_open(work.link_id)
    ids = {change["id"] for change in changes}
    known = {
        row.change_id: row.answer for row in AppliedChange.objects.filter(sheet=sheet, change_id__in=ids)
    }
    results, fresh = [], []
    for change in changes:
        answer = known.get(change["id"])
        if answer is None:
            answer, final = _one(work, change)
            if final:
                known[change["id"]] = answer
                fresh.append(AppliedChange(sheet=sheet, change_id=change["id"], answer=answer, person_id=actor.person_id,
                                           at=clock.now()))  # fmt: skip
        results.append(answer)
    _save(work, fresh)
    return {"results": results, "saved_at": _time(sheet), "totals": cells.totals(sheet.spec, work.kept)}


def _still_member(sheet: SectionSheet) -> None:
    """Who types for a commune (the team, a colleague by a link) types no more once it has left. Its own hall cannot either: its
    mandates carry nothing any more."""
    inventory = sheet.inventory
    if not perimeter.members(inventory.campaign.territory).filter(authority=inventory.authority_id).exists():
        raise Problem(
            f"{inventory.commune} ne fait plus partie de l’intercommunalité : son inventaire ne se remplit plus. Votre saisie est "
            "gardée sur cet appareil."
        )


def _still_open(link_id: int) -> None:
    """Asked once the section is locked: taking it back locks it too."""
    link = SectionLink.objects.filter(pk=link_id).first()
    if link is None or not link.lasts:
        raise Problem("La mairie a repris cette section. Votre saisie est gardée sur cet appareil.")


def _check(change: Change) -> None:
    """The shape of a change; a wrong one is a broken client, not a wrong value."""
    ok = (
        isinstance(change, dict)
        and isinstance(change.get("id"), str) and 0 < len(change["id"]) <= MAX_ID and change["id"].isprintable()
        and isinstance(change.get("row"), str) and 0 < len(change["row"]) <= MAX_ID and change["row"].isprintable()
        and change.get("op") in _OPS
        and (change["op"] != "set" or isinstance(change.get("col"), str))
        and isinstance(change.get("value"), str | None)
        and isinstance(change.get("unknown"), str | None)
        and isinstance(change.get("seen", 0), int)
    )  # fmt: skip
    if not ok:
        raise Problem(
            "Le serveur n’a pas pu lire cette saisie. Elle est gardée sur votre appareil : rechargez la page."
        )


def _load(sheet: SectionSheet, actor: Actor) -> _Work:
    rows = list(Row.objects.filter(sheet=sheet))
    work = _Work(
        sheet, actor, _entered_for(actor, sheet), actor.card.get("link"),
        {str(row.pk): row for row in rows}, {row.client_id: row for row in rows},
    )  # fmt: skip
    work.waited = work.waiting
    return work


def _entered_for(actor: Actor, sheet: SectionSheet) -> int | None:
    if sheet.pk in actor.confided("inventory_section"):
        return sheet.inventory.authority_id
    return None if is_ours(actor, sheet.inventory) else sheet.inventory.campaign.territory.epci_id


def _one(work: _Work, change: Change) -> tuple[Answer, bool]:
    """The answer, and whether it stands for good (a conflict or a missing row may be answered otherwise later)."""
    op = change["op"]
    answer: Answer = {"id": change["id"], "row": change["row"], "col": change.get("col")}
    if op == "add":
        return _add(work, change, answer)
    row = work.row(change["row"])
    if row is None:
        return {**answer, "status": "refused", "reason": _GONE}, False
    answer["row"] = str(row.pk)
    if op == "remove":
        return _hide(work, row, answer, hidden=True)
    if op == "restore":
        return _hide(work, row, answer, hidden=False)
    if row.removed_at is not None:
        return {**answer, "status": "refused", "reason": _GONE}, False
    return _set(work, row, change, answer)


def _add(work: _Work, change: Change, answer: Answer) -> tuple[Answer, bool]:
    row = work.by_client.get(change["row"])
    if row is None:
        if len(work.rows) >= MAX_ROWS:
            reason = f"Un tableau garde {MAX_ROWS} lignes au plus. Regroupez des lignes semblables."
            return {**answer, "status": "refused", "reason": reason}, False
        position = max((other.position for other in work.rows.values()), default=0) + 1
        row = Row.objects.create(
            sheet=work.sheet, client_id=change["row"], position=position,
            entered_for_id=work.entered_for_id, by_link_id=work.link_id, added_by_link=work.link_id is not None,
        )  # fmt: skip
        work.rows[str(row.pk)] = row
        work.by_client[row.client_id] = row
        work.changed = True
    return {**answer, "row": str(row.pk), "status": "saved"}, True


def _hide(work: _Work, row: Row, answer: Answer, *, hidden: bool) -> tuple[Answer, bool]:
    if work.link_id and not row.is_of_link(work.link_id):
        reason = "Cette ligne est celle de la mairie : corrigez-la si besoin, elle seule peut la retirer."
        return {**answer, "status": "refused", "reason": reason}, False
    if (row.removed_at is not None) != hidden:
        row.removed_at = clock.now() if hidden else None
        _touch(work, row)
    return {**answer, "status": "saved"}, True


def _set(work: _Work, row: Row, change: Change, answer: Answer) -> tuple[Answer, bool]:
    column = work.sheet.spec.column(change["col"])
    if column is None:
        return {**answer, "status": "refused", "reason": "Cette colonne n’existe plus dans ce tableau."}, True
    if len(change.get("value") or "") > cells.KEPT:
        return {**answer, "status": "refused", "reason": _TOO_LONG, "kept": False}, False
    cell = row.cells.get(column.name)
    typed = cells.judge(column, change.get("value"), change.get("unknown"), cell)
    version = (cell or {}).get("n", 0)
    if cells.same(cell, typed):
        return _said(answer, typed, cells.text_of(column, cell), version), True
    window = change["id"].partition(".")[0] if "." in change["id"] else ""
    # Who types fast sends the next value before hearing of the first: from one window, that is no conflict.
    mine = bool(window) and (cell or {}).get("t") == window and (cell or {}).get("b") == work.actor.person_id
    if change.get("seen", 0) != version and not mine:
        theirs: Answer = {"version": version, "theirs": cells.stored_text(column, cell)}
        if (cell or {}).get("u"):
            theirs["theirs_unknown"] = cell["u"]
        return {**answer, "status": "conflict", **theirs}, False
    kept = cells.keep(cell, typed, work.actor.person_id, window)
    row.cells = {**row.cells, column.name: kept}
    if work.entered_for_id and not typed.refused:
        row.entered_for_id, row.by_link_id = work.entered_for_id, work.link_id
        row.confirmed_at = None
    _touch(work, row)
    return _said(answer, typed, cells.text_of(column, kept), kept["n"]), True


def _said(answer: Answer, typed: cells.Typed, text: str, version: int) -> Answer:
    if typed.refused:
        offers = {"offers": [list(offer) for offer in typed.offers]} if typed.offers else {}
        return {**answer, "status": "refused", "reason": typed.reason, "version": version, **offers}
    return {**answer, "status": "saved", "version": version, "value": None if typed.unknown else text}


def _touch(work: _Work, row: Row) -> None:
    work.dirty.add(row.pk)
    work.changed = True


def _save(work: _Work, fresh: list[AppliedChange]) -> None:
    dirty = [work.rows[str(pk)] for pk in sorted(work.dirty)]
    if len(dirty) == 1:
        dirty[0].save(update_fields=["cells", "entered_for", "by_link", "confirmed_at", "removed_at"])
    elif dirty:
        Row.objects.bulk_update(
            dirty, ["cells", "entered_for", "by_link", "confirmed_at", "removed_at"], batch_size=200
        )
    if fresh:
        AppliedChange.objects.bulk_create(fresh)
    if work.changed:
        _date_sheet(work)
        summaries.refresh(work.sheet, work.kept)


def _date_sheet(work: _Work) -> None:
    """State, last entry and journal: written once a sitting, so that a cell costs no more than itself. What begins, or ends, to
    wait for the town hall is told at once: its home shows it."""
    sheet, now, person = work.sheet, clock.now(), work.actor.person_id
    same_sitting = (
        sheet.state == SectionSheet.State.DRAFT and sheet.last_entry_by_id == person
        and sheet.last_entry_at is not None and now - sheet.last_entry_at < SITTING and work.waiting == work.waited
    )  # fmt: skip
    if same_sitting:
        return
    sheet.state = SectionSheet.State.DRAFT
    sheet.last_entry_at, sheet.last_entry_by_id = now, person
    sheet.save(update_fields=["state", "last_entry_at", "last_entry_by"])
    summaries.copy_state(sheet, entry_on=clock.today(sheet.inventory.campaign.territory.zone))
    # The line is for those who read the section itself, never for the other communes.
    through: dict[str, Any] = {"link": work.link_id} if work.link_id else {}
    journal.record(
        work.actor, registry.ROWS_ENTERED, sheet, for_authority_id=sheet.inventory.authority_id, **through
    )


def _time(sheet: SectionSheet) -> str:
    return typography.time_short(clock.now().astimezone(sheet.inventory.campaign.territory.zone))
