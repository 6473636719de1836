"""Sign-in by a code sent to the mailbox. The same answers whether the address is known or not."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.conf import settings
from django.db.models import F
from django.urls import reverse

from mosaique.access.actor import Actor
from mosaique.access.models import Person
from mosaique.accounts import secrecy
from mosaique.accounts.models import SignInCode
from mosaique.kernel import clock, mail
from mosaique.kernel.service import service

LIFE = timedelta(minutes=15)
KEPT = timedelta(days=7)  # a digest, to say « this code has served » rather than « unknown »
MAX_TRIES = 5
MOST_AT_ONCE = 12  # codes of one mailbox looked at: six may be asked in an hour


class Answer(StrEnum):
    """What became of a code or a link."""

    GOOD = "good"
    WRONG = "wrong"
    TOO_MANY = "too_many"
    EXPIRED = "expired"
    USED = "used"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Proof:
    """The answer and, when good, the mailbox it proves."""

    answer: Answer
    email: str = ""
    next_url: str = ""
    tries_left: int = 0


@service
def request_code(
    *, actor: Actor, email: str, next_url: str = "", tell_unknown: bool = True, replaces: int | None = None
) -> SignInCode:
    """Write a code for the address and send it if someone known reads that mailbox.

    `replaces`: the code asked before from the same window. Codes asked from elsewhere stay good: whoever knows an address
    could otherwise keep its owner out by asking.

    An unknown address gets a message saying so (`tell_unknown`: at most once a day, the caller counts).
    """
    email = email.strip().lower()
    code, token = secrecy.new_code(), secrecy.new_token()
    SignInCode.objects.filter(pk=replaces, email=email, used_at=None).update(expires_at=clock.now())
    row = SignInCode.objects.create(
        email=email,
        code_hash=secrecy.code_hash(email, code),
        token_hash=secrecy.token_hash(token),
        next_url=next_url[:300],
        created_at=clock.now(),
        expires_at=clock.now() + LIFE,
    )
    if Person.objects.filter(email=email, is_active=True).exists():
        mail.queue(
            to=email, subject=f"Votre code : {code[:3]} {code[3:]}", text=_code_mail(code, token), kind="code"
        )
    elif tell_unknown:
        mail.queue(
            to=email, subject="Votre adresse n’est pas encore connue", text=_unknown_mail(), kind="code"
        )
    return row


@service
def check_code(*, actor: Actor, email: str, code: str, asked: int | None) -> Proof:
    """Try a code. Counted even when wrong, so nothing is raised; a good one is used up.

    `asked`: the code asked from this window. Wrong tries are counted on it alone; any code of the mailbox still good is
    taken (two people of one town hall may each have asked).
    """
    rows = list(SignInCode.objects.select_for_update().filter(email=email).order_by("-pk")[:MOST_AT_ONCE])
    row = next((one for one in rows if one.pk == asked), None)
    if row is None:
        return Proof(Answer.EXPIRED)
    if row.used_at is not None:
        return Proof(Answer.USED)
    if row.expires_at <= clock.now():
        return Proof(Answer.EXPIRED)
    if row.tries >= MAX_TRIES:
        return Proof(Answer.TOO_MANY)
    typed = secrecy.code_hash(email, code)
    good = [one for one in rows if one.used_at is None and one.expires_at > clock.now()]
    found = next((one for one in good if secrecy.same(one.code_hash, typed)), None)
    if found is None:
        SignInCode.objects.filter(pk=row.pk).update(tries=F("tries") + 1)
        left = MAX_TRIES - row.tries - 1
        return Proof(Answer.WRONG if left else Answer.TOO_MANY, tries_left=left)
    return _use(found)


@service
def consume_link(*, actor: Actor, token: str) -> Proof:
    """Use the link of the message (the button of its page, never its mere opening: filters open links)."""
    row = SignInCode.objects.select_for_update().filter(token_hash=secrecy.token_hash(token)).first()
    if row is None:
        return Proof(Answer.UNKNOWN)
    if row.used_at is not None:
        return Proof(Answer.USED)
    if row.expires_at <= clock.now():  # wrong codes do not close it: nobody guesses a link
        return Proof(Answer.EXPIRED)
    return _use(row)


def _use(row: SignInCode) -> Proof:
    row.used_at = clock.now()
    row.save(update_fields=["used_at"])
    return Proof(Answer.GOOD, email=row.email, next_url=row.next_url)


def _code_mail(code: str, token: str) -> str:
    link = settings.PUBLIC_URL + reverse("sign_in_link", kwargs={"token": token})
    return f"""Bonjour,

Votre code pour entrer dans Mosaïque :

{code[:3]} {code[3:]}

Il vaut quinze minutes et ne sert qu’une fois. Vous pouvez aussi ouvrir ce lien, puis presser le bouton « Entrer » :

{link}

Vous n’avez rien demandé ? Ne faites rien : sans ce code, personne n’entre.

Mosaïque
"""


def _unknown_mail() -> str:
    return f"""Bonjour,

Quelqu’un, sans doute vous, a voulu entrer dans Mosaïque avec cette adresse. Aucune personne n’y est inscrite.

Si vous avez reçu une invitation, elle est peut-être arrivée à une autre adresse : celle de la mairie, par exemple.
Essayez avec elle :

{settings.PUBLIC_URL + reverse("sign_in")}

Sinon, demandez à la personne qui conduit le projet dans votre intercommunalité de vous inviter.

Vous n’avez rien demandé ? Ne faites rien. Ce message ne sera pas envoyé plus d’une fois par jour.

Mosaïque
"""


@service
def forget_old_codes(*, actor: Actor) -> int:
    """The nightly round: addresses to which a code was sent are kept a week, known here or not."""
    gone, _ = SignInCode.objects.filter(created_at__lt=clock.now() - KEPT).delete()
    return gone
