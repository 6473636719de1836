"""The territory of the tests, as plain functions: fixtures and worlds both call them."""

from datetime import date

from mosaique.access import cards
from mosaique.access.models import Mandate, Person
from mosaique.access.roles import Role
from mosaique.accounts.services.mandates import new_person
from mosaique.kernel import clock
from mosaique.territory.models import Authority, Territory, TerritoryMember


def stranger(email: str, given: str, family: str, *, operator: bool = False) -> Person:
    person = new_person(email=email, given_name=given, family_name=family)
    person.is_operator = operator
    person.save()
    return person


def elsewhere() -> Person:
    """The mayor of a commune of another territory, which is open too."""
    epci = Authority.objects.create(
        kind="epci",
        name="CC du Ruisseau",
        siren="200000008",
        department="82",
        legal_nature="CC",
        tax_regime="FPU",
    )
    commune = Authority.objects.create(
        kind="commune",
        name="Montvert",
        siren="218200008",
        insee_code="82998",
        department="82",
        population=310,
        tncc="0",
    )
    territory = Territory.objects.create(
        epci=epci, slug="cc-du-ruisseau", state="open", created_at=clock.now(), reference_vintage="2026"
    )
    for authority in (epci, commune):
        TerritoryMember.objects.create(
            territory=territory, authority=authority, tile_drawing=1, tile_hue="bv"
        )
    person = stranger("mairie@montvert.exemple.fr", "Odile", "Garrigues")
    Mandate.objects.create(
        person=person,
        territory=territory,
        authority=commune,
        role=Role.MAYOR,
        title="Maire",
        starts_on=date(2026, 4, 1),
    )
    cards.rewrite([person])
    return person


def former(territory: Territory, commune: Authority) -> Person:
    """A deputy of commune A whose mandate ended yesterday."""
    person = stranger("ancienne.adjointe@exemple.fr", "Colette", "Sabatier")
    Mandate.objects.create(
        person=person, territory=territory, authority=commune, role=Role.DEPUTY, title="Adjointe", starts_on=date(2026, 4, 1),
        ends_on=date(2026, 11, 25),
    )  # fmt: skip
    cards.rewrite([person])
    return person
