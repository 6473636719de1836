"""Runs the matrix: who gets what, in which states, at what cost."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mosaique.access.models import Space
from mosaique.costing.models import Scenario
from mosaique.desk import remembered
from mosaique.discussions.models import Thread
from mosaique.inventory.models import Campaign
from mosaique.kernel.testing.guards import no_writes
from mosaique.scheme.models import ActionSheet, Axis
from tests.architecture.addresses import Address, addresses
from tests.matrix.doors import Guarded, client_of
from tests.matrix.rows import ROWS
from tests.matrix.table import COLUMNS, STATES, Row, State
from tests.world import words
from tests.world.builder import World

BY_NAME = {row.name: row for row in ROWS}
# The demonstration has its own tests: its addresses exist only where MOSAIQUE_DEMO is set.
APART = {"demo"}
# What closes: a screen that changes such an object must say what it shows once closed.
CLOSABLE = (ActionSheet, Axis, Scenario, Campaign)
# These are « the scheme of my territory »: no key, and nothing for who takes part in none.
WITHOUT_KEY = {
    "perimeter",
    "perimeter_announce",
    "sheet_new",
    "scheme_missing",
    "scheme_look",
    "scheme_look_page",
    "chapter",
    "draft",
    "draft_file",
    "draft_page",
    "freeze",
    "calendar",
    "criteria",
    "criterion",
    "parties",
    "party_add",
}
# How an address names its object, and a name that nothing bears.
NOBODYS: dict[str, Any] = {"pk": 987654321, "code": "99999"}
OTHER_STATES = [(row.name, name) for row in ROWS for name in row.states]


def _screens() -> list[Address]:
    return [address for address in addresses() if address.room not in APART]


@pytest.fixture(scope="module")
def clients(built_world: World, django_db_blocker: Any) -> dict[str, Guarded]:
    with django_db_blocker.unblock():
        return {slug: client_of(built_world, slug) for slug in COLUMNS}


def test_every_address_has_its_row_and_every_row_its_address() -> None:
    names = {address.name for address in _screens()}
    assert names - set(BY_NAME) == set(), "add their rows to the table of their room"
    assert set(BY_NAME) - names == set(), "no such address any more"
    assert len(ROWS) == len(BY_NAME), "one row per address"


def test_the_columns_are_the_whole_cast() -> None:
    assert set(COLUMNS) == set(words.EVERYONE)


@pytest.mark.parametrize("address", _screens(), ids=lambda address: address.name)
def test_states_that_a_screen_cannot_do_without(address: Address) -> None:
    row, info = BY_NAME[address.name], address.view.screen_info
    assert set(row.states) <= set(STATES) - {"normal"}, "« normal » is the row itself"
    if set(info.methods) == {"GET", "POST"}:
        assert ("error" in row.states) != bool(row.why_no_error), (
            "a form that is wrongly filled, or why it cannot be"
        )
    if row.many is not None:
        assert "too_much" in row.states, "a list that may be long"
    if "POST" in info.methods and "GET" in info.methods and info.model in CLOSABLE:
        assert "frozen" in row.states, "what is shown once this is closed"
    for state in row.states.values():
        assert state.as_ in COLUMNS
        assert (
            state.build or state.post is not None or state.query or state.as_ != row.looker or state.says
        ), "a state without a builder is the normal one"


def test_the_closable_kinds_are_those_of_the_product() -> None:
    assert {Space, Thread}.isdisjoint(CLOSABLE), "their closing is told by their own rows"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_who_gets_what(row: Row, world: World, clients: dict[str, Guarded]) -> None:
    url = reverse(row.name, kwargs=row.kwargs(world))
    found = {slug: clients[slug].get(url).status_code for slug in COLUMNS}
    assert found == row.expected


@pytest.mark.parametrize(
    "row", [row for row in ROWS if set(row.expected.values()) == {405}], ids=lambda row: row.name
)
def test_what_takes_a_post_does_not_take_a_head(row: Row, world: World, clients: dict[str, Guarded]) -> None:
    """CSRF lets HEAD through: answered like a POST, a mere link checker would vote or send."""
    url = reverse(row.name, kwargs=row.kwargs(world))
    with no_writes():
        assert {clients[slug].head(url).status_code for slug in COLUMNS} == {405}


@pytest.mark.parametrize(("name", "state_name"), OTHER_STATES, ids=lambda value: value)
def test_other_states(name: str, state_name: str, world: World, clients: dict[str, Guarded]) -> None:
    row = BY_NAME[name]
    state: State = row.states[state_name]
    if state.build:
        state.build(world)
    url = reverse(row.name, kwargs=row.kwargs(world)) + (f"?{state.query}" if state.query else "")
    client = clients[state.as_]
    response = client.get(url) if state.post is None else client.post(url, state.post)
    assert response.status_code == state.status
    if state.says:
        assert state.says in response.whole.decode()


@pytest.mark.parametrize("row", [row for row in ROWS if row.many], ids=lambda row: row.name)
def test_a_list_costs_the_same_with_thirty_rows_more(
    row: Row, world: World, clients: dict[str, Guarded]
) -> None:
    assert row.many
    slug = row.states["too_much"].as_
    url = reverse(row.name, kwargs=row.kwargs(world))
    clients[slug].get(url)  # what is made once per process (content types, templates) is made
    remembered.forget()  # and what a process keeps of a home is made again: it is the making that is counted
    with CaptureQueriesContext(connection) as few:
        clients[slug].get(url)
    row.many(world)
    remembered.forget()
    with CaptureQueriesContext(connection) as many:
        clients[slug].get(url)
    assert len(many) == len(few), "\n".join(query["sql"][:160] for query in many.captured_queries)


@pytest.mark.parametrize(
    "row", [row for row in ROWS if 404 in row.expected.values()], ids=lambda row: row.name
)
def test_absent_and_forbidden_look_the_same(row: Row, world: World, clients: dict[str, Guarded]) -> None:
    """Whoever may not see an object gets, for one that does not exist, the very same answer."""
    kwargs = row.kwargs(world)
    key = next((key for key in NOBODYS if key in kwargs), "")
    assert key or row.name in WITHOUT_KEY
    if not key:
        return
    here, nowhere = reverse(row.name, kwargs=kwargs), reverse(row.name, kwargs={**kwargs, key: NOBODYS[key]})
    for slug, status in row.expected.items():
        if status == 404 or (status == 302 and slug == words.VISITOR):
            assert clients[slug].get(nowhere).status_code == status, slug
            forbidden, absent = clients[slug].get(here), clients[slug].get(nowhere)
            assert _bare(forbidden, here) == _bare(absent, nowhere), slug


def _bare(response: Any, url: str) -> str:
    """The answer without what every page has of its own: its address and its tokens."""
    text: str = response.whole.decode() + str(sorted(response.headers.items()))
    text = text.replace(url, "").replace(url.replace("/", "%2F"), "")
    return "".join(line for line in text.splitlines() if "csrf" not in line.lower())
