"""One way to point at any object from a lower room: (kind, id), resolved only through what the actor may see."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model


@dataclass(frozen=True, slots=True)
class RefKind:
    """How a kind of object is named, found and opened. `model.objects` must offer `visible_to(actor)`."""

    kind: str
    model: Callable[[], type[Model]]  # a callable, so that registries import no model before Django is ready
    noun: str  # French, with its article: « la fiche »
    label: Callable[[Any], str] = str
    #: What the label reads beyond the row itself: fetched with it, so that many references cost one query.
    related: tuple[str, ...] = ()
    #: What is long and is not asked for: a frozen text is not read to say its number.
    heavy: tuple[str, ...] = ()


_kinds: dict[str, RefKind] = {}


def register(kind: RefKind) -> None:
    if kind.kind in _kinds and _kinds[kind.kind] != kind:
        raise ValueError(f"two kinds named {kind.kind}")
    _kinds[kind.kind] = kind


def kinds() -> dict[str, RefKind]:
    from mosaique.kernel import registry

    registry.load()
    return _kinds


def kind_of(obj: Model) -> str:
    """The kind registered for the object's model; raises LookupError when none is."""
    for kind in kinds().values():
        if kind.model() is type(obj):
            return kind.kind
    raise LookupError(f"no reference kind registered for {type(obj).__name__}")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader may be told about a reference: its label and address, or that it is gone or not theirs."""

    label: str
    url: str | None


GONE = Shown("supprimé", None)


def address(kind: str, pk: int) -> str | None:
    """Where an object the reader is known to see is opened, without asking for it. None: it has no address of its own."""
    spec = kinds().get(kind)
    model = spec.model() if spec else None
    return model(pk=pk).get_absolute_url() if model and hasattr(model, "get_absolute_url") else None  # type: ignore[attr-defined]


def resolve(actor: Any, refs: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Shown]:
    """Resolve many references at once (one query per kind); what the actor may not see reads « supprimé »."""
    wanted: dict[str, set[int]] = {}
    for kind, pk in refs:
        wanted.setdefault(kind, set()).add(pk)
    return {
        (kind, pk): shown
        for kind, pks in wanted.items()
        for pk, shown in resolve_kind(actor, kind, pks).items()
    }


def resolve_kind(actor: Any, kind: str, pks: Collection[int]) -> dict[int, Shown]:
    """References of one kind, those the actor may see. One query."""
    spec = kinds().get(kind)
    if spec is None:
        return {}
    rows = spec.model().objects.visible_to(actor).filter(pk__in=pks).defer(*spec.heavy)  # type: ignore[attr-defined]
    found: dict[int, Shown] = {}
    for obj in rows.select_related(*spec.related) if spec.related else rows:
        url = obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None
        found[obj.pk] = Shown(spec.label(obj), url)
    return found
