"""Template loader that gives literal French text its typography once, when a template is compiled.

Authors type « Qu'est-ce qui change ? » with a plain keyboard; the page gets ’ and the unbreakable spaces, and no
request ever pays for it. Values (`{{ … }}`) are not touched: they come from people or from `kernel.typography`.

What is treated: text outside tags, the attributes read by people (aria-label, title, placeholder, alt, data-l), and
the literal arguments of our own component tags (`{% message "bon" "C'est fait" %}`).
"""

import re
from collections.abc import Callable
from pathlib import Path

from django.template.base import Origin
from django.template.loaders.app_directories import Loader as AppDirectoriesLoader

from mosaique.kernel.typography import typographie
from mosaique.kernel.ui.tags import COMPONENT_TAGS

# Same stand-in as kernel.typography: « something that is not a space » on that side of the text.
_HOLE = "\ue000"
_DJANGO = r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}"
_PROTECTED = re.compile(
    r"\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}"
    r"|\{%\s*verbatim\b.*?%\}.*?\{%\s*endverbatim\b.*?%\}"
    rf"|<!--.*?-->|<(code|pre|script|style|textarea|kbd|samp|svg)\b.*?</\1\s*>|{_DJANGO}"
    rf"|</?[a-zA-Z!](?:{_DJANGO}|\"(?:{_DJANGO}|[^\"])*\"|'(?:{_DJANGO}|[^'])*'|[^>])*>",
    re.DOTALL,
)
_READ_BY_PEOPLE = re.compile(
    rf"(\s(?:aria-label|title|placeholder|alt|data-l)=)\"((?:{_DJANGO}|[^\"])*)\"", re.DOTALL
)
_TAG_NAME = re.compile(r"\{%\s*(\w+)")
_LITERAL = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'")
_DJANGO_ONLY = re.compile(_DJANGO, re.DOTALL)
_WHOLE = re.compile(r"<(?:code|pre|script|style|textarea|kbd|samp|svg)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"^(?:[/#?.]|https?:|mailto:)")
_OURS = Path(__file__).resolve().parents[2]


def _between_holes(text: str, pattern: re.Pattern[str], inside: Callable[[str], str]) -> str:
    """Typography of `text` around what `pattern` protects; `inside` says what becomes of the protected pieces."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(inside(match.group()))
        return _HOLE

    treated = typographie(pattern.sub(keep, text))
    pieces = iter(kept)
    return re.sub(_HOLE, lambda _: next(pieces), treated)


def _as_it_is(piece: str) -> str:
    return piece


def _inside(piece: str) -> str:
    """A protected piece: only the literals that people read change."""
    if piece.startswith("{%"):
        name = _TAG_NAME.match(piece)
        return _LITERAL.sub(_argument, piece) if name and name.group(1) in COMPONENT_TAGS else piece
    if piece.startswith("<") and not piece.startswith("<!"):
        end = piece.index(">") if _WHOLE.match(piece) else len(piece)
        return _READ_BY_PEOPLE.sub(_attribute, piece[:end]) + piece[end:]
    return piece


def _attribute(match: re.Match[str]) -> str:
    return f'{match.group(1)}"{_between_holes(match.group(2), _DJANGO_ONLY, _as_it_is)}"'


def _argument(match: re.Match[str]) -> str:
    quote = match.group()[0]
    text = match.group()[1:-1]
    if _ADDRESS.match(text) or "\\" in text:
        return match.group()
    return f"{quote}{typographie(text)}{quote}"


def typeset(source: str) -> str:
    """The template source with its literal French text set; idempotent."""
    return _between_holes(source, _PROTECTED, _inside)


class Loader(AppDirectoriesLoader):
    """app_directories, with typography for the templates of this product (not those of its libraries)."""

    def get_contents(self, origin: Origin) -> str:
        contents: str = super().get_contents(origin)
        path = Path(str(origin.name)).resolve()
        if path.suffix not in {".html", ".txt"} or _OURS not in path.parents:
            return contents
        return typeset(contents)
