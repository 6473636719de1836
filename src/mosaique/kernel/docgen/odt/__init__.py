"""ODT: the flow written as OpenDocument text, part by part; every byte is ours, as for DOCX."""

from __future__ import annotations

from ..flow import Flow
from ..model import Document
from ..package import archive
from . import body, parts

__all__ = ["write"]


def write(document: Document, flow: Flow, pages: dict[str, int]) -> bytes:
    pictures = parts.Pictures()
    content = body.content_xml(document, flow, pages, pictures)
    # The format asks for the media type first and uncompressed, so that it can be read in place.
    return archive(parts.package_files(document, content, pictures), stored=frozenset({"mimetype"}))
