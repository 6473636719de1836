"""Sending the outbox: claimed, sent outside any transaction, marked; retried with growing delays, then parked with a reason.

A recipient or a text that the mail server refuses for good (5xx) is parked at once, with the server's words: asking again
would only tell it again. Anything else (451, a server asleep, our own sender refused) is tried again.
"""

import re
import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q

from mosaique.kernel import clock
from mosaique.kernel.models import OutgoingMail

BATCH = 20
MAX_ATTEMPTS = 5
# After this long a claimed message is believed to be left by a dead worker. It may then leave twice, with the same
# Message-ID, which mail servers drop: better than a legal notice that never leaves.
CLAIM = timedelta(minutes=10)


def _claim() -> list[OutgoingMail]:
    now = clock.now()
    with transaction.atomic():
        waiting = Q(state=OutgoingMail.State.WAITING, send_after__lte=now)
        left = Q(state=OutgoingMail.State.SENDING, claimed_at__lte=now - CLAIM)
        mails = list(
            OutgoingMail.objects.select_for_update(skip_locked=True)
            .filter(waiting | left)
            .order_by("pk")[:BATCH]
        )
        OutgoingMail.objects.filter(pk__in=[mail.pk for mail in mails]).update(
            state=OutgoingMail.State.SENDING, claimed_at=now
        )
    return mails


def deliver() -> int:
    """Send what is due; returns how many left."""
    sent = 0
    for mail in _claim():
        message = EmailMessage(
            mail.subject, mail.text, settings.DEFAULT_FROM_EMAIL, [mail.to],
            headers={"Message-ID": f"<mosaique-{mail.pk}@{settings.ALLOWED_HOSTS[0]}>", "Auto-Submitted": "auto-generated"},
        )  # fmt: skip
        try:
            message.send()
        except Exception as error:  # a mail server may fail in any way; the message must survive them all
            mail.attempts += 1
            code, words = _answer(error)
            mail.last_error = (f"{code} {words}".strip() if code else type(error).__name__)[:200]
            parked = mail.attempts >= MAX_ATTEMPTS or 500 <= code < 600
            mail.state = OutgoingMail.State.PARKED if parked else OutgoingMail.State.WAITING
            mail.send_after = clock.now() + timedelta(minutes=2**mail.attempts)
        else:
            mail.state, mail.sent_at, mail.last_error = OutgoingMail.State.SENT, clock.now(), ""
            sent += 1
        mail.save(update_fields=["state", "sent_at", "attempts", "last_error", "send_after"])
    return sent


def _answer(error: Exception) -> tuple[int, str]:
    """The server's code and words about this message; (0, "") when it said nothing about it."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()), (0, b""))
    elif isinstance(error, smtplib.SMTPDataError):
        said = error.smtp_error
        code, words = error.smtp_code, said if isinstance(said, bytes) else str(said).encode()
    else:  # who we are, or the way to the server: nothing about the recipient
        return 0, ""
    text = words.decode("utf-8", "replace")
    return code, re.sub(r"\s+", " ", text).strip()
