"""What a kind of change checks, whom it concerns, what it moves on its day: one class per kind, found by `of`."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mosaique.kernel.typography import date_long
from mosaique.kernel.verdict import Problem
from mosaique.territory import naming, perimeter
from mosaique.territory.models import Authority, PerimeterChange, Territory, TerritoryMember
from mosaique.territory.reference import index
from mosaique.territory.services.territories import known_communes
from mosaique.territory.tiles import Tile, assign

Kind = PerimeterChange.Kind


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


class ChangeKind(ABC):
    """A kind of change. `place`: the field of its form that says its communes."""

    kind: Kind
    place = "communes"

    @abstractmethod
    def check(self, territory: Territory, draft: Draft) -> None:
        """Raise `Problem` for what cannot be."""

    def bodies(self, draft: Draft) -> Sequence[Authority]:
        """Whom it concerns."""
        return draft.communes

    @abstractmethod
    def enact(self, change: PerimeterChange, bodies: Sequence[Authority]) -> None:
        """Move the members, on its day."""


class Joining(ChangeKind):
    """Communes of the reference become members."""

    kind = Kind.JOINING
    place = "joining"

    def check(self, territory: Territory, draft: Draft) -> None:
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

    def bodies(self, draft: Draft) -> Sequence[Authority]:
        return known_communes(draft.joining)

    def enact(self, change: PerimeterChange, bodies: Sequence[Authority]) -> None:
        for body in bodies:
            _join(change, body)


class Leaving(ChangeKind):
    """Members are members no longer."""

    kind = Kind.LEAVING

    def check(self, territory: Territory, draft: Draft) -> None:
        here = {member.authority_id: member for member in perimeter.communes(territory)}
        strangers = [body.name for body in draft.communes if body.pk not in here]
        if strangers:
            raise Problem(
                f"{naming.listed(strangers)} : ce ne sont pas des communes membres aujourd’hui. Votre saisie est gardée.",
                "communes",
            )
        self.check_own(draft, len(here))
        for body in draft.communes:
            joined = here[body.pk].joined_on
            if joined is not None and draft.takes_effect_on <= joined:
                raise Problem(
                    f"{body.name} est membre depuis le {date_long(joined)} : la date d’effet doit venir après.",
                    "takes_effect_on",
                )

    def check_own(self, draft: Draft, members: int) -> None:
        """What is asked of these communes, of so many members."""
        if not draft.communes:
            raise Problem("Cochez la commune qui se retire.", "communes")
        if len(draft.communes) == members:
            raise Problem(
                "Toutes les communes ne peuvent pas se retirer ensemble : il ne resterait personne. Votre saisie est gardée.",
                "communes",
            )

    def enact(self, change: PerimeterChange, bodies: Sequence[Authority]) -> None:
        TerritoryMember.objects.filter(territory=change.territory, authority__in=bodies, left_on=None).update(
            left_on=change.takes_effect_on
        )


class NewCommune(Leaving):
    """Members leave as they were, gathered in a body that is made for them."""

    kind = Kind.NEW_COMMUNE

    def check_own(self, draft: Draft, members: int) -> None:
        if len(draft.communes) < 2:
            raise Problem(
                "Cochez au moins deux communes : une commune nouvelle en réunit plusieurs.", "communes"
            )
        if not draft.successor_name:
            raise Problem("Écrivez le nom de la commune nouvelle.", "successor_name")
        if draft.chief is None or draft.chief.pk not in {body.pk for body in draft.communes}:
            raise Problem(
                "Dites laquelle des communes réunies donne son code Insee : c’est celle du chef-lieu.",
                "chief",
            )
        siren = draft.successor_siren
        if siren and (holder := Authority.objects.filter(siren=siren).first()) is not None:
            raise Problem(
                f"Ce numéro SIREN est déjà celui de {holder.name}. Votre saisie est gardée : laissez ce champ vide si vous ne "
                "connaissez pas encore celui de la commune nouvelle.",
                "successor_siren",
            )

    def enact(self, change: PerimeterChange, bodies: Sequence[Authority]) -> None:
        change.successor = _new_commune(change, bodies)
        _join(change, change.successor)
        super().enact(change, bodies)


class Merger(ChangeKind):
    """Told, and moves nobody: another territory is prepared apart."""

    kind = Kind.MERGER

    def check(self, territory: Territory, draft: Draft) -> None:
        if not draft.successor_name:
            raise Problem("Écrivez le nom de la nouvelle intercommunalité.", "successor_name")

    def enact(self, change: PerimeterChange, bodies: Sequence[Authority]) -> None:
        return


_KINDS: dict[Kind, ChangeKind] = {one.kind: one for one in (Joining(), Leaving(), NewCommune(), Merger())}


def of(kind: str) -> ChangeKind:
    """The rules of a kind; a kind without rules is a fault, never taken for another."""
    return _KINDS[Kind(kind)]


def _join(change: PerimeterChange, body: Authority) -> None:
    """A new membership, in the tile it had if it was here before."""
    rows = TerritoryMember.objects.filter(territory=change.territory)
    own = rows.filter(authority=body).order_by("-pk").first()
    if own is not None and own.left_on is None:
        return
    if own is not None:
        tile = Tile(own.tile_drawing, own.tile_hue)
    else:
        # Those of the communes that left too: they may come back, and the history shows both.
        taken = rows.filter(authority__kind=Authority.Kind.COMMUNE)
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
