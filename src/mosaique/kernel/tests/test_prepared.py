"""A prepared query answers what its queryset answers, on the database at hand, without composing it again."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mosaique.access.models import AccessCard, Mandate, Person, Space
from mosaique.demo.people import Company
from mosaique.kernel.prepared import Prepared
from mosaique.territory.models import TerritoryMember

anything = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None
)


def _people(first: Any, last: Any) -> QuerySet[Any, Any]:
    """Moments, dates, JSON, booleans, what is missing, a subquery, a count: every kind of conversion."""
    hues = TerritoryMember.objects.filter(authority_id=OuterRef("mandates__authority_id")).values("tile_hue")
    return (
        Person.objects.filter(pk__gte=first, pk__lte=last)
        .annotate(hue=Subquery(hues[:1]), held=Count("mandates"))
        .order_by("pk", "mandates__pk")
        .values_list(
            "pk", "given_name", "created_at", "erased_at", "is_operator", "card__data", "card__good_until",
            "mandates__starts_on", "hue", "held",
        )
    )  # fmt: skip


def _mandates(title: Any, after: Any) -> QuerySet[Mandate]:
    return (
        Mandate.objects.filter(title=title, pk__gt=after)
        .select_related("person__card", "authority", "territory__epci", "substitute_of__person")
        .order_by("-pk")
    )


def _state(row: Any, depth: int = 3) -> dict[str, Any]:
    """Every value of an object and of those it brings along."""
    found = {key: value for key, value in vars(row).items() if key != "_state"}
    if depth:  # a one-to-one row knows the way back
        for name, one in row._state.fields_cache.items():
            found[f"{name} brought"] = one and _state(one, depth - 1)
    return found


PEOPLE, MANDATES = Prepared(_people), Prepared(_mandates)


@given(first=st.integers(-5, 60), width=st.integers(0, 30))
@anything
def test_rows_are_those_of_the_queryset(cast: Company, first: int, width: int) -> None:
    low = min(Person.objects.values_list("pk", flat=True)) + first
    assert PEOPLE.rows(low, low + width) == list(_people(low, low + width))


@given(position=st.integers(0, 20), back=st.integers(0, 3))
@anything
def test_objects_are_those_of_the_queryset_with_what_they_bring(
    cast: Company, position: int, back: int
) -> None:
    titles = sorted(
        {*Mandate.objects.values_list("title", flat=True), "Titre que personne ne porte", "l’'\"%s"}
    )
    title = titles[position % len(titles)]
    lowest = min(Mandate.objects.values_list("pk", flat=True)) - back
    plain = list(_mandates(title, lowest))
    made = MANDATES.objects(title, lowest)
    assert made == plain and [_state(row) for row in made] == [_state(row) for row in plain]
    with CaptureQueriesContext(connection) as captured:
        for row in made:
            assert row.authority.name and row.territory.epci.name and row.person.card.data
            assert row.substitute_of is None and not row._state.adding and row._state.db == "default"
    assert len(captured) == 0


def test_it_is_composed_once_and_costs_one_query_a_time(cast: Company) -> None:
    built = []

    def spaces(key: Any) -> QuerySet[Any, Any]:
        built.append(key)
        return Space.objects.filter(pk=key).values_list("name")

    names = Prepared(spaces)
    with CaptureQueriesContext(connection) as captured:
        for space in cast.spaces.values():
            assert names.row(space.pk) == (space.name,)
        assert names.row(0) is None
    assert len(built) == 1 and len(captured) == len(cast.spaces) + 1


def test_it_keeps_no_row(cast: Company) -> None:
    person = cast.people["maire"]
    card = Prepared(lambda key: AccessCard.objects.filter(person_id=key).values_list("data"))
    before = card.row(person.pk)
    AccessCard.objects.filter(person=person).update(data={"spaces": {}})
    assert before != card.row(person.pk) == ({"spaces": {}},)
    AccessCard.objects.filter(person=person).delete()
    assert card.row(person.pk) is None


@pytest.mark.parametrize("values", [(), (1,), (1, 2, 3), (1, None), (1, [2]), (1, 2.5)])
def test_values_are_integers_and_texts_as_many_as_expected(cast: Company, values: tuple[Any, ...]) -> None:
    with pytest.raises(TypeError):
        PEOPLE.rows(*values)


def test_rows_and_objects_are_not_taken_for_each_other(cast: Company) -> None:
    with pytest.raises(TypeError, match="gives rows"):
        PEOPLE.objects(1, 2)
    with pytest.raises(TypeError, match="gives objects"):
        MANDATES.rows("Maire", 1)
