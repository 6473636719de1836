"""Every page, in a world with thirty more of everything: the same number of queries. And which pages are lists is found by
looking: those that grow."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mosaique.desk import remembered
from mosaique.kernel import clock
from tests.architecture.test_models import ours
from tests.matrix import fuller
from tests.matrix.doors import Guarded, client_of
from tests.matrix.rows import ROWS
from tests.matrix.table import Row
from tests.world.builder import TODAY, World

pytestmark = pytest.mark.django_db  # the database is made for tests that say so

# Models of which there are never many, or that no page shows, each with its reason.
FEW = {
    "access.ReadMark": "a person's own reading",
    "accounts.ColumnChoices": "one per shape of file; read one at a time",
    "accounts.PersonalCode": "one per person; read one at a time",
    "accounts.SignInCode": "digests; never shown",
    "accounts.SecondStep": "one per person",
    "accounts.RecoveryCode": "ten per person; never shown",
    "accounts.Passkey": "a person's own few devices",
    "consultation.Adoption": "one vote per consultation",
    "consultation.Consultation": "one per version sent",
    "consultation.FinalSending": "after the vote: the world stops before it",
    "discussions.Draft": "one per person and place",
    "inventory.AppliedChange": "the answers given to who typed; never shown",
    "inventory.Campaign": "one at a time",
    "inventory.StatisticGround": "how a total was made; never shown",
    "journal.DayDigest": "a digest a day; never shown",
    "kernel.PeriodicRun": "memory of periodic work",
    "scheme.Chapter": "the outline is fixed",
    "scheme.Preparation": "one per set of formats",
    "scheme.Scheme": "one per mandate",
}
# Pages that cost more in a fuller world: how many queries, and why it is not one per row.
DEARER = {
    "scenario": (
        1,
        "the names of bodies that have a line without being a party: one query, whatever their number",
    ),
    "sheet": (1, "the names of the bodies that would be parties: one query, whatever their number"),
    "authority": (1, "the names of the bodies of its sheets: one query, whatever their number"),
    "releve_deliver": (1, "the sheets it was written in: one query, once there is one"),
}
# Pages that grow and are no list of their own: what grows in them is a choice, a sum, a document.
CHOICE, FORM = "a choice among the bodies or the sheets", "a form of one line per body or row"
NO_LIST = {
    "authority": "what concerns one body", "commune_data": "everything of one commune", "scenario": "one share per party",
    "draft": "a document of everything", "preparation": "its files, one per commune",
    "people_import": CHOICE, "people_import_columns": CHOICE,
    "person_add": CHOICE, "projector": CHOICE, "perimeter_announce": CHOICE, "perimeter_correct": CHOICE,
    "releve_deliver": CHOICE, "sheet_new": CHOICE, "scenario_perimeter": CHOICE,
    "open_consultation": CHOICE, "territory_prepared": CHOICE,
    "inventory_section": FORM, "scenario_key": FORM, "scenario_lines": FORM, "scenario_staff": FORM,
    "territory_data": "one contact per body", "territory_public": "one commune a name", "who_can_see": "one reader a name",
}  # fmt: skip
# A page that shows twenty rows more is longer than this.
GROWN = 2000


@dataclass(frozen=True)
class Seen:
    queries: int
    length: int  # of a page; a file is no list
    sql: tuple[str, ...]


def _pages() -> list[tuple[Row, str]]:
    """Each page as the first who gets it sees it, and as a mayor does."""
    return [
        (row, slug)
        for row in ROWS
        for slug in dict.fromkeys((row.looker, "maire"))
        if slug and row.expected[slug] == 200
    ]


def _look(client: Guarded, url: str) -> Seen:
    client.get(url)  # what is made once per process is made
    remembered.forget()
    with CaptureQueriesContext(connection) as asked:
        response = client.get(url)
    return Seen(
        len(asked),
        len(response.whole) if _is_page(response) else 0,
        tuple(one["sql"][:220] for one in asked.captured_queries),
    )


def _is_page(response: Any) -> bool:
    return str(response.headers["Content-Type"]).startswith("text/html")


@pytest.fixture(scope="module")
def both(built_world: World, django_db_blocker: Any) -> dict[str, Any]:
    """Each page before and after; how many rows of each kind were added."""
    with django_db_blocker.unblock(), clock.at(TODAY):
        point = transaction.savepoint()
        clients = {slug: client_of(built_world, slug) for _, slug in _pages()}
        urls = {row.name: reverse(row.name, kwargs=row.kwargs(built_world)) for row, _ in _pages()}
        before = {(row.name, slug): _look(clients[slug], urls[row.name]) for row, slug in _pages()}
        had = {model._meta.label: model._default_manager.count() for model in ours()}
        fuller.everything(built_world)
        added = {
            model._meta.label: model._default_manager.count() - had[model._meta.label] for model in ours()
        }
        after = {(row.name, slug): _look(clients[slug], urls[row.name]) for row, slug in _pages()}
        transaction.savepoint_rollback(point)
    return {"before": before, "after": after, "added": added}


def test_everything_is_fuller(both: dict[str, Any]) -> None:
    """A new kind of row must be thirty times there, or said to be few."""
    few = {label for label, added in both["added"].items() if added < fuller.COUNT}
    assert few - set(FEW) == set(), "add them to tests/matrix/fuller.py, or say why there are never many"
    assert set(FEW) - few == set(), "there are many of these now"


def test_every_page_costs_the_same_in_a_fuller_world(both: dict[str, Any]) -> None:
    more = {page: both["after"][page].queries - seen.queries for page, seen in both["before"].items()}
    wrong = [page for page, queries in more.items() if queries > DEARER.get(page[0], (0, ""))[0]]
    assert wrong == [], "\n".join(_new(both, page) for page in wrong)
    dearer = {name for (name, _), queries in more.items() if queries > 0}
    assert set(DEARER) - dearer == set(), "these cost the same now"


def _new(both: dict[str, Any], page: tuple[str, str]) -> str:
    known, added = both["before"][page].sql, list(both["after"][page].sql)
    count = len(added)
    for sql in known:
        if sql in added:
            added.remove(sql)
    return f"{page}: {len(known)} → {count}\n    " + "\n    ".join(added[:6])


def test_every_page_that_grows_is_counted_as_a_list(both: dict[str, Any]) -> None:
    grown = {
        name
        for (name, slug), seen in both["before"].items()
        if both["after"][name, slug].length - seen.length > GROWN
    }
    lists = {row.name for row in ROWS if row.many}
    assert grown - lists - set(NO_LIST) == set(), "give their rows a `many=`, or say why they are no list"
    assert set(NO_LIST) - grown == set(), "these do not grow"
    assert set(NO_LIST) & lists == set(), "these have their `many=`"
