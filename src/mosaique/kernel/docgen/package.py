"""Zip archives that come out the same every time: fixed date, given order, no system trace."""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import escape

_MOMENT = (1980, 1, 1, 0, 0, 0)  # the zip format's first date: a file's date says nothing here
# Characters XML 1.0 forbids; pasted text sometimes carries them.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def xml_text(text: str) -> str:
    return escape(_FORBIDDEN.sub("", text))


def xml_attr(text: str) -> str:
    return escape(_FORBIDDEN.sub("", text), {'"': "&quot;", "\n": " "})


def archive(files: list[tuple[str, bytes | str]], *, stored: frozenset[str] = frozenset()) -> bytes:
    """Pack files in the order given; `stored` names those left uncompressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in files:
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            # Pictures and fonts are compressed or small already: a low level keeps the engine quick.
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            data = content.encode("utf-8") if isinstance(content, str) else content
            packed.writestr(entry, data, compresslevel=6)
    return out.getvalue()
