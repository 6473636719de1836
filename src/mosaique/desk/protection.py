"""« Vos données »: who answers for what, what is kept and how long, and the person's own copy."""

import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string
from django.utils.timezone import localtime

from mosaique.access.actor import Actor
from mosaique.access.models import Person
from mosaique.kernel import clock, personal
from mosaique.kernel.ui.parts import Link
from mosaique.territory import perimeter
from mosaique.territory.models import Authority, Territory


@dataclass(frozen=True, slots=True)
class Contact:
    """One body that answers for something, and to whom one writes there. `edit`: for whoever may say it."""

    authority: Authority
    answers_for: str
    edit: Link | None = None

    @property
    def sentence(self) -> str:
        return f"Répond de ceci : {self.answers_for}"


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers for what in one territory."""

    territory: Territory
    contacts: tuple[Contact, ...]


def of_territory(territory: Territory, own: Authority | None = None, edit: Link | None = None) -> Answering:
    """The intercommunality for the process; the reader's own body for its inventory and its agents."""
    process = (
        "le déroulement de la démarche : qui est invité, ce qui est débattu, le rapport et la consultation"
    )
    if own is not None and own.pk == territory.epci_id:
        process += " ; son inventaire et ses agents"
    contacts = [Contact(territory.epci, process, edit if own and own.pk == territory.epci_id else None)]
    if own is not None and own.kind == Authority.Kind.COMMUNE:  # another body keeps no inventory here
        contacts.append(Contact(own, "son inventaire, ses agents et ce qu’elle choisit d’en partager", edit))
    return Answering(territory, tuple(contacts))


def of_actor(actor: Actor, edit: Link | None) -> list[Answering]:
    """One block per territory the person acts in; the link to change is for the mandate acted for now."""
    wanted = {held.territory_id: held.authority_id for held in reversed(actor.mandates)}
    if actor.mandate is not None:
        wanted[actor.mandate.territory_id] = actor.mandate.authority_id
    territories = Territory.objects.visible_to(actor).for_screen().filter(pk__in=wanted)
    bodies = Authority.objects.in_bulk(list(wanted.values()))
    return [
        of_territory(one, bodies.get(wanted[one.pk]), edit if one.pk == actor.territory_id else None)
        for one in territories
    ]


def communes(territory: Territory) -> list[Authority]:
    """The communes of today, for the notice of the territory: each answers for itself."""
    return [row.authority for row in perimeter.communes(territory)]


# --- The person's own copy -------------------------------------------------------------------


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return localtime(value, clock.PARIS).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value


def _read(value: Any) -> Any:
    """As a reader wants it: « oui », « 3 mars 2026 à 14 h 05 », nothing for nothing."""
    if value is None or value == "" or value == [] or value == {}:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime):
        return localtime(value, clock.PARIS).strftime("%d/%m/%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, dict):
        return "\n".join(f"{key} : {_read(one)}" for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(str(_read(one)) for one in value)
    return value


def own_copy(person_id: int, demo: bool) -> bytes:
    """A ZIP: one page to read, one JSON for a machine, the same rows in both. Only what is this person's."""
    person = Person.objects.get(pk=person_id)
    given = list(personal.given_to(person_id))
    machine = {
        "fait_le": clock.now().isoformat(timespec="seconds"),
        "donnees": [
            {
                "sorte": one.kind.what, "pourquoi": one.kind.why, "gardé": one.kind.how_long, "titre": one.table.title,
                "lignes": [{key: _plain(value) for key, value in row.items()} for row in one.rows],
            }
            for one in given
        ],
    }  # fmt: skip
    page = render_to_string(
        "desk/own_copy.html",
        {
            "person": person, "made": clock.now(), "demo": demo,
            "parts": [
                {
                    "title": one.table.title, "kind": one.kind, "heads": list(one.table.columns.values()),
                    "rows": [[_read(value) for value in row.values()] for row in one.rows],
                }
                for one in given if one.rows
            ],
            "empty": [one.table.title for one in given if not one.rows],
            "withheld": [table for kind in personal.kinds() for table in kind.tables if table.not_given],
        },
    )  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("vos-donnees.html", page)
        archive.writestr("vos-donnees.json", json.dumps(machine, ensure_ascii=False, indent=1))
    return out.getvalue()
