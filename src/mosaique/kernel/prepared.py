"""A query written as a queryset, compiled by Django once, run many times with other values.

Compiling a page's few queries again at each request costs more CPU than the database takes to answer them. A `Prepared`
keeps what Django's compiler made (the SQL, where each value goes, how columns become Python values), so both databases
agree with the plain queryset; a property test holds the two equal. It keeps no row, so nothing in it can go stale.

    _POSTS = Prepared(lambda thread, first, last: Post.objects.filter(
        thread_id=thread, number__gt=first, number__lte=last).order_by("number").values_list("number", "body_html"))
    _POSTS.rows(12, 0, 20)

Values are integers and texts, which both databases take as they are. The shape of the query may not depend on them
(no list, no None): write another query for another shape.
"""

import threading
from collections.abc import Callable
from inspect import signature
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Model, QuerySet
from django.db.models.query import RelatedPopulator, get_related_populators
from django.db.models.sql.compiler import SQLCompiler

Value = int | str
Converter = tuple[int, list[Callable[..., Any]], Any]


class Slot(Expression):
    """The place of the n-th value: compiled, it puts itself among the parameters."""

    def __init__(self, position: int) -> None:
        super().__init__()
        self.position = position

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        return "%s", [self]


class _Plan:
    """What compiling gave, for one connection (its converters hold it)."""

    def __init__(self, queryset: QuerySet[Any], connection: Any) -> None:
        self.connection = connection
        compiler: SQLCompiler = queryset.query.get_compiler(connection=connection)
        self.sql, self.params = compiler.as_sql()
        columns = [column for column, _, _ in compiler.select]
        self.converters: list[Converter] = [
            (position, functions, column) for position, (functions, column) in compiler.get_converters(columns).items()
        ]  # fmt: skip
        self.model: type[Model] | None = None
        if queryset._fields is None:  # type: ignore[attr-defined]
            info = compiler.klass_info
            fields = info["select_fields"]
            self.model, self.start, self.end = info["model"], fields[0], fields[-1] + 1
            self.names = [column.target.attname for column in columns[self.start : self.end]]
            self.related: list[RelatedPopulator] = get_related_populators(  # type: ignore[call-arg] # Django 6's stubs
                info, compiler.select, connection.alias
            )

    def fetch(self, values: tuple[Value, ...]) -> list[Any]:
        params = [values[one.position] if isinstance(one, Slot) else one for one in self.params]
        with self.connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            rows = cursor.fetchall()
        if not self.converters:
            return list(rows)
        found = []
        for row in map(list, rows):
            for position, functions, column in self.converters:
                value = row[position]
                for function in functions:
                    value = function(value, column, self.connection)
                row[position] = value
            found.append(row)
        return found


class Prepared:
    """`build` takes one argument a value and gives a queryset: of `values_list` for `rows`, of a model for `objects`."""

    def __init__(self, build: Callable[..., QuerySet[Any]], *, count: int | None = None) -> None:
        self._build = build
        self._count = len(signature(build).parameters) if count is None else count
        self._kept = threading.local()  # a connection belongs to its thread, and a plan to its connection

    def _plan(self) -> _Plan:
        connection = connections[DEFAULT_DB_ALIAS]
        plan: _Plan | None = getattr(self._kept, "plan", None)
        if plan is None or plan.connection is not connection:
            plan = self._kept.plan = _Plan(self._build(*map(Slot, range(self._count))), connection)
        return plan

    def _fetch(self, plan: _Plan, values: tuple[Value, ...]) -> list[Any]:
        if len(values) != self._count:
            raise TypeError(f"{self._count} values expected, {len(values)} given")
        for value in values:
            if not isinstance(value, int | str):
                raise TypeError(f"integers and texts only, not {value!r}")
        return plan.fetch(values)

    def rows(self, *values: Value) -> list[tuple[Any, ...]]:
        """Rows of a `values_list` queryset, in the order of its columns."""
        plan = self._plan()
        if plan.model is not None:
            raise TypeError("this query gives objects")
        return list(map(tuple, self._fetch(plan, values)))

    def row(self, *values: Value) -> tuple[Any, ...] | None:
        """The only row of a queryset filtered by a unique key, or None."""
        rows = self.rows(*values)
        return rows[0] if rows else None

    def objects(self, *values: Value) -> list[Any]:
        """Instances, with their `select_related`."""
        plan = self._plan()
        if plan.model is None:
            raise TypeError("this query gives rows")
        found = []
        for row in self._fetch(plan, values):
            one = plan.model.from_db(plan.connection.alias, plan.names, row[plan.start : plan.end])
            for populator in plan.related:
                populator.populate(row, one)
            found.append(one)
        return found
