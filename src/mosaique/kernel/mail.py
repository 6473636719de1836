"""Outgoing messages are rows written with the act that causes them; the worker sends them (and retries)."""

from datetime import datetime

from mosaique.kernel import clock
from mosaique.kernel.models import OutgoingMail

NO_ADDRESS = "sans adresse"


def queue(
    *, to: str, subject: str, text: str, kind: str, person_id: int | None = None, territory_id: int | None = None,
    send_after: datetime | None = None,
) -> OutgoingMail:  # fmt: skip
    """Write a message to send. Call it inside a service: a rollback takes the message with it.

    `text` is plain French text; links stand alone on their line. `kind` groups messages for the person's settings and
    the demonstration's mail page. No HTML part: town-hall filters and readers treat plain text best. To somebody who
    has no address, nothing is sent: the row is put aside at once, and says why.
    """
    if not to:
        return OutgoingMail.objects.create(
            to="", subject=subject[:200], text=text, kind=kind, person_id=person_id, territory_id=territory_id,
            created_at=clock.now(), send_after=clock.now(), state=OutgoingMail.State.PARKED, last_error=NO_ADDRESS,
        )  # fmt: skip
    return OutgoingMail.objects.create(
        to=to, subject=subject[:200], text=text, kind=kind, person_id=person_id, territory_id=territory_id,
        created_at=clock.now(), send_after=send_after or clock.now(),
    )  # fmt: skip
