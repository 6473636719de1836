"""A home is composed once, then shown again as long as nothing has happened: never stale, never another's."""

import ast
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mosaique.access import cards
from mosaique.access.models import Mandate
from mosaique.demo.people import Company
from mosaique.desk import remembered
from mosaique.desk.remembered import CONTENT, WRITES_IN, Memory, State
from mosaique.desk.tests.test_home import plain
from mosaique.discussions import services as discussions
from mosaique.discussions.models import Thread
from mosaique.discussions.registry import POST_WRITTEN
from mosaique.inventory import services as inventory
from mosaique.inventory.models import SectionSheet
from mosaique.inventory.registry import ROWS_ENTERED
from mosaique.journal.models import Line
from mosaique.journal.verbs import Verb
from mosaique.kernel import clock, ref
from mosaique.scheme import services as scheme
from mosaique.scheme.models import ActionSheet
from mosaique.scheme.registry import SHEET_EDITED
from mosaique.spaces.registry import SPACE_CREATED
from mosaique.territory.models import Authority, Territory

For = Callable[[str | None], Client]
DAY = date(2026, 11, 26)


def cost(client: Client) -> int:
    with CaptureQueriesContext(connection) as found:
        client.get("/")
    return len(found)


@pytest.mark.parametrize("slug", ["cheffe-de-projet", "maire", "secretaire", "agent", "partenaire"])
def test_a_home_where_nothing_has_happened_costs_four_queries(
    cast: Company, client_for: For, slug: str
) -> None:
    cast.people["cheffe-de-projet"].is_operator = False
    cast.people["cheffe-de-projet"].save()
    client = client_for(slug)
    client.get("/")
    client.get("/")  # the first visit left its mark, which is part of what is known
    assert cost(client) == 4


def test_what_another_person_does_is_seen_at_the_next_visit(cast: Company, client_for: For) -> None:
    client = client_for("maire")
    client.get("/")
    assert "Rendre l’inventaire" not in plain(client.get("/"))
    inventory.open_campaign(
        actor=cast.actor("cheffe-de-projet"), territory=cast.territory, reference_date=DAY, opens_on=DAY,
        closes_on=DAY + timedelta(30), sections=["staff"],
    )  # fmt: skip
    assert "Rendre l’inventaire" in plain(client.get("/"))


def test_what_comes_through_a_link_is_seen_whatever_the_sitting(cast: Company, client_for: For) -> None:
    """Cells typed in one sitting leave one line; what begins or ends to wait for the town hall leaves its own."""
    inventory.open_campaign(
        actor=cast.actor("cheffe-de-projet"), territory=cast.territory, reference_date=DAY, opens_on=DAY,
        closes_on=DAY + timedelta(30), sections=["staff"],
    )  # fmt: skip
    sheet = SectionSheet.objects.for_screen().get(inventory__authority=cast.commune_a, section="staff")
    hall, client = cast.actor("secretaire"), client_for("secretaire")
    link, _ = inventory.confide(
        actor=hall, sheet=sheet, name="Camille Exemple", until=DAY + timedelta(9), address="https://mosaique.example/confie/"
    )  # fmt: skip

    def send(*changes: dict[str, Any]) -> None:
        inventory.apply_changes(actor=link.actor, sheet=sheet, changes=changes)

    def waits() -> bool:
        return "Confirmer ce qui est saisi pour vous" in plain(client.get("/"))

    assert not waits()
    send({"id": "g-1", "op": "add", "row": "n-1"})
    assert waits()
    inventory.confirm_entries(actor=hall, sheet=sheet)
    assert not waits()
    send({"id": "g-2", "op": "add", "row": "n-2"})
    assert waits()
    lines = Line.objects.count()
    send({"id": "g-3", "op": "set", "row": "n-2", "col": "mission", "value": "Voirie", "seen": 0})
    assert Line.objects.count() == lines  # one more cell of what waits already
    send({"id": "g-4", "op": "remove", "row": "n-2"})
    assert not waits()


def test_a_date_set_on_the_territory_is_seen_at_the_next_visit(cast: Company, client_for: For) -> None:
    client = client_for("maire")
    for _ in range(2):
        assert "Date visée" not in plain(client.get("/"))
    client_for("presidente").post("/calendrier/", {"day": "2027-12-14"})
    assert "Date visée" in plain(client.get("/"))


def test_another_day_another_home(cast: Company, client_for: For) -> None:
    client = client_for("maire")
    cast.territory.adoption_target = DAY + timedelta(10)
    cast.territory.save()
    for _ in range(2):
        assert "est passée" not in plain(client.get("/"))
    with clock.at(DAY + timedelta(11)):
        assert "est passée" in plain(client.get("/"))


def test_nobody_gets_what_was_composed_for_another(cast: Company, client_for: For) -> None:
    """Two people of one hall, then one person with less than before."""
    names = {}
    for slug in ("maire", "secretaire", "maire-b"):
        client = client_for(slug)
        names[slug] = [plain(client.get("/")) for _ in range(2)][1]
    assert len(set(names.values())) == 3
    assert all(f"Bonjour {cast.people[slug].given_name}" in text for slug, text in names.items())
    client = client_for("maire")
    assert "Saint-Cirgue" in plain(client.get("/")) or client.get("/")
    Mandate.objects.filter(person=cast.people["maire"]).update(ends_on=DAY)
    cards.rewrite([cast.people["maire"]])
    assert "aucun mandat n’est encore à votre nom" in plain(client.get("/"))


def test_a_process_keeps_a_bounded_number(cast: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST", 3)
    memory = Memory(State(1, (), dict.fromkeys(("", *CONTENT), 1)), "somebody")
    made = [memory.common(("about", n), (), partial(int, n)) for n in range(10)]
    assert made == list(range(10)) and len(remembered._kept) == 3
    assert memory.common(("about", 9), (), lambda: -1) == 9, "the latest are kept"
    assert memory.common(("about", 9), ("scheme",), lambda: -1) == -1, "what it reads is part of what it is"
    assert Memory().common(("about", 9), (), lambda: -1) == -1, "a page that knows no state computes"


# --- After an act, only what it may have changed is made again -------------------------------------------------------


@dataclass(frozen=True)
class Lively:
    """A territory where something is under way in each room, and another one."""

    thread: Thread
    section: SectionSheet
    sheet: ActionSheet
    elsewhere: Territory


@pytest.fixture
def lively(cast: Company) -> Lively:
    lead = cast.actor("cheffe-de-projet")
    thread = discussions.open_thread(
        actor=lead, space=cast.spaces["urbanisme"], title="Quel registre ?", open_to_what="tout", who_decides="le groupe",
        outcome_promise="un relevé", body="Qui tient le registre ?", client_token="vif",
    )  # fmt: skip
    inventory.open_campaign(
        actor=lead, territory=cast.territory, reference_date=DAY, opens_on=DAY, closes_on=DAY + timedelta(30), sections=["staff"],
    )  # fmt: skip
    plan = scheme.open_scheme(actor=lead, territory=cast.territory, starts_year=2026)
    axis = scheme.add_axis(actor=lead, scheme=plan, title="Axe")
    sheet = scheme.create_sheet(actor=lead, scheme=plan, axis=axis, title="Instruction commune")
    other = Authority.objects.create(kind="epci", name="CC d’ailleurs", siren="200034064", department="81")
    elsewhere = Territory.objects.create(epci=other, slug="ailleurs", state="open", created_at=clock.now())
    return Lively(thread, SectionSheet.objects.get(inventory__authority=cast.commune_a), sheet, elsewhere)


def act(cast: Company, verb: Verb, obj: Any) -> None:
    """The line an act leaves, by somebody whose home is not looked at."""
    lead = cast.actor("cheffe-de-projet")
    assert lead.mandate is not None
    Line.objects.create(
        at=clock.now(), verb=verb.code, person_id=lead.person_id, mandate_id=lead.mandate.id, scope=obj.scope,
        territory_id=obj.scope.territory_id, kind=ref.kind_of(obj), ref_id=obj.pk,
    )  # fmt: skip


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Parts made since it was last emptied."""
    found: set[str] = set()
    plain_part = Memory._part

    def part(self: Memory, about: tuple[Any, ...], rooms: tuple[str, ...], make: Callable[[], Any]) -> Any:
        def making() -> Any:
            found.add(str(about[0] if isinstance(about[0], str) else about[0][0]))
            return make()

        return plain_part(self, about, rooms, making)

    monkeypatch.setattr(Memory, "_part", part)
    return found


def test_after_a_message_or_a_line_of_an_inventory_a_home_costs_ten_queries_at_most(
    cast: Company, client_for: For, lively: Lively
) -> None:
    for slug, most in (("dgs", 10), ("maire", 10), ("secretaire", 10), ("agent", 10)):
        client = client_for(slug)
        for _ in range(2):
            client.get("/")
        for verb, obj in ((POST_WRITTEN, lively.thread), (ROWS_ENTERED, lively.section)):
            act(cast, verb, obj)
            assert 4 < cost(client) <= most, (slug, verb.code)


def test_what_a_piece_is_made_of_says_whether_it_is_written_again(
    cast: Company, client_for: For, lively: Lively
) -> None:
    client = client_for("maire")
    for _ in range(2):
        client.get("/")

    def written() -> set[str]:
        names = {
            str(one.name).removeprefix("desk/home_").removesuffix(".html")
            for one in client.get("/").templates
        }
        return names & {"body", "ours", "laid", "todos", "steps"}

    act(cast, POST_WRITTEN, lively.thread)
    assert written() == {"body"}
    client_for("cheffe-de-projet").post("/calendrier/", {"day": "2027-12-14"})
    assert "steps" in written() and "14 décembre 2027" in plain(client.get("/"))


def test_an_act_makes_again_what_reads_its_room_and_nothing_else(
    cast: Company, client_for: For, lively: Lively, made: set[str]
) -> None:
    client = client_for("maire")
    for _ in range(2):
        client.get("/")

    def after(verb: Verb, obj: Any) -> set[str]:
        made.clear()
        act(cast, verb, obj)
        client.get("/")
        return {name for name in made if not name.startswith("news ")}

    assert after(POST_WRITTEN, lively.thread) == {"home", "news", "cited", "threads"}
    assert after(ROWS_ENTERED, lively.section) == {"home", "news", "campaign", "laid", "collect", "board"}
    assert {"positions", "ours", "statuses", "version", "councils"} <= after(SHEET_EDITED, lively.sheet)
    assert {"threads", "collect", "positions"} <= after(SPACE_CREATED, lively.thread.space)


def test_a_line_that_ends_after_a_later_one_is_not_missed(cast: Company, lively: Lively) -> None:
    """Two writers at once: the number taken first may be seen last."""
    pk = cast.territory.pk
    act(cast, POST_WRITTEN, lively.thread)
    late = Line.objects.order_by("-pk")[0]
    act(cast, POST_WRITTEN, lively.thread)
    with connection.cursor() as cursor:  # not ended yet: nobody sees it
        cursor.execute(
            "UPDATE journal_line SET territory_id = %s WHERE id = %s", [lively.elsewhere.pk, late.pk]
        )
    before = remembered.state_of(pk)
    assert before == remembered.state_of(pk) and before is not None
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_line SET territory_id = %s WHERE id = %s", [pk, late.pk])
    after = remembered.state_of(pk)
    assert after is not None and after.of(("discussions",)) != before.of(("discussions",))
    assert after.of(("scheme",)) == before.of(("scheme",))


def test_more_than_is_read_at_once_makes_everything_again(cast: Company, lively: Lively) -> None:
    before = remembered.state_of(cast.territory.pk)
    for _ in range(remembered.WINDOW + 1):
        act(cast, POST_WRITTEN, lively.thread)
    after = remembered.state_of(cast.territory.pk)
    assert before is not None and after is not None
    assert all(after.acts[room] != before.acts[room] for room in ("", *CONTENT))


@pytest.mark.parametrize("zone", ["Europe/Paris", "Indian/Reunion", "America/Martinique"])
def test_nothing_kept_is_older_than_five_minutes_nor_than_the_day_of_its_territory(zone: str) -> None:
    memory = Memory(State(1, (), dict.fromkeys(("", *CONTENT), 1)), zone)
    midnight = datetime(2026, 11, 27, tzinfo=ZoneInfo(zone))
    for n, (moment, seen) in enumerate([
        (midnight - timedelta(seconds=20), 0), (midnight - timedelta(seconds=1), 0), (midnight, 2),
        (midnight + timedelta(seconds=remembered.OLDEST - 1), 2), (midnight + timedelta(seconds=remembered.OLDEST), 4),
    ]):  # fmt: skip
        with clock.at(moment):
            assert memory.own("part", (), partial(int, n)) == seen


def test_rooms_write_where_the_memory_believes_they_do() -> None:
    """Read on the imports: a room that takes another's verbs may write there."""
    found: dict[str, set[str]] = {room: set() for room in CONTENT}
    root = Path(settings.ROOT) / "src" / "mosaique"
    for room in CONTENT:
        for path in (root / room).rglob("*.py"):
            if {"tests", "migrations"} & set(path.parts):
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.ImportFrom) and (module := node.module or "").startswith("mosaique."):
                    taken = {module, *(f"{module}.{name.name}" for name in node.names)}
                    found[room] |= {
                        parts[1] for one in taken
                        if len(parts := one.split(".")) > 2 and parts[1] in CONTENT and parts[1] != room and parts[2] in WRITERS
                    }  # fmt: skip
    assert found == {
        room: set(others) - ({"costing"} if room == "consultation" else set())
        for room, others in WRITES_IN.items()
    }
    assert set(WRITES_IN["scheme"]) <= set(WRITES_IN["consultation"]), (
        "what one writes in may itself write elsewhere"
    )


WRITERS = {"services", "freezing"}
