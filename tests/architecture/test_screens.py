"""Every address leads to a screen; addresses are in French, their names in English."""

import re

import pytest

from tests.architecture.addresses import Address, addresses

# Views that are not screens, each with its reason.
NOT_SCREENS: dict[str, str] = {}
# Words that are the same in both languages, or have no English: legal nouns and names of things.
SAME_IN_BOTH = {"preparation",
    "position", "positions", "consultation", "adoption", "tableau", "version", "versions", "invitation", "scenario",
    "releve", "message", "messages", "date", "code", "page", "table", "import", "demo", "decision", "document", "documents",
    "parties",
}  # fmt: skip
_PARAMETER = re.compile(r"<[^>]+>")


def words_of_route(route: str) -> set[str]:
    return {word for word in re.split(r"[^a-z0-9]+", _PARAMETER.sub(" ", route).lower()) if word}


def words_of_name(name: str) -> set[str]:
    return set(name.split("_"))


def test_there_are_addresses() -> None:
    assert len(addresses()) > 30


@pytest.mark.parametrize("address", addresses(), ids=lambda address: address.name or address.route)
def test_every_view_is_a_screen(address: Address) -> None:
    if address.name in NOT_SCREENS:
        assert not hasattr(address.view, "screen_info"), "on the list for nothing"
    else:
        assert hasattr(address.view, "screen_info"), f"{address.route} bypasses the one way to show"


@pytest.mark.parametrize("address", addresses(), ids=lambda address: address.name or address.route)
def test_an_address_is_a_plain_french_path(address: Address) -> None:
    fixed = _PARAMETER.sub("", address.route)
    assert re.fullmatch(r"[a-z0-9/.-]*", fixed), "lower case, hyphens, no accent"
    assert not address.route or address.route.endswith("/") or "." in address.route.rsplit("/", 1)[-1]
    assert re.fullmatch(r"[a-z][a-z0-9_]*", address.name), "every address has an English name"


def test_a_word_of_a_path_is_not_the_word_of_a_name() -> None:
    """A word on both sides means that one of the two is in the wrong language."""
    paths = set().union(*(words_of_route(address.route) for address in addresses()))
    names = set().union(*(words_of_name(address.name) for address in addresses()))
    assert (paths & names) - SAME_IN_BOTH == set()


def test_names_are_unique() -> None:
    names = [address.name for address in addresses()]
    assert sorted(names) == sorted(set(names))


def test_a_screen_that_only_acts_says_so() -> None:
    """A screen without GET answers a visitor's GET by 405, so it must not be linked: its methods tell the matrix."""
    for address in addresses():
        if info := getattr(address.view, "screen_info", None):
            assert set(info.methods) <= {"GET", "POST"} and info.methods
