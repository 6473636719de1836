"""French typography and number formats: the one place that knows where an unbreakable space goes.

Two doors for words, `typographie` (plain text) and `typographie_html` (text between tags), and one
per quantity: `money`, `etp`, `integer`, `percent`, `date_long`… Every door is pure and idempotent,
so a sentence may pass through it at the edge whatever it went through before.

URLs, e-mail addresses, hexadecimal codes and clock times such as 14:32 are left as they are.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache

NBSP = "\u00a0"
NNBSP = "\u202f"  # narrow: thousands, and before ; ? !
MINUS = "\u2212"
UNKNOWN = "non communiqué"
_FRENCH_MARKS = {ord(","): NNBSP, ord("."): ","}  # thousands and decimals, from how Python writes them

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

# A protected piece is replaced by this private-use character while the rules run, so that the
# words around it still see "something that is not a space" on that side.
_HOLE = "\ue000"
_SP = "[ \u00a0\u202f\u2009]"
_UNITS = (
    r"€|k€|M€|Md€|%|‰|ETP|ETPT|km²|km|m²|m³|ha|kg|kWh|MWh|GWh|kW|Mo|Go|euros?|ans?|mois|jours?|heures?"
    r"|minutes?|hab\.|habitants?|points?"
)

_PROTECTED_TEXT = re.compile(
    _HOLE
    + r"|(?:https?://|www\.)[^\s<>«»]+"
    + r"|[\w.+-]+@[\w-]+\.[\w.-]+"
    + r"|&(?:[a-zA-Z]+|#\d+|#x[0-9a-fA-F]+);"
)
_PROTECTED_HTML = re.compile(
    r"<!--.*?-->|<(code|pre|script|style|textarea|kbd|samp|svg)\b.*?</\1\s*>|<[^>]*>|"
    + _PROTECTED_TEXT.pattern,
    re.DOTALL | re.IGNORECASE,
)

_COUNTED = (
    r"p\.",
    "[Pp]age",
    "[Pp]ages",
    "[Ff]iche",
    "[Ff]iches",
    "[Aa]xe",
    "[Vv]ersion",
    "[Aa]nnexe",
    "[Cc]hapitre",
)
# Each rule: the characters without which it cannot apply (a cheap guard: most sentences need few
# rules), what it looks for, what it writes. Patterns begin with their rarest character and look
# behind afterwards, which is three times faster than the other way round.
_DIGITS = "0123456789"
_OPEN = r"[^\s(\[{«?!;:…\"¿¡/=&]"
_RULES: tuple[tuple[str, re.Pattern[str], str], ...] = tuple(
    (needles, re.compile(pattern), replacement)
    for needles, pattern, replacement in (
        (".", r"\.\.\.+", "…"),
        # Apostrophe: between a letter and what it elides before.
        ("'\u02bc\u2018", r"['\u02bc\u2018](?<=[^\W\d_].)(?=[\w«“\"" + _HOLE + "])", "’"),
        # Straight or English quotes, in pairs and on one line.
        (
            '"“',
            r"[\"“](?<![\w»].)" + _SP + r"*([^\"“”\n]*[^\"“”\s])" + _SP + r"*[\"”](?!\w)",
            f"«{NBSP}\\1{NBSP}»",
        ),
        ("«", r"«" + _SP + r"*(?=\S)", f"«{NBSP}"),
        ("»", r"(?<=\S)" + _SP + r"*»", f"{NBSP}»"),
        # High punctuation: narrow space before ; ? ! and unbreakable space before the colon.
        (";?!", _SP + r"(?<=" + _OPEN + _SP + r")" + _SP + r"*(?=[;?!])", NNBSP),
        (";?!", r"[;?!](?<=" + _OPEN + r".)(?=[;?!]*(?:[\s»)\]]|$))", f"{NNBSP}\\g<0>"),
        (":", _SP + r"(?<=[^\s(\[{«:].)" + _SP + r"*:(?=\s|$)", f"{NBSP}:"),
        (":", r":(?<=[\w)\]»%€’" + _HOLE + r"].)(?=\s|$)", f"{NBSP}:"),
        # Numbers: true minus, unit on the same line, hours.
        ("-", r"-(?<![^\s(\[«/].)(?=\d)", MINUS),
        ("€%‰", r"(?<=\d)" + _SP + r"*(?=(?:€|k€|M€|Md€|%|‰)(?!\w))", NBSP),
        (_DIGITS, _SP + r"(?<=\d.)" + _SP + r"*(?=(?:" + _UNITS + r")(?!\w))", NBSP),
        (
            _DIGITS,
            r"(?<![\w:.,-])([01]?\d|2[0-4])" + _SP + r"?h" + _SP + r"?([0-5]\d)(?!\w)",
            f"\\1{NBSP}h{NBSP}\\2",
        ),
        (_DIGITS, r"(?<![\w:.,-])([01]?\d|2[0-4])" + _SP + r"?h(?!\w)", f"\\1{NBSP}h"),
        # Dates and references that must not be cut at the end of a line.
        (
            _DIGITS,
            _SP
            + r"(?:(?<=\b\d.)|(?<=\b\d\d.)|(?<=\b1er.))"
            + _SP
            + r"*(?=(?:"
            + "|".join(MONTHS)
            + r")(?!\w))",
            NBSP,
        ),
        ("LRD" + _DIGITS, r"([Aa](?<!\w.)(?:rticles?|rt\.))" + _SP + r"+(?=(?:[LRD]\.|\d))", f"\\1{NBSP}"),
        (_DIGITS, r"([LRD](?<!\w.)\.)" + _SP + r"*(?=\d{3,4}(?:-\d|\b))", f"\\1{NBSP}"),
        ("°º", r"(?<!\w)([Nn])[°º]" + _SP + r"*(?=\w)", f"\\1°{NBSP}"),
        ("M", r"(M(?<!\w.)(?:M?\.|mes?|lles?))" + _SP + r"+(?=[A-ZÀ-ÖØ-Þ])", f"\\1{NBSP}"),
        (
            _DIGITS,
            _SP + r"(?<=[.\w].)(?:" + "|".join(rf"(?<=\b{w}.)" for w in _COUNTED) + r")" + _SP + r"*(?=\d)",
            NBSP,
        ),
    )
)
_PASSES = 12
_AS_CHARACTER = {"&nbsp;": NBSP, "&#160;": NBSP, "&#39;": "'", "&#x27;": "'", "&quot;": '"'}
_ENTITIES = re.compile("|".join(_AS_CHARACTER))
# Groups of three digits already set apart by some space: a year followed by a number is not one.
_GROUPED = re.compile(r"(?<!\d)(?<!\d[,.])(\d{1,3})((?:" + _SP + r"\d{3})+)(?!\d)")


@lru_cache(maxsize=8192)
def typographie(text: str) -> str:
    """Give plain French text its apostrophes, quotation marks and unbreakable spaces; idempotent."""
    return _apply(text, _PROTECTED_TEXT)


def typographie_html(html: str) -> str:
    """The same for the text of an HTML fragment: tags, attributes, code and scripts are left alone."""
    pieces = re.split(r"(<[^>]*>)", html)
    # Escaping writes apostrophes and spaces as entities: the rules must see them as characters.
    bare = (p if p.startswith("<") else _ENTITIES.sub(lambda m: _AS_CHARACTER[m.group()], p) for p in pieces)
    return _apply("".join(bare), _PROTECTED_HTML)


def _apply(text: str, protected: re.Pattern[str]) -> str:
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match.group())
        return _HOLE

    bare = protected.sub(keep, text)
    # Rules may feed one another (nested quotes): going on until nothing moves makes this idempotent.
    for _ in range(_PASSES):
        before = bare
        bare = _GROUPED.sub(lambda m: re.sub(_SP, NNBSP, m.group()), bare)
        present = set(bare)
        for needles, pattern, replacement in _RULES:
            if not present.isdisjoint(needles):
                bare = pattern.sub(replacement, bare)
        if bare == before:
            break
    if not kept:
        return bare
    pieces = iter(kept)
    return re.sub(_HOLE, lambda _: next(pieces), bare)


def money(amount: Decimal | int | None, *, signed: bool = False, cents: bool = True) -> str:
    """« 1 234,56 € »; an unknown amount is said, never zero."""
    return UNKNOWN if amount is None else f"{_number(amount, 2 if cents else 0, signed)}{NBSP}€"


def etp(value: Decimal | int | None, *, signed: bool = False, unit: bool = True) -> str:
    """« 2,50 ETP » (full-time equivalents, always two decimals)."""
    if value is None:
        return UNKNOWN
    return _number(value, 2, signed) + (f"{NBSP}ETP" if unit else "")


def integer(value: int | Decimal | None, *, signed: bool = False) -> str:
    """« 34 875 »."""
    return UNKNOWN if value is None else _number(value, 0, signed)


def decimal_number(value: Decimal | int | None, places: int = 2, *, signed: bool = False) -> str:
    """« 12,50 » with the number of decimals asked for."""
    return UNKNOWN if value is None else _number(value, places, signed)


def percent(value: Decimal | int | None, places: int = 1, *, signed: bool = False) -> str:
    """« 12,5 % » from a value already in per cent; a whole number loses its decimals."""
    if value is None:
        return UNKNOWN
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole = rounded == rounded.to_integral_value()
    return f"{_number(rounded, 0 if whole else places, signed)}{NBSP}%"


def date_long(day: date) -> str:
    """« 1er décembre 2026 »."""
    return f"{_ordinal(day.day)}{NBSP}{MONTHS[day.month - 1]}{NBSP}{day.year}"


def date_with_weekday(day: date) -> str:
    """« mardi 1er décembre 2026 »."""
    return f"{WEEKDAYS[day.weekday()]} {date_long(day)}"


def month_year(day: date) -> str:
    """« décembre 2026 »."""
    return f"{MONTHS[day.month - 1]}{NBSP}{day.year}"


def time_short(moment: datetime) -> str:
    """« 14 h 32 »; the caller gives a local time."""
    return f"{moment.hour}{NBSP}h{NBSP}{moment.minute:02d}"


def datetime_long(moment: datetime) -> str:
    """« 1er décembre 2026 à 14 h 32 »."""
    return f"{date_long(moment.date())} à {time_short(moment)}"


def of_name(name: str) -> str:
    """« d’Anne Durand », « de Paul Rey », « d’Hélène », « de Hassan », « d’Yves », « de Yann »."""
    plain = unicodedata.normalize("NFKD", name.strip()[:4].lower()).encode("ascii", "ignore").decode()
    elided = re.match(r"[aeiou]|h[^a]|y[^aeiou]", plain)
    return f"d’{name.strip()}" if elided else f"de {name.strip()}"


def _ordinal(day: int) -> str:
    return "1er" if day == 1 else str(day)


def _number(value: Decimal | int, places: int, signed: bool) -> str:
    if isinstance(value, float):
        raise TypeError("un montant ou un nombre d’ETP s’écrit en Decimal, jamais en nombre flottant")
    rounded = Decimal(value).quantize(_step(places), ROUND_HALF_UP)
    sign = MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
    return sign + f"{abs(rounded):,f}".translate(_FRENCH_MARKS)


@cache
def _step(places: int) -> Decimal:
    """0.01 for two places: a page of thousands of amounts asks the same one every time."""
    return Decimal(1).scaleb(-places)
