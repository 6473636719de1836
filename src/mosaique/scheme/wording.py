"""Headings that tell the result, in French: numbers in words up to sixteen, nothing said that is not known."""

from decimal import Decimal

from mosaique.costing.engine.impacts import Total
from mosaique.kernel.typography import etp, money
from mosaique.territory.naming import in_words

#: How the files of a report are named, in the order in which they are offered.
FORMATS = {"pdf": "PDF accessible", "docx": "Word", "odt": "LibreOffice"}


def count_word(number: int, *, opening: bool = False) -> str:
    """« treize », « Treize », « 24 »: feminine, for communes and documents."""
    word = in_words(number, feminine=True)
    return word[0].upper() + word[1:] if opening else word


def _communes(number: int) -> str:
    return "commune" if number == 1 else "communes"


def list_heading(count: int, awaited: int, *, commune: bool) -> str:
    """« Trois fiches attendent votre réponse », « Quatorze fiches action »."""
    if commune and awaited:
        if awaited == 1:
            return "Une fiche attend votre réponse"
        return f"{count_word(awaited, opening=True)} fiches attendent votre réponse"
    if not count:
        return "Fiches action"
    return "Une fiche action" if count == 1 else f"{count_word(count, opening=True)} fiches action"


def perimeter(yes: int, yes_if: int, expected: int, answered: int) -> str:
    """« Treize communes en seraient, dont quatre sous condition »."""
    joining = yes + yes_if
    if not answered:
        return "Aucune commune n’a encore donné sa position"
    if not joining:
        return (
            f"Aucune des {answered} communes qui ont répondu n’en serait"
            if answered > 1
            else "La seule réponse n’est pas un oui"
        )
    verb = "en serait" if joining == 1 else "en seraient"
    who = (
        "Toutes les communes"
        if joining == expected > 1
        else f"{count_word(joining, opening=True)} {_communes(joining)}"
    )
    verb = "en seraient" if joining == expected > 1 else verb
    if not yes_if:
        return f"{who} {verb}"
    if yes_if == joining:
        return f"{who} {verb}, sous condition"
    return f"{who} {verb}, dont {count_word(yes_if)} sous condition"


def staff(total: Total, year: int) -> str:
    """What the sheet does to staff as a whole."""
    if not total.stated:
        return "Pour les agents : l’effet n’est pas encore connu"
    if total.is_no_effect:
        return "Pour les agents : aucun emploi en plus ni en moins"
    known = "" if total.is_exact else ", pour ce qui est connu"
    return f"Pour les agents : {etp(total.known, signed=True)} en {year}{known}"


def missing(count: int) -> str:
    """« Cinq points manquent avant de figer »."""
    if not count:
        return "Rien ne manque : la version peut être figée"
    if count == 1:
        return "Un point manque avant de figer"
    return f"{count_word(count, opening=True)} points manquent avant de figer"


def costs(amount: Decimal, *, lines: int, unknown: bool, year: int) -> str:
    """« 58 000 € par an en 2029 »."""
    if not lines:
        return f"Aucun coût n’est encore chiffré pour {year}"
    shown = money(amount, cents=amount != amount.to_integral_value())
    start = "Au moins " if unknown else ""
    return f"{start}{shown} de fonctionnement en {year}"


def documents(present: int, expected: int) -> str:
    """« Trois pièces sur sept sont prêtes »."""
    if not expected:
        return "Cette forme ne demande aucune pièce"
    if present == expected:
        return "Toutes les pièces sont réunies"
    if not present:
        return (
            f"Aucune des {count_word(expected)} pièces n’est prête"
            if expected > 1
            else "La pièce n’est pas prête"
        )
    verb = "est prête" if present == 1 else "sont prêtes"
    noun = "pièce" if present == 1 else "pièces"
    return f"{count_word(present, opening=True)} {noun} sur {count_word(expected)} {verb}"
