"""What screens read of a territory: members with their tile, sorted by name; its identity map."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from mosaique.territory import maps, perimeter
from mosaique.territory.maps import Area, MapSvg
from mosaique.territory.models import Territory
from mosaique.territory.naming import curly
from mosaique.territory.reference.entities import Commune
from mosaique.territory.tiles import Tile, assign

#: Up to here every name is tried on the map; beyond, those of the most populated communes only.
ALL_NAMES, SOME_NAMES = 48, 24


@dataclass(frozen=True, slots=True)
class Member:
    """A commune of a territory as pages show it."""

    authority_id: int | None
    code: str
    name: str
    population: int | None
    tile: Tile


def sort_key(name: str) -> str:
    """French alphabetical order, near enough: word by word, without accents, case or marks (« Écuillé » beside « Écully »,
    « Saint-Michel » before « Sainte-Foy »)."""
    plain = unicodedata.normalize("NFKD", name.lower())
    return "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))


def members(territory: Territory) -> list[Member]:
    """Communes that are members today, by name. One query."""
    rows = perimeter.communes(territory).values_list(
        "authority_id",
        "authority__own_code",
        "authority__insee_code",
        "authority__name",
        "authority__population",
        "tile_drawing",
        "tile_hue",
    )
    found = [
        Member(pk, own or code, name, population, Tile(drawing, hue))
        for pk, own, code, name, population, drawing, hue in rows.order_by("authority__name")
    ]
    return sorted(found, key=lambda member: sort_key(member.name))


def future_members(communes: Iterable[Commune]) -> list[Member]:
    """The same for an EPCI of the reference that has no territory yet: the tiles it would be given."""
    communes = list(communes)
    tiles = assign(place.insee for place in communes)
    found = [
        Member(None, place.insee, curly(place.name), place.municipal_population, tiles[place.insee])
        for place in communes
    ]
    return sorted(found, key=lambda member: sort_key(member.name))


def identity_map(shown: list[Member]) -> MapSvg:
    """Who is who: each commune in its tile, the three most populated keep their name on small screens."""
    ranked = sorted(shown, key=lambda member: -(member.population or 0))
    named = {member.code for member in (ranked if len(shown) <= ALL_NAMES else ranked[:SOME_NAMES])}
    first = {member.code for member in ranked[:3]}
    return maps.map_of(
        [
            Area(
                member.code,
                member.tile,
                label=member.name if member.code in named else "",
                prominent=member.code in first,
            )
            for member in ranked
        ]
    )
