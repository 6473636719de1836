"""The printed letter: its words, then one page A4 a person. Pure: no row is written here."""

import io
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.urls import reverse

from mosaique.access.actor import Actor
from mosaique.accounts import secrecy
from mosaique.accounts.services.letters import LIFE, Printed
from mosaique.kernel import clock
from mosaique.kernel.typography import date_long, typographie
from mosaique.territory.models import Authority, Territory

_TEMPLATE = Path(__file__).parent / "letter.typ"


def pdf(actor: Actor, territory: Territory, letters: Sequence[Printed], *, contact: str) -> bytes:
    """The letters, one a page. `contact`: the address of who sends them."""
    from mosaique.kernel.docgen.pdf import compile_sheet  # the engine weighs on start-up

    today = clock.today()
    address = settings.PUBLIC_URL + reverse("letter")
    sender = territory.epci.name
    title = actor.mandate.title if actor.mandate else ""
    qr = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        qr, kind="svg", scale=4, border=1, dark="#1a2630", xmldecl=False
    )
    data: dict[str, object] = {
        "title": f"Lettre d’invitation, {sender}", "author": sender, "sender": sender,
        "contact": _spaced([f"{actor.name}, {title}" if title else actor.name, contact]),
        "day": f"Le {date_long(today)}",
        "subject": typographie("Objet : votre code pour entrer dans Mosaïque, où se prépare le schéma de mutualisation"),
        "salutation": "Madame, Monsieur,",
        "steps": _spaced([
            "Sur un ordinateur ou un téléphone, ouvrez cette adresse, ou photographiez le carré ci-contre :",
            "Recopiez votre code. Espaces et majuscules ne comptent pas :",
            "Vérifiez que c'est bien vous. Vous direz ensuite à quelle adresse de courriel vous écrire, ou que vous n'en avez pas.",
        ]),
        "address": _readable(address), "qr": qr.getvalue().decode(), "qr_alt": f"Code QR de l’adresse {address}",
        "qr_caption": "La même adresse", "signature": [actor.name, title, sender],
        "demo": typographie("Démonstration : collectivités réelles, personnes et décisions inventées. Cette lettre n'est pas à envoyer.")
        if settings.DEMO else "",
        "letters": [_letter(actor, territory, one, contact) for one in letters],
    }  # fmt: skip
    return compile_sheet(_TEMPLATE.read_bytes(), data, day=today)


def _letter(actor: Actor, territory: Territory, one: Printed, contact: str) -> dict[str, object]:
    mandate, person = one.mandate, one.mandate.person
    reached = (
        f"Le message que nous vous avons adressé à {person.email} ne vous est pas parvenu, ou est resté sans suite : "
        "cette lettre le remplace."
        if person.email
        else "Nous n'avons pas d'adresse électronique où vous écrire : cette lettre vous permet d'entrer."
    )
    day = date_long(clock.day_of(clock.now() + LIFE))
    return {
        "recipient": [person.full_name, mandate.title, *(one.lines or default_lines(mandate.authority)).splitlines()][:7],
        "code": secrecy.grouped(one.code),
        "why": _spaced([
            f"{_the(territory.epci.name)} et ses communes préparent leur schéma de mutualisation : ce qu'elles choisiront de faire "
            f"ensemble, et ce que chacune gardera. Votre place y est prévue comme : {mandate.title}, {mandate.authority.name}.",
            f"{reached} Trois gestes suffisent.",
        ]),
        "after": _spaced([
            f"Ce code est personnel. Il sert une fois, jusqu'au {day}. S'il est perdu ou dépassé, demandez-en un autre à "
            f"{actor.name}{f' ({contact})' if contact else ''}.",
            "Aucun mot de passe n'est à retenir. Chaque commune reste maîtresse de ses données, et rien ne s'y décide sans elle.",
            "Veuillez agréer, Madame, Monsieur, l'expression de ma considération distinguée.",
        ]),
    }  # fmt: skip


def _the(name: str) -> str:
    """« La CC Val 81 »: how a sentence begins with an intercommunality."""
    return f"La {name}" if name.startswith(("CC ", "CA ", "CU ", "Communauté", "Métropole")) else name


def default_lines(authority: Authority) -> str:
    """Below the name, when nobody has typed an address yet: enough to hand the letter over."""
    if authority.kind == Authority.Kind.COMMUNE:
        return f"Mairie {authority.of_name}"
    return authority.name


def _readable(address: str) -> str:
    """As people type it: without its scheme, nor its last slash."""
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path}".rstrip("/")


def _spaced(texts: Sequence[str]) -> list[str]:
    return [typographie(text) for text in texts if text]
