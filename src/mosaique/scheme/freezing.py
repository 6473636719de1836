"""Freezing a version: the content becomes one canonical text, hashed; files are made from that text alone.

Files are made before the transaction that records them, so that nobody waits for a lock; the content is compiled again
inside it, and a change in between refuses the freeze. Made again from the stored text, files are identical to the byte.
"""

import json
import os
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from mosaique import journal
from mosaique.access.actor import Actor
from mosaique.access.models import Scope, Visibility
from mosaique.kernel import clock, docgen
from mosaique.kernel.docgen import Format
from mosaique.kernel.service import service
from mosaique.kernel.verdict import Problem, require
from mosaique.scheme import documents, policies, registry, report
from mosaique.scheme.models import Scheme, Version, VersionFile
from mosaique.scheme.released import released_for
from mosaique.scheme.services import set_scheme_state
from mosaique.territory.models import Authority

PAGES_TASK = "mosaique.scheme.tasks.make_commune_pages"


@dataclass(frozen=True, slots=True)
class Made:
    """A file in memory, before its row."""

    kind: str
    format: Format
    data: bytes
    authority: Authority | None = None

    @property
    def name(self) -> str:
        return f"{self.authority.code if self.authority else 'rapport'}.{self.format}"


def _numbered(scheme: Scheme, number: int) -> str:
    """The canonical text of what would be frozen now as that version."""
    content = report.compile_content(scheme, released_for(scheme.territory))
    day = clock.today(scheme.territory.zone)
    content["version"] = {"number": number, "frozen_on": day.isoformat(), "site": settings.PUBLIC_URL}
    return report.canonical(content)


def _next(scheme: Scheme) -> int:
    last = Version.objects.filter(scheme=scheme).order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def verify_url(content: dict[str, Any], code: str) -> str:
    """Address printed in footers and in the QR code: it is part of what is frozen."""
    return f"{content['version']['site']}/verifier/{code}/"


def render_report(text: str, fmt: Format) -> bytes:
    """A report file from a stored text, and from nothing else."""
    content, code = report.read(text), report.digest(text)[:16]
    day = date.fromisoformat(content["version"]["frozen_on"])
    return docgen.render(
        documents.report(content, day=day, code=code, verify_url=verify_url(content, code)), fmt
    )


def render_page(text: str, authority_code: str, fmt: Format = "pdf") -> bytes:
    """The page of one commune, from the same text."""
    return page_of(report.read(text), report.digest(text)[:16], authority_code, fmt)


def page_of(content: dict[str, Any], code: str, authority_code: str, fmt: Format) -> bytes:
    """The same from a text already read: forty-eight pages read it once."""
    day = date.fromisoformat(content["version"]["frozen_on"])
    page = documents.commune_page(
        content, authority_code, day=day, digest=code, verify_url=verify_url(content, code)
    )
    return docgen.render(page, fmt)


def freeze_version(*, actor: Actor, scheme: Scheme, acknowledged: bool = False, note: str = "") -> Version:
    """Freeze the scheme as it is now. What is missing must have been read (`acknowledged`): never silently."""
    scheme = Scheme.objects.for_screen().get(pk=scheme.pk)
    require(policies.may_freeze(actor, scheme))
    text = _numbered(scheme, _next(scheme))
    missing = json.loads(text)["missing"]
    if missing and not acknowledged:
        raise Problem(
            f"Il manque encore {len(missing)} points dans le rapport. Rien n’est figé : complétez-les, ou dites que vous les avez lus.",
            "acknowledged",
        )
    made = [Made(VersionFile.Kind.REPORT, fmt, render_report(text, fmt)) for fmt in docgen.FORMATS]
    version: Version = _record(actor=actor, scheme=scheme, text=text, note=note, made=made)
    return version


@service
def _record(*, actor: Actor, scheme: Scheme, text: str, note: str, made: list[Made]) -> Version:
    locked = Scheme.objects.select_related("territory__epci", "scope").locked(scheme)
    require(policies.may_freeze(actor, locked))
    if _numbered(locked, _next(locked)) != text:
        raise Problem(
            "Quelqu’un a modifié le schéma pendant la préparation des fichiers. Rien n’est figé : relisez, puis figez de nouveau."
        )
    held = actor.mandate
    assert held is not None  # the policy has answered for a mandate
    scope = Scope.objects.obtain(territory=locked.territory, visibility=Visibility.TERRITORY)
    version = Version(
        scheme=locked,
        scope=scope,
        number=_next(locked),
        note=note[:200],
        content=text,
        sha256=report.digest(text),
        frozen_at=clock.now(),
        frozen_by_id=held.id,
    )
    version.save()
    for one in made:
        _store(version, one)
    journal.record(actor, registry.VERSION_FROZEN, version, number=version.number, code=version.code)
    import_string(PAGES_TASK).enqueue(
        version.pk
    )  # a row of this transaction: the worker makes the communes' pages
    return version


def _store(version: Version, made: Made) -> VersionFile:
    relative = Path("versions") / version.sha256[:32] / made.name
    path = Path(settings.MEDIA_ROOT) / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(path.suffix + ".tmp")
    with fresh.open("wb") as handle:
        handle.write(made.data)
        handle.flush()
        os.fsync(handle.fileno())
    fresh.replace(path)
    file = VersionFile(
        version=version,
        scope=version.scope,
        kind=made.kind,
        format=made.format,
        authority=made.authority,
        path=str(relative),
        sha256=sha256(made.data).hexdigest(),
        size=len(made.data),
    )
    file.save()
    return file


@service
def store_page(*, actor: Actor, version: Version, authority: Authority, data: bytes) -> VersionFile:
    """Keep the page of one commune; asked twice, the first one stays."""
    known = VersionFile.objects.filter(version=version, authority=authority, format="pdf").first()
    if known is not None:
        return known
    return _store(version, Made(VersionFile.Kind.COMMUNE, "pdf", data, authority))


@service
def reopen_drafting(*, actor: Actor, scheme: Scheme) -> Scheme:
    """Open the text again to prepare another version; frozen versions stay as they are."""
    locked = Scheme.objects.select_related("territory__epci").locked(scheme)
    require(policies.may_reopen(actor, locked))
    scheme = set_scheme_state(actor=actor, scheme=locked, state=Scheme.State.DRAFTING)
    journal.record(actor, registry.DRAFTING_REOPENED, scheme)
    return scheme


def stored_path(file: VersionFile) -> Path | None:
    """Where the bytes are, if they still are exactly what was frozen."""
    path = Path(settings.MEDIA_ROOT) / file.path
    if not path.is_file():
        return None
    seen = sha256()
    with path.open("rb") as handle:
        while block := handle.read(1 << 16):
            seen.update(block)
    return path if seen.hexdigest() == file.sha256 else None
