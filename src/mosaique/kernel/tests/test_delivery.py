"""Against a real mail server: what it accepts, what it refuses for good, what it asks to bring back later."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from mosaique.kernel import clock, mail
from mosaique.kernel.delivery import deliver
from mosaique.kernel.models import OutgoingMail


class TownHall:
    """Knows one mailbox, refuses another, is too busy the first time for a third, dislikes one text."""

    def __init__(self) -> None:
        self.received: list[str] = []
        self.busy = 1

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address.startswith("inconnue"):
            return "550 5.1.1 Mailbox unknown"
        if address.startswith("occupee") and self.busy:
            self.busy -= 1
            return "451 4.7.1 Greylisted, come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if b"Indesirable" in envelope.content:
            return "554 5.7.1 Looks like spam"
        self.received += envelope.rcpt_tos
        return "250 OK"


@pytest.fixture
def hall(settings: Any) -> Iterator[TownHall]:
    handler = TownHall()
    with socket.socket() as free:  # the controller calls itself once: it wants a port known beforehand
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    yield handler
    controller.stop()


def queue(to: str, subject: str = "Votre invitation") -> OutgoingMail:
    return mail.queue(to=to, subject=subject, text="Bonjour.", kind="invitation")


def test_accepted_refused_and_brought_back(db: None, hall: TownHall) -> None:
    good, refused, busy = (
        queue("mairie@exemple.fr"),
        queue("inconnue@exemple.fr"),
        queue("occupee@exemple.fr"),
    )
    spam = queue("mairie@exemple.fr", "Indesirable")
    assert deliver() == 1
    for row in (good, refused, busy, spam):
        row.refresh_from_db()
    assert (good.state, good.last_error) == ("sent", "") and hall.received == ["mairie@exemple.fr"]
    assert (refused.state, refused.attempts) == ("parked", 1)
    assert refused.last_error == "550 5.1.1 Mailbox unknown" and refused.is_refused
    assert spam.state == "parked" and spam.last_error.startswith("554 5.7.1")
    assert busy.state == "waiting" and busy.last_error.startswith("451 4.7.1")
    assert deliver() == 0, "nothing is due before its time"
    with clock.at(clock.now() + timedelta(minutes=3)):
        assert deliver() == 1
    busy.refresh_from_db()
    assert busy.state == "sent" and hall.received == ["mairie@exemple.fr", "occupee@exemple.fr"]


def test_a_server_that_does_not_answer_is_tried_again(db: None, hall: TownHall, settings: Any) -> None:
    settings.EMAIL_PORT = 1
    row = queue("mairie@exemple.fr")
    deliver()
    row.refresh_from_db()
    assert (row.state, row.attempts, row.last_error) == ("waiting", 1, "ConnectionRefusedError")


def test_nothing_is_sent_to_who_has_no_address(db: None, hall: TownHall) -> None:
    row = queue("")
    assert (row.state, row.last_error) == ("parked", mail.NO_ADDRESS) and deliver() == 0
