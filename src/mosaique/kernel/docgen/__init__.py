"""One document, three files: DOCX, ODT and tagged PDF/UA-1, byte-identical when made again.

Nouns: `Document` and its blocks (model.py). Doors: `render`, `render_all`, `to_json`, `from_json`.
Pure Python, no Django: a document is data, the same for a freeze, a test or a command line.
"""

from __future__ import annotations

from typing import Literal

from .codec import from_json, to_json
from .model import Document, DocumentError

Format = Literal["docx", "odt", "pdf"]
FORMATS: tuple[Format, ...] = ("docx", "odt", "pdf")
MEDIA_TYPES: dict[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
}

__all__ = [
    "FORMATS",
    "MEDIA_TYPES",
    "Document",
    "DocumentError",
    "Format",
    "from_json",
    "pictures_of",
    "render",
    "render_all",
    "to_json",
]


def render(document: Document, fmt: Format) -> bytes:
    """The document as a file. The engines are loaded on first use: they weigh on start-up."""
    if fmt == "pdf":
        from . import pdf

        return pdf.write(document)
    from .flow import build, with_pngs
    from .paginate import paginate

    flow = with_pngs(build(document))
    pages = paginate(flow, first_page=2 if document.cover is not None else 1)
    if fmt == "docx":
        from . import docx

        return docx.write(document, flow, pages)
    if fmt == "odt":
        from . import odt

        return odt.write(document, flow, pages)
    raise DocumentError(f"Le format « {fmt} » n’existe pas : docx, odt ou pdf.")


def pictures_of(document: Document, *, ppi: int = 72) -> list[bytes]:
    """Its pages as PNG, for a page that shows what the files will look like."""
    from . import pdf

    return pdf.pages(document, ppi=ppi)


def render_all(document: Document) -> dict[Format, bytes]:
    return {fmt: render(document, fmt) for fmt in FORMATS}
