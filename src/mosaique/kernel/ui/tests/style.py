"""The style sheets of the components, read as a list of what they dress."""

import re
from itertools import product
from pathlib import Path

SHEETS = Path(__file__).resolve().parents[5] / "frontend" / "css" / "components"
# What a pointer, a keyboard or the browser adds for a moment: nothing in the page says it.
_MOMENTS = re.compile(
    r"::[\w-]+(\([^)]*\))?|:(hover|focus-visible|focus-within|focus|active|target-current|target|popover-open)\b"
)
_CHOICES = re.compile(r":is\(((?:[^()]|\([^()]*\))*)\)")


def _heads(text: str) -> list[str]:
    """What stands before each brace, rules inside `@media` and `@container` included."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    found, head, quote = [], "", ""
    for character in text:
        if quote:
            head += character
            quote = "" if character == quote else quote
        elif character in "\"'":
            head, quote = head + character, character
        elif character == "{":
            if not head.strip().startswith("@"):
                found.append(head.strip())
            head = ""
        elif character in "};":
            head = ""
        else:
            head += character
    return found


def _apart(listed: str) -> list[str]:
    """« a, b:is(c, d) » → « a », « b:is(c, d) »."""
    found, depth, current = [], 0, ""
    for character in listed:
        depth += (character in "([") - (character in ")]")
        if character == "," and not depth:
            found.append(current.strip())
            current = ""
        else:
            current += character
    return [*found, current.strip()]


def _each(selector: str) -> list[str]:
    """`:is(a, b)` said as two: each is a state to be shown. Inside another parenthesis it stays."""
    parts = _CHOICES.split(selector)
    if len(parts) == 1 or ":not(" in selector or ":has(" in selector:
        return [selector]
    choices = [[text] if index % 2 == 0 else _apart(text) for index, text in enumerate(parts)]
    return ["".join(_joined(words)) for words in product(*choices)]


def _joined(words: tuple[str, ...]) -> list[str]:
    """An element's name comes before the classes it joins: « .x:is(a) » is « a.x », which :is() says well enough."""
    return [word if index % 2 == 0 or not word else f":is({word})" for index, word in enumerate(words)]


def selectors(text: str) -> list[str]:
    """Everything a style sheet dresses, each alternative once, without what only a moment adds."""
    found: dict[str, None] = {}
    for head in _heads(text):
        for one in _apart(head):
            cleaned = re.sub(r":(has|is|not)\(\)", "", _MOMENTS.sub("", one)).strip()
            if cleaned:
                found.update(dict.fromkeys(_each(cleaned)))
    return list(found)


def classes(text: str) -> set[str]:
    """The classes a style sheet names."""
    return {name for one in selectors(text) for name in re.findall(r"\.(-?[a-zA-Z][\w-]*)", one)}
