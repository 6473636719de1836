"""Each part of a home says which rooms it reads: it is made again after an act there, and found again otherwise."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from mosaique.access.models import Person
from mosaique.demo.cast import CAST
from mosaique.desk import remembered
from mosaique.desk.remembered import Memory
from tests.world.builder import World

TABLE = re.compile(r'(?:FROM|JOIN) "?([a-z]+)_[a-z]+')
# Acts of these rooms make everything again: whatever reads them is never out of date.
UNDERNEATH = {
    "access",
    "territory",
    "accounts",
    "spaces",
    "assistance",
    "journal",
    "files",
    "django",
    "kernel",
}


class Reading:
    """Part made → rooms whose tables its own queries read, those of the parts inside it apart; and what it says."""

    def __init__(self) -> None:
        self.read: dict[str, set[str]] = {}
        self.said: dict[str, set[str]] = {}
        self.making: list[str] = []

    def part(self, plain: Callable[..., Any]) -> Callable[..., Any]:
        def watched(
            memory: Memory, about: tuple[Any, ...], rooms: tuple[str, ...], make: Callable[[], Any]
        ) -> Any:
            name = str(about[0] if isinstance(about[0], str) else about[0][0])
            self.said.setdefault(name, set()).update(rooms)
            self.read.setdefault(name, set())

            def making() -> Any:
                self.making.append(name)
                try:
                    return make()
                finally:
                    self.making.pop()

            return plain(memory, about, rooms, making)

        return watched

    def query(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if self.making:
            self.read[self.making[-1]] |= set(TABLE.findall(sql))
        return execute(sql, params, many, context)

    def undeclared(self) -> dict[str, set[str]]:
        return {
            name: extra for name, read in self.read.items() if (extra := read - self.said[name] - UNDERNEATH)
        }


@pytest.mark.parametrize("slug", [persona.slug for persona in CAST])
def test_each_part_of_a_home_says_which_rooms_it_reads(
    world: World, sign_in: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch, slug: str
) -> None:
    Person.objects.update(is_operator=False)  # an administrator's home is not remembered
    reading = Reading()
    monkeypatch.setattr(Memory, "_part", reading.part(Memory._part))
    client = sign_in(slug)
    with connection.execute_wrapper(reading.query):
        assert client.get("/").status_code == 200
    assert {"home", "news"} <= set(reading.read) and reading.read["news"] >= {"journal"}
    assert reading.undeclared() == {}, "it would be shown out of date"


def test_a_part_that_forgets_a_room_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    reading = Reading()
    monkeypatch.setattr(Memory, "_part", reading.part(Memory._part))
    memory = Memory(remembered.state_of(world.company.territory.pk), "somebody")
    with connection.execute_wrapper(reading.query):
        memory.own(
            "forgetful",
            ("scheme",),
            lambda: connection.cursor().execute('SELECT 1 FROM "inventory_campaign"'),
        )
    assert reading.undeclared() == {"forgetful": {"inventory"}}
