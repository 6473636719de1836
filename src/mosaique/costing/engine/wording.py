"""French wording of figures and sentences: one place, so that a page, a file and an error read the same.

Units: amounts are euros as `Decimal`, ETP (full-time equivalents) are `Decimal`. Spaces are non-breaking:
U+202F between thousands and before ; ? !, U+00A0 before : % € ETP and inside « ». Nothing here rounds: a
figure is shown with the decimals it has, and at least the number asked for.
"""

import re
from decimal import Decimal
from fractions import Fraction

NBSP = "\u00a0"
THIN = "\u202f"
MINUS = "\u2212"

_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"'"), "’"),
    (re.compile(r"[ \u00a0\u202f]+([;?!])"), THIN + r"\1"),
    (re.compile(r"[ \u00a0\u202f]+([:»%€])"), NBSP + r"\1"),
    (re.compile(r"«[ \u00a0\u202f]*"), "«" + NBSP),
    (re.compile(r"\b([Aa]rticles?|n°) (?=\S)"), r"\1" + NBSP),
    (re.compile(r"\b([LRD]\.) ?(?=\d)"), r"\1" + NBSP),
    (re.compile(r"(?<=\d) (?=\d{3}(?!\d))"), THIN),
    (re.compile(rf"(?<=[\der]) (?=(?:{_MONTHS})\b)"), NBSP),
    (re.compile(rf"\b({_MONTHS}) (?=\d{{4}}\b)"), r"\1" + NBSP),
    (re.compile(r"(?<=\d) (?=(?:ETP|h|mois|jours|ans|communes?|collectivités?|hab\.)(?!\w))"), NBSP),
)


def typeset(text: str) -> str:
    """French typography on a plain sentence (idempotent): apostrophes, guillemets, non-breaking spaces."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def number(value: Decimal, *, places: int = 0, signed: bool = False) -> str:
    """« 5 566 », « 1 234,50 », « −0,70 »; `signed` also writes the + of a positive change."""
    exponent = value.as_tuple().exponent
    shown = max(places, -exponent if isinstance(exponent, int) else 0)
    text = f"{abs(value):,.{shown}f}".replace(",", THIN).replace(".", ",")
    if value < 0:
        return MINUS + text
    return f"+{text}" if signed and value > 0 else text


def euros(amount: Decimal, *, signed: bool = False) -> str:
    """« 4 293,21 € »."""
    return f"{number(amount, places=2, signed=signed)}{NBSP}€"


def etp(value: Decimal, *, signed: bool = False) -> str:
    """« 1,20 ETP »."""
    return f"{number(value, places=2, signed=signed)}{NBSP}ETP"


def with_unit(value: Decimal, unit: str) -> str:
    """« 412 hab. »: number and unit never part at the end of a line."""
    return f"{number(trimmed(value))}{NBSP}{unit}"


def trimmed(value: Decimal) -> Decimal:
    """The same number without useless zeros after the decimal point, never in exponent notation."""
    fraction = Fraction(value)
    places = 0
    while (fraction * 10**places).denominator != 1:
        places += 1
    return value.quantize(Decimal(1).scaleb(-places))


def plural(count: int, singular: str, many: str) -> str:
    """« 1 commune », « 3 communes »."""
    return f"{number(Decimal(count))}{NBSP}{singular if count < 2 else many}"


def of_place(name: str) -> str:
    """« de Cadix », « d’Assac », « du Dourn », « des Cabannes », « de la CC Val 81 » (an h is never
    elided).
    """
    lowered = name.lower()
    if lowered.startswith("le "):
        return f"du {name[3:]}"
    if lowered.startswith("les "):
        return f"des {name[4:]}"
    return f"d’{name}" if lowered[0] in "aàâeéèêëiîïoôœu" else f"de {name}"
