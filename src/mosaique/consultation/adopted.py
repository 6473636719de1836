"""« Schéma adopté et avis »: a set of files of its own, prepared by the worker. The voted version keeps its files and its hash."""

from collections.abc import Sequence
from datetime import date
from functools import cache

from mosaique.access.actor import Actor
from mosaique.access.models import Scope
from mosaique.consultation import documents, policies
from mosaique.consultation.annex import compile_annex
from mosaique.consultation.models import Consultation
from mosaique.consultation.queries import adoption_of
from mosaique.kernel import docgen
from mosaique.kernel.docgen.model import Document, DocumentError
from mosaique.kernel.verdict import Verdict, no
from mosaique.scheme import documents as scheme_documents
from mosaique.scheme import freezing, report
from mosaique.scheme.models import Preparation, Version
from mosaique.scheme.preparing import Kind, Step

KIND = "adopte"


def _consultation(version: Version) -> Consultation:
    return Consultation.objects.for_screen().get(version_id=version.pk)


def may(actor: Actor, version: Version) -> Verdict:
    """Whoever records the vote, once the scheme is adopted."""
    found = _consultation(version)
    vote = adoption_of(found)
    if vote is None or vote.outcome != vote.Outcome.ADOPTED:
        return no("Le schéma n’est pas adopté : il n’y a pas encore de dossier à préparer.")
    return policies.may_record_vote(actor, found)


def together(version: Version) -> Document:
    """The voted text, then the opinions as they stand."""
    text = Version.objects.values_list("content", flat=True).get(pk=version.pk)
    content, code = report.read(text), version.code
    opinions = compile_annex(_consultation(version))
    if opinions["adoption"] is None:
        raise DocumentError("Le vote du conseil communautaire n’est pas enregistré.")
    scheme = scheme_documents.report(
        content,
        day=date.fromisoformat(content["version"]["frozen_on"]),
        code=code,
        verify_url=freezing.verify_url(content, code),
    )
    return documents.adopted_with_opinions(scheme, opinions)


def _steps(preparation: Preparation) -> Sequence[Step]:
    version = preparation.version

    @cache
    def document() -> Document:
        return together(version)

    labels = {"pdf": "le PDF", "docx": "le fichier Word", "odt": "le fichier LibreOffice"}
    stem = f"schema-adopte-et-avis-{version.scheme.territory.slug}-v{version.number}"
    return [
        Step(f"{stem}.{fmt}", labels[fmt], lambda fmt=fmt: docgen.render(document(), fmt))
        for fmt in docgen.FORMATS
        if fmt in preparation.formats.split()
    ]


def _scope(version: Version) -> Scope:
    return _consultation(version).scope


ADOPTED = Kind(
    KIND,
    lambda version: f"Schéma adopté et avis des conseils, version {version.number}",
    lambda version: f"schema-adopte-et-avis-{version.scheme.territory.slug}-v{version.number}",
    _scope,
    may,
    _steps,
    packed=False,
)
