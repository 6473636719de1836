"""The statistics door: nobody's figure can be found in a total, nor in the difference of two."""

from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mosaique.access.actor import ANONYMOUS
from mosaique.access.models import Scope
from mosaique.demo.people import Company
from mosaique.inventory import aggregates, services
from mosaique.inventory.aggregates import FEWEST, HEAVIEST, hides, may_publish, tells_apart
from mosaique.inventory.models import Campaign, Return, Row, SectionSheet, Statistic
from mosaique.inventory.services import sharing
from mosaique.kernel.service import service
from mosaique.territory.models import Authority, TerritoryMember

FIVE = {n: Decimal(10) for n in range(5)}


@pytest.mark.parametrize(
    ("parts", "allowed"),
    [
        (FIVE, True),
        ({n: Decimal(10) for n in range(4)}, False),
        ({**FIVE, 5: Decimal(200)}, True),
        ({**FIVE, 5: Decimal(201)}, False),
        ({n: Decimal(0) for n in range(6)}, False),
    ],
)
def test_at_least_five_communes_and_none_above_four_fifths(parts: dict[int, Decimal], allowed: bool) -> None:
    assert may_publish(parts) is allowed


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ({**FIVE, 5: Decimal(3)}, True),  # one more commune: the difference is its figure
        ({**FIVE, 0: Decimal(11)}, True),  # one commune corrected
        ({**FIVE, **{n: Decimal(10) for n in range(5, 9)}}, True),  # four more
        ({**FIVE, **{n: Decimal(10) for n in range(5, 10)}}, False),  # five more
        (
            {**FIVE, **{n: Decimal(1) for n in range(5, 9)}, 9: Decimal(90)},
            True,
        ),  # five more, one of which is nearly all
        (FIVE, False),
    ],
)
def test_a_difference_obeys_the_same_rule(new: dict[int, Decimal], told: bool) -> None:
    assert tells_apart(new, FIVE) is told


@pytest.mark.parametrize(
    ("count", "known", "shown"),
    [(5, set(), True), (5, {0, 1, 2, 3}, False), (9, {0, 1, 2, 3}, True), (5, {0, 1, 2, 3, 4}, True)],
)
def test_who_is_already_read_hides_nobody(count: int, known: set[int], shown: bool) -> None:
    assert hides({n: Decimal(10) for n in range(count)}, known) is shown


def test_a_difference_of_which_readers_know_a_part_is_told_apart() -> None:
    five_more = {**FIVE, **{n: Decimal(10) for n in range(5, 10)}}
    assert not tells_apart(five_more, FIVE)
    assert tells_apart(five_more, FIVE, {5})  # four unknown steps are left
    assert not tells_apart({**FIVE, 5: Decimal(3)}, FIVE, {5})  # anyone reads that one


@given(
    st.lists(
        st.dictionaries(st.integers(0, 12), st.integers(1, 400).map(Decimal), min_size=1, max_size=13),
        min_size=1,
        max_size=8,
    )
)
def test_whatever_the_sequence_two_published_totals_isolate_nobody(series: list[dict[int, Decimal]]) -> None:
    shown: list[dict[int, Decimal]] = []
    for parts in series:
        if may_publish(parts) and not any(tells_apart(parts, former) for former in shown):
            shown.append(parts)
    for one, other in combinations(shown, 2):
        moved = [abs(one.get(pk, Decimal(0)) - other.get(pk, Decimal(0))) for pk in one.keys() | other.keys()]
        moved = [step for step in moved if step]
        assert not moved or (len(moved) >= FEWEST and max(moved) <= sum(moved) * HEAVIEST)


@service
def give_all(*, actor: Any, campaign: Campaign, values: dict[int, str]) -> None:
    """Sheets of these communes given back with one post each (set without going through every mayor)."""
    for authority_id, etp in values.items():
        sheet = SectionSheet.objects.for_screen().get(
            inventory__campaign=campaign, inventory__authority_id=authority_id, section="staff"
        )
        Row.objects.filter(sheet=sheet).delete()
        Row.objects.create(sheet=sheet, client_id="n-1", position=1,
                           cells={"mission": {"v": "Accueil", "n": 1}, "etp_budget": {"v": etp, "n": 1}})  # fmt: skip
        sheet.state, sheet.sharing = "done", sheet.sharing or "team"
        sheet.scope = Scope.objects.obtain(
            territory=campaign.territory, visibility="team", authority=sheet.inventory.authority
        )
        sheet.save()
        aggregates.refresh(sheet)


@pytest.fixture
def wide(cast: Company) -> Campaign:
    """A territory of twelve communes."""
    for n in range(8):
        extra = Authority.objects.create(
            kind="commune", name=f"Commune {n}", siren=f"21810900{n}", insee_code=f"8190{n}", tncc="0"
        )
        TerritoryMember.objects.create(
            territory=cast.territory, authority=extra, tile_drawing=n, tile_hue="bv"
        )
    return services.open_campaign(
        actor=cast.actor("cheffe-de-projet"), territory=cast.territory, reference_date=date(2026, 1, 1),
        opens_on=date(2026, 11, 1), closes_on=date(2026, 12, 11), sections=["staff"],
    )  # fmt: skip


def test_totals_appear_at_five_communes_and_move_five_by_five(cast: Company, wide: Campaign) -> None:
    lead = cast.actor("cheffe-de-projet")
    ids = list(Return.objects.filter(campaign=wide).order_by("pk").values_list("authority_id", flat=True))
    give_all(actor=lead, campaign=wide, values=dict.fromkeys(ids[:4], "1.00"))
    assert aggregates.published(lead, wide) == []
    seen = []
    for rank in range(4, 12):
        give_all(actor=lead, campaign=wide, values={ids[rank]: "1.00"})
        seen.append({row.name: row.value for row in aggregates.published(lead, wide)}["etp_budget"])
    assert seen == [Decimal(5)] * 5 + [Decimal(10)] * 3
    give_all(
        actor=lead, campaign=wide, values={ids[0]: "9.00"}
    )  # one correction would be read in the difference
    assert {row.name: row.value for row in aggregates.published(lead, wide)}["etp_budget"] == Decimal(10)


def test_a_section_kept_for_the_town_hall_enters_no_total(cast: Company, wide: Campaign) -> None:
    lead = cast.actor("cheffe-de-projet")
    SectionSheet.objects.filter(inventory__campaign=wide).update(sharing="authority")
    ids = list(Return.objects.filter(campaign=wide).values_list("authority_id", flat=True))
    give_all(actor=lead, campaign=wide, values=dict.fromkeys(ids, "1.00"))
    assert not Statistic.objects.exists()


def test_totals_are_not_for_visitors(cast: Company, wide: Campaign) -> None:
    lead = cast.actor("cheffe-de-projet")
    ids = list(Return.objects.filter(campaign=wide).values_list("authority_id", flat=True))
    give_all(actor=lead, campaign=wide, values=dict.fromkeys(ids, "1.00"))
    assert aggregates.published(cast.actor("agent"), wide)
    assert aggregates.published(ANONYMOUS, wide) == []
    assert aggregates.published(cast.actor("partenaire"), wide) == []


def test_a_total_in_which_the_others_would_be_found_is_not_shown(cast: Company, wide: Campaign) -> None:
    lead, reader = cast.actor("cheffe-de-projet"), cast.actor("agent")
    sheets = SectionSheet.objects.for_screen().filter(inventory__campaign=wide, section="staff")
    ids = list(sheets.order_by("pk").values_list("inventory__authority_id", flat=True))
    sheets.filter(inventory__authority_id=ids[0]).update(sharing="circle")
    give_all(actor=lead, campaign=wide, values=dict.fromkeys(ids[:5], "1.00"))
    assert aggregates.published(reader, wide) == []  # four hidden ones only
    give_all(actor=lead, campaign=wide, values={ids[5]: "1.00"})
    assert [(row.name, row.communes) for row in aggregates.published(reader, wide)][:1] == [("etp_budget", 6)]
    # One more opens its section: four hidden ones are left, and the total goes back to the team.
    opened = sheets.get(inventory__authority_id=ids[1])
    move_for_test(actor=lead, sheet=opened)
    assert aggregates.published(reader, wide) == []
    assert aggregates.published(lead, wide) != []


@service
def move_for_test(*, actor: Any, sheet: SectionSheet) -> None:
    sharing.move(actor, sheet, "circle")
