"""Is this file what it says, and safe to keep? Pure: bytes in, French sentence out."""

import io
import zipfile
from dataclasses import dataclass

import puremagic

MB = 1024 * 1024
MAX_SIZE = 20 * MB
MAX_UNPACKED = 200 * MB
MAX_RATIO = 200
MAX_ENTRIES = 5000

# What a town hall sends: the signed deliberation, a letter, a photograph of a receipt, a table, a logo.
ACCEPTED: dict[str, tuple[str, ...]] = {
    ".pdf": ("application/pdf",),
    ".png": ("image/png",),
    ".jpg": ("image/jpeg",),
    ".jpeg": ("image/jpeg",),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",),
    ".odt": ("application/vnd.oasis.opendocument.text",),
    ".ods": ("application/vnd.oasis.opendocument.spreadsheet",),
}
_ZIPPED = {".docx", ".xlsx", ".odt", ".ods"}
_MAGIC = {".pdf": b"%PDF-", ".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}
_PART = {
    ".docx": "word/document.xml",
    ".xlsx": "xl/workbook.xml",
    ".odt": "content.xml",
    ".ods": "content.xml",
}
_KINDS = "PDF, image (PNG, JPEG), DOCX, XLSX, ODT ou ODS"


class BadFile(ValueError):
    """The file is refused; the message is the French sentence to show."""


@dataclass(frozen=True, slots=True)
class Inspected:
    extension: str
    content_type: str


def _extension(name: str) -> str:
    return "." + name.rsplit(".", 1)[-1].lower() if "." in name else ""


def _check_archive(content: bytes, extension: str) -> None:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile:
        raise BadFile(
            "Ce fichier est abîmé : il n’a pas été gardé. Enregistrez-le à nouveau, puis renvoyez-le."
        ) from None
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(len(content), 1):
        raise BadFile("Ce fichier se déplie en un volume anormal : il n’a pas été ouvert ni gardé.")
    names = {entry.filename for entry in entries}
    if _PART[extension] not in names:
        raise BadFile(f"Ce fichier n’est pas un {extension[1:].upper()} : il n’a pas été gardé.")
    if any(name.lower().endswith(("vbaproject.bin", ".exe", ".js", ".vbs")) for name in names):
        raise BadFile(
            "Ce fichier contient des macros : il n’a pas été gardé. Enregistrez-le sans macros, ou en PDF."
        )


def inspect(name: str, content: bytes, *, accepted: tuple[str, ...] | None = None) -> Inspected:
    """Check a whole file held in memory (20 MB at most). Raises `BadFile`; only its table of contents is opened.

    `accepted` narrows the extensions (a deliberation: PDF or image).
    """
    extension = _extension(name)
    allowed = accepted or tuple(ACCEPTED)
    if not content:
        raise BadFile("Ce fichier est vide : rien n’a été gardé. Vérifiez-le, puis renvoyez-le.")
    if len(content) > MAX_SIZE:
        raise BadFile(
            f"Ce fichier pèse {len(content) // MB} Mo ; 20 Mo au plus sont acceptés. Il n’a pas été gardé."
        )
    if extension not in allowed:
        kinds = _KINDS if accepted is None else ", ".join(e[1:].upper() for e in accepted)
        raise BadFile(
            f"Ce genre de fichier n’est pas accepté ici ; il n’a pas été gardé. Formats acceptés : {kinds}."
        )
    if extension in _ZIPPED:
        _check_archive(content, extension)
    elif not content.startswith(_MAGIC[extension]):
        found = _guess(content)
        raise BadFile(
            f"Ce fichier porte le nom d’un {extension[1:].upper()} mais son contenu est autre ({found}) : "
            "il n’a pas été gardé."
        )
    return Inspected(extension, ACCEPTED[extension][0])


def _guess(content: bytes) -> str:
    try:
        return str(puremagic.from_string(content[:4096])).lstrip(".") or "inconnu"
    except (puremagic.PureError, ValueError):
        return "inconnu"
