"""Templates: a refused form says at its head what is to be seen again, whoever wrote its fields; a table has a caption."""

import re
from collections.abc import Iterator

import pytest

from mosaique.kernel.ui.tags.blocks import MESSAGES
from tests.architecture.source import PACKAGE

# Templates with a posted field and no `form_errors`, each with its reason.
TELL_OTHERWISE = {
    "scheme/legal_choice.html": "asked by GET: what is no answer is shown as « je ne sais pas encore », nothing is refused",
    "demo/bar.html": "part of the surroundings; a date that cannot be is told by a message",
    "discussions/releve_deliver.html": "one list of choices: what cannot be taken comes back as a message",
    "accounts/code_field.html": "a part of the form it is asked in, which has the summary",
    "accounts/pin_fields.html": "a part of the form it is asked in, which has the summary",
    "scheme/version.html": "sends to the page that verifies, which tells",
}
_OF_A_FORM = re.compile(
    r"\{%\s*field\s|\{\{\s*(?:\w+_)?form\s*\}\}|as_field_group|\{%\s*include\s+\"(?:ui/forms/(?:help|fault|field)|accounts/code_field)"
)
_FORM = re.compile(r"<form\b[^>]*\bmethod=\"post\".*?</form>", re.DOTALL)
_BY_HAND = re.compile(r"<textarea\b|<select\b|<input(?![^>]*type=\"(?:hidden|submit|radio|checkbox)\")")


def templates() -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.glob("*/templates/**/*.html")):
        yield path.as_posix().rpartition("/templates/")[2], path.read_text()


def silent(text: str) -> bool:
    """Fields of a form, sent to the server, without a summary of what it refuses."""
    fields = _OF_A_FORM.search(text) or any(_BY_HAND.search(form) for form in _FORM.findall(text))
    return bool(fields) and "{% form_errors " not in text


def test_every_posted_form_has_a_summary_of_what_is_refused() -> None:
    found = {name for name, text in templates() if silent(text)}
    assert found - set(TELL_OTHERWISE) == set(), "write {% form_errors form %} at the head of the form"
    assert set(TELL_OTHERWISE) - found == set(), "these are on the list for nothing"


def test_every_table_has_its_caption() -> None:
    counted = {name: (text.count("<table"), text.count("<caption")) for name, text in templates()}
    assert any(tables for tables, _ in counted.values())
    assert {name: pair for name, pair in counted.items() if pair[0] != pair[1]} == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<form method="post">{% field form.email %}</form>', True),
        ('<form method="post">{{ form }}</form>', True),
        ('<form method="post"><textarea name="body"></textarea></form>', True),
        ('<form method="post"><input name="q"></form>', True),
        ('<form method="post">{% form_errors form %}{{ form }}</form>', False),
        ('<form method="get"><input name="q"></form>', False),
        ('<form method="post"><input type="hidden" name="pk"><button>Passer</button></form>', False),
    ],
)
def test_the_rule_sees_what_it_forbids(text: str, expected: bool) -> None:
    assert silent(text) is expected


_MESSAGE = re.compile(r"\{%\s*message\s+\"(\w+)\"")


def test_every_message_is_of_a_known_kind() -> None:
    """Another word is found out only when the page is shown in that state: an error, for the person who meets it."""
    found = {(name, kind) for name, text in templates() for kind in _MESSAGE.findall(text)}
    assert {kind for _, kind in found} <= set(MESSAGES), sorted(
        one for one in found if one[1] not in MESSAGES
    )
    assert (
        _MESSAGE.findall('{% message "attention" "Titre" %}') == ["attention"] and "attention" not in MESSAGES
    )
