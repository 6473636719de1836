"""The prepared reading of one object is the reading rule: same object, same absence, for everyone and every circle."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mosaique.access import scoped
from mosaique.access.actor import ANONYMOUS, Actor
from mosaique.access.models import Scope, Space, Visibility
from mosaique.access.themes import mask
from mosaique.demo.cast import CAST
from mosaique.demo.people import Company
from mosaique.discussions.models import Thread
from mosaique.kernel import clock


@pytest.fixture
def threads(cast: Company) -> list[Thread]:
    """One per circle, owner, space and field of competence."""
    owners = [cast.commune_a, cast.commune_b, cast.territory.epci]
    made = []
    for visibility in Visibility.values:
        for owner in owners:
            for space in cast.spaces.values():
                for themes in (0, mask("technique")):
                    scope = Scope.objects.obtain(
                        territory=cast.territory, visibility=visibility, authority=owner, space=space, themes=themes
                    )  # fmt: skip
                    made.append(
                        Thread(scope=scope, space=space, title=scope.key, author=cast.people["maire"],
                               created_at=clock.now(), last_post_at=clock.now())
                    )  # fmt: skip
    return list(Thread.objects.bulk_create(made))


def everyone(cast: Company) -> list[Actor]:
    return [*(cast.actor(persona.slug) for persona in CAST), ANONYMOUS]


def test_the_same_threads_as_the_rule_for_everyone(cast: Company, threads: list[Thread]) -> None:
    scoped._one.cache_clear()
    total = 0
    for actor in everyone(cast):
        visible = set(Thread.objects.visible_to(actor).values_list("pk", flat=True))
        read = {
            row.pk for row in threads if (found := Thread.objects.read_by(actor, row.pk)) and found == row
        }
        assert read == visible, actor.name
        total += len(read)
    # One prepared query serves several people: it is the values, not the query, that say who reads.
    assert 0 < scoped._one.cache_info().misses < len(CAST) and total > len(threads)


def test_a_space_is_found_by_the_rule_and_by_its_members(cast: Company) -> None:
    for actor in everyone(cast):
        visible = set(Space.objects.visible_to(actor))
        assert {s for s in cast.spaces.values() if Space.objects.read_by(actor, s.pk)} == visible


def test_it_is_one_query_and_brings_what_the_screen_reads(cast: Company, threads: list[Thread]) -> None:
    actor = cast.actor("cheffe-de-projet")
    row = Thread.objects.visible_to(actor).order_by("pk")[0]
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            found = Thread.objects.read_by(actor, row.pk)
            assert found is not None and found.space.name and not hasattr(found, "releve")
        assert len(captured) == 1


@pytest.mark.parametrize("pk", [0, -1, 2**31, 2**63 - 1, 2**63, 10**40])
def test_a_key_out_of_reach_is_absent(
    cast: Company, threads: list[Thread], client_for: Callable[[str | None], Client], pk: int
) -> None:
    assert Thread.objects.read_by(cast.actor("cheffe-de-projet"), pk) is None
    if pk >= 0:
        assert client_for("cheffe-de-projet").get(reverse("thread", args=[pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 9])
def test_lists_of_the_rule_have_few_lengths(count: int) -> None:
    params: list[int] = []
    text = scoped._in(tuple(range(1, count + 1)), params)
    assert text.count("%s") == len(params) in (1, 2, 4, 8, 16) and set(params) == set(range(1, count + 1))


def test_a_list_composed_once_gives_each_reader_what_the_rule_gives(
    cast: Company, threads: list[Thread]
) -> None:
    space = cast.spaces["urbanisme"]
    listed = scoped.Readable(
        lambda: Thread, lambda rows, space: rows.filter(space_id=space).values_list("pk")
    )
    total = 0
    for actor in everyone(cast):
        with CaptureQueriesContext(connection) as captured:
            found = {pk for (pk,) in listed.rows(actor, space.pk)}
        assert len(captured) == 1
        assert found == set(Thread.objects.visible_to(actor).filter(space=space).values_list("pk", flat=True))
        total += len(found)
    assert total > len(threads) / len(cast.spaces)


def test_a_model_that_adds_to_the_rule_has_no_list_composed_once(cast: Company) -> None:
    with pytest.raises(TypeError, match="adds to the rule"):
        scoped.Readable(lambda: Space, lambda rows: rows.values_list("pk")).rows(cast.actor("maire"))
