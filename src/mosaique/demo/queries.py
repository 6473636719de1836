"""Who the demonstration offers to be, and the messages it has written."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from mosaique.access.middleware import actor_of
from mosaique.access.models import Person
from mosaique.demo.cast import BY_SLUG, CAST, Persona
from mosaique.kernel.models import OutgoingMail
from mosaique.kernel.typography import typographie
from mosaique.kernel.ui.parts import Tile
from mosaique.territory.models import Territory

#: EPCI of the demonstration: CC Cœur de Garonne (Haute-Garonne), 48 communes, fiscalité professionnelle unique.
SIREN = "200068815"
DOMAIN = "exemple.fr"


@dataclass(frozen=True, slots=True)
class Offer:
    """One person one may be: who, for whom, and what she will see."""

    slug: str
    name: str
    title: str
    body: str
    sees: str
    tile: Tile | None
    here: bool


def demo_territory() -> Territory | None:
    """The territory of the demonstration, once seeded."""
    return Territory.objects.select_related("epci").filter(epci__siren=SIREN).first()


def _address(persona: Persona) -> tuple[str, str, str]:
    return f"{persona.mailbox}@{DOMAIN}", persona.given_name, persona.family_name


def person_of(slug: str) -> Person | None:
    """The person behind a persona."""
    persona = BY_SLUG.get(slug)
    if persona is None:
        return None
    email, given, family = _address(persona)
    return (
        Person.objects.select_related("card")
        .filter(email=email, given_name=given, family_name=family, is_active=True)
        .first()
    )


def is_shared(person: Person) -> bool:
    """Whether others read the same mailbox."""
    return person.others_of_mailbox().exists()


def offers(me: int | None) -> list[Offer]:
    """Every persona that is in place, in the order of the cast. One query."""
    rows = Person.objects.select_related("card").filter(
        email__in=[_address(persona)[0] for persona in CAST], is_active=True
    )
    found = {(row.email, row.given_name, row.family_name): row for row in rows}
    shown = []
    for persona in CAST:
        person = found.get(_address(persona))
        held = actor_of(person).mandate if person else None
        if person is None or held is None:
            continue
        shown.append(
            Offer(
                persona.slug,
                person.full_name,
                held.title,
                held.authority_name,
                typographie(persona.sees),
                Tile(held.tile_drawing, held.tile_hue) if held.authority_kind != "other" else None,
                person.pk == me,
            )
        )
    return shown


def messages_to(address: str) -> QuerySet[OutgoingMail]:
    """Messages, newest first; those of one mailbox when an address is given."""
    found = OutgoingMail.objects.order_by("-created_at", "-pk")
    return found.filter(to=address.strip().lower()) if address else found


def mailboxes() -> list[tuple[str, int]]:
    """Every address written to, with how many messages."""
    rows = OutgoingMail.objects.values("to").annotate(count=Count("pk")).order_by("to")
    return [(row["to"], row["count"]) for row in rows]


_LINK = re.compile(r"https?://[^\s<]+")


def readable(text: str) -> SafeString:
    """A message's text as HTML: paragraphs, and links that open the page here whatever address was written."""
    site = settings.PUBLIC_URL

    def link(found: re.Match[str]) -> str:
        url = found.group(0)
        target = (url[len(site) :] or "/") if url.startswith(site) else url
        return f'<a href="{target}">{url}</a>'

    paragraphs = re.split(r"\n\s*\n", escape(text).strip())
    return mark_safe("".join(f"<p>{_LINK.sub(link, p).replace(chr(10), '<br>')}</p>" for p in paragraphs))
