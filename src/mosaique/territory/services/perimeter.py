"""A change of who is a member: announced, corrected or cancelled before its day, enacted on it. Nothing is erased: a body
that leaves keeps its row with a date, a commune nouvelle is a body of its own beside those it gathers."""

from datetime import date
from typing import Any

from mosaique.kernel import clock
from mosaique.kernel.service import service
from mosaique.kernel.typography import date_long
from mosaique.kernel.verdict import Problem, Stale
from mosaique.territory.models import PerimeterChange, Territory
from mosaique.territory.services import kinds
from mosaique.territory.services.kinds import Draft

#: A change announced further ahead, or older, is a slip of the keyboard: EPCI of today date from 1992 at the earliest.
EARLIEST, YEARS_AHEAD = date(1992, 1, 1), 6


def check(territory: Territory, draft: Draft, *, besides: PerimeterChange | None = None) -> None:
    """Raise `Problem` for what cannot be; `besides` is the change being corrected."""
    today = clock.today(territory.zone)
    if not draft.takes_effect_on >= EARLIEST or draft.takes_effect_on.year > today.year + YEARS_AHEAD:
        raise Problem(
            "Cette date d’effet n’est pas vraisemblable. Votre saisie est gardée : vérifiez l’année.",
            "takes_effect_on",
        )
    kinds.of(draft.kind).check(territory, draft)
    _check_no_other(territory, draft, besides)


def _check_no_other(territory: Territory, draft: Draft, besides: PerimeterChange | None) -> None:
    """One change at a time for a commune: two would each count on the other's absence."""
    others = PerimeterChange.objects.awaited().filter(territory=territory)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    for other in others.prefetch_related("communes"):
        taken = [
            body for body in other.communes.all()
            if body.pk in {one.pk for one in draft.communes} or body.insee_code in draft.joining
        ]  # fmt: skip
        if taken:
            raise Problem(
                f"{taken[0].name} est déjà concernée par un changement annoncé ({other.get_kind_display()} au "
                f"{date_long(other.takes_effect_on)}). Rien n’a été enregistré : corrigez celui-là, ou annulez-le d’abord.",
                kinds.of(draft.kind).place,
            )


def _one_at_a_time(territory: Territory) -> None:
    """Of two people who announce or correct at once, the second sees what the first wrote."""
    Territory.objects.select_for_update(of=("self",)).get(pk=territory.pk)


def _fill(change: PerimeterChange, draft: Draft) -> None:
    change.kind, change.takes_effect_on = draft.kind, draft.takes_effect_on
    change.successor_name, change.successor_siren = draft.successor_name, draft.successor_siren
    change.chief, change.with_bodies = draft.chief, draft.with_bodies
    change.order_reference, change.note = draft.order_reference, draft.note


@service
def announce(*, actor: Any, territory: Territory, draft: Draft) -> PerimeterChange:
    """Write a change to come, or one that already took place. Nobody moves before `enact`."""
    _one_at_a_time(territory)
    check(territory, draft)
    change = PerimeterChange(territory=territory, announced_at=clock.now())
    _fill(change, draft)
    change.save()
    change.communes.set(kinds.of(draft.kind).bodies(draft))
    return change


def _awaited(change: PerimeterChange) -> PerimeterChange:
    found = PerimeterChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if found.enacted_at is not None:
        raise Problem(
            "Ce changement a pris effet : il ne se corrige plus, ni ne s’annule. Rien n’a été modifié. Une erreur se répare par "
            "un autre changement, avec une note qui l’explique."
        )
    if found.cancelled_at is not None:
        raise Problem("Ce changement a déjà été annulé. Rien n’a été modifié.")
    return found


@service
def correct(*, actor: Any, change: PerimeterChange, draft: Draft, seen: int) -> PerimeterChange:
    """Say it again, before its day. Its kind does not change: cancel it and announce another."""
    found = _awaited(change)
    if seen != found.version:
        raise Stale(
            version=found.version,
            fields=[
                ("Date d’effet", date_long(found.takes_effect_on), date_long(draft.takes_effect_on)),
                ("Arrêté préfectoral", found.order_reference, draft.order_reference),
                ("Note", found.note, draft.note),
            ],
        )
    _one_at_a_time(found.territory)
    check(found.territory, draft, besides=found)
    _fill(found, draft)
    found.version += 1
    found.save()
    found.communes.set(kinds.of(draft.kind).bodies(draft))
    return found


@service
def note_order(
    *, actor: Any, change: PerimeterChange, order_reference: str, note: str, seen: int
) -> PerimeterChange:
    """Complete the reference of the arrêté and the note, at any time: they move nobody."""
    found = PerimeterChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if seen != found.version:
        raise Stale(
            version=found.version,
            fields=[
                ("Arrêté préfectoral", found.order_reference, order_reference),
                ("Note", found.note, note),
            ],
        )
    found.order_reference, found.note = order_reference, note
    found.version += 1
    found.save(update_fields=["order_reference", "note", "version"])
    return found


@service
def cancel(*, actor: Any, change: PerimeterChange) -> PerimeterChange:
    """Give it up before its day. It stays in the history, said to be cancelled."""
    found = _awaited(change)
    found.cancelled_at = clock.now()
    found.version += 1
    found.save(update_fields=["cancelled_at", "version"])
    return found


@service
def enact(*, actor: Any, change: PerimeterChange) -> bool:
    """Move the members, once, if its day has come. False: nothing to do (done already, cancelled, or too early)."""
    found = PerimeterChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if not found.is_awaited or found.takes_effect_on > clock.today(found.territory.zone):
        return False
    kinds.of(found.kind).enact(found, list(found.communes.all()))
    found.enacted_at = clock.now()
    found.version += 1
    found.save(update_fields=["enacted_at", "successor", "version"])
    return True
