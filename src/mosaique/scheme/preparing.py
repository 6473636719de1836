"""Preparations: many files made by the worker, with a progress that outlives the page that asked for it.

A kind of preparation (`Kind`) says its steps; each step makes one file. Steps are kept on the disk as they are made: a worker
killed in the middle goes on where it was. An error stops the work with a reason in French; whoever asked may start it again.
Rooms above add kinds with `registry.register_preparation`.
"""

import errno
import logging
import os
import shutil
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.text import slugify

from mosaique import journal
from mosaique.access.actor import ANONYMOUS, Actor
from mosaique.access.models import Scope, Visibility
from mosaique.kernel import clock, docgen
from mosaique.kernel.docgen import Format
from mosaique.kernel.docgen.model import DocumentError
from mosaique.kernel.service import service
from mosaique.kernel.verdict import Problem, Verdict, require
from mosaique.scheme import freezing, policies, registry, report
from mosaique.scheme.documents.base import communes_of
from mosaique.scheme.models import Preparation, PreparedFile, Version, VersionFile

logger = logging.getLogger("mosaique.preparing")
TASK = "mosaique.scheme.tasks.prepare"
SILENT = timedelta(minutes=3)  # without a sign of life for that long, the work may be taken up again
_MOMENT = (1980, 1, 1, 0, 0, 0)
MEDIA_TYPES = {**docgen.MEDIA_TYPES, "zip": "application/zip"}
State = Preparation.State


@dataclass(frozen=True, slots=True)
class Step:
    """One file to make: its name, what is said while it is made."""

    name: str
    label: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Kind:
    """`packed`: the files are given together in one archive, whose name is `name`."""

    slug: str
    title: Callable[[Version], str]
    name: Callable[[Version], str]
    scope: Callable[[Version], Scope]
    may: Callable[[Actor, Version], Verdict]
    steps: Callable[[Preparation], Sequence[Step]]
    packed: bool = True


# --- Asking, stopping, starting again -----------------------------------------------------------------------


@service
def ask(*, actor: Actor, version: Version, kind: str, formats: Iterable[str]) -> Preparation:
    """Ask for the files. Asked twice, the same preparation answers: it runs once, and is started again when it was stopped."""
    known = registry.preparation_kind(kind)
    require(known.may(actor, version))
    wanted = " ".join(fmt for fmt in docgen.FORMATS if fmt in set(formats))
    if not wanted:
        raise Problem("Choisissez au moins un format. Rien n’a été lancé.", "formats")
    now = clock.now()
    preparation, made = Preparation.objects.get_or_create(
        version=version,
        kind=kind,
        formats=wanted,
        defaults={
            "scope": known.scope(version),
            "asked_by_id": actor.mandate.id if actor.mandate else None,
            "asked_at": now,
            "beat_at": now,
        },
    )
    if made:
        _enqueue(actor, preparation)
    elif not preparation.is_live and preparation.state != State.DONE:
        preparation = restart(actor=actor, preparation=preparation)
    return preparation


@service
def restart(*, actor: Actor, preparation: Preparation) -> Preparation:
    """Take up again what was cancelled, stopped, or has given no sign of life; or prepare again what is done."""
    preparation = Preparation.objects.select_related("version__scheme").locked(preparation)
    require(registry.preparation_kind(preparation.kind).may(actor, preparation.version))
    if preparation.is_live and not is_silent(preparation):
        raise Problem("Ce travail est déjà en cours : il n’a pas été lancé une seconde fois.")
    if preparation.state == State.DONE:
        _clear(preparation)
    now = clock.now()
    preparation.state, preparation.reason, preparation.doing = State.WAITING, "", ""
    preparation.done, preparation.finished_at = 0, None
    preparation.asked_at = preparation.beat_at = now
    preparation.asked_by_id = actor.mandate.id if actor.mandate else None
    preparation.attempt += 1
    preparation.save()
    _enqueue(actor, preparation)
    return preparation


@service
def cancel(*, actor: Actor, preparation: Preparation) -> Preparation:
    """Stop the work; what is already made is kept for a day, in case it is taken up again."""
    preparation = Preparation.objects.select_related("version__scheme").locked(preparation)
    require(registry.preparation_kind(preparation.kind).may(actor, preparation.version))
    if not preparation.is_live:
        raise Problem("Ce travail n’est plus en cours : il n’y a rien à annuler.")
    preparation.state, preparation.finished_at = State.CANCELLED, clock.now()
    preparation.save(update_fields=["state", "finished_at"])
    journal.record(actor, registry.PREPARATION_CANCELLED, preparation)
    return preparation


def _enqueue(actor: Actor, preparation: Preparation) -> None:
    journal.record(
        actor,
        registry.PREPARATION_ASKED,
        preparation,
        kind=preparation.kind,
        formats=preparation.formats.split(),
    )
    import_string(TASK).enqueue(preparation.pk, preparation.attempt)  # a row of this transaction


def is_silent(preparation: Preparation) -> bool:
    """Said to be at work, and no sign of life: the worker was killed for good, or is not running."""
    return preparation.is_live and clock.now() - preparation.beat_at > SILENT


# --- The worker ---------------------------------------------------------------------------------------------


def run(preparation_id: int, attempt: int) -> None:
    """Make what is missing, then give it. Never raises: an error is a state of the preparation, with its reason."""
    preparation = (
        Preparation.objects.select_related("version__scheme__territory__epci", "scope")
        .filter(pk=preparation_id, attempt=attempt, state__in=(State.WAITING, State.RUNNING))
        .first()
    )
    if preparation is None:  # cancelled, or asked again since: another task answers
        return
    label = ""
    try:
        kind = registry.preparation_kind(preparation.kind)
        steps = kind.steps(preparation)
        folder = _folder(preparation)
        folder.mkdir(parents=True, exist_ok=True)
        for rank, step in enumerate(steps):
            label = step.label
            if not _go_on(actor=ANONYMOUS, preparation=preparation, done=rank, total=len(steps), doing=label):
                return
            path = folder / step.name
            if not path.exists():
                _write(path, step.make())
        label = ""
        given = _pack(preparation, kind, steps) if kind.packed else [folder / step.name for step in steps]
        _finish(actor=ANONYMOUS, preparation=preparation, paths=given, total=len(steps))
    except Exception as error:
        logger.exception("preparation %s stopped", preparation_id)
        _park(actor=ANONYMOUS, preparation=preparation, reason=_said(error, label))


@service
def _go_on(*, actor: Actor, preparation: Preparation, done: int, total: int, doing: str) -> bool:
    """Say where the work is. False when it is not wanted any more."""
    return bool(
        Preparation.objects.filter(
            pk=preparation.pk, attempt=preparation.attempt, state__in=(State.WAITING, State.RUNNING)
        ).update(state=State.RUNNING, done=done, total=total, doing=doing[:160], beat_at=clock.now())
    )


@service
def _finish(*, actor: Actor, preparation: Preparation, paths: list[Path], total: int) -> None:
    """The files take their place in one stroke; cancelled in the meantime, nothing is given."""
    locked = Preparation.objects.select_related("scope").locked(preparation)
    if locked.attempt != preparation.attempt or not locked.is_live:
        return
    locked.files.all().delete()
    home = Path(settings.MEDIA_ROOT)
    for path in paths:
        digest, size = _digest(path)
        kept = home / "preparations" / digest[:2] / f"{digest}{path.suffix}"
        kept.parent.mkdir(parents=True, exist_ok=True)
        path.replace(kept)
        PreparedFile.objects.create(
            preparation=locked, scope=locked.scope, name=path.name, path=str(kept.relative_to(home)),
            sha256=digest, size=size,
        )  # fmt: skip
    locked.state, locked.done, locked.total, locked.doing = State.DONE, total, total, ""
    locked.reason, locked.finished_at = "", clock.now()
    locked.save()
    shutil.rmtree(_folder(locked), ignore_errors=True)


@service
def _park(*, actor: Actor, preparation: Preparation, reason: str) -> None:
    Preparation.objects.filter(
        pk=preparation.pk, attempt=preparation.attempt, state__in=(State.WAITING, State.RUNNING)
    ).update(state=State.PARKED, reason=reason[:400], finished_at=clock.now())


def _said(error: Exception, label: str) -> str:
    """What happened, in words of whoever asked."""
    where = f"Pendant « {label} » : " if label else ""
    if isinstance(error, DocumentError):
        return where + str(error)
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{where}le disque du serveur est plein. Prévenez la personne qui l’administre, puis reprenez."
    return f"{where}une erreur inattendue a arrêté le travail ({type(error).__name__}). Reprenez ; si elle revient, demandez de l’aide."


def _folder(preparation: Preparation) -> Path:
    return Path(settings.MEDIA_ROOT) / "preparations" / "en-cours" / str(preparation.pk)


def _write(path: Path, data: bytes) -> None:
    fresh = path.with_name(f".{path.name}.tmp")
    with fresh.open("wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())
    fresh.replace(path)


def _pack(preparation: Preparation, kind: Kind, steps: Sequence[Step]) -> list[Path]:
    """One archive on the disk, in the order of the steps; its files are compressed already. The same files, the same bytes."""
    folder = _folder(preparation)
    path = folder / kind.name(preparation.version)
    fresh = path.with_name(f".{path.name}.tmp")
    with zipfile.ZipFile(fresh, "w", zipfile.ZIP_STORED) as packed:
        for step in steps:
            entry = zipfile.ZipInfo(step.name, _MOMENT)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            with (folder / step.name).open("rb") as source, packed.open(entry, "w") as target:
                shutil.copyfileobj(source, target, 1 << 18)
    fresh.replace(path)
    return [path]


def _digest(path: Path) -> tuple[str, int]:
    seen, size = sha256(), 0
    with path.open("rb") as handle:
        while block := handle.read(1 << 18):
            seen.update(block)
            size += len(block)
    return seen.hexdigest(), size


def _clear(preparation: Preparation) -> None:
    shutil.rmtree(_folder(preparation), ignore_errors=True)


def forget_leftovers() -> int:
    """Remove what was begun and not taken up again, and prepared files that no row bears any more."""
    home = Path(settings.MEDIA_ROOT) / "preparations"
    before = clock.now() - timedelta(days=1)
    stopped = Preparation.objects.filter(state__in=(State.PARKED, State.CANCELLED), finished_at__lt=before)
    gone = 0
    for preparation in stopped:
        if _folder(preparation).is_dir():
            _clear(preparation)
            gone += 1
    borne = set(PreparedFile.objects.values_list("sha256", flat=True))
    for path in home.glob("??/*"):
        if path.stem not in borne and path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
            gone += 1
    return gone


# --- One extract per commune --------------------------------------------------------------------------------


def file_path(file: PreparedFile) -> Path:
    return Path(settings.MEDIA_ROOT) / file.path


def _extracts(preparation: Preparation) -> list[Step]:
    """« Ce que le schéma change pour nous », commune by commune: the frozen PDF itself when it is there, else drawn anew."""
    version = preparation.version
    text = Version.objects.values_list("content", flat=True).get(pk=version.pk)
    content, code = report.read(text), version.code
    kept = {
        file.authority.code: file
        for file in VersionFile.objects.filter(version=version, kind=VersionFile.Kind.COMMUNE).select_related(
            "authority"
        )
        if file.authority is not None
    }

    def make(authority: dict[str, Any], fmt: Format) -> bytes:
        frozen = kept.get(authority["code"])
        path = freezing.stored_path(frozen) if frozen is not None and fmt == "pdf" else None
        if path is not None:
            return path.read_bytes()
        return freezing.page_of(content, code, authority["code"], fmt)

    return [
        Step(
            f"{a['code']}-{slugify(a['name'])}-v{version.number}.{fmt}",
            a["name"],
            lambda a=a, fmt=fmt: make(a, fmt),
        )
        for a in communes_of(content)
        for fmt in docgen.FORMATS
        if fmt in preparation.formats.split()
    ]


def _team(version: Version) -> Scope:
    territory = version.scheme.territory
    return Scope.objects.obtain(territory=territory, visibility=Visibility.TEAM, authority=territory.epci)


EXTRACTS = "extraits"
ONE_EXTRACT_EACH = Kind(
    EXTRACTS,
    lambda version: f"Un extrait par commune, version {version.number}",
    lambda version: f"extraits-{version.scheme.territory.slug}-v{version.number}.zip",
    _team,
    policies.may_prepare,
    _extracts,
)
