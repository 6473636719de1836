"""Builds the cast on a territory: persons, mandates, the three spaces. Used by the demonstration's seed and by the tests."""

import secrets
from dataclasses import dataclass, field
from datetime import date

from mosaique.access import cards, themes
from mosaique.access.actor import Actor
from mosaique.access.middleware import actor_of
from mosaique.access.models import Mandate, Membership, Person, Scope, Space, Visibility
from mosaique.demo.cast import CAST, SPACES, Persona
from mosaique.kernel import clock
from mosaique.territory.models import Authority, Territory


@dataclass
class Company:
    """The cast in place: persons by slug, the two communes of the cast, the spaces by key."""

    territory: Territory
    commune_a: Authority
    commune_b: Authority
    partner_body: Authority
    people: dict[str, Person] = field(default_factory=dict)
    spaces: dict[str, Space] = field(default_factory=dict)

    def actor(self, slug: str) -> Actor:
        """A fresh actor for a persona (its card as stored now)."""
        return actor_of(Person.objects.select_related("card").get(pk=self.people[slug].pk))


def _body(company: Company, persona: Persona) -> Authority:
    return {
        "epci": company.territory.epci,
        "a": company.commune_a,
        "b": company.commune_b,
        "cdg": company.partner_body,
    }[persona.body]


def _space(company: Company, key: str) -> Space:
    kind, name, purpose, theme, openness, joining, follows = SPACES[key]
    territory = company.territory
    known = Scope.objects.obtain(territory=territory, visibility=Visibility.TERRITORY)
    space = Space.objects.create(
        territory=territory, kind=kind, name=name, purpose=purpose, theme=theme, openness=openness, joining=joining,
        follows=list(follows), scope=known, created_at=clock.now(),
    )  # fmt: skip
    inside = Visibility.TERRITORY if openness == "territory" else Visibility.SPACE
    space.content_scope = Scope.objects.obtain(
        territory=territory, visibility=inside, space=space if inside == Visibility.SPACE else None
    )
    space.save(update_fields=["content_scope"])
    return space


def install(
    territory: Territory,
    *,
    commune_a: Authority,
    commune_b: Authority,
    since: date,
    domain: str = "exemple.fr",
) -> Company:
    """Put the whole cast on a territory. The two communes must be members of it."""
    cdg, _ = Authority.objects.get_or_create(
        siren="000000000",
        defaults={"kind": Authority.Kind.OTHER, "name": "Centre de gestion (démonstration)"},
    )
    company = Company(territory, commune_a, commune_b, cdg)
    company.spaces = {key: _space(company, key) for key in SPACES}
    for persona in CAST:
        person = Person(
            handle=secrets.token_hex(16), email=f"{persona.mailbox}@{domain}", given_name=persona.given_name,
            family_name=persona.family_name, created_at=clock.now(),
        )  # fmt: skip
        person.set_unusable_password()
        person.save()
        company.people[persona.slug] = person
        Mandate.objects.create(
            person=person, territory=territory, authority=_body(company, persona), role=persona.role,
            title=persona.title, themes=themes.mask(*persona.themes), starts_on=since,
        )  # fmt: skip
        for role, keys in (("animator", persona.animates), ("contributor", persona.contributes)):
            for key in keys:
                Membership.objects.create(
                    space=company.spaces[key], person=person, role=role, since=clock.now()
                )
    cards.rewrite(company.people.values())
    return company
