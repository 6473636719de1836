"""A letter with a short code, for those whom no message reaches: printed, then answered at /courrier/.

The code is known at the moment it is printed, and to nobody after: only its digest is kept. It serves once, within sixty days;
printing again replaces it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from mosaique import journal
from mosaique.access.actor import Actor
from mosaique.access.models import Mandate, Person
from mosaique.accounts import secrecy
from mosaique.accounts.models import Invitation, InvitationBatch, PostalAddress, SignInCode
from mosaique.accounts.policies import may_add_people, may_print_letter
from mosaique.accounts.registry import LETTERS_PRINTED
from mosaique.accounts.services import codes
from mosaique.accounts.services.codes import Answer
from mosaique.accounts.services.invitations import _accept, state_of
from mosaique.accounts.services.mandates import team_scope
from mosaique.kernel import clock, mail
from mosaique.kernel.service import service
from mosaique.kernel.verdict import Problem, require
from mosaique.territory.models import Territory

LIFE = timedelta(days=60)
MOST_AT_ONCE = 100
MAX_ADDRESS = 240


@dataclass(frozen=True, slots=True)
class Printed:
    """What goes on one letter; the code is nowhere else."""

    mandate: Mandate
    code: str
    lines: str  # of the envelope, below the name


@service
def print_letters(
    *, actor: Actor, territory: Territory, mandates: Sequence[int], addresses: Mapping[int, str]
) -> list[Printed]:
    """One new code per person. `addresses`: authority id → lines of the envelope, remembered for the next time."""
    require(may_add_people(actor, territory))
    found = list(
        Mandate.objects.filter(pk__in=mandates, territory=territory)
        .held_on(clock.today())
        .select_related("person", "authority", "territory__epci")
        .order_by("authority__name", "pk")[: MOST_AT_ONCE + 1]
    )
    if not found:
        raise Problem("Personne n’est choisi : aucune lettre n’a été préparée. Cochez au moins une personne.")
    if len(found) > MOST_AT_ONCE:
        raise Problem(
            f"Plus de {MOST_AT_ONCE} lettres à la fois : rien n’a été préparé. Choisissez-en moins."
        )
    for mandate in found:
        require(may_print_letter(actor, mandate))
    lines = _remember(territory, {m.authority_id: addresses.get(m.authority_id, "") for m in found})
    now = clock.now()
    batch = InvitationBatch.objects.create(
        territory=territory, scope=team_scope(territory), sent_by_id=actor.person_id, sent_at=now
    )
    Invitation.objects.filter(
        mandate__in=found, channel=Invitation.Channel.LETTER, state=Invitation.State.SENT
    ).update(state=Invitation.State.REPLACED)
    printed = [Printed(mandate, secrecy.new_letter_code(), lines[mandate.authority_id]) for mandate in found]
    Invitation.objects.bulk_create(
        Invitation(
            batch=batch, person_id=one.mandate.person_id, mandate=one.mandate, channel=Invitation.Channel.LETTER,
            token_hash=secrecy.letter_hash(one.code), created_at=now, expires_at=now + LIFE,
        )
        for one in printed
    )  # fmt: skip
    journal.record(actor, LETTERS_PRINTED, batch, mandates=[mandate.pk for mandate in found])
    return printed


def _remember(territory: Territory, typed: Mapping[int, str]) -> dict[int, str]:
    known = {
        one.authority_id: one
        for one in PostalAddress.objects.filter(territory=territory, authority__in=typed)
    }
    found = {}
    for authority_id, text in typed.items():
        text = "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())[:MAX_ADDRESS]
        row = known.get(authority_id)
        if text and row is None:
            PostalAddress.objects.create(
                territory=territory, scope=team_scope(territory), authority_id=authority_id, lines=text
            )
        elif text and row is not None and row.lines != text:
            row.lines = text
            row.save(update_fields=["lines"])
        found[authority_id] = text or (row.lines if row else "")
    return found


def letter_state(found: Invitation | None) -> Answer:
    """Whether a letter still opens. Not once its person has come in and receives codes at their address: the paper, printed
    before, would give their account, under another address, to whoever holds it."""
    answer = state_of(found)
    if (
        answer is Answer.GOOD
        and found is not None
        and found.person.email
        and found.person.last_login is not None
    ):
        return Answer.USED
    return answer


def find_letter(code: str) -> Invitation | None:
    """The letter that holds this code, whatever became of it."""
    return (
        Invitation.objects.filter(token_hash=secrecy.letter_hash(code), channel=Invitation.Channel.LETTER)
        .select_related("person", "mandate__authority", "mandate__territory__epci", "batch__sent_by")
        .first()
    )


@service
def ask_letter_code(*, actor: Actor, email: str) -> SignInCode:
    """Prove an address that nobody has yet: the code alone, for a link would open the account of whoever reads the box."""
    email = email.strip().lower()
    code = secrecy.new_code()
    row = SignInCode.objects.create(
        email=email, code_hash=secrecy.code_hash(email, code), token_hash=secrecy.token_hash(secrecy.new_token()),
        created_at=clock.now(), expires_at=clock.now() + codes.LIFE,
    )  # fmt: skip
    mail.queue(to=email, subject=f"Votre code : {code[:3]} {code[3:]}", text=_code_mail(code), kind="code")
    return row


@service
def accept_letter(*, actor: Actor, invitation: Invitation, email: str) -> tuple[Answer, Person | None]:
    """Use the letter up. `email`: the address proved just before, where codes go from now on; empty when there is none."""
    found = (
        Invitation.objects.select_for_update(of=("self",))
        .filter(pk=invitation.pk, channel=Invitation.Channel.LETTER)
        .select_related("batch__scope")
        .first()
    )
    answer = letter_state(found)
    if answer is not Answer.GOOD or found is None:
        return answer, None
    person = Person.objects.select_for_update(of=("self",)).get(pk=found.person_id)
    if person.email != email:
        person.email = email
        person.save(update_fields=["email"])
        # What was sent to the former address, for another mandate too, would open the account to whoever reads it.
        others = Invitation.objects.filter(person=person, state=Invitation.State.SENT).exclude(pk=found.pk)
        others.update(state=Invitation.State.REPLACED)
    _accept(actor, found)
    return Answer.GOOD, person


def _code_mail(code: str) -> str:
    return f"""Bonjour,

Vous avez reçu une lettre et donné cette adresse pour la suite. Votre code :

{code[:3]} {code[3:]}

Il vaut quinze minutes. Écrivez-le sur la page restée ouverte : les prochains codes arriveront ici.

Vous n’avez rien demandé ? Ne faites rien : sans ce code, rien ne change.

Mosaïque
"""
