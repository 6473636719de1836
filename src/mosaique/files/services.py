"""Keeping a file: checked, written to disk, then its row (a crash leaves a file without a row, never the reverse)."""

import hashlib
import os
import re
import unicodedata
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db.models import QuerySet

from mosaique import journal
from mosaique.access.actor import Actor
from mosaique.access.models import Scope
from mosaique.files.checks import MAX_SIZE, BadFile, inspect
from mosaique.files.models import Upload
from mosaique.files.registry import FILE_GIVEN, FILE_REMOVED
from mosaique.kernel import clock
from mosaique.kernel.service import service
from mosaique.kernel.verdict import Problem

DAY = 24 * 3600  # seconds


def safe_name(name: str) -> str:
    """The file's name without path, control or direction-changing characters; its extension kept."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in unicodedata.normalize("NFC", base) if unicodedata.category(c)[0] != "C")
    kept = re.sub(r"[<>:\"|?*]", "-", kept).strip(". ") or "fichier"
    stem, dot, extension = kept.rpartition(".")
    return (stem[:120] + dot + extension[:10]) if dot else kept[:130]


def read_bounded(file: IO[bytes]) -> bytes:
    """At most MAX_SIZE bytes plus one: a stream of any length costs no more."""
    return file.read(MAX_SIZE + 1)


def write_bytes(path: Path, content: bytes) -> None:
    """Write durably under a temporary name, then rename: nobody ever reads half a file."""
    if path.exists():
        os.utime(path)  # asked for again: the nightly forgetting leaves it alone
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with fresh.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    fresh.replace(path)


@service
def store(*, actor: Actor, scope: Scope, file: Any, accepted: tuple[str, ...] | None = None) -> Upload:
    """Check and keep an uploaded file (anything with `name` and `read`). Raises Problem with a French sentence.

    The caller has already taken its own verdict: what the file is for decides who may give it.
    """
    content = read_bounded(file)
    try:
        inspected = inspect(file.name, content, accepted=accepted)
    except BadFile as error:
        raise Problem(str(error)) from error
    upload = Upload(
        scope=scope,
        name=safe_name(file.name),
        content_type=inspected.content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        given_by_id=actor.mandate.id if actor.mandate else None,
        given_at=clock.now(),
    )
    write_bytes(upload.path, content)
    upload.save()
    journal.record(actor, FILE_GIVEN, upload, size=upload.size)
    return upload


@service
def withhold(*, actor: Actor, uploads: QuerySet[Upload], withheld: bool) -> int:
    """Set files aside with what they are joined to, or give them back (part of a verb that journals it)."""
    return uploads.update(withheld=withheld)


@service
def remove(*, actor: Actor, upload: Upload) -> None:
    """Take a file away for good. Its bytes go the next night, unless another row bears the same."""
    journal.record(actor, FILE_REMOVED, upload, size=upload.size)
    upload.delete()


@service
def forget_bytes(*, actor: Actor) -> int:
    """Delete bytes that no row bears (a file taken away, a sending cut short). What came less than a day ago stays: its
    row may be on its way."""
    folder = Path(settings.MEDIA_ROOT) / "depots"
    kept = set(Upload.objects.values_list("sha256", flat=True))
    if not folder.is_dir():
        return 0
    # The disk's own hour, whatever the demonstration's date.
    mark = folder / ".veille"
    mark.touch()
    before = mark.stat().st_mtime - DAY
    gone = [
        path
        for path in folder.glob("??/*")
        if path.is_file() and path.name not in kept and path.stat().st_mtime < before
    ]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)
