"""The second step: six figures that an application of one's telephone shows, asked after whatever way in.

RFC 6238, thirty seconds, one code of drift each way; a code serves once. Ten recovery codes replace a lost telephone.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import pyotp

from mosaique.access.actor import Actor
from mosaique.access.confirmation import require_personal
from mosaique.access.models import Mandate, Person
from mosaique.accounts import keys, secrecy
from mosaique.accounts.key_policies import may_lift_second_step
from mosaique.accounts.models import Passkey, RecoveryCode, SecondStep
from mosaique.accounts.registry import RECOVERY_RENEWED, RECOVERY_USED, STEP_ADDED, STEP_LIFTED, STEP_REMOVED
from mosaique.kernel import clock, mail
from mosaique.kernel.service import service
from mosaique.kernel.verdict import Problem, require

PERIOD = 30  # seconds
DRIFT = 1  # codes, each way: the telephone's clock and ours differ a little
WINDOW = timedelta(hours=1)
RECOVERY_CODES = 10


class Step(StrEnum):
    """What became of a code given at the second step."""

    GOOD = "good"
    RECOVERED = "recovered"  # by a recovery code
    WRONG = "wrong"
    USED = "used"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Tried:
    answer: Step
    tries_left: int = 0
    codes_left: int = 0  # recovery codes, once one has served

    @property
    def is_good(self) -> bool:
        return self.answer in (Step.GOOD, Step.RECOVERED)


def new_secret() -> str:
    return pyotp.random_base32()


def address_of(person: Person, secret: str) -> str:
    """What the QR code says to the application: whose, of what, and the secret."""
    return pyotp.TOTP(secret).provisioning_uri(name=person.full_name, issuer_name="Mosaïque")


def of(person: Person) -> SecondStep | None:
    return SecondStep.objects.filter(person=person).first()


def codes_left(person: Person) -> int:
    return RecoveryCode.objects.filter(second_step__person=person, used_at=None).count()


def _half_minute() -> int:
    """The telephone's own time: the demonstration's date may run ahead of it."""
    real: datetime = clock.now() - timedelta(days=clock.shift_days())
    return int(real.timestamp()) // PERIOD


def _matching(secret: str, typed: str) -> int | None:
    """The half-minute whose code it is, near enough to now."""
    now, totp = _half_minute(), pyotp.TOTP(secret)
    return next(
        (n for n in range(now - DRIFT, now + DRIFT + 1) if secrecy.same(totp.generate_otp(n), typed)), None
    )


@service
def add_second_step(*, actor: Actor, person: Person, secret: str, code: str) -> list[str]:
    """Set it up, once the application has shown a good code; the recovery codes, which nobody will see again."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    keys.require_own(actor, person)
    if of(person) is not None:
        raise Problem(
            "La deuxième étape est déjà en place. Pour changer de téléphone, retirez-la, puis ajoutez-la de nouveau.",
            "code",
        )
    found = _matching(secret, _figures(code))
    if found is None:
        raise Problem(
            "Ce n’est pas le code que l’application montre en ce moment. Rien n’est encore changé : attendez le suivant, et "
            "vérifiez que l’heure du téléphone est réglée d’elle-même.",
            "code",
        )
    row = SecondStep.objects.create(
        person=person, sealed=secrecy.seal(secret), last_used=found, added_at=clock.now()
    )
    person.close_sessions()  # they were opened without it
    keys.note(
        actor, person, STEP_ADDED, "Une deuxième étape protège votre compte",
        "une deuxième étape a été ajoutée à votre compte : un code à usage unique est demandé à chaque entrée, et les sessions "
        "ouvertes ailleurs ont été fermées",
    )  # fmt: skip
    return _draw_codes(row)


@service
def remove_second_step(*, actor: Actor, person: Person) -> Person:
    person = Person.objects.select_for_update().get(pk=person.pk)
    keys.require_own(actor, person)
    row = of(person)
    if row is None:
        return person
    row.delete()
    person.close_sessions()
    keys.note(
        actor, person, STEP_REMOVED, "La deuxième étape de votre compte a été retirée",
        "la deuxième étape a été retirée de votre compte : aucun code à usage unique n’est plus demandé, et les sessions ouvertes "
        "ailleurs ont été fermées",
    )  # fmt: skip
    return person


@service
def lift_second_step(*, actor: Actor, mandate: Mandate) -> None:
    """By the project team, for a lost telephone and lost codes. The mailbox alone then opens the account: the person is told.

    Who reads the same mailbox may not: they would open the door for themselves.
    """
    mandate = Mandate.objects.select_related("territory", "person").get(pk=mandate.pk)
    require(may_lift_second_step(actor, mandate))
    require_personal(actor)
    if mandate.person.others_of_mailbox().filter(pk=actor.person_id).exists():
        raise Problem(
            "Vous lisez la même boîte que cette personne : quelqu’un d’autre de l’équipe doit retirer sa deuxième étape. Rien n’a "
            "changé."
        )
    row = of(mandate.person)
    if row is None:
        return
    row.delete()
    mandate.person.close_sessions()  # the telephone that was lost may hold one, and a key
    key = Passkey.objects.filter(person=mandate.person).exists()
    keys.note(
        actor, mandate.person, STEP_LIFTED, "La deuxième étape de votre compte a été retirée",
        f"{actor.name} a retiré la deuxième étape de votre compte, pour l’équipe du projet, et les sessions ouvertes à votre nom ont "
        "été fermées" + (" ; si le téléphone perdu gardait une clé d’accès, retirez-la aussi" if key else ""),
        about=mandate,
    )  # fmt: skip


@service
def renew_recovery_codes(*, actor: Actor, person: Person) -> list[str]:
    """Ten new ones; the former serve no more."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    keys.require_own(actor, person)
    row = of(person)
    if row is None:
        raise Problem("Votre compte n’a pas de deuxième étape : il n’y a pas de code de secours à refaire.")
    row.recovery_codes.all().delete()
    keys.note(
        actor, person, RECOVERY_RENEWED, "Vos codes de secours ont été refaits",
        "vos codes de secours ont été refaits ; les anciens ne servent plus",
    )  # fmt: skip
    return _draw_codes(row)


def _draw_codes(row: SecondStep) -> list[str]:
    codes = [secrecy.new_letter_code() for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(second_step=row, digest=secrecy.recovery_hash(row.person_id, code)) for code in codes
    )
    return codes


@service
def check_second_step(*, actor: Actor, person: Person, code: str) -> Tried:
    """Try a one-time code, or a recovery code. Counted even when wrong, so nothing is raised."""
    row = SecondStep.objects.select_for_update(of=("self",)).filter(person=person).first()
    if row is None:  # taken away meanwhile, by the person or by the team
        return Tried(Step.GOOD)
    recovery = secrecy.letter_code(code)
    if len(recovery) == secrecy.LETTER_LENGTH:
        return _recover(actor, row, recovery)
    if row.tries_since is None or clock.now() - row.tries_since >= WINDOW:
        row.tries, row.tries_since = 0, clock.now()
    if row.tries >= row.MAX_TRIES:
        return Tried(Step.TOO_MANY)
    secret = secrecy.unseal(row.sealed)
    found = _matching(secret, _figures(code)) if secret else None
    if found is not None and found > row.last_used:
        row.last_used, row.tries = found, 0
        row.save(update_fields=["last_used", "tries", "tries_since"])
        return Tried(Step.GOOD)
    row.tries += 1
    row.save(update_fields=["tries", "tries_since"])
    left = row.MAX_TRIES - row.tries
    if not left:
        _warn(person)
        return Tried(Step.TOO_MANY)
    return Tried(Step.USED if found is not None else Step.WRONG, tries_left=left)


def _recover(actor: Actor, row: SecondStep, code: str) -> Tried:
    """Nobody guesses one: it is taken even when too many wrong one-time codes were given."""
    found = row.recovery_codes.filter(digest=secrecy.recovery_hash(row.person_id, code)).first()
    if found is None:
        return Tried(Step.WRONG)
    if found.used_at is not None:
        return Tried(Step.USED)
    found.used_at = clock.now()
    found.save(update_fields=["used_at"])
    left = row.recovery_codes.filter(used_at=None).count()
    keys.note(
        actor, row.person, RECOVERY_USED, "Un de vos codes de secours a servi",
        "un de vos codes de secours a servi pour entrer ; "
        + (f"il en reste {left}" if left else "il n’en reste aucun, refaites-en dix"),
    )  # fmt: skip
    return Tried(Step.RECOVERED, codes_left=left)


def _figures(typed: str) -> str:
    return "".join(sign for sign in typed if sign.isascii() and sign.isdecimal())


def _warn(person: Person) -> None:
    mail.queue(
        to=person.email, subject="Dix codes faux ont été donnés à votre nom", kind="key", person_id=person.pk,
        text=f"""Bonjour {person.full_name},

Quelqu’un a franchi la première étape de votre entrée, puis s’est trompé dix fois de code à usage unique. Personne n’est entré, et les
codes sont refusés pendant une heure ; un code de secours reste pris.

C’était vous ? Vérifiez que l’heure de votre téléphone est réglée d’elle-même.

Ce n’était pas vous ? Quelqu’un lit votre boîte, ou connaît votre mot de passe : changez celui de la boîte, et prévenez la personne qui
conduit le projet dans votre intercommunalité.

Mosaïque
""",
    )  # fmt: skip
