"""What is kept of a person: each room says it once, in its `personal.py`. The page « Vos données », the person's own
export and the check that no table was forgotten all read this list, so that none can say something else than the others."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Model, Q

from mosaique.kernel import richtext


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one model that are somebody's, and what is given of them to that person.

    `owner`: paths to the person (« author », « entered_by__person »); several when each makes the row theirs.
    `columns`: fields of the row itself with their French heading; never through a relation to a content somebody may no
    longer read (« authority__name » and « territory__epci__name » are public and allowed). Empty: the row is only a
    number kept to make the page work, and the reason is said in `not_given`.
    """

    model: str  # « discussions.Post »
    owner: tuple[str, ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    title: str = ""  # heading in the export, French
    #: How a coded value reads, by field: « post.written » → « a écrit dans ».
    words: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    not_given: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A kind of personal data, told to the person it is about. French sentences."""

    identifier: str
    what: str  # « Vos messages dans les échanges »
    why: str
    how_long: str
    tables: tuple[Table, ...] = ()


_kinds: dict[str, Kept] = {}
_loaded = False


def register(*kinds: Kept) -> None:
    for kind in kinds:
        if kind.identifier in _kinds and _kinds[kind.identifier] != kind:
            raise ValueError(f"two kinds of personal data named {kind.identifier}")
        _kinds[kind.identifier] = kind


def kinds() -> list[Kept]:
    """All kinds, those of the lowest rooms first: who one is, then what one does."""
    global _loaded
    if not _loaded:
        _loaded = True
        for room in reversed(settings.ROOMS):
            name = f"mosaique.{room}.personal"
            if find_spec(name):
                import_module(name)
    return list(_kinds.values())


@dataclass(frozen=True, slots=True)
class Given:
    """What the person receives of one table: headings and rows, values as they are stored."""

    kind: Kept
    table: Table
    rows: list[dict[str, Any]]


def _value(row: Model, path: str) -> Any:
    """A choice reads as its words, a rich text as its text; a list or a date stay what they are."""
    if "__" not in path and getattr(row._meta.get_field(path), "choices", None):
        return getattr(row, f"get_{path}_display")()
    value: Any = row
    for step in path.split("__"):
        value = getattr(value, step) if value is not None else None
    if isinstance(value, dict) and value.get("type") == "doc":
        return richtext.to_text(value)
    return value


def _told(table: Table, row: Model, path: str) -> Any:
    value = _value(row, path)
    return table.words[path](value) if path in table.words else value


def _owned(table: Table, person_id: int) -> Any:
    wanted = Q()
    for path in table.owner:
        wanted |= Q(**{path: person_id})
    rows = apps.get_model(table.model)._default_manager.filter(wanted)
    related = {path.rpartition("__")[0] for path in table.columns if "__" in path}
    return rows.select_related(*related).order_by("pk") if related else rows.order_by("pk")


def given_to(person_id: int) -> Iterator[Given]:
    """Everything of one person, table after table; one query per table, none for the tables that give nothing."""
    for kind in kinds():
        for table in kind.tables:
            if not table.columns:
                continue
            rows = [
                {heading: _told(table, row, path) for path, heading in table.columns.items()}
                for row in _owned(table, person_id).iterator(chunk_size=2000)
            ]
            yield Given(kind, table, rows)


def days(life: Any) -> str:
    """« 30 jours », from the very constant that the cleaning uses."""
    return f"{life.days} jours"
