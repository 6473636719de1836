"""Tagged PDF/UA-1: the document goes to the engine as data, never as markup."""

from __future__ import annotations

import json
import os
import unicodedata
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst

from ..flow import build
from ..measure import has_glyph
from ..model import Document, DocumentError
from ..paginate import paginate
from ..pictures import fonts
from .data import document_data

__all__ = ["compile_sheet", "pages", "write"]

_HERE = Path(__file__).parent
# The engine works on every core it is given, and whoever reads a page meanwhile waits: half of them are left to the pages.
# It reads this once, before its first document; what the one who installs has set is kept.
os.environ.setdefault("RAYON_NUM_THREADS", str(max(1, (os.cpu_count() or 1) // 2)))
# Signs the engine's own second font draws, and the two that draw nothing.
_SECOND_FONT = "≥≤≠≈±×÷→←↑↓√∞′″✓☐♥\n\u200b"


def write(document: Document) -> bytes:
    flow = build(document)
    # Same rows, same breaks as in the office files: a page number said aloud is right whatever one holds.
    paginate(flow, first_page=2 if document.cover is not None else 1)
    try:
        return _compile(document, document_data(document, flow, _as_is))
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise DocumentError(f"Le PDF n’a pas pu être fait : {str(error)[:300]}") from error
    # A sign no font of ours draws (an emoji, a Chinese name): PDF/UA forbids a hole, so it is replaced.
    try:
        return _compile(document, document_data(document, flow, _drawable))
    except typst.TypstError as error:
        raise DocumentError(f"Le PDF n’a pas pu être fait : {str(error)[:300]}") from error


def pages(document: Document, *, ppi: int) -> list[bytes]:
    """The pages as pictures, to look at before anything is kept."""
    flow = build(document)
    paginate(flow, first_page=2 if document.cover is not None else 1)
    try:
        made = typst.compile(
            _template(),
            format="png",
            ppi=ppi,
            font_paths=fonts(),
            sys_inputs={"data": _text(document_data(document, flow, _drawable))},
        )
    except typst.TypstError as error:
        raise DocumentError(f"L’aperçu n’a pas pu être fait : {str(error)[:300]}") from error
    return made if isinstance(made, list) else [made]


def _text(data: dict[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def _compile(document: Document, data: dict[str, object]) -> bytes:
    return _typeset(_template(), data, document.date)


def compile_sheet(template: bytes, data: dict[str, object], *, day: date) -> bytes:
    """A page with a layout of its own (a poster, a letter) as tagged PDF/UA-1, the same bytes for the same data.

    `template`: Typst source that reads `json(bytes(sys.inputs.data))`; texts are in `data`, never in the markup. `data.date`
    is added: year, month, day. Raises DocumentError with a French sentence.
    """
    whole = {**data, "date": [day.year, day.month, day.day]}
    try:
        return _typeset(template, whole, day)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise DocumentError(f"Le PDF n’a pas pu être fait : {str(error)[:300]}") from error
    try:
        return _typeset(template, _everywhere(whole), day)
    except typst.TypstError as error:
        raise DocumentError(f"Le PDF n’a pas pu être fait : {str(error)[:300]}") from error


def _everywhere(value: Any) -> Any:
    """The same data with texts that our fonts draw (pictures are left as they are)."""
    if isinstance(value, str):
        return value if value.startswith("<svg") else _drawable(value)
    if isinstance(value, dict):
        return {key: _everywhere(one) for key, one in value.items()}
    return [_everywhere(one) for one in value] if isinstance(value, list) else value


def _typeset(template: bytes, data: dict[str, object], day: date) -> bytes:
    moment = datetime.combine(day, time(), UTC)
    made = typst.compile(
        template,
        format="pdf",
        font_paths=fonts(),
        sys_inputs={"data": _text(data)},
        pdf_standards=["ua-1"],
        timestamp=int(moment.timestamp()),
    )
    if not isinstance(made, bytes):
        raise DocumentError("Le PDF n’a pas pu être fait.")
    return made


@cache
def _template() -> bytes:
    return (_HERE / "template.typ").read_bytes()


def _as_is(text: str) -> str:
    return text


def _drawable(text: str) -> str:
    def one(character: str) -> str:
        if has_glyph(character) or character in _SECOND_FONT:
            return character
        plain = "".join(c for c in unicodedata.normalize("NFKD", character) if has_glyph(c))
        return plain or "?"

    return "".join(map(one, text))
