"""Foreign keys point downwards; what people write carries a scope; what does not is listed with its reason."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from mosaique.access.actor import Actor
from mosaique.access.models import Scope
from mosaique.access.scoped import ScopedQuerySet

# Rows without a scope of their own. A child row is read through the row it hangs on, never by itself.
WITHOUT_SCOPE = {
    # places and bodies: public facts
    "territory.Authority": "public facts of the reference",
    "territory.Territory": "its state says who sees it (visible_to of its own)",
    "territory.TerritoryMember": "public facts of the reference",
    "territory.PerimeterChange": "known to those who take part (visible_to of its own)",
    # people and rights: the rule itself
    "access.Person": "shown through mandates and acts; one's own page",
    "access.Mandate": "known to those who take part (visible_to of its own)",
    "access.AccessCard": "the reading rule's own cache; never shown",
    "access.Membership": "read through its space, by may_see_members",
    "access.Scope": "the rule itself",
    "access.TerritoryClaim": "read by the claimant and the instance's administrators",
    "access.ReadMark": "a person's own reading",
    # ways in
    "accounts.SignInCode": "digests only; never shown",
    "accounts.SecondStep": "sealed; its owner reads the day it was added",
    "accounts.Passkey": "a person's own device: visible_to is its owner",
    "accounts.RecoveryCode": "digests only; never shown",
    "accounts.Invitation": "read through its batch",
    "accounts.PersonalCode": "a digest and a count; its owner reads the day of their choice",
    # records
    "journal.DayDigest": "a digest of a day's lines; no content",
    "kernel.OutgoingMail": "read by the worker, and by the demonstration's mail page",
    "kernel.PeriodicRun": "memory of periodic work",
    # children
    "discussions.Attachment": "read through its post; the file itself, through its upload",
    "discussions.Draft": "a person's own words, not sent yet; nobody else reads them",
    "discussions.Mention": "read through its post",
    "discussions.PostVersion": "read through its post",
    "discussions.ReleveDelivery": "read through its relevé",
    "costing.CostLine": "read through its scenario",
    "costing.EtpLine": "read through its scenario",
    "costing.AllocationRun": "read through its scenario",
    "inventory.Row": "read through its section's return",
    "inventory.AppliedChange": "read through its row's section",
    "assistance.HelpReply": "read through its call",
    "inventory.HelpRequest": "read through its section's return",
    "inventory.StatisticGround": "read by the statistics' own door, never shown",
    "scheme.ResidentChange": "read through its sheet",
    "scheme.Decision": "read through its sheet",
    "scheme.Position": "read through its sheet",
    "consultation.DatedFact": "read through its council's file",
    "consultation.Opinion": "read through its council's file",
    "consultation.ReserveAnswer": "read through the opinion it answers, in its council's file",
    "consultation.FinalSending": "read through its adoption",
}
# Where the rule is widened, never replaced: a member knows their space even when they know nothing else of the territory.
RULE_AND_MORE = {"access.Space", "assistance.HelpCall"}


def ours() -> list[type[models.Model]]:
    """Every model of the rooms."""
    return [model for model in apps.get_models() if model._meta.app_label in settings.ROOMS]


def scoped() -> list[type[models.Model]]:
    return [model for model in ours() if any(field.name == "scope" for field in model._meta.fields)]


def upward_keys(every: list[type[models.Model]], rooms: list[str]) -> Iterator[str]:
    """Relations from a low room to a higher one (`rooms` runs from top to bottom)."""
    for model in every:
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            target = field.related_model
            if not isinstance(target, type) or target._meta.app_label not in rooms:
                continue
            if rooms.index(target._meta.app_label) < rooms.index(model._meta.app_label):
                yield f"{model._meta.label}.{field.name} -> {target._meta.label}"


def test_foreign_keys_only_point_downwards() -> None:
    assert list(upward_keys(ours(), settings.ROOMS)) == []


def test_the_rule_of_keys_sees_an_upward_one() -> None:
    """With the rooms in the opposite order, nearly every key points the wrong way."""
    assert "journal.Line.scope -> access.Scope" in list(upward_keys(ours(), settings.ROOMS[::-1]))


SOMEONE = Actor(person_id=1, card={"spaces": {"1": "reader"}, "masks": {"1": 1}})


def _condition(model: type[Any]) -> str:
    """What the model's own `visible_to` filters on (it may load more; it may not show more)."""
    return str(model._default_manager.all().visible_to(SOMEONE).order_by().query).split(" WHERE ", 1)[1]


def _rule(model: type[Any]) -> str:
    return str(ScopedQuerySet.visible_to(model._default_manager.all(), SOMEONE).order_by().query).split(
        " WHERE ", 1
    )[1]


@pytest.mark.parametrize("model", scoped(), ids=lambda model: model._meta.label)
def test_content_has_a_scope_never_null_and_the_one_reading_rule(model: type[models.Model]) -> None:
    field = model._meta.get_field("scope")
    assert field.related_model is Scope
    assert not field.null, "a row without a scope would be read by nobody, or by everybody"
    assert field.remote_field.on_delete is models.PROTECT
    assert isinstance(model._default_manager.all(), ScopedQuerySet)
    assert (_condition(model) == _rule(model)) == (model._meta.label not in RULE_AND_MORE), (
        "one rule, written once"
    )


def test_what_has_no_scope_is_on_the_list_and_nothing_else() -> None:
    without = {model._meta.label for model in ours()} - {model._meta.label for model in scoped()}
    assert without - set(WITHOUT_SCOPE) == set(), "say here why these rows carry no scope, or give them one"
    assert set(WITHOUT_SCOPE) - without == set(), "these are on the list for nothing"


def test_nothing_deletes_people_and_acts_by_accident() -> None:
    """A person, a mandate or an authority named by a row is never deleted in its wake."""
    wanted = {"access.Person", "access.Mandate", "territory.Authority"}
    # What is the person's own, or a proof of their mailbox, goes with them.
    own = {
        "access.AccessCard",
        "access.ReadMark",
        "accounts.Invitation",
        "accounts.PersonalCode",
        "accounts.SecondStep",
        "accounts.Passkey",
        "kernel.OutgoingMail",
        "discussions.Draft",
    }
    found = [
        f"{model._meta.label}.{field.name}"
        for model in ours()
        if model._meta.label not in own
        for field in model._meta.local_fields
        if field.is_relation
        and field.related_model._meta.label in wanted
        and field.remote_field.on_delete is models.CASCADE
    ]
    assert found == []
