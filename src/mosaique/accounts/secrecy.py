"""Codes and tokens: how they are drawn, how they are kept, how often they may be asked for."""

import hashlib
import secrets

from django.core.cache import cache
from django.utils.crypto import constant_time_compare, salted_hmac

CODE_LENGTH = 6


def new_code() -> str:
    """Six figures: typed on a phone, read over the telephone, no letter to mistake. Its life and tries are short."""
    return "".join(secrets.choice("0123456789") for _ in range(CODE_LENGTH))


def new_token() -> str:
    return secrets.token_urlsafe(24)


def code_hash(email: str, code: str) -> str:
    """Keyed by the instance's secret: a six-figure code could be found again from a bare digest."""
    return salted_hmac("mosaique.accounts.code", f"{email}\n{code}", algorithm="sha256").hexdigest()


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
