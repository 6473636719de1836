"""Writing a journal line: from a service only, with coded changes only."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model

from mosaique.access.actor import Actor
from mosaique.access.models import Scope
from mosaique.journal.models import Line
from mosaique.journal.verbs import Verb, all_verbs
from mosaique.kernel import clock, ref
from mosaique.kernel import service as services

MAX_CODE = 80


def _coded(name: str, value: Any) -> Any:
    """Ids, counts, dates, amounts and short codes only: free text would keep what people asked to erase."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Decimal | date):
        return str(value)
    if isinstance(value, str) and len(value) <= MAX_CODE and "@" not in value and " " not in value:
        return value
    if isinstance(value, list | tuple):
        return [_coded(name, item) for item in value]
    raise TypeError(f"journal change {name!r} is not a code")


def write(
    actor: Actor,
    verb: Verb,
    obj: Model,
    *,
    scope: Scope | None,
    for_authority_id: int | None,
    changes: dict[str, Any],
) -> Line | None:
    """One line for one act; nothing inside an anonymous service (its room counts per day instead)."""
    if not services.inside():
        raise RuntimeError("the journal is written inside a service")
    if services.is_anonymous():
        return None
    if verb.code not in all_verbs():
        raise LookupError(f"verb {verb.code} is in no registry")
    if actor.via_shared_mailbox and actor.is_confirmed:
        changes = {**changes, "confirmed": True}  # others read this mailbox: the personal code was typed
    kept = scope if scope is not None else obj.scope  # type: ignore[attr-defined]
    return Line.objects.create(
        at=clock.now(),
        verb=verb.code,
        person_id=actor.person_id,
        mandate_id=actor.mandate.id if actor.mandate else None,
        authority_id=for_authority_id or actor.authority_id,
        via_shared_mailbox=actor.via_shared_mailbox,
        scope=kept,
        territory_id=kept.territory_id,
        kind=ref.kind_of(obj),
        ref_id=obj.pk,
        changes={name: _coded(name, value) for name, value in changes.items()},
    )
