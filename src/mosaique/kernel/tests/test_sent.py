"""What a page sends back, and what it does not."""

import pytest

from mosaique.kernel.sent import whole, words


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("2026", 2026), ("01", 1), ("9" * 17, 10**17 - 1)]
    + [(text, None) for text in (None, "", " 1", "-1", "1.0", "²", "٣", "9" * 18, "9" * 5000, "\0")],
)
def test_a_whole_number_is_read_and_nothing_else(text: str | None, number: int | None) -> None:
    assert whole(text) == number


def test_words_can_be_written_and_shown() -> None:
    assert words("Régie\0 d’eau \ud83d") == "Régie d’eau ?" and words("🙂") == "🙂"
