"""Words explained: in order, once, and without asserting a law that nobody has read."""

import re
import unicodedata

from mosaique.desk.glossary import ENTRIES
from mosaique.scheme.legal_forms.registry import LEGAL_FORMS


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKD", word.lower()).encode("ascii", "ignore").decode()


def test_words_are_in_order_and_said_once() -> None:
    words = [_plain(entry.word) for entry in ENTRIES]
    assert words == sorted(words) and len(words) == len(set(words))


def test_the_words_of_the_legal_forms_are_explained() -> None:
    words = {_plain(entry.word) for entry in ENTRIES}
    for said in (
        "Entente",
        "Service unifié",
        "Co-maîtrise d’ouvrage",
        "Délégation de compétence",
        "Service commun",
    ):
        assert _plain(said) in words


def test_an_article_is_one_a_form_has_read_or_is_said_to_be_checked() -> None:
    read = {
        code
        for form in LEGAL_FORMS.values()
        for fact in form.facts()
        if fact.is_verified
        for code in re.findall(r"L\.\s([\d-]+)", fact.article)
    }
    for entry in ENTRIES:
        for code in re.findall(r"L\.\s([\d-]+)", entry.meaning):
            assert code in read or "à vérifier" in entry.meaning, entry.word
