"""The whole past of the demonstration, in one transaction: it is there entirely, or not at all."""

from datetime import date

from django.db import transaction
from django.db.models import F

from mosaique.demo.seeding import arrivals, assistance, debates, groups, inventories, opinions, people, scheme
from mosaique.demo.seeding.stage import Stage
from mosaique.kernel.models import OutgoingMail


def seed(start: date) -> Stage:
    """Build the demonstration as of the day of its first start."""
    with transaction.atomic():
        stage = people.make_stage(start)
        people.invite_everyone(stage)
        people.choose_personal_codes(stage)
        people.add_bodies(stage)
        groups.make_groups(stage)
        inventories.collect(stage)
        drafts = scheme.write_scheme(stage)
        debates.hold_debates(stage)
        written = scheme.answer_and_cost(stage, drafts)
        opinions.consult(stage, written)
        assistance.call_for_help(stage)
        arrivals.follow_invitations(stage)
        people.entrust_a_mandate(stage)
        people.say_to_whom_to_write(stage)
        # Messages of past days were « sent » then: the worker has nothing left to do with them.
        OutgoingMail.objects.filter(state=OutgoingMail.State.WAITING).update(
            state=OutgoingMail.State.SENT, sent_at=F("created_at")
        )
    return stage
