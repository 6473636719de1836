"""The one reading rule: a row is seen when its scope is. `visible_to` is the same in every room."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.lookups import GreaterThan

from mosaique.access import themes

if TYPE_CHECKING:
    from mosaique.access.actor import Actor
    from mosaique.access.models import Scope

M = TypeVar("M", bound=models.Model)


def _in_competence(mask: int) -> Q:
    """The scope bears no theme, or one within the actor's field of competence."""
    if mask == themes.ALL:
        return Q()
    return Q(themes=0) | Q(GreaterThan(F("themes").bitand(mask), Value(0)))


def scope_filter(actor: "Actor") -> Q:
    """The rule, as a condition on Scope rows. Anonymous reads what is public in an open territory, nothing else."""
    rule = Q(visibility="public", territory__state="open")
    if actor.is_anonymous:
        return rule
    rule |= Q(visibility="public", territory_id__in=actor.territory_ids)
    rule |= Q(visibility__in=("authority", "team"), owner_authority_id__in=actor.hall_authority_ids)
    rule |= Q(visibility="team", territory_id__in=actor.team_territory_ids)
    rule |= Q(visibility="space", space_id__in=actor.space_ids)
    for territory_id, mask in actor.theme_masks.items():
        circles = ["territory", "circle"] if territory_id in actor.circle_territory_ids else ["territory"]
        rule |= Q(visibility__in=circles, territory_id=territory_id) & _in_competence(mask)
    return rule


def readable_scopes(actor: "Actor") -> models.QuerySet[Any]:
    """Scopes the actor reads."""
    return apps.get_model("access", "Scope").objects.filter(scope_filter(actor))


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


class ScopedQuerySet(models.QuerySet[M]):
    """Base of every content queryset. The model has a non-null `scope` foreign key."""

    def visible_to(self, actor: "Actor | None") -> Self:
        if actor is None:
            return self.none()
        return self.filter(scope_id__in=readable_scopes(actor).values("pk"))

    def locked(self, obj: M) -> M:
        """The row as stored now, locked until the transaction ends: the verdict is taken on the row we write."""
        return self.select_for_update(of=("self",)).get(pk=obj.pk)
