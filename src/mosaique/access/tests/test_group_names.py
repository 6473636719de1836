"""How a group is named inside a sentence."""

import pytest

from mosaique.access.models import Space


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Groupe Secrétariat de mairie", "groupe Secrétariat de mairie"),
        ("groupe voirie", "groupe voirie"),
        ("Comité de pilotage", "comité de pilotage"),
        ("Urbanisme", "groupe Urbanisme"),
        ("Groupement d’achats", "groupe Groupement d’achats"),
        ("Groupe", "groupe Groupe"),
    ],
)
def test_the_word_group_is_said_once(name: str, said: str) -> None:
    assert Space(name=name).as_group == said
