"""Uploads: forty ways to be wrong get a French sentence; what is kept is served only to who sees it."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mosaique.access.models import Scope, Visibility
from mosaique.demo.people import Company
from mosaique.files import services
from mosaique.files.checks import MAX_SIZE, BadFile, inspect
from mosaique.files.models import Upload
from mosaique.journal.models import Line
from mosaique.kernel.verdict import Problem

PDF = b"%PDF-1.7\n%%EOF"


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


BAD: list[tuple[str, bytes, str]] = [
    ("vide.pdf", b"", "vide"),
    ("gros.pdf", PDF + b"0" * MAX_SIZE, "20 Mo"),
    ("prog.exe", b"MZ", "pas accepté"),
    ("image.svg", b"<svg onload=x>", "pas accepté"),
    ("page.html", b"<html>", "pas accepté"),
    ("sans-extension", PDF, "pas accepté"),
    ("faux.pdf", b"\x89PNG\r\n\x1a\n0000", "autre"),
    ("faux.png", PDF, "autre"),
    ("faux.docx", PDF, "abîmé"),
    ("autre.docx", zipped(readme_dot_txt=b"x"), "n’est pas un DOCX"),
    ("macro.docx", zipped(word__document_dot_xml=b"x", word__vbaProject_dot_bin=b"x"), "macros"),
    ("bombe.xlsx", zipped(xl__workbook_dot_xml=b"0" * 60_000_000), "anormal"),
    ("coupe.odt", zipped(content_dot_xml=b"x")[:-30], "abîmé"),
]


@pytest.mark.parametrize(("name", "content", "word"), BAD, ids=[bad[0] for bad in BAD])
def test_a_bad_file_is_refused_with_a_sentence(name: str, content: bytes, word: str) -> None:
    with pytest.raises(BadFile) as error:
        inspect(name, content)
    assert word in str(error.value)
    assert "gardé" in str(error.value)


def test_good_files_pass() -> None:
    assert inspect("Délibération.PDF", PDF).content_type == "application/pdf"
    assert inspect("a.docx", zipped(word__document_dot_xml=b"x")).extension == ".docx"
    with pytest.raises(BadFile, match="PDF"):
        inspect("a.docx", zipped(word__document_dot_xml=b"x"), accepted=(".pdf",))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\x\\avis.pdf", "avis.pdf"),
        ("a\u202egpj.pdf", "agpj.pdf"),
        ("...", "fichier"),
    ],
)
def test_names_lose_paths_and_tricks(given: str, kept: str) -> None:
    assert services.safe_name(given) == kept


@pytest.fixture
def scope(cast: Company, settings: Any, tmp_path: Path) -> Scope:
    settings.MEDIA_ROOT = tmp_path
    return Scope.objects.obtain(
        territory=cast.territory, visibility=Visibility.AUTHORITY, authority=cast.commune_a
    )


def test_a_kept_file_is_served_to_its_readers_as_an_attachment(
    cast: Company, scope: Scope, client_for: Callable[[str | None], Client]
) -> None:
    upload = services.store(
        actor=cast.actor("maire"), scope=scope, file=SimpleUploadedFile("Délib n° 3.pdf", PDF)
    )
    assert upload.path.read_bytes() == PDF
    assert Line.objects.get().verb == "file_given"
    answer = client_for("secretaire").get(upload.get_absolute_url())
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert client_for("maire-b").get(upload.get_absolute_url()).status_code == 404
    assert client_for(None).get(upload.get_absolute_url()).status_code == 302


def test_a_refused_file_leaves_nothing(cast: Company, scope: Scope, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="vide"):
        services.store(actor=cast.actor("maire"), scope=scope, file=SimpleUploadedFile("a.pdf", b""))
    assert not Upload.objects.exists()
    assert not list(tmp_path.rglob("*"))


def test_the_same_bytes_are_stored_once(cast: Company, scope: Scope, tmp_path: Path) -> None:
    for _ in range(2):
        services.store(actor=cast.actor("maire"), scope=scope, file=SimpleUploadedFile("a.pdf", PDF))
    assert Upload.objects.count() == 2
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1
