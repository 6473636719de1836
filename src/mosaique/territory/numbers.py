"""Official numbers of bodies: read as people type them, checked as far as they check themselves."""

import re
import unicodedata

from .reference.syndicates import syndicate

_SIREN = re.compile(r"\d{9}", re.ASCII)
_RNA = re.compile(r"W\d{9}", re.ASCII)


class WrongNumber(ValueError):
    """The sentence to show."""


def compact(typed: str) -> str:
    """Without the spaces, dots and hyphens put between figures."""
    kept = unicodedata.normalize("NFKC", typed)
    return re.sub(r"[\s.\-]", "", kept).upper()


def luhn(digits: str) -> bool:
    """The key that every SIREN holds in its last digit."""
    total = 0
    for rank, char in enumerate(reversed(digits)):
        number = int(char) * (1 + rank % 2)
        total += number - 9 if number > 9 else number
    return total % 10 == 0


def is_siren(digits: str) -> bool:
    """Its key falls right, or the official list holds it as it is: one number of that list fails its own key."""
    return luhn(digits) or syndicate(digits) is not None


def read_siren(typed: str) -> str:
    """« 248 100 497 » → « 248100497 »; a SIRET gives its SIREN. Empty stays empty."""
    found = compact(typed)
    if not found:
        return ""
    if len(found) == 14 and found.isascii() and found.isdecimal():
        found = found[:9]
    if not _SIREN.fullmatch(found):
        raise WrongNumber(
            "Un SIREN tient en neuf chiffres. Votre saisie est gardée : vérifiez-le, ou laissez vide."
        )
    if not is_siren(found):
        raise WrongNumber(
            "Ce SIREN contient une faute : sa clé de contrôle ne tombe pas juste. Votre saisie est gardée : comparez-le "
            "chiffre à chiffre, ou laissez vide."
        )
    return found


def read_rna(typed: str) -> str:
    """« w811 000 123 » → « W811000123 ». Empty stays empty."""
    found = compact(typed)
    if found and not _RNA.fullmatch(found):
        raise WrongNumber(
            "Un numéro RNA commence par W et tient ensuite en neuf chiffres. Votre saisie est gardée : vérifiez-le, ou "
            "laissez vide."
        )
    return found


def siren_text(siren: str) -> str:
    """« SIREN 248 100 497 », unbreakable."""
    return "\u00a0".join(("SIREN", siren[:3], siren[3:6], siren[6:]))
