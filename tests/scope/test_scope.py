"""The reading rule, on every kind of content: each visibility × each reader, whatever the room."""

from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from mosaique.access import themes
from mosaique.access.models import Scope, Space, Visibility
from mosaique.access.readers import readers
from mosaique.access.scoped import reads
from mosaique.access.tests.rule import in_sql
from mosaique.kernel import clock, ref
from tests.architecture.test_models import scoped
from tests.world import words
from tests.world.builder import World
from tests.world.words import CIRCLE, COPIL, EVERYONE, HALL_A, SECRET, TAKING_PART, TEAM, URBANISME

# Written by hand: who reads each circle.
READERS: dict[str, frozenset[str]] = {
    "authority-a": HALL_A,
    "authority-epci": TEAM | {"presidente"},
    "team-a": HALL_A | TEAM,
    "team-epci": TEAM | {"presidente"},
    "space-urbanisme": URBANISME,
    "space-copil": COPIL,
    "space-secret": SECRET,
    "circle": CIRCLE,
    "territory": TAKING_PART,
    "territory-technique": TAKING_PART - {"animateur"},  # the animator's mandate is for town planning only
    "territory-urbanisme": TAKING_PART - {"agent"},  # the agent's, for technical services only
    "circle-finances": CIRCLE,
    "public": EVERYONE,
    "elsewhere": frozenset({"maire-ailleurs"}),
}


# Beyond its circle: who asked for help reads their own call.
ALWAYS: dict[str, frozenset[str]] = {"assistance.HelpCall": frozenset({"agent"})}


def scopes(world: World) -> dict[str, Scope]:
    """One scope per circle, on the world's territory."""
    territory, a, epci = world.company.territory, world.company.commune_a, world.company.territory.epci
    obtain = Scope.objects.obtain
    there = world.actor("maire-ailleurs").mandate
    assert there is not None
    other = apps.get_model("territory", "Territory").objects.get(pk=there.territory_id)
    return {
        "authority-a": obtain(territory=territory, visibility=Visibility.AUTHORITY, authority=a),
        "authority-epci": obtain(territory=territory, visibility=Visibility.AUTHORITY, authority=epci),
        "team-a": obtain(territory=territory, visibility=Visibility.TEAM, authority=a),
        "team-epci": obtain(territory=territory, visibility=Visibility.TEAM, authority=epci),
        "space-urbanisme": obtain(territory=territory, visibility=Visibility.SPACE, space=world.urbanisme),
        "space-copil": obtain(territory=territory, visibility=Visibility.SPACE, space=world.copil),
        "space-secret": obtain(territory=territory, visibility=Visibility.SPACE, space=world.secret),
        "circle": obtain(territory=territory, visibility=Visibility.CIRCLE),
        "territory": obtain(territory=territory, visibility=Visibility.TERRITORY),
        "territory-technique": obtain(
            territory=territory, visibility=Visibility.TERRITORY, themes=_mask("technique")
        ),
        "territory-urbanisme": obtain(
            territory=territory, visibility=Visibility.TERRITORY, themes=_mask("urbanisme")
        ),
        "circle-finances": obtain(
            territory=territory, visibility=Visibility.CIRCLE, themes=_mask("finances")
        ),
        "public": obtain(territory=territory, visibility=Visibility.PUBLIC),
        "elsewhere": obtain(territory=other, visibility=Visibility.TERRITORY),
    }


def _mask(slug: str) -> int:
    return themes.mask(slug)


def move(row: models.Model, scope: Scope) -> None:
    """Put a stored row under a scope, beneath the managers (some are append-only)."""
    table = row._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{table}" SET scope_id = %s WHERE id = %s', [scope.pk, row.pk])


def a_row_of(model: type[models.Model], world: World) -> Any:
    """Any row of the world. A space of its own is made, for a member knows theirs whatever its scope."""
    if model is Space:
        space = Space.objects.get(pk=world.voirie.pk)
        space.pk, space.memberships_made = None, True
        space._state.adding = True
        space.name = "Sans membre"
        space.follows = []
        space.save()
        return space
    return model._default_manager.order_by("pk").first() or _copy(model, world)


def _copy(model: type[models.Model], world: World) -> Any:
    """A row of a kind that the world holds none of: its required relations are the first rows of their kinds."""
    values: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.primary_key or field.null or field.has_default():
            continue
        if field.is_relation:
            values[field.name] = field.related_model._default_manager.order_by("pk").first()
        else:
            values[field.name] = _plain(field)
    row = model(**values)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise AssertionError(f"plant a {model._meta.label} in the world: {error}") from error
    return row


def _plain(field: Any) -> Any:
    kinds: dict[type, Any] = {
        models.DateTimeField: clock.now(), models.DateField: clock.today(), models.JSONField: {}, models.DecimalField: 1,
        models.BooleanField: False,
    }  # fmt: skip
    for kind, value in kinds.items():
        if isinstance(field, kind):
            return value
    return 1 if "Integer" in type(field).__name__ else "x"


@pytest.mark.parametrize("model", scoped(), ids=lambda model: model._meta.label)
def test_each_circle_is_read_by_those_of_the_list(model: type[Any], world: World) -> None:
    row = a_row_of(model, world)
    actors = {slug: world.actor(slug) for slug in EVERYONE}
    for name, scope in scopes(world).items():
        move(row, scope)
        seen = {
            slug
            for slug, actor in actors.items()
            if model.objects.visible_to(actor).filter(pk=row.pk).exists()
        }
        assert seen == READERS[name] | ALWAYS.get(model._meta.label, frozenset()), (
            f"{model._meta.label} under « {name} »"
        )


@pytest.mark.parametrize("model", scoped(), ids=lambda model: model._meta.label)
def test_without_an_actor_nothing_is_read(model: type[Any], world: World) -> None:
    a_row_of(model, world)
    assert model._default_manager.exists()
    assert not model.objects.visible_to(None).exists()


def test_the_rule_in_sql_and_the_rule_in_hand_agree(world: World) -> None:
    for name, scope in scopes(world).items():
        scope = Scope.objects.select_related("territory").get(pk=scope.pk)
        for slug in EVERYONE:
            actor = world.actor(slug)
            assert reads(actor, scope) == in_sql(actor, scope) == (slug in READERS[name])


def test_who_can_see_names_exactly_those_who_read(world: World) -> None:
    people = {world.person(slug).pk: slug for slug in EVERYONE - {words.VISITOR}}  # type: ignore[union-attr]
    for name, scope in scopes(world).items():
        if name in ("public", "elsewhere"):
            continue  # everyone; another territory's people
        named = {people[reader.person.pk] for reader in readers(scope) if reader.person.pk in people}
        assert named == READERS[name], name


@pytest.mark.parametrize("model", scoped(), ids=lambda model: model._meta.label)
def test_a_reference_to_what_one_may_not_see_reads_as_gone(model: type[Any], world: World) -> None:
    kinds = [kind for kind in ref.kinds().values() if kind.model() is model]
    if not kinds:
        assert model._meta.label in UNREFERRED, "register a kind, or say that nothing refers to it"
        return
    row = a_row_of(model, world)
    move(row, scopes(world)["authority-a"])
    key = (kinds[0].kind, row.pk)
    assert ref.resolve(world.actor("maire-b"), [key]) == {}
    assert key in ref.resolve(world.actor("maire"), [key])


UNREFERRED = {
    "costing.CriterionValue",
    "accounts.ColumnChoices",
    "accounts.PostalAddress",
    "journal.Line",
    "scheme.VersionFile",
    "scheme.PreparedFile",
    "consultation.Sitting",
    "consultation.Adoption",
    "inventory.Statistic",
}
