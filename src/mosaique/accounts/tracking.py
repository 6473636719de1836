"""Where somebody's invitation stands, in words: pure, from the rows in hand.

Nothing here guesses. « Envoyée » means that the mail server took the message; « page ouverte », that somebody pressed a button
of the invitation's page (mail filters open links: a mere opening says nothing); « refusée », that the server said no for good,
or that the team noted that the message had come back.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mosaique.access.models import Mandate
from mosaique.accounts.models import Invitation
from mosaique.kernel import clock
from mosaique.kernel.mail import NO_ADDRESS
from mosaique.kernel.typography import date_long, time_short

NEVER_AFTER = timedelta(days=7)
# Days to wait before each reminder: slower each time, then no more. After that, the telephone or a letter.
PACE = (3, 7, 14)
REFUSED_BEFORE_LETTER = 2

# code → (kind of state, words of the list, words of the filter)
WORDS = {
    "entered": ("fait", "Compte ouvert", "Compte ouvert"),
    "opened": ("attend", "Page ouverte, pas encore entrée", "Page ouverte, pas entrée"),
    "sent": ("attend", "Envoyée, pas encore ouverte", "Envoyée depuis peu"),
    "never": ("tard", "Jamais ouverte", "Jamais ouverte"),
    "refused": ("non", "Refusée par la messagerie", "Refusée par la messagerie"),
    "expired": ("tard", "Dépassée, à renvoyer", "Dépassée"),
    "leaving": ("attend", "En cours d’envoi", "En cours d’envoi"),
    "letter": ("attend", "Lettre imprimée", "Lettre imprimée"),
    "no_address": ("vide", "Sans adresse", "Sans adresse"),
    "none": ("vide", "Sans invitation", "Sans invitation"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """The state, in a word and a line."""

    code: str
    detail: str = ""

    @property
    def kind(self) -> str:
        return WORDS[self.code][0]

    @property
    def word(self) -> str:
        return WORDS[self.code][1]


@dataclass(frozen=True, slots=True)
class Followed:
    """A mandate, its last invitation, and what has been tried before."""

    mandate: Mandate
    invitation: Invitation | None
    mails: int  # messages sent for it, the refused ones too
    refusals: int
    standing: Standing

    @property
    def remind_on(self) -> date | None:
        """The first day a reminder may leave; None when there is nobody to remind by a message, or no more to send."""
        if self.standing.code not in ("sent", "never", "opened", "expired") or self.invitation is None:
            return None
        if self.invitation.channel != Invitation.Channel.MAIL or not 0 < self.mails <= len(PACE):
            return None
        return clock.day_of(self.invitation.created_at) + timedelta(days=PACE[self.mails - 1])

    @property
    def is_exhausted(self) -> bool:
        """Every reminder has left, and nothing came."""
        return self.standing.code in ("sent", "never", "opened", "expired") and self.mails > len(PACE)

    @property
    def wants_letter(self) -> bool:
        """Two refusals, no address, or a letter past its date."""
        if self.standing.code == "no_address":
            return True
        if self.standing.code == "refused":
            return self.refusals >= REFUSED_BEFORE_LETTER
        if self.standing.code != "expired" or self.invitation is None:
            return False
        return self.invitation.channel == Invitation.Channel.LETTER

    @property
    def act(self) -> str:
        """The one thing to do about it, if any."""
        if self.wants_letter:
            return "letter"
        return {"refused": "address", "none": "invite", "expired": "invite", "never": "invite"}.get(
            self.standing.code, ""
        )


def standing(mandate: Mandate, invitation: Invitation | None, now: datetime) -> Standing:
    """Where the last invitation of a mandate stands."""
    person = mandate.person
    waiting = invitation is not None and invitation.state == Invitation.State.SENT
    if (
        invitation is not None
        and person.last_login is not None
        and person.last_login >= invitation.created_at
    ):
        waiting = False  # in by a code of the mailbox: the link was not needed
    if person.last_login is not None and not waiting:
        return Standing(
            "entered" if person.email else "no_address", "" if person.email else "Entrée par une lettre"
        )
    if invitation is None or not waiting:
        if invitation is not None and invitation.state == Invitation.State.ACCEPTED:
            return Standing("entered")
        return Standing("none" if person.email else "no_address")
    if invitation.channel == Invitation.Channel.LETTER:
        printed = date_long(clock.day_of(invitation.created_at))
        if invitation.expires_at <= now:
            return Standing("expired", f"Lettre du {printed}")
        return Standing(
            "letter", f"Le {printed}, valable jusqu’au {date_long(clock.day_of(invitation.expires_at))}"
        )
    return _of_mail(invitation, now)


def _of_mail(invitation: Invitation, now: datetime) -> Standing:
    if invitation.bounced_at is not None:
        return Standing(
            "refused", f"Le message est revenu, noté le {date_long(clock.day_of(invitation.bounced_at))}"
        )
    mail = invitation.mail
    if mail is not None and mail.is_refused:
        return Standing("refused", reason(mail.last_error))
    if invitation.expires_at <= now:
        return Standing(
            "expired",
            f"Envoyée le {date_long(clock.day_of(invitation.created_at))}, elle valait trente jours",
        )
    if mail is not None and mail.state in ("waiting", "sending"):
        again = (
            f"Sa messagerie fait attendre ; nouvel essai à {time_short(mail.send_after)}"
            if mail.last_error
            else ""
        )
        return Standing("leaving", again)
    sent_at = (mail.sent_at if mail is not None else None) or invitation.created_at
    if invitation.seen_at is not None:
        return Standing("opened", f"Ouverte le {date_long(clock.day_of(invitation.seen_at))}")
    sent = f"Remise à la messagerie le {date_long(clock.day_of(sent_at))}"
    return Standing("never" if now - sent_at >= NEVER_AFTER else "sent", sent)


def reason(error: str) -> str:
    """What the mail server said, as people say it."""
    found = re.match(r"(\d{3})(?: (\d\.\d+\.\d+))?", error)
    if error == NO_ADDRESS:
        return "Cette personne n’a pas d’adresse"
    if not found:
        return "Sa messagerie n’a pas répondu, après cinq essais"
    code, more = found.group(1), found.group(2) or ""
    if code == "552" or more.startswith(("5.2.2", "4.2.2")):
        return "Sa boîte est pleine"
    if more.startswith("5.7") or code == "554":
        return "Un filtre de sa messagerie l’a écartée"
    if more.startswith("5.1") or code in ("550", "551", "553"):
        return "Cette adresse est inconnue de sa messagerie"
    return f"Sa messagerie l’a refusée (code {code})"
