"""The reading rule in SQL, asked of one scope: what the tests compare with the rule in Python, and with lists written by hand."""

from django.db.models.expressions import RawSQL

from mosaique.access.actor import Actor
from mosaique.access.models import Scope
from mosaique.access.scoped import scope_sql


def in_sql(actor: Actor, scope: Scope) -> bool:
    return Scope.objects.filter(pk__in=RawSQL(*scope_sql(actor))).filter(pk=scope.pk).exists()
