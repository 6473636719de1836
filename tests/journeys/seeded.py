"""The demonstration itself, in processes of its own: the product with a whole territory's life in it."""

import re
from pathlib import Path

from playwright.sync_api import BrowserContext

from tests.journeys.instance import Instance


class Demonstration(Instance):
    """Its data are seeded before the pages answer: some thirty seconds, paid once by a module."""

    def __init__(self, data: Path) -> None:
        self.seeded = False
        super().__init__(data)

    def serve(self) -> None:
        if not self.seeded:
            self.manage("demo_seed")
            self.seeded = True
        super().serve()

    def enter(self, context: BrowserContext, persona: str) -> None:
        """Become a persona without opening a page: the window's own first view is still to come."""
        page = context.request.get(f"{self.url}/demo/").text()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token
        answer = context.request.post(
            f"{self.url}/demo/entrer/", form={"persona": persona, "csrfmiddlewaretoken": token.group(1)},
            headers={"referer": f"{self.url}/demo/"},
        )  # fmt: skip
        assert answer.ok
