"""Nothing of a person is kept without being said: each table that points at somebody is in its room's `personal.py`."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from mosaique.access.models import Mandate, Person
from mosaique.kernel import personal
from mosaique.kernel.personal import Table

#: What a row of somebody may say beyond itself: names of bodies, which are public.
PUBLIC = {"authority__name", "territory__epci__name"}


def _ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("mosaique.")]


def _tables() -> list[Table]:
    return [table for kind in personal.kinds() for table in kind.tables]


def _undeclared(model: type[models.Model], tables: list[Table]) -> set[str]:
    """Fields that name somebody and stand in no table of the list."""
    mine = [table for table in tables if table.model == model._meta.label]
    said = {path.split("__")[0] for table in mine for path in table.owner}
    missing = set()
    for field in model._meta.fields:
        if field.is_relation and field.related_model in (Person, Mandate) and field.name not in said:
            missing.add(field.name)
        if isinstance(field, models.EmailField) and not mine:
            missing.add(field.name)
    return missing


@pytest.mark.parametrize("model", _ours(), ids=lambda model: model._meta.label)
def test_every_table_that_names_somebody_is_told(model: type[models.Model]) -> None:
    tables = _tables()
    assert _undeclared(model, tables) == set()


def test_a_table_left_out_is_seen() -> None:
    kept = [table for table in _tables() if table.model != "discussions.Draft"]
    assert _undeclared(apps.get_model("discussions.Draft"), kept) == {"person"}
    assert _undeclared(Person, []) == {"email"}


@pytest.mark.parametrize("table", _tables(), ids=lambda table: f"{table.model}:{'+'.join(table.owner)}")
def test_a_table_gives_rows_or_says_why_not(table: Table) -> None:
    assert bool(table.columns) != bool(table.not_given)
    assert not table.columns or (table.owner and table.title)
    model = apps.get_model(table.model)
    for path in table.columns:
        assert "__" not in path or path in PUBLIC, "a copy tells nothing of what its owner may no longer read"
        model._meta.get_field(path.split("__")[0])
    for path in table.owner:
        model._default_manager.filter(**{path: 1})


def test_each_room_that_keeps_somebody_has_its_list() -> None:
    rooms = {table.model.split(".")[0] for table in _tables()}
    assert rooms <= set(settings.ROOMS)
    assert len({kind.identifier for kind in personal.kinds()}) == len(personal.kinds())
