"""A thread of « Groupe Urbanisme », opened by its animator."""

import pytest

from mosaique.demo.people import Company
from mosaique.discussions import services
from mosaique.discussions.models import Thread
from mosaique.discussions.tests.scene import LINES, token


@pytest.fixture
def thread(cast: Company) -> Thread:
    found: Thread = services.open_thread(
        actor=cast.actor("animateur"),
        space=cast.spaces["urbanisme"],
        body="Bonjour, **qui** signe ?",
        client_token=token(1),
        **LINES,
    )
    return found
