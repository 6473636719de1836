"""What is said when a document cannot be made."""

from __future__ import annotations


class DocumentError(ValueError):
    """The document cannot be made; the message is a French sentence for the person who asked for it."""


def require(condition: bool, message: str) -> None:
    if not condition:
        raise DocumentError(message)
