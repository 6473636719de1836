"""Integrity of the journal: one digest a day over the day's lines."""

import hashlib
import json
from datetime import date, datetime, time, timedelta

from django.db.models import Max, Min
from django_tasks import task

from mosaique.journal.models import DayDigest, Line
from mosaique.kernel import clock


def digest_of(day: date) -> tuple[int, str]:
    """Count and SHA-256 of a day's lines (Paris days), in order of writing."""
    start = datetime.combine(day, time.min, clock.PARIS)
    lines = Line.objects.filter(at__gte=start, at__lt=start + timedelta(days=1)).order_by("pk")
    sha, count = hashlib.sha256(), 0
    for line in lines.iterator():
        row = [line.pk, line.at.isoformat(), line.verb, line.person_id, line.mandate_id, line.authority_id,
               line.via_shared_mailbox, line.scope_id, line.kind, line.ref_id, line.changes]  # fmt: skip
        sha.update(json.dumps(row, sort_keys=True, separators=(",", ":")).encode() + b"\n")
        count += 1
    return count, sha.hexdigest()


@task()
def digest_yesterday() -> None:
    """Digest every past day not digested yet (the worker may have been off)."""
    span = Line.objects.aggregate(first=Min("at"), last=Max("at"))
    if span["first"] is None:
        return
    last_done = DayDigest.objects.aggregate(day=Max("day"))["day"]
    day = last_done + timedelta(days=1) if last_done else span["first"].astimezone(clock.PARIS).date()
    while day < clock.today():
        count, sha = digest_of(day)
        if count:
            DayDigest.objects.get_or_create(day=day, defaults={"lines": count, "sha256": sha})
        day += timedelta(days=1)
