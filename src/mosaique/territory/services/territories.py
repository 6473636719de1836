"""A territory is made from the shipped reference, opened, corrected."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.text import slugify

from mosaique.kernel import clock
from mosaique.kernel.service import service
from mosaique.kernel.verdict import Problem
from mosaique.territory.models import Authority, Territory, TerritoryMember
from mosaique.territory.naming import curly
from mosaique.territory.reference import index, sources
from mosaique.territory.reference.entities import Commune, Epci
from mosaique.territory.tiles import EPCI_TILE, assign

_FACTS = [
    "kind", "name", "insee_code", "tncc", "department", "population", "population_year", "legal_nature", "tax_regime",
]  # fmt: skip


def _of_epci(body: Epci) -> Authority:
    years = index.population_years(body.siren)
    return Authority(
        kind=Authority.Kind.EPCI, name=curly(body.name), siren=body.siren, department=body.seat_department_code,
        population=body.municipal_population, population_year=years[0] if len(years) == 1 else None,
        legal_nature=body.nature, tax_regime=body.tax_regime,
    )  # fmt: skip


def _of_commune(place: Commune) -> Authority:
    return Authority(
        kind=Authority.Kind.COMMUNE, name=curly(place.name), siren=place.siren, insee_code=place.insee,
        tncc=str(place.tncc), department=place.department_code, population=place.municipal_population,
        population_year=place.population_year,
    )  # fmt: skip


def _slug(name: str, siren: str) -> str:
    """« cc-val-81 »; homonyms (several « CC du Val de… ») are told apart by their SIREN."""
    slug = slugify(name.replace("’", " ").replace("œ", "oe"))[:60].strip("-")
    return slug if not Territory.objects.filter(slug=slug).exists() else f"{slug}-{siren}"


def _kept(bodies: Sequence[Authority]) -> dict[str, Authority]:
    """These bodies as stored now, by SIREN: made if needed, their facts brought up to date if known already."""
    Authority.objects.bulk_create(
        bodies, update_conflicts=True, unique_fields=["siren"], update_fields=_FACTS, batch_size=200
    )
    rows = Authority.objects.filter(siren__in=[body.siren for body in bodies]).order_by("pk")
    return {authority.siren: authority for authority in rows if authority.siren}


def known_communes(codes: Sequence[str]) -> list[Authority]:
    """Communes of the reference as bodies of this instance. A part of the verbs that make a territory or widen one."""
    places = [place for code in codes if (place := index.commune(code)) is not None]
    here = {
        body.insee_code: body
        for body in Authority.objects.filter(
            kind=Authority.Kind.COMMUNE, insee_code__in=[place.insee for place in places], own_code=None
        )
    }
    made = _kept([_of_commune(place) for place in places if place.insee not in here])
    return [here.get(place.insee) or made[place.siren] for place in places]


@service
def create_territory(*, actor: Any, epci_siren: str, adoption_target: date | None = None) -> Territory:
    """Make the territory of an EPCI: its body, its communes, their facts with vintage, their tiles, once for all.

    A body already known (a commune invited elsewhere as a partner) is kept and its facts are brought up to date.
    """
    body = index.epci(epci_siren)
    if body is None:
        raise Problem(
            "Cette intercommunalité n’est pas dans la liste nationale. Rien n’a été créé : cherchez-la par son "
            "nom ou par celui d’une de ses communes.",
            "epci",
        )
    if Territory.objects.filter(epci__siren=epci_siren).exists():
        raise Problem(f"{curly(body.name)} a déjà son territoire ici. Rien n’a été créé.", "epci")
    communes = index.communes_of(epci_siren)
    known = _kept([_of_epci(body), *map(_of_commune, communes)])
    territory = Territory.objects.create(
        epci=known[epci_siren], slug=_slug(body.name, epci_siren), created_at=clock.now(),
        adoption_target=adoption_target, reference_vintage=sources.VINTAGE,
    )  # fmt: skip
    tiles = assign(place.insee for place in communes)
    TerritoryMember.objects.bulk_create(
        [
            TerritoryMember(
                territory=territory, authority=known[epci_siren], tile_drawing=EPCI_TILE.drawing, tile_hue=EPCI_TILE.hue
            ),
            *(
                TerritoryMember(
                    territory=territory, authority=known[place.siren], tile_drawing=tiles[place.insee].drawing,
                    tile_hue=tiles[place.insee].hue,
                )
                for place in communes
            ),
        ],
        batch_size=200,
    )  # fmt: skip
    return territory


@service
def open_territory(*, actor: Any, territory: Territory) -> Territory:
    """Open a prepared territory to the people it will invite, and its public page to everyone."""
    territory = Territory.objects.select_for_update(of=("self",)).select_related("epci").get(pk=territory.pk)
    if territory.state != Territory.State.OPEN:
        territory.state, territory.opened_at = Territory.State.OPEN, clock.now()
        territory.save(update_fields=["state", "opened_at"])
    return territory


@service
def set_adoption_target(*, actor: Any, territory: Territory, day: date | None) -> None:
    """Change the date aimed at for the vote; every other date is computed from it."""
    territory.adoption_target = day
    territory.save(update_fields=["adoption_target"])
