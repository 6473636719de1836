"""What a page sends back besides the fields of its form: a key, a year, a version, a row's number."""

#: As many figures as any key holds; Python refuses to read some thousands of them, and a database some twenty.
MOST = 17


def whole(text: str | None) -> int | None:
    """The whole number ≥ 0 that was sent; None for whatever a page does not send."""
    if text and len(text) <= MOST and text.isascii() and text.isdecimal():
        return int(text)
    return None


def words(text: str) -> str:
    """A text as a page and both databases can hold it: without null signs, and with no half of a sign cut in two (a script may
    send one of an emoji)."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
