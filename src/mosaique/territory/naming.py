"""How a place is named inside a French sentence: « commune d’Albi », « maire du Mans », « Tarn (81) »."""

from __future__ import annotations

from collections.abc import Sequence

from ..kernel.typography import integer

#: INSEE's « type de nom en clair » (TNCC) tells the article of a name: 0 none, 1 none but elided, 2 Le, 3 La,
#: 4 Les, 5 L’, 6 Aux, 7 Las, 8 Los.  Communes carry it in their name, départements and regions do not.
_ARTICLE = {2: "Le ", 3: "La ", 4: "Les ", 5: "L’", 6: "Aux ", 7: "Las ", 8: "Los "}
_OF = {0: "de ", 1: "d’", 2: "du ", 4: "des ", 6: "des "}
_TO = {0: "à ", 1: "à ", 2: "au ", 4: "aux ", 6: "aux "}


def curly(name: str) -> str:
    """The name with a typographic apostrophe; official files carry the straight one."""
    return name.replace("'", "’")


def bare(name: str, tncc: int) -> str:
    """The name without its article: « Mans » for « Le Mans »."""
    name = curly(name)
    article = _ARTICLE.get(tncc, "")
    return name[len(article) :] if article and name.lower().startswith(article.lower()) else name


def _has_article(name: str, tncc: int) -> bool:
    return bare(name, tncc) != curly(name)


def _after(preposition: str, contracted: dict[int, str], name: str, tncc: int) -> str:
    if tncc in contracted:
        return contracted[tncc] + bare(name, tncc)
    # « de La Rochelle » keeps the capital of the name, « de la Gironde » has none to keep.
    return preposition + (curly(name) if _has_article(name, tncc) else with_article(name, tncc))


def of(name: str, tncc: int) -> str:
    """« d’Albi », « du Mans », « des Sables-d’Olonne », « de L’Haÿ-les-Roses », « de la Gironde »."""
    return _after("de ", _OF, name, tncc)


def to(name: str, tncc: int) -> str:
    """« à Albi », « au Mans », « aux Sables-d’Olonne », « à La Rochelle »."""
    return _after("à ", _TO, name, tncc)


def article_of(name: str) -> int:
    """The article code of a name that no official file gives yet: « Le Haut-Assou » 2, « L’Isle » 5, « Assac » 1."""
    plain = curly(name).lower()
    for code in (2, 3, 4, 5):
        if plain.startswith(_ARTICLE[code].lower()):
            return code
    return 1 if plain[:1] in "aeiouyéèêâîôœh" else 0


def with_article(name: str, tncc: int) -> str:
    """A département or a region inside a sentence: « le Tarn », « l’Ain », « les Landes », « Paris »."""
    return _ARTICLE.get(tncc, "").lower() + bare(name, tncc)


def with_code(name: str, code: str) -> str:
    """« Tarn (81) »."""
    return f"{curly(name)} ({code})"


def listed(names: Sequence[str], most: int = 0) -> str:
    """« Ille-et-Vilaine (35), Loire-Atlantique (44) et Morbihan (56) »; beyond `most`, the rest is counted."""
    if most and len(names) > most:
        rest = len(names) - most
        return f"{', '.join(names[:most])} et {integer(rest)} autre{'s' if rest > 1 else ''}"
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} et {names[-1]}"


_WORDS = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize",
)  # fmt: skip


def in_words(number: int, *, feminine: bool = False) -> str:
    """A number in letters up to sixteen, as headings open with; figures beyond."""
    if number == 1 and feminine:
        return "une"
    return _WORDS[number] if 0 <= number < len(_WORDS) else integer(number)
