"""Invitations of the last weeks, one or two in each state a list can show: refused, come back, looked at, unopened, by letter."""

from mosaique.access.models import Mandate
from mosaique.access.roles import Role
from mosaique.accounts import services as accounts
from mosaique.accounts.models import Invitation
from mosaique.accounts.roster import Body, Row
from mosaique.demo.queries import DOMAIN
from mosaique.demo.seeding.stage import Stage
from mosaique.kernel import clock
from mosaique.kernel.models import OutgoingMail

# Invented councillors: given name, family name, address (none: a letter), rank of their commune in the list.
_COUNCILLORS = (
    ("Josette", "Pradalier", f"josette.pradalier@{DOMAIN}", 4),
    ("Marius", "Coumérac", f"marius.coumerac@{DOMAIN}", 9),
    ("Odette", "Lasbordel", "", 14),
    ("Firmin", "Escoubazes", "", 21),
)
_UNKNOWN, _FULL = "550 5.1.1 Recipient address rejected: User unknown", "552 5.2.2 Mailbox full"


def follow_invitations(stage: Stage) -> None:
    """After everything else: nobody acts under these mandates yet."""
    lead = stage.actor("cheffe-de-projet")
    never = [
        one.mandate
        for one in Invitation.objects.filter(state=Invitation.State.SENT)
        .select_related("mandate")
        .order_by("pk")
        if one.mandate is not None
    ]
    refused, reminded, looked = never[0], never[1], never[2]  # the fourth stays past its date
    for ago in (19, 12):
        with stage.at(ago, 10):
            accounts.invite(actor=lead, mandate=refused)
            _refuse(refused, _UNKNOWN)
    with stage.at(9, 9):
        accounts.invite(actor=lead, mandate=reminded)
    with stage.at(5, 11):
        accounts.invite(actor=lead, mandate=looked)
    with stage.at(4, 18):
        Invitation.objects.filter(mandate=looked, state=Invitation.State.SENT).update(seen_at=clock.now())
    _councillors(stage)


def _councillors(stage: Stage) -> None:
    lead = stage.actor("cheffe-de-projet")
    communes = sorted(stage.communes.values(), key=lambda one: one.name)
    rows = []
    for number, (given, family, email, rank) in enumerate(_COUNCILLORS, 1):
        commune = communes[rank]
        body = Body(commune.pk, commune.name, commune.code, commune.kind)
        title = "Conseillère municipale" if given in ("Josette", "Odette") else "Conseiller municipal"
        rows.append(
            Row(number, "", given, family, email, body, None, Role.COUNCILLOR, title, by_letter=not email)
        )
    with stage.at(2, 14):
        accounts.invite_rows(actor=lead, territory=stage.territory, rows=rows)
    held = {
        m.person.family_name: m for m in Mandate.objects.filter(role=Role.COUNCILLOR).select_related("person")
    }
    with stage.at(1, 9):
        _refuse(held["Coumérac"], _FULL)
        odette = held["Lasbordel"]
        accounts.print_letters(
            actor=lead, territory=stage.territory, mandates=[odette.pk], addresses={odette.authority_id: ""}
        )


def _refuse(mandate: Mandate, words: str) -> None:
    """What a mail server would have said: none is called in the demonstration."""
    OutgoingMail.objects.filter(
        pk__in=Invitation.objects.filter(mandate=mandate, state="sent").values("mail")
    ).update(state=OutgoingMail.State.PARKED, attempts=1, last_error=words, sent_at=None)
