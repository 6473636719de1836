"""One spelling for names that people type in a hundred ways."""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_WORDS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_ARTICLES = frozenset({"le", "la", "les", "l", "las", "los", "aux"})
_LINKS = frozenset({"de", "du", "des", "d", *_ARTICLES})
_NATURES = (
    "communaute de communes ", "communaute d agglomeration ", "communaute agglomeration ", "communaute d agglo ",
    "communaute urbaine ", "cc ", "ca ", "cu ", "comcom ", "metropole ",
)  # fmt: skip


def fold(text: str) -> str:
    """Lower case, no accent, words separated by one space; « St-Cœur » and « saint coeur » become the same."""
    plain = text.lower()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.translate(_LIGATURES))
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    words = _NOT_WORD.sub(" ", plain).split()
    return " ".join([_WORDS.get(word, word) for word in words])


def core(folded: str) -> str:
    """What tells one name from another: without its nature (« cc », « communauté de communes ») nor article.

    Always an ending of ``folded``.
    """
    rest, links = folded, _ARTICLES
    for nature in _NATURES:
        if folded.startswith(nature):
            rest, links = folded[len(nature) :], _LINKS
            break
    while True:
        word, _, after = rest.partition(" ")
        if not after or word not in links:
            return rest
        rest = after
