"""The personal code: what is refused, how tries are counted and kept, who opens it again, how long a confirmation holds."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import identify_hasher

from mosaique.access.confirmation import LIFE, require_personal
from mosaique.access.middleware import confirmed
from mosaique.access.models import Mandate
from mosaique.accounts import pins, services
from mosaique.accounts.models import PersonalCode
from mosaique.accounts.services.pin import PAUSE, RENEWAL, Standing, Tried, standing_of
from mosaique.demo.people import Company
from mosaique.journal.models import Line
from mosaique.kernel import clock
from mosaique.kernel.models import OutgoingMail
from mosaique.kernel.verdict import Problem, Refused

GOOD, OTHER, BAD = "4071", "83 05 26", "9999"


@pytest.mark.parametrize(
    ("pin", "why"),
    [
        ("", "manque"), ("12a4", "chiffres, sans lettre"), ("407", "4 à 6"), ("4071829", "4 à 6"), ("٤٠٧١", "sans lettre"),
        ("0000", "répété"), ("111111", "répété"), ("1234", "se suivent"), ("4321", "se suivent"), ("7890", "se suivent"),
        ("1964", "année"), ("2026", "année"), ("1212", "qu’on essaie"), ("405405", "qu’on essaie"), ("2580", "qu’on essaie"),
    ],
)  # fmt: skip
def test_what_is_easily_guessed_is_refused_with_its_reason(pin: str, why: str) -> None:
    assert why in pins.fault(pin)


@pytest.mark.parametrize("pin", ["4071", "83052", "830526", "0917", "196407"])
def test_others_are_taken(pin: str) -> None:
    assert pins.fault(pin) == ""


def _chosen(cast: Company, slug: str = "maire") -> Any:
    actor = replace(cast.actor(slug), via_shared_mailbox=True)
    services.choose_pin(actor=actor, pin=GOOD)
    return actor


def _row(cast: Company, slug: str = "maire") -> PersonalCode:
    return PersonalCode.objects.get(person=cast.people[slug])


def _verbs() -> list[str]:
    return list(
        Line.objects.filter(verb__startswith="personal_code").order_by("pk").values_list("verb", flat=True)
    )


def test_chosen_it_is_hashed_noted_for_the_team_and_told_to_the_mailbox(cast: Company) -> None:
    actor = _chosen(cast)
    row = _row(cast)
    assert GOOD not in row.digest and identify_hasher(row.digest).algorithm.startswith("pbkdf2")
    # The digest is the person's: the same figures of somebody else do not open it.
    assert pins.matches(row.person_id, GOOD, row.digest) and not pins.matches(
        row.person_id + 1, GOOD, row.digest
    )
    line = Line.objects.get(verb="personal_code.chosen")
    assert line.scope.visibility == "team" and line.changes == {}
    mail = OutgoingMail.objects.get(kind="personal_code")
    assert mail.to == "mairie-a@exemple.fr" and GOOD not in mail.text
    with pytest.raises(Problem, match="déjà été choisi"):
        services.choose_pin(actor=actor, pin=OTHER)
    assert services.check_pin(actor=actor, pin=" 40 71 ").answer is Tried.GOOD


def test_a_weak_one_is_not_kept(cast: Company) -> None:
    with pytest.raises(Problem) as refused:
        services.choose_pin(actor=cast.actor("maire"), pin="1234")
    assert refused.value.field == "pin" and not PersonalCode.objects.exists()


def test_nobody_chooses_one_without_coming_in(db: None) -> None:
    from mosaique.access.actor import ANONYMOUS

    with pytest.raises(Refused):
        services.choose_pin(actor=ANONYMOUS, pin=GOOD)


def test_five_wrong_tries_pause_and_ten_close_it(cast: Company) -> None:
    actor = _chosen(cast)
    left = [services.check_pin(actor=actor, pin=BAD).tries_left for _ in range(4)]
    assert left == [4, 3, 2, 1]
    paused = services.check_pin(actor=actor, pin=BAD)
    assert paused.answer is Tried.PAUSED and paused.until == clock.now() + PAUSE
    # During the pause nothing counts, and the good one is not told from the others.
    assert services.check_pin(actor=actor, pin=GOOD).answer is Tried.PAUSED and _row(cast).tries == 5
    with clock.at(clock.now() + PAUSE - timedelta(seconds=1)):
        assert services.check_pin(actor=actor, pin=GOOD).answer is Tried.PAUSED
    with clock.at(clock.now() + PAUSE):
        assert [services.check_pin(actor=actor, pin=BAD).tries_left for _ in range(4)] == [4, 3, 2, 1]
        assert services.check_pin(actor=actor, pin=BAD).answer is Tried.CLOSED
    assert _verbs() == ["personal_code.chosen", "personal_code.closed"]
    with clock.at(clock.now() + timedelta(days=30)):
        assert services.check_pin(actor=actor, pin=GOOD).answer is Tried.CLOSED
        assert services.change_pin(actor=actor, current=GOOD, pin=OTHER).answer is Tried.CLOSED
        assert services.renew_pin(actor=actor, renewal="", pin=OTHER).answer is Tried.CLOSED


def test_a_good_one_forgets_the_wrong_ones(cast: Company) -> None:
    actor = _chosen(cast)
    for _ in range(4):
        services.check_pin(actor=actor, pin=BAD)
    assert services.check_pin(actor=actor, pin=GOOD).answer is Tried.GOOD and _row(cast).tries == 0


def test_changing_asks_for_the_present_one_and_counts(cast: Company) -> None:
    actor = _chosen(cast)
    assert (
        services.change_pin(actor=actor, current=BAD, pin=OTHER).answer is Tried.WRONG
        and _row(cast).tries == 1
    )
    with pytest.raises(Problem, match="se suivent"):
        services.change_pin(actor=actor, current=GOOD, pin="1234")
    assert services.change_pin(actor=actor, current=GOOD, pin=OTHER).answer is Tried.GOOD
    assert services.check_pin(actor=actor, pin=GOOD).answer is Tried.WRONG
    assert services.check_pin(actor=actor, pin="830526").answer is Tried.GOOD
    assert services.change_pin(actor=cast.actor("secretaire"), current=GOOD, pin=OTHER).answer is Tried.ABSENT


def _mandate(cast: Company, slug: str = "maire") -> Mandate:
    return Mandate.objects.get(person=cast.people[slug])


def test_only_the_code_the_team_says_opens_it_again(cast: Company) -> None:
    actor = _chosen(cast)
    for _ in range(5):
        services.check_pin(actor=actor, pin=BAD)
    said = services.set_pin_aside(actor=cast.actor("cheffe-de-projet"), mandate=_mandate(cast))
    assert standing_of(_row(cast)) == Standing.RENEWAL and said.replace(" ", "") not in str(vars(_row(cast)))
    assert not any(said in mail.text for mail in OutgoingMail.objects.all()), (
        "the mailbox is the very thing that is shared"
    )
    assert services.check_pin(actor=actor, pin=GOOD).answer is Tried.ABSENT
    with pytest.raises(Problem, match="déjà été choisi"):
        services.choose_pin(actor=actor, pin=OTHER)
    assert (
        services.renew_pin(actor=actor, renewal="AAA AAA AAA", pin=OTHER).answer is Tried.WRONG
        and _row(cast).tries == 1
    )
    assert services.renew_pin(actor=actor, renewal="", pin=OTHER).answer is Tried.WRONG
    with clock.at(clock.now() + RENEWAL):
        assert services.renew_pin(actor=actor, renewal=said, pin=OTHER).answer is Tried.EXPIRED
    assert services.renew_pin(actor=actor, renewal=said.lower(), pin=OTHER).answer is Tried.GOOD
    assert services.check_pin(actor=actor, pin=OTHER).answer is Tried.GOOD
    assert services.renew_pin(actor=actor, renewal=said, pin=GOOD).answer is Tried.ABSENT, "it serves once"
    assert _verbs() == ["personal_code.chosen", "personal_code.set_aside", "personal_code.changed"]


def test_who_sets_it_aside(cast: Company) -> None:
    _chosen(cast)
    for slug in ("secretaire", "maire-b", "agent"):
        with pytest.raises(Refused):
            services.set_pin_aside(actor=cast.actor(slug), mandate=_mandate(cast))
    with pytest.raises(Refused, match="votre propre code"):
        services.set_pin_aside(actor=cast.actor("dgs"), mandate=_mandate(cast, "dgs"))
    lead = replace(cast.actor("cheffe-de-projet"), via_shared_mailbox=True)
    with pytest.raises(Problem, match="boîte est partagée"):
        services.set_pin_aside(actor=lead, mandate=_mandate(cast))
    with pytest.raises(Problem, match="rien à remplacer"):
        services.set_pin_aside(actor=cast.actor("dgs"), mandate=_mandate(cast, "secretaire"))
    # Who opens the same mailbox would open it for themselves.
    dgs, mayor = cast.people["dgs"], cast.people["maire"]
    mayor.email = dgs.email
    mayor.save(update_fields=["email"])
    with pytest.raises(Problem, match="la même boîte"):
        services.set_pin_aside(actor=cast.actor("dgs"), mandate=_mandate(cast))
    assert _row(cast).digest
    services.set_pin_aside(actor=replace(lead, is_confirmed=True), mandate=_mandate(cast))


def test_what_is_personal(cast: Company) -> None:
    mayor = cast.actor("maire")
    require_personal(mayor)
    shared = replace(mayor, via_shared_mailbox=True)
    with pytest.raises(Problem) as refused:
        require_personal(shared)
    assert refused.value.field == "pin"
    require_personal(replace(shared, is_confirmed=True))


def test_a_confirmation_lasts_ten_minutes_and_is_one_persons(db: None) -> None:
    kept = {"person": 7, "at": clock.now().isoformat()}
    assert confirmed(kept, 7) and not confirmed(kept, 8) and not confirmed(None, 7)
    with clock.at(clock.now() + LIFE - timedelta(seconds=1)):
        assert confirmed(kept, 7)
    with clock.at(clock.now() + LIFE):
        assert not confirmed(kept, 7)
    with clock.at(clock.now() - timedelta(seconds=1)):
        assert not confirmed(kept, 7), "never from the future"
