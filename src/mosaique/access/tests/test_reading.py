"""The reading rule: the whole grid of visibility × persona, and its reverse."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mosaique.access.actor import ANONYMOUS
from mosaique.access.models import AccessCard, Scope, Space, Visibility
from mosaique.access.readers import circle_label, readers
from mosaique.access.scoped import reads
from mosaique.access.tests.rule import in_sql
from mosaique.access.themes import mask
from mosaique.demo.cast import CAST
from mosaique.demo.people import Company
from mosaique.kernel import clock

# Who reads what is owned by commune A, circle by circle. Written by hand from product.md's promises.
EXPECTED = {
    Visibility.AUTHORITY: {"maire", "secretaire"},
    Visibility.TEAM: {"maire", "secretaire", "cheffe-de-projet", "dgs"},
    Visibility.CIRCLE: {
        "maire",
        "secretaire",
        "maire-b",
        "secretaire-b",
        "cheffe-de-projet",
        "dgs",
        "presidente",
    },
    Visibility.TERRITORY: {p.slug for p in CAST} - {"partenaire"},
    Visibility.PUBLIC: {p.slug for p in CAST} | {None},
    Visibility.SPACE: {"animateur", "partenaire", "dgs"},
}


def scope(cast: Company, visibility: str, themes: int = 0) -> Scope:
    return Scope.objects.obtain(
        territory=cast.territory, visibility=visibility, authority=cast.commune_a,
        space=cast.spaces["urbanisme"] if visibility == Visibility.SPACE else None, themes=themes,
    )  # fmt: skip


@pytest.mark.parametrize("visibility", Visibility.values)
def test_each_circle_is_read_by_its_people_and_nobody_else(cast: Company, visibility: str) -> None:
    row = scope(cast, visibility)
    actors = {p.slug: cast.actor(p.slug) for p in CAST} | {None: ANONYMOUS}
    seen = {slug for slug, actor in actors.items() if in_sql(actor, row)}
    assert seen == EXPECTED[Visibility(visibility)]


@pytest.mark.parametrize("visibility", Visibility.values)
def test_who_can_see_this_agrees_with_the_rule(cast: Company, visibility: str) -> None:
    names = {reader.person.pk for reader in readers(scope(cast, visibility))}
    expected = {cast.people[slug].pk for slug in EXPECTED[Visibility(visibility)] if slug}
    assert names == expected


def test_cards_of_many_past_their_date_are_computed_together(cast: Company) -> None:
    row = scope(cast, Visibility.TERRITORY)
    with CaptureQueriesContext(connection) as kept:
        names = [reader.person.pk for reader in readers(row)]
    AccessCard.objects.update(good_until=clock.today())
    with CaptureQueriesContext(connection) as past:
        assert [reader.person.pk for reader in readers(row)] == names
    assert len(names) > 4 and len(past) - len(kept) <= 5


def test_a_theme_narrows_a_circle_to_the_field_of_competence(cast: Company) -> None:
    row = scope(cast, Visibility.TERRITORY, mask("technique"))
    assert in_sql(cast.actor("agent"), row)
    assert not in_sql(cast.actor("animateur"), row)
    assert in_sql(cast.actor("maire"), row)


def test_a_mayor_follows_into_the_steering_committee(cast: Company) -> None:
    assert cast.actor("maire").in_space(cast.spaces["copil"].pk)
    assert not cast.actor("agent").in_space(cast.spaces["copil"].pk)


def test_nothing_is_public_while_a_territory_is_in_preparation(
    cast: Company, client_for: Callable[[str | None], Client]
) -> None:
    row = scope(cast, Visibility.PUBLIC)
    cast.territory.state = "prepared"
    cast.territory.save()
    assert not in_sql(ANONYMOUS, row)
    assert in_sql(cast.actor("agent"), row)


@given(
    visibility=st.sampled_from(Visibility.values),
    owner=st.sampled_from(["a", "b", "epci"]),
    space=st.sampled_from(["copil", "urbanisme", "voirie"]),
    bits=st.integers(min_value=0, max_value=(1 << 15) - 1),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
def test_the_rule_in_python_and_the_rule_in_sql_agree(
    cast: Company, visibility: str, owner: str, space: str, bits: int
) -> None:
    owners = {"a": cast.commune_a, "b": cast.commune_b, "epci": cast.territory.epci}
    row = Scope.objects.obtain(
        territory=cast.territory,
        visibility=visibility,
        authority=owners[owner],
        space=cast.spaces[space],
        themes=bits,
    )
    for persona in CAST:
        actor = cast.actor(persona.slug)
        assert reads(actor, row) == in_sql(actor, row), persona.slug
    assert reads(ANONYMOUS, row) == in_sql(ANONYMOUS, row)


def test_no_actor_reads_nothing(cast: Company) -> None:
    assert not Space.objects.visible_to(None).exists()
    assert Space.objects.visible_to(cast.actor("maire")).exists()


def test_the_circle_of_a_town_hall_is_named_as_one_says_it(cast: Company) -> None:
    commune = cast.commune_a
    commune.name, commune.tncc = "Le Fousseret", "2"
    told = circle_label(Scope(visibility=Visibility.AUTHORITY, owner_authority=commune))
    assert told == "Les élus et la direction du Fousseret"
