"""A passkey: the device checks its owner (finger, face, its own code), then signs a challenge. Only its public half is here.

WebAuthn, by fido2. The name of the site is that of MOSAIQUE_URL; what was made under another address does not open this one.
"""

import hashlib
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from mosaique.access.actor import Actor
from mosaique.access.middleware import actor_of
from mosaique.access.models import Person
from mosaique.accounts import keys
from mosaique.accounts.models import Passkey
from mosaique.accounts.registry import PASSKEY_ADDED, PASSKEY_DOUBTED, PASSKEY_REMOVED, PASSKEY_RENAMED
from mosaique.kernel import clock
from mosaique.kernel.service import service
from mosaique.kernel.verdict import Problem

MOST = 10  # of one person
REQUIRED = UserVerificationRequirement.REQUIRED
#: What fido2 and its readers raise on what is no answer of a device.
_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, IndexError, NotImplementedError, struct.error)


@dataclass(frozen=True, slots=True)
class Entered:
    """Who came in by a key; nobody, and whether it was a copy of one, otherwise."""

    person: Person | None = None
    doubted: bool = False


def origin() -> str:
    parts = urlsplit(settings.PUBLIC_URL)
    return f"{parts.scheme}://{parts.netloc}"


def site() -> str:
    return urlsplit(settings.PUBLIC_URL).hostname or ""


def are_possible() -> bool:
    """Browsers know keys only for a name, reached safely (https, or this very machine)."""
    if not settings.SECURE and site() != "localhost":
        return False
    try:
        ip_address(site())
    except ValueError:
        return bool(site())
    return False


def _server() -> Fido2Server:
    return Fido2Server(
        PublicKeyCredentialRpEntity(name="Mosaïque", id=site()), verify_origin=lambda seen: seen == origin()
    )


def _known(row: Passkey) -> AttestedCredentialData:
    return AttestedCredentialData(bytes(row.credential))


def _digest(credential_id: bytes) -> str:
    return hashlib.sha256(credential_id).hexdigest()


def of(person: Person) -> list[Passkey]:
    return list(Passkey.objects.filter(person=person))


def begin_adding(person: Person) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the browser asks the device, and the challenge to keep until it answers. The person's address goes nowhere."""
    user = PublicKeyCredentialUserEntity(
        id=person.handle.encode(), name=person.full_name, display_name=person.full_name
    )
    options, state = _server().register_begin(
        user, credentials=[_known(one) for one in of(person)], resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=REQUIRED,
    )  # fmt: skip
    return dict(options), dict(state)


def begin_entering() -> tuple[dict[str, Any], dict[str, Any]]:
    """The same for whoever comes in: nobody is named, the device says whose key it holds."""
    options, state = _server().authenticate_begin(user_verification=REQUIRED)
    return dict(options), dict(state)


def checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Problem(
            "Donnez un nom à cette clé, pour la reconnaître plus tard : « Mon téléphone », par exemple.",
            "name",
        )
    if len(name) > Passkey.MAX_NAME:
        raise Problem(f"Ce nom est trop long : {Passkey.MAX_NAME} signes au plus. Raccourcissez-le.", "name")
    return name


def new_name(person: Person, name: str) -> str:
    """Said before the device makes anything: a key refused afterwards would stay on it for nothing."""
    name = checked_name(name)
    if Passkey.objects.filter(person=person).count() >= MOST:
        raise Problem(f"Vous avez déjà {MOST} clés. Retirez-en une qui ne sert plus, puis recommencez.")
    return name


@service
def add_passkey(
    *, actor: Actor, person: Person, name: str, state: Mapping[str, Any], answer: Mapping[str, Any]
) -> Passkey:
    """Keep the public half of what the device has just made."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    keys.require_own(actor, person)
    name = new_name(person, name)
    made = _made(state, answer)
    credential = made.credential_data if made is not None else None
    if made is None or credential is None:
        raise Problem(
            "La réponse de l’appareil n’a pas pu être vérifiée. Aucune clé n’a été ajoutée : recommencez."
        )
    if Passkey.objects.filter(digest=_digest(credential.credential_id)).exists():
        raise Problem("Cette clé est déjà connue. Rien n’a été ajouté.")
    row = Passkey.objects.create(
        person=person, name=name, digest=_digest(credential.credential_id), credential=bytes(credential), counter=made.counter,
        is_synced=made.is_backup_eligible(), added_at=clock.now(),
    )  # fmt: skip
    keys.note(
        actor, person, PASSKEY_ADDED, "Une clé d’accès a été ajoutée à votre compte",
        f"une clé d’accès, « {name} », a été ajoutée à votre compte",
    )  # fmt: skip
    return row


def _made(state: Mapping[str, Any], answer: Mapping[str, Any]) -> AuthenticatorData | None:
    try:
        return _server().register_complete(state, RegistrationResponse.from_dict(answer))
    except _UNREADABLE:
        return None


@service
def remove_passkey(*, actor: Actor, passkey: Passkey) -> Person:
    """Sessions open elsewhere are closed with it."""
    row = (
        Passkey.objects.select_for_update(of=("self",)).select_related("person").filter(pk=passkey.pk).first()
    )
    person = Person.objects.select_for_update().get(pk=passkey.person_id)
    keys.require_own(actor, person)
    if row is None:
        return person
    row.delete()
    person.close_sessions()
    keys.note(
        actor, person, PASSKEY_REMOVED, "Une clé d’accès a été retirée de votre compte",
        f"la clé d’accès « {row.name} » a été retirée de votre compte, et les sessions ouvertes ailleurs ont été fermées",
    )  # fmt: skip
    return person


@service
def rename_passkey(*, actor: Actor, passkey: Passkey, name: str) -> Passkey:
    """Nobody comes in otherwise for it: no message, and no proof of less than a quarter of an hour."""
    keys.require_own(actor, passkey.person)
    row = (
        Passkey.objects.select_for_update(of=("self",)).select_related("person").filter(pk=passkey.pk).first()
    )
    if row is None:
        raise Problem("Cette clé a été retirée entre-temps : rien n’a été renommé.", "name")
    row.name = checked_name(name)
    row.save(update_fields=["name"])
    keys.write(actor, row.person, PASSKEY_RENAMED)
    return row


@service
def enter_by_passkey(*, actor: Actor, state: Mapping[str, Any], answer: Mapping[str, Any]) -> Entered:
    """Whose key has signed. Nothing is raised: what a copied key tells is to be kept."""
    try:
        given = AuthenticationResponse.from_dict(answer)
        digest = _digest(given.raw_id)
    except _UNREADABLE:
        return Entered()
    row = (
        Passkey.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(digest=digest, person__is_active=True)
        .first()
    )
    if row is None or not _signed(row, state, given):
        return Entered()
    seen = given.response.authenticator_data.counter
    if (seen or row.counter) and seen <= row.counter:
        # A device that counts its signatures never goes back: this one is a copy, or the other is.
        keys.note(
            actor_of(row.person), row.person, PASSKEY_DOUBTED, "Une clé d’accès a été refusée",
            f"la clé d’accès « {row.name} » a été refusée : elle semble avoir été copiée",
        )  # fmt: skip
        return Entered(doubted=True)
    row.counter, row.last_used_at = seen, clock.now()
    row.save(update_fields=["counter", "last_used_at"])
    return Entered(row.person)


def _signed(row: Passkey, state: Mapping[str, Any], given: AuthenticationResponse) -> bool:
    if given.response.user_handle != row.person.handle.encode():
        return False
    try:
        _server().authenticate_complete(state, [_known(row)], given)
    except _UNREADABLE:
        return False
    return given.response.authenticator_data.is_user_verified()
