"""« @Prénom Nom » in a message: which reader is meant, and how a name is read when it is shown. Pure: no query here.

In a stored text a person is `@{12}`: the name is read with the page, so that an erased person is named nowhere. Such a mark
typed by hand names nobody: only people whom the message mentions (its rows) are read back.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape

MARK = re.compile(r"@\{(\d{1,18})\}")
EVERY_ANIMATOR = "animation"
ERASED = "personne effacée"
_AT = re.compile(r"(?<![\w.@/-])@(?=\w)")
_NAME = re.compile(r"[^\W\d_][\w’'-]*(?:[ \u00a0\u202f][A-ZÀ-ÖØ-Þ][\w’'-]*){0,3}")


@dataclass(frozen=True, slots=True)
class Someone:
    """A reader of the place: `animates` its space."""

    id: int
    name: str
    title: str = ""
    animates: bool = False


@dataclass(slots=True)
class Found:
    """The text to store, who is meant (in order), and the names that mean nobody here, or several people."""

    text: str
    ids: list[int] = field(default_factory=list)
    nobody: list[str] = field(default_factory=list)
    several: list[str] = field(default_factory=list)


def folded(text: str) -> str:
    """Letters compared as people read them, one for one: case, accents, kinds of spaces and apostrophes aside."""
    out = []
    for letter in text:
        plain = unicodedata.normalize("NFD", letter)[0].lower()
        out.append({"\u00a0": " ", "\u202f": " ", "’": "'"}.get(plain, plain[0]))
    return "".join(out)


def find(text: str, people: Iterable[Someone]) -> Found:
    """Replace each « @Prénom Nom » that means one reader by its mark; the longest name wins."""
    text = unicodedata.normalize("NFC", text)
    readers = list(people)
    known: dict[str, list[Someone]] = {}
    for one in readers:
        known.setdefault(folded(one.name), []).append(one)
    names = sorted(known, key=len, reverse=True)
    found, out, last = Found(""), [], 0
    plain = folded(text)
    for at in _AT.finditer(text):
        start = at.end()
        if start < last:
            continue
        if _word_at(plain, start, EVERY_ANIMATOR):
            animators = [one.id for one in readers if one.animates]
            found.ids += animators
            if not animators:
                found.nobody.append(EVERY_ANIMATOR)
            continue
        name = next((name for name in names if _word_at(plain, start, name)), "")
        if not name:
            typed = _NAME.match(text, start)
            # A word in small letters is a habit of other places (« @tous »): nothing to say.
            if typed and typed.group()[0].isupper():
                found.nobody.append(typed.group())
        elif len(known[name]) > 1:
            found.several.append(text[start : start + len(name)])
        else:
            found.ids.append(known[name][0].id)
            out += [text[last : at.start()], f"@{{{known[name][0].id}}}"]
            last = start + len(name)
    found.text = "".join([*out, text[last:]])
    found.ids = list(dict.fromkeys(found.ids))
    return found


def _word_at(plain: str, start: int, name: str) -> bool:
    end = start + len(name)
    return plain.startswith(name, start) and not (
        end < len(plain) and (plain[end].isalnum() or plain[end] == "_")
    )


def shown(html: str, names: Mapping[int, str], reader: int | None = None) -> str:
    """Names in a stored HTML; the reader's own stands out."""

    def name(mark: re.Match[str]) -> str:
        pk = int(mark.group(1))
        if pk not in names:
            return mark.group()
        return f'<span class="mention{" toi" if pk == reader else ""}">@{escape(names[pk])}</span>'

    return MARK.sub(name, html) if names else html


def typed(text: str, names: Mapping[int, str]) -> str:
    """The text as its author typed it, to be corrected."""
    return MARK.sub(
        lambda mark: f"@{names[int(mark.group(1))]}" if int(mark.group(1)) in names else mark.group(), text
    )


def unpacked(packed: str | None) -> dict[int, str]:
    """What the page's query brings with each post: « 12|Jeanne Bonnet », one a line."""
    lines = (line.partition("|") for line in (packed or "").split("\x1e") if line)
    return {int(pk): name for pk, _, name in lines}
