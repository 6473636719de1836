"""DOCX: the flow written as WordprocessingML, part by part.

Written as text rather than through an object model: a hundred pages take a few hundredths of a second,
and every byte is ours, so the same document gives the same file.
"""

from __future__ import annotations

from ..flow import Flow
from ..model import Document
from ..package import archive
from . import body, parts

__all__ = ["write"]


def write(document: Document, flow: Flow, pages: dict[str, int]) -> bytes:
    media = parts.Media()
    main = body.document_xml(document, flow, pages, media)
    frames = parts.frames(document, media)
    return archive(parts.package_files(document, flow, main, frames, media))
