"""People of a file: received, its columns named, its lines corrected, then invited. Nothing leaves before the last act.

The file itself is not kept: its lines are, until they are sent or set aside, and no longer than `KEPT`.
"""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from mosaique import journal
from mosaique.access.actor import Actor
from mosaique.accounts import contacts, queries, roster
from mosaique.accounts.models import ColumnChoices, PendingImport
from mosaique.accounts.policies import may_add_people, may_use_import
from mosaique.accounts.registry import IMPORT_CLOSED, IMPORT_COLUMNS, IMPORT_RECEIVED
from mosaique.accounts.roster_words import FIELDS
from mosaique.accounts.services.invitations import invite_rows
from mosaique.accounts.services.mandates import team_scope
from mosaique.kernel import clock
from mosaique.kernel.service import service
from mosaique.kernel.verdict import Problem, require
from mosaique.territory.models import Territory
from mosaique.territory.reference.text import core, fold

KEPT = timedelta(days=14)
MAX_FIX = 200
_LABELS = dict(FIELDS)
_NAMES = ("given", "family")


@service
def receive_people(*, actor: Actor, territory: Territory, name: str, content: bytes) -> PendingImport:
    """Read the file, and propose what each column holds: as chosen the last time, else as guessed."""
    require(may_add_people(actor, territory))
    if territory.pk != actor.territory_id:
        raise Problem("Vous agissez pour un autre territoire. Passez à celui-ci, puis recommencez.")
    try:
        table = contacts.read(content)
    except contacts.Unreadable as error:
        raise Problem(str(error), "file") from error
    signature = contacts.signature(table)
    pending = PendingImport.objects.create(
        territory=territory, scope=team_scope(territory), name=name[:160], kind=table.kind, signature=signature,
        columns=table.columns, lines=[[line.number, line.cells, line.notes] for line in table.lines], notes=table.notes,
        choices=_proposed(territory, table, signature), received_by_id=actor.person_id, received_at=clock.now(),
    )  # fmt: skip
    journal.record(actor, IMPORT_RECEIVED, pending, format=table.kind, lines=len(table.lines))
    return pending


def _proposed(territory: Territory, table: contacts.Table, signature: str) -> list[str]:
    remembered = ColumnChoices.objects.filter(territory=territory, signature=signature).first()
    if remembered is not None:
        found = [remembered.choices.get(contacts.head_key(name), "") for name in table.columns]
        return ["" if one in found[:n] else one for n, one in enumerate(found)]
    names = {fold(body.name) for body in queries.bodies_of(territory)}
    return contacts.guess(table, names | {core(name) for name in names})


def _open(actor: Actor, pending: PendingImport) -> PendingImport:
    """The row as stored now, locked, still to be sent."""
    pending = PendingImport.objects.for_screen().select_for_update(of=("self",)).get(pk=pending.pk)
    require(may_use_import(actor, pending))
    if pending.closed_at is not None:
        raise Problem(
            "Ce fichier est déjà envoyé ou écarté : il n’y a plus rien à en reprendre. Déposez-le de nouveau au besoin."
        )
    return pending


@service
def choose_columns(
    *, actor: Actor, pending: PendingImport, choices: Sequence[str], role: str = "", body: str = ""
) -> PendingImport:
    """What each column holds, and what is taken where the file says nothing. Remembered for the next such file."""
    pending = _open(actor, pending)
    wanted = [one if one in _LABELS else "" for one in choices]
    if len(wanted) != len(pending.columns):
        raise Problem(
            "Ce fichier a changé depuis l’affichage de la page. Rien n’a été enregistré : relisez ses colonnes."
        )
    twice = sorted({one for one in wanted if one and wanted.count(one) > 1}, key=wanted.index)
    if twice:
        names = [name for name, one in zip(pending.columns, wanted, strict=True) if one == twice[0]]
        raise Problem(
            f"{len(names)} colonnes disent « {_LABELS[twice[0]]} » : {', '.join(f'« {name} »' for name in names)}. "
            "Gardez-en une, et choisissez « Ne pas reprendre » pour l’autre."
        )
    if not {"name", "family_given"} & set(wanted) and not {"given", "family"} <= set(wanted):
        raise Problem(
            "Aucune colonne ne dit le prénom et le nom : choisissez « Prénom » et « Nom », ou « Prénom et nom » s’ils sont ensemble."
        )
    pending.choices, pending.defaults = wanted, {"role": role.strip()[:120], "body": body.strip()[:160]}
    pending.save(update_fields=["choices", "defaults"])
    known = {contacts.head_key(name): one for name, one in zip(pending.columns, wanted, strict=True)}
    ColumnChoices.objects.update_or_create(
        territory=pending.territory, signature=pending.signature,
        defaults={"choices": known, "scope": pending.scope, "chosen_at": clock.now()},
    )  # fmt: skip
    journal.record(actor, IMPORT_COLUMNS, pending, fields=[one for one in wanted if one])
    return pending


@service
def correct_lines(
    *, actor: Actor, pending: PendingImport, fixes: Mapping[int, Mapping[str, str]], shown: Sequence[int], skipped: Sequence[int]
) -> bool:  # fmt: skip
    """Texts typed over the file's, and lines set aside among those shown. True when something changed."""
    pending = _open(actor, pending)
    rows = {row.number: row for row in queries.rows_of(pending)}
    values = {entry.number: queries.typed(entry, rows[entry.number]) for entry in queries.entries_of(pending)}
    before = copy.deepcopy((pending.fixes, pending.skipped))
    for number, texts in fixes.items():
        for name, text in texts.items():
            text = _as_typed(text)
            if number in values and name in values[number] and _as_typed(values[number][name]) != text:
                fixed = pending.fixes.setdefault(str(number), {})
                if name in _NAMES:  # a whole name, cut in two to be shown: half of it alone is not read
                    fixed.update({part: fixed.get(part, _as_typed(values[number][part])) for part in _NAMES})
                fixed[name] = text
    hidden = [number for number in pending.skipped if number not in shown]
    pending.skipped = sorted(
        {*hidden, *(number for number in skipped if number in values and number in shown)}
    )
    if (pending.fixes, pending.skipped) == before:
        return False
    pending.save(update_fields=["fixes", "skipped"])
    return True


def _as_typed(text: str) -> str:
    """A cell as a page gives it back: a line whose spaces alone differ has not been corrected."""
    return " ".join(text.split())[:MAX_FIX]


@dataclass(frozen=True, slots=True)
class Sent:
    """How many left, how many ready ones wait for the next sending, how many are still to correct."""

    sent: int
    waiting: int
    wrong: int


@service
def send_lines(*, actor: Actor, pending: PendingImport) -> Sent:
    """Invite the lines that are ready (five hundred at most at once). The others stay, to correct."""
    pending = _open(actor, pending)
    rows = [row for row in queries.rows_of(pending) if row.number not in pending.skipped]
    good = [row for row in rows if row.is_good]
    leaving = good[: roster.MAX_LINES]
    if not leaving:
        raise Problem(
            "Aucune ligne n’est prête à partir. Le fichier est gardé : corrigez ses lignes, puis relisez-les."
        )
    invite_rows(actor=actor, territory=pending.territory, rows=leaving)
    gone = {row.number for row in leaving}
    pending.lines = [line for line in pending.lines if line[0] not in gone]
    pending.fixes = {number: texts for number, texts in pending.fixes.items() if int(number) not in gone}
    left = len(rows) - len(gone)
    if left:
        pending.save(update_fields=["lines", "fixes"])
    else:
        _empty(pending)
        journal.record(actor, IMPORT_CLOSED, pending, sent=len(gone))
    return Sent(len(gone), len(good) - len(gone), len(rows) - len(good))


@service
def discard_import(*, actor: Actor, pending: PendingImport) -> None:
    """Forget what the file said. Invitations already sent stay."""
    pending = _open(actor, pending)
    left = len(pending.lines)
    _empty(pending)
    journal.record(actor, IMPORT_CLOSED, pending, left=left)


@service
def forget_old_imports(*, actor: Actor) -> int:
    """The nightly round: what nobody sent nor discarded in time."""
    old = list(PendingImport.objects.filter(closed_at=None, received_at__lt=clock.now() - KEPT))
    for pending in old:
        _empty(pending)
    return len(old)


def _empty(pending: PendingImport) -> None:
    """Names and addresses of a file are kept no longer than they serve; the row stays, for the journal."""
    pending.name, pending.columns, pending.lines, pending.notes = "", [], [], []
    pending.fixes, pending.defaults, pending.choices, pending.skipped = {}, {}, [], []
    pending.closed_at = clock.now()
    pending.save()
