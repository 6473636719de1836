"""A personal code: four to six figures one keeps in mind. What is too easy to guess, and how it is kept. Pure."""

from django.contrib.auth.hashers import check_password, make_password
from django.utils.crypto import salted_hmac

SHORTEST, LONGEST = 4, 6
_FIGURES = "01234567890"
#: Others that many people choose: straight lines of a telephone's keys.
_COMMON = frozenset({"2580", "0852", "1590", "3570", "1397", "7913", "1973", "147258", "159753", "258000"})
_RULE = f"Il tient en {SHORTEST} à {LONGEST} chiffres, sans lettre."


def typed(text: str) -> str:
    """What was meant: without the spaces people put between figures."""
    return "".join(text.split())


def fault(pin: str) -> str:
    """Why this cannot be a personal code, in a French sentence; nothing when it can."""
    if not pin:
        return f"Le code personnel manque. {_RULE}"
    if not (pin.isascii() and pin.isdecimal() and SHORTEST <= len(pin) <= LONGEST):
        return f"Ce code ne convient pas. {_RULE}"
    if len(set(pin)) == 1:
        return "Le même chiffre répété se devine au premier essai. Choisissez-en un autre."
    if pin in _FIGURES or pin in _FIGURES[::-1]:
        return "Des chiffres qui se suivent se devinent au premier essai. Choisissez-en un autre."
    if len(pin) == 4 and pin[:2] in ("19", "20"):
        return "Une année se devine vite, surtout celle d’une naissance. Choisissez-en un autre."
    repeated = any(len(pin) % size == 0 and pin == pin[:size] * (len(pin) // size) for size in (2, 3))
    if repeated or pin in _COMMON:
        return "Ce code est de ceux qu’on essaie d’abord. Choisissez-en un autre."
    return ""


def _keyed(person_id: int, pin: str) -> str:
    """Keyed by the instance's secret and by the person: few figures could be found again from a bare digest."""
    return salted_hmac("mosaique.accounts.pin", f"{person_id}\n{pin}", algorithm="sha256").hexdigest()


def digest(person_id: int, pin: str) -> str:
    return make_password(_keyed(person_id, pin))


def matches(person_id: int, pin: str, kept: str) -> bool:
    return bool(kept) and check_password(_keyed(person_id, pin), kept)
