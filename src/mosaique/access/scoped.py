"""The one reading rule: a row is seen when its scope is. `visible_to` is the same in every room."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from inspect import signature
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models.expressions import RawSQL

from mosaique.access import themes
from mosaique.kernel.prepared import Prepared, Slot

if TYPE_CHECKING:
    from mosaique.access.actor import Actor
    from mosaique.access.models import Scope

M = TypeVar("M", bound=models.Model)
_TOO_BIG = 1 << 63  # what no key reaches, and what databases refuse to compare


_SELECT = (
    "SELECT s.id FROM access_scope s JOIN territory_territory t ON t.id = s.territory_id WHERE "
    "(s.visibility = 'public' AND t.state = 'open')"
)


def _in(values: Sequence[int], params: list[Any]) -> str:
    """A list of one, two, four… places, the last value repeated: few different texts, so few queries to prepare."""
    places = 1 << (len(values) - 1).bit_length()
    params.extend(values)
    params.extend([values[-1]] * (places - len(values)))
    return "(" + ",".join(["%s"] * places) + ")"


def scope_sql(actor: "Actor") -> tuple[str, list[Any]]:
    """The rule as SQL giving scope ids, the same on both databases. Anonymous reads what is public in an open territory.

    Written by hand because every page pays for it: building the same condition from Q objects cost more than the whole
    of a bare page. `reads` below is the same rule in Python; a property test holds the two equal.
    """
    sql, params = [_SELECT], []  # type: tuple[list[str], list[Any]]
    if actor.is_anonymous:
        return _SELECT, params
    if actor.territory_ids:
        sql.append(f"(s.visibility = 'public' AND s.territory_id IN {_in(actor.territory_ids, params)})")
    if actor.hall_authority_ids:
        halls = _in(actor.hall_authority_ids, params)
        sql.append(f"(s.visibility IN ('authority', 'team') AND s.owner_authority_id IN {halls})")
    if actor.team_territory_ids:
        sql.append(f"(s.visibility = 'team' AND s.territory_id IN {_in(actor.team_territory_ids, params)})")
    if actor.space_ids:
        sql.append(f"(s.visibility = 'space' AND s.space_id IN {_in(actor.space_ids, params)})")
    for territory_id, mask in actor.theme_masks.items():
        circles = "('territory', 'circle')" if territory_id in actor.circle_territory_ids else "('territory')"
        params.append(territory_id)
        competence = ""
        if mask != themes.ALL:
            params.append(mask)
            competence = " AND (s.themes = 0 OR (s.themes & %s) > 0)"
        sql.append(f"(s.visibility IN {circles} AND s.territory_id = %s{competence})")
    return " OR ".join(sql), params


def reads(actor: "Actor", scope: "Scope") -> bool:
    """The same rule on a scope in hand (its territory loaded), without a query. A test holds the two equal."""
    if scope.visibility == "public":
        return scope.territory.state == "open" or scope.territory_id in actor.territory_ids
    if scope.visibility in ("authority", "team") and scope.owner_authority_id in actor.hall_authority_ids:
        return True
    if scope.visibility == "team":
        return scope.territory_id in actor.team_territory_ids
    if scope.visibility == "space":
        return scope.space_id in actor.space_roles
    if scope.visibility in ("territory", "circle"):
        mask = actor.theme_masks.get(scope.territory_id)
        if mask is None or (
            scope.visibility == "circle" and scope.territory_id not in actor.circle_territory_ids
        ):
            return False
        return mask == themes.ALL or scope.themes == 0 or bool(scope.themes & mask)
    return False


@lru_cache(maxsize=256)
def _one(kind: type["ScopedQuerySet[Any]"], model: type[models.Model], rule: str, count: int) -> Prepared:
    def build(pk: Slot, *params: Slot) -> models.QuerySet[Any]:
        readable = kind(model).filter(scope_id__in=RawSQL(rule, params), pk=pk)
        return kind._for_screen(readable)

    return Prepared(build, count=1 + count)


class Readable:
    """Rows of a page's list, those the actor reads: the rule is in its one query, compiled once per shape of the rule.

    `build(rows, *values)` makes a `values_list` from what is readable; see `kernel.prepared` for what values may be.
    """

    def __init__(
        self, model: Callable[[], type[models.Model]], build: Callable[..., models.QuerySet[Any]]
    ) -> None:
        self._model, self._build = model, build
        self._values = len(signature(build).parameters) - 1
        self._plan = lru_cache(maxsize=64)(self._planned)

    def _planned(self, rule: str, count: int) -> Prepared:
        objects = self._model()._default_manager.all()
        if type(objects).visible_to is not ScopedQuerySet.visible_to:  # type: ignore[attr-defined]
            raise TypeError(f"{self._model().__name__} adds to the rule: ask visible_to")

        def build(*slots: Slot) -> models.QuerySet[Any]:
            readable = objects.filter(scope_id__in=RawSQL(rule, slots[self._values :]))
            return self._build(readable, *slots[: self._values])

        return Prepared(build, count=self._values + count)

    def rows(self, actor: "Actor", *values: int | str) -> list[tuple[Any, ...]]:
        rule, params = scope_sql(actor)
        return self._plan(rule, len(params)).rows(*values, *params)


class ScopedQuerySet(models.QuerySet[M]):
    """Base of every content queryset. The model has a non-null `scope` foreign key."""

    def visible_to(self, actor: "Actor | None") -> Self:
        if actor is None:
            return self.none()
        return self.filter(scope_id__in=RawSQL(*scope_sql(actor)))

    def read_by(self, actor: "Actor", pk: int) -> M | None:
        """A screen's object: `visible_to(actor).for_screen()` by its key, compiled once per shape of the rule."""
        if (
            type(self).visible_to is not ScopedQuerySet.visible_to
        ):  # a room that adds to the rule keeps its own
            return self._for_screen(self.visible_to(actor)).filter(pk=pk).first()
        return self._read_by_the_rule(actor, pk)

    def _read_by_the_rule(self, actor: "Actor", pk: int) -> M | None:
        if not 0 < pk < _TOO_BIG:
            return None
        rule, params = scope_sql(actor)
        found = _one(type(self), self.model, rule, len(params)).objects(pk, *params)
        return found[0] if found else None

    @staticmethod
    def _for_screen(queryset: Any) -> Any:
        return queryset.for_screen() if hasattr(queryset, "for_screen") else queryset

    def locked(self, obj: M) -> M:
        """The row as stored now, locked until the transaction ends: the verdict is taken on the row we write."""
        return self.select_for_update(of=("self",)).get(pk=obj.pk)
