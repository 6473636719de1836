"""Codes and tokens: how they are drawn, how they are kept, how often they may be asked for."""

import base64
import hashlib
import secrets

from cryptography.fernet import Fernet, InvalidToken
from django.core.cache import cache
from django.utils.crypto import constant_time_compare, salted_hmac

HOUR, DAY = 3600, 86400  # seconds
CODE_LENGTH = 6


def new_code() -> str:
    """Six figures: typed on a phone, read over the telephone, no letter to mistake. Its life and tries are short."""
    return "".join(secrets.choice("0123456789") for _ in range(CODE_LENGTH))


def new_token() -> str:
    return secrets.token_urlsafe(24)


def code_hash(email: str, code: str) -> str:
    """Keyed by the instance's secret: a six-figure code could be found again from a bare digest."""
    return salted_hmac("mosaique.accounts.code", f"{email}\n{code}", algorithm="sha256").hexdigest()


# Letters and figures that nobody mistakes for others, on paper or over the telephone (no 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V, G/6, D).
LETTER_SIGNS = "ACEFHJKMNPQRTWXY3479"
LETTER_LENGTH = 9


def new_letter_code() -> str:
    """Nine signs among twenty: thirty-nine bits, behind a limit of tries, for sixty days."""
    return "".join(secrets.choice(LETTER_SIGNS) for _ in range(LETTER_LENGTH))


def letter_code(typed: str) -> str:
    """What was meant: capitals, without what people put between groups."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def grouped(code: str) -> str:
    return " ".join(code[n : n + 3] for n in range(0, len(code), 3))


def letter_hash(code: str) -> str:
    """Keyed by the instance's secret, as a sign-in code is: short codes could be found again from a bare digest."""
    return salted_hmac("mosaique.accounts.letter", code, algorithm="sha256").hexdigest()


def same(left: str, right: str) -> bool:
    return constant_time_compare(left, right)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def allow(what: str, who: str, *, limit: int, seconds: int) -> bool:
    """Count one more attempt of `who`; False beyond `limit` in the window. `who` is never kept in clear."""
    key = f"limit:{what}:{hashlib.sha256(who.encode()).hexdigest()[:32]}"
    if cache.add(key, 1, seconds):
        return True
    count = cache.get(key, 0) + 1
    if count > limit:
        return False
    # Re-setting restarts the window: someone who insists waits a little longer, never less.
    cache.set(key, count, seconds)
    return True


def may_ask_code(email: str, client: str) -> bool:
    """A code sent to a mailbox, whatever it is for: six an hour for an address, forty for whoever asks."""
    return allow("code-address", email, limit=6, seconds=HOUR) and allow(
        "code-client", client, limit=40, seconds=HOUR
    )


def may_try_code(email: str) -> bool:
    """A code of that mailbox typed, whatever it is for: beyond, only the link of the message opens."""
    return allow("code-tries", email, limit=25, seconds=DAY)


def recovery_hash(person_id: int, code: str) -> str:
    """Keyed by the instance's secret, and the person's own: the same code of two people has two digests."""
    return salted_hmac("mosaique.accounts.recovery", f"{person_id}\n{code}", algorithm="sha256").hexdigest()


def _sealer() -> Fernet:
    key = salted_hmac("mosaique.accounts.seal", "1", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))


def seal(text: str) -> str:
    """Closed with the instance's key, which does not lie in the database."""
    return _sealer().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Empty when the instance's key is no longer the one that closed it."""
    try:
        return _sealer().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return ""
