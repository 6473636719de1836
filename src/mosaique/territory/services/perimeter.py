"""A change of who is a member: announced, corrected or cancelled before its day, enacted on it. Nothing is erased: a body
that leaves keeps its row with a date, a commune nouvelle is a body of its own beside those it gathers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mosaique.kernel import clock
from mosaique.kernel.service import service
from mosaique.kernel.typography import date_long
from mosaique.kernel.verdict import Problem, Stale
from mosaique.territory import naming, perimeter
from mosaique.territory.models import Authority, PerimeterChange, Territory, TerritoryMember
from mosaique.territory.reference import index
from mosaique.territory.services.territories import known_communes
from mosaique.territory.tiles import Tile, assign

Kind = PerimeterChange.Kind
#: A change announced further ahead, or older, is a slip of the keyboard: EPCI of today date from 1992 at the earliest.
EARLIEST, YEARS_AHEAD = date(1992, 1, 1), 6


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person says of a change. `communes`: members concerned; `joining`: INSEE codes of the reference."""

    kind: str
    takes_effect_on: date
    communes: tuple[Authority, ...] = ()
    joining: tuple[str, ...] = ()
    successor_name: str = ""
    successor_siren: str = ""
    chief: Authority | None = None
    with_bodies: str = ""
    order_reference: str = ""
    note: str = ""


def check(territory: Territory, draft: Draft, *, besides: PerimeterChange | None = None) -> None:
    """Raise `Problem` for what cannot be; `besides` is the change being corrected."""
    today = clock.today(territory.zone)
    if not draft.takes_effect_on >= EARLIEST or draft.takes_effect_on.year > today.year + YEARS_AHEAD:
        raise Problem(
            "Cette date d’effet n’est pas vraisemblable. Votre saisie est gardée : vérifiez l’année.",
            "takes_effect_on",
        )
    if draft.kind == Kind.MERGER:
        if not draft.successor_name:
            raise Problem("Écrivez le nom de la nouvelle intercommunalité.", "successor_name")
        return
    if draft.kind == Kind.JOINING:
        _check_joining(territory, draft)
    else:
        _check_members(territory, draft)
    _check_no_other(territory, draft, besides)


def _check_joining(territory: Territory, draft: Draft) -> None:
    if not draft.joining:
        raise Problem("Dites quelle commune rejoint l’intercommunalité.", "joining")
    here = set(
        perimeter.commune_bodies(territory, draft.takes_effect_on).values_list("insee_code", flat=True)
    )
    for code in draft.joining:
        place = index.commune(code)
        if place is None:
            raise Problem(
                f"Le code Insee {code} n’est celui d’aucune commune du code officiel géographique. Votre saisie est gardée.",
                "joining",
            )
        if code in here:
            raise Problem(
                f"{naming.curly(place.name)} est déjà membre ici. Votre saisie est gardée : retirez-la.",
                "joining",
            )


def _check_members(territory: Territory, draft: Draft) -> None:
    here = {member.authority_id: member for member in perimeter.communes(territory)}
    strangers = [body.name for body in draft.communes if body.pk not in here]
    if strangers:
        raise Problem(
            f"{naming.listed(strangers)} : ce ne sont pas des communes membres aujourd’hui. Votre saisie est gardée.",
            "communes",
        )
    if draft.kind == Kind.LEAVING:
        if not draft.communes:
            raise Problem("Cochez la commune qui se retire.", "communes")
        if len(draft.communes) == len(here):
            raise Problem(
                "Toutes les communes ne peuvent pas se retirer ensemble : il ne resterait personne. Votre saisie est gardée.",
                "communes",
            )
    else:
        _check_new_commune(draft)
    for body in draft.communes:
        joined = here[body.pk].joined_on
        if joined is not None and draft.takes_effect_on <= joined:
            raise Problem(
                f"{body.name} est membre depuis le {date_long(joined)} : la date d’effet doit venir après.",
                "takes_effect_on",
            )


def _check_new_commune(draft: Draft) -> None:
    if len(draft.communes) < 2:
        raise Problem("Cochez au moins deux communes : une commune nouvelle en réunit plusieurs.", "communes")
    if not draft.successor_name:
        raise Problem("Écrivez le nom de la commune nouvelle.", "successor_name")
    if draft.chief is None or draft.chief.pk not in {body.pk for body in draft.communes}:
        raise Problem(
            "Dites laquelle des communes réunies donne son code Insee : c’est celle du chef-lieu.", "chief"
        )
    if draft.successor_siren:
        holder = Authority.objects.filter(siren=draft.successor_siren).first()
        if holder is not None:
            raise Problem(
                f"Ce numéro SIREN est déjà celui de {holder.name}. Votre saisie est gardée : laissez ce champ vide si vous ne "
                "connaissez pas encore celui de la commune nouvelle.",
                "successor_siren",
            )


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
                "joining" if draft.kind == Kind.JOINING else "communes",
            )


def _fill(change: PerimeterChange, draft: Draft) -> None:
    change.kind, change.takes_effect_on = draft.kind, draft.takes_effect_on
    change.successor_name, change.successor_siren = draft.successor_name, draft.successor_siren
    change.chief, change.with_bodies = draft.chief, draft.with_bodies
    change.order_reference, change.note = draft.order_reference, draft.note


def _bodies(draft: Draft) -> Sequence[Authority]:
    return known_communes(draft.joining) if draft.kind == Kind.JOINING else draft.communes


@service
def announce(*, actor: Any, territory: Territory, draft: Draft) -> PerimeterChange:
    """Write a change to come, or one that already took place. Nobody moves before `enact`."""
    Territory.objects.select_for_update(of=("self",)).get(
        pk=territory.pk
    )  # two at once: the second sees the first
    check(territory, draft)
    change = PerimeterChange(territory=territory, announced_at=clock.now())
    _fill(change, draft)
    change.save()
    change.communes.set(_bodies(draft))
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
    check(found.territory, draft, besides=found)
    _fill(found, draft)
    found.version += 1
    found.save()
    found.communes.set(_bodies(draft))
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
    bodies = list(found.communes.all())
    if found.kind == Kind.JOINING:
        for body in bodies:
            _join(found, body)
    elif found.kind in (Kind.LEAVING, Kind.NEW_COMMUNE):
        if found.kind == Kind.NEW_COMMUNE:
            found.successor = _new_commune(found, bodies)
            _join(found, found.successor)
        TerritoryMember.objects.filter(territory=found.territory, authority__in=bodies, left_on=None).update(
            left_on=found.takes_effect_on
        )
    found.enacted_at = clock.now()
    found.version += 1
    found.save(update_fields=["enacted_at", "successor", "version"])
    return True


def _join(change: PerimeterChange, body: Authority) -> None:
    """A new membership, in the tile it had if it was here before."""
    rows = TerritoryMember.objects.filter(territory=change.territory)
    own = rows.filter(authority=body).order_by("-pk").first()
    if own is not None and own.left_on is None:
        return
    if own is not None:
        tile = Tile(own.tile_drawing, own.tile_hue)
    else:
        taken = rows.filter(left_on=None, authority__kind=Authority.Kind.COMMUNE)
        laid = [Tile(drawing, hue) for drawing, hue in taken.values_list("tile_drawing", "tile_hue")]
        tile = assign([body.code], laid)[body.code]
    TerritoryMember.objects.create(
        territory=change.territory, authority=body, tile_drawing=tile.drawing, tile_hue=tile.hue,
        joined_on=change.takes_effect_on,
    )  # fmt: skip


def _new_commune(change: PerimeterChange, bodies: Sequence[Authority]) -> Authority:
    """The body of a commune nouvelle: its population is the sum of theirs, until the official figure comes.

    A SIREN that another body has taken since the announcement is left aside: the day comes all the same, and the change keeps it.
    """
    assert change.chief is not None
    taken = Authority.objects.filter(siren=change.successor_siren).exists()
    counted = [body.population for body in bodies if body.population is not None]
    years = {body.population_year for body in bodies}
    return Authority.objects.create(
        kind=Authority.Kind.COMMUNE, name=change.successor_name,
        siren=None if taken else change.successor_siren or None,
        insee_code=change.chief.insee_code, own_code=_own_code(change), tncc=str(naming.article_of(change.successor_name)),
        department=change.chief.department, population=sum(counted) if len(counted) == len(bodies) else None,
        population_year=years.pop() if len(years) == 1 else None,
    )  # fmt: skip


def _own_code(change: PerimeterChange) -> str:
    """« 81068-2027 »; the next free year if a commune nouvelle was made twice from the same chef-lieu."""
    assert change.chief is not None
    year = change.takes_effect_on.year
    while Authority.objects.filter(own_code=(code := f"{change.chief.insee_code}-{year}")).exists():
        year += 1
    return code
