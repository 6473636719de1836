"""A part of a mandate entrusted for a time: who may, what it carries, what it never carries, and the mention on each act."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from mosaique.access.actor import Actor
from mosaique.access.entrusting import BY_ROLE, Entrusted, delegated, until
from mosaique.access.middleware import actor_of
from mosaique.access.models import Mandate, Person
from mosaique.access.roles import Right, Role
from mosaique.accounts import services
from mosaique.demo.people import Company
from mosaique.inventory import services as inventory
from mosaique.inventory.models import Return
from mosaique.inventory.policies import may_fill
from mosaique.journal.models import Line
from mosaique.kernel import clock
from mosaique.kernel.models import OutgoingMail
from mosaique.kernel.verdict import Problem, Refused
from mosaique.scheme import services as scheme
from mosaique.scheme.models import ActionSheet, Position
from mosaique.scheme.policies import may_answer

For = Callable[[str | None], Client]
DAY = date(2026, 11, 26)


@pytest.fixture
def deputy(cast: Company) -> Mandate:
    return services.add_person(
        actor=cast.actor("cheffe-de-projet"), territory=cast.territory, email="adjointe@exemple.fr", given_name="Lucie",
        family_name="Bonnet", authority=cast.commune_a, role=Role.DEPUTY, title="Première adjointe",
    )  # fmt: skip


def own(cast: Company, slug: str) -> Mandate:
    return Mandate.objects.get(person=cast.people[slug], entrusted=[])


def acting_under(mandate: Mandate) -> Actor:
    return actor_of(Person.objects.select_related("card").get(pk=mandate.person_id), mandate_id=mandate.pk)


def give(cast: Company, to: Mandate, *what: str, days: int = 30, starts_on: date | None = None) -> Mandate:
    given: Mandate = services.entrust(
        actor=cast.actor("maire"),
        mandate=own(cast, "maire"),
        to=to,
        what=what,
        starts_on=starts_on,
        last_day=DAY + timedelta(days),
    )
    return given


@pytest.fixture
def sheet(cast: Company) -> ActionSheet:
    lead = cast.actor("cheffe-de-projet")
    plan = scheme.open_scheme(actor=lead, territory=cast.territory)
    axis = scheme.add_axis(actor=lead, scheme=plan, title="Services")
    made = scheme.create_sheet(actor=lead, scheme=plan, axis=axis, title="Balayeuse")
    scheme.set_status(actor=lead, sheet=made, to=ActionSheet.Status.STUDY)
    return ActionSheet.objects.for_screen().get(pk=made.pk)


def test_a_mayor_entrusts_and_the_deputy_is_told(cast: Company, deputy: Mandate) -> None:
    given = give(cast, deputy, "positions", "opinions")
    assert (
        given.title.replace("\u00a0", " ")
        == "Première adjointe, par délégation du maire jusqu’au 26 décembre 2026"
    )
    assert (given.role, given.substitute_of_id, given.entrusted) == (
        "mayor",
        own(cast, "maire").pk,
        ["positions", "opinions"],
    )
    assert given.ends_on == DAY + timedelta(31), "the last day is included"
    line = Line.objects.get(verb="mandate.entrusted")
    assert line.changes["what"] == ["positions", "opinions"] and line.ref_id == given.pk
    letter = OutgoingMail.objects.get(kind="mandate_entrusted")
    assert letter.to == "adjointe@exemple.fr" and "Dire la position" in letter.text
    held = {one.id: one for one in acting_under(given).mandates}
    assert held[given.pk].is_delegation and not held[deputy.pk].is_delegation


@pytest.mark.parametrize(
    ("what", "answers", "fills", "hall"),
    [
        (("positions",), True, False, True),
        (("inventory",), False, True, True),
        (("opinions",), False, False, True),
        (("seats",), False, False, False),
        (("positions", "inventory", "opinions", "seats"), True, True, True),
    ],
)
def test_a_delegation_carries_what_was_entrusted_and_nothing_else(
    cast: Company, sheet: ActionSheet, what: tuple[str, ...], answers: bool, fills: bool, hall: bool
) -> None:
    councillor = services.add_person(
        actor=cast.actor("cheffe-de-projet"), territory=cast.territory, email="conseiller@exemple.fr", given_name="Paul",
        family_name="Serre", authority=cast.commune_a, role=Role.COUNCILLOR, title="Conseiller",
    )  # fmt: skip
    inventory.open_campaign(
        actor=cast.actor("cheffe-de-projet"), territory=cast.territory, reference_date=DAY, opens_on=DAY,
        closes_on=DAY + timedelta(30), sections=["needs"],
    )  # fmt: skip
    returned = Return.objects.for_screen().get(authority=cast.commune_a)
    actor = acting_under(give(cast, councillor, *what))
    assert bool(may_answer(actor, sheet)) is answers
    assert bool(may_fill(actor, returned)) is fills
    assert (cast.commune_a.pk in actor.hall_authority_ids) is hall
    assert actor.in_space(cast.spaces["copil"].pk) is ("seats" in what)
    if not answers:
        assert "délégation ne comprend pas" in may_answer(actor, sheet).reason
        with pytest.raises(Refused):
            scheme.give_position(actor=actor, sheet=sheet, answer="yes", condition="")


def test_each_act_says_by_delegation_and_the_mayor_keeps_theirs(
    cast: Company, deputy: Mandate, sheet: ActionSheet, client_for: For
) -> None:
    given = give(cast, deputy, "positions")
    scheme.give_position(actor=acting_under(given), sheet=sheet, answer="yes", condition="")
    said = Position.objects.get()
    assert said.said_by_id == given.pk
    page = client_for("maire-b").get(sheet.get_absolute_url() + "positions/").content.decode()
    assert "par délégation du maire" in page
    assert may_answer(cast.actor("maire"), sheet)


def test_it_stops_the_day_after_its_last(cast: Company, deputy: Mandate, sheet: ActionSheet) -> None:
    given = give(cast, deputy, "positions", days=2)
    for days, holds in ((2, True), (3, False)):
        with clock.at(DAY + timedelta(days)):
            actor = acting_under(given)
            assert (given.pk in {one.id for one in actor.mandates}) is holds
            assert bool(may_answer(actor, sheet)) is holds


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"what": []}, "what", "au moins une ligne"),
        ({"what": ["conduct"]}, "what", "au moins une ligne"),
        ({"last_day": DAY - timedelta(1)}, "last_day", "déjà passé"),
        ({"starts_on": DAY + timedelta(40)}, "last_day", "avant le premier"),
    ],
)
def test_what_cannot_be_entrusted_says_where(
    cast: Company, deputy: Mandate, change: dict[str, object], field: str, said: str
) -> None:
    asked = {"what": ["positions"], "last_day": DAY + timedelta(30), **change}
    with pytest.raises(Problem, match=said) as refused:
        services.entrust(actor=cast.actor("maire"), mandate=own(cast, "maire"), to=deputy, **asked)
    assert refused.value.field == field and not Mandate.objects.exclude(entrusted=[]).exists()


def test_the_position_of_a_commune_goes_to_the_elected_and_to_nobody_elsewhere(
    cast: Company, deputy: Mandate
) -> None:
    with pytest.raises(Problem, match="personne élue"):
        give(cast, own(cast, "secretaire"), "positions")
    assert give(cast, own(cast, "secretaire"), "opinions").entrusted == ["opinions"]
    with pytest.raises(Problem, match="même collectivité"):
        give(cast, own(cast, "maire-b"), "positions")
    give(cast, deputy, "positions")
    with pytest.raises(Problem, match="déjà une délégation"):
        give(cast, deputy, "inventory")


def test_what_was_entrusted_is_not_entrusted_further(cast: Company, deputy: Mandate) -> None:
    given = give(cast, deputy, "positions")
    with pytest.raises(Refused, match="ne se confie pas plus loin"):
        services.entrust(
            actor=acting_under(given),
            mandate=given,
            to=own(cast, "secretaire"),
            what=["opinions"],
            last_day=DAY + timedelta(5),
        )
    with pytest.raises(Refused, match="tenue par l’équipe"):
        services.entrust(
            actor=cast.actor("secretaire"),
            mandate=own(cast, "maire"),
            to=deputy,
            what=["positions"],
            last_day=DAY + timedelta(5),
        )


def test_the_team_records_one_given_on_paper_and_says_which(cast: Company, deputy: Mandate) -> None:
    asked = {
        "mandate": own(cast, "maire"),
        "to": deputy,
        "what": ["positions"],
        "last_day": DAY + timedelta(5),
    }
    with pytest.raises(Problem, match="quel arrêté") as refused:
        services.entrust(actor=cast.actor("cheffe-de-projet"), **asked)
    assert refused.value.field == "order_reference"
    given = services.entrust(actor=cast.actor("cheffe-de-projet"), order_reference="Arrêté 2026-12", **asked)
    assert given.order_reference == "Arrêté 2026-12"


def test_what_was_entrusted_is_told_to_who_gave_it_and_its_last_day_to_all(
    cast: Company, deputy: Mandate, client_for: For
) -> None:
    give(cast, deputy, "positions", "seats")
    page = client_for("maire").get(f"/mandats/{own(cast, 'maire').pk}/confier/").content.decode()
    assert (
        "<small>Dire la position de la commune sur les fiches\u202f; siéger dans les instances</small>"
        in page
    )
    home = client_for("agent").get("/collectivites/81245/").content.decode()
    assert "jusqu’au 26\u00a0décembre\u00a02026, pour" in home and "27\u00a0décembre" not in home


def test_it_is_taken_back_by_who_gave_it_or_received_it(cast: Company, deputy: Mandate) -> None:
    given = give(cast, deputy, "positions")
    with pytest.raises(Refused):
        services.take_back(actor=cast.actor("maire-b"), mandate=given)
    services.take_back(actor=cast.actor("maire"), mandate=given)
    assert not Mandate.objects.filter(pk=given.pk).exists(), "begun today, and nothing done under it"
    again = give(cast, deputy, "positions")
    with clock.at(DAY + timedelta(3)):
        services.take_back(actor=acting_under(again), mandate=again)
        again.refresh_from_db()
        assert again.ends_on == DAY + timedelta(3)
        with pytest.raises(Problem, match="déjà terminée"):
            services.take_back(actor=cast.actor("maire"), mandate=again)


def test_one_given_in_advance_does_not_begin_after_the_mandate_it_comes_from(
    cast: Company, deputy: Mandate
) -> None:
    given = give(cast, deputy, "positions", starts_on=DAY + timedelta(10))
    services.end_mandate(
        actor=cast.actor("cheffe-de-projet"), mandate=own(cast, "maire"), ends_on=DAY + timedelta(4)
    )
    assert not Mandate.objects.filter(pk=given.pk).exists()


def test_who_was_entrusted_a_part_of_a_mandate_may_receive_the_whole_one(
    cast: Company, deputy: Mandate
) -> None:
    given = give(cast, deputy, "positions")
    services.end_mandate(
        actor=cast.actor("cheffe-de-projet"), mandate=own(cast, "maire"), ends_on=DAY + timedelta(4)
    )
    made = services.grant_mandate(
        actor=cast.actor("cheffe-de-projet"), person=deputy.person, territory=cast.territory,
        authority=cast.commune_a, role="mayor", starts_on=DAY + timedelta(2),
    )  # fmt: skip
    assert made.role == given.role == "mayor" and not made.entrusted


def test_it_does_not_outlive_the_mandate_it_comes_from(cast: Company, deputy: Mandate) -> None:
    given = give(cast, deputy, "positions")
    services.end_mandate(
        actor=cast.actor("cheffe-de-projet"), mandate=own(cast, "maire"), ends_on=DAY + timedelta(4)
    )
    given.refresh_from_db()
    assert given.ends_on == DAY + timedelta(4)
    assert (
        given.title.replace("\u00a0", " ")
        == "Première adjointe, par délégation du maire jusqu’au 29 novembre 2026"
    )
    with clock.at(DAY + timedelta(4)):
        assert given.pk not in {one.id for one in acting_under(given).mandates}


@pytest.mark.parametrize(
    ("what", "other", "outlives"),
    [("positions", None, False), ("positions", Role.SECRETARY, False), ("inventory", Role.SECRETARY, True)],
)
def test_who_is_no_longer_of_the_body_keeps_nothing_received_there(
    cast: Company, deputy: Mandate, what: str, other: Role | None, outlives: bool
) -> None:
    lead, given = cast.actor("cheffe-de-projet"), give(cast, deputy, what)
    if other is not None:
        services.grant_mandate(
            actor=lead, person=deputy.person, territory=cast.territory, authority=cast.commune_a, role=other
        )
    with clock.at(DAY + timedelta(4)):
        services.end_mandate(actor=lead, mandate=deputy, ends_on=DAY + timedelta(4))
        actor = acting_under(given)
        assert (given.pk in {one.id for one in actor.mandates}) is outlives
        assert (cast.commune_a.pk in actor.hall_authority_ids) is (other is not None)


def test_who_conducts_may_be_replaced_and_a_delegation_without_it_conducts_nothing(cast: Company) -> None:
    lead = own(cast, "cheffe-de-projet")
    given = services.entrust(
        actor=cast.actor("cheffe-de-projet"),
        mandate=lead,
        to=own(cast, "presidente"),
        what=["seats"],
        last_day=DAY + timedelta(9),
    )
    assert not acting_under(given).leads(cast.territory.pk)
    services.take_back(actor=cast.actor("cheffe-de-projet"), mandate=given)
    given = services.entrust(
        actor=cast.actor("cheffe-de-projet"),
        mandate=lead,
        to=own(cast, "presidente"),
        what=["conduct"],
        last_day=DAY + timedelta(9),
    )
    assert acting_under(given).is_team(cast.territory.pk)


def test_every_role_that_decides_has_something_to_entrust_and_decides_nothing_without_it() -> None:
    from mosaique.access.actor import HeldMandate
    from mosaique.access.roles import RIGHTS

    for role, rights in RIGHTS.items():
        assert (Right.DECIDE in rights) <= (role in BY_ROLE)
    held = HeldMandate(
        1, 1, "", 1, "", "", "commune", Role.MAYOR, "", 0, 1, "bv", entrusted=(Entrusted.SEATS,)
    )
    assert not held.may(Right.DECIDE) and held.may(Right.READ) and not held.is_hall


def test_a_long_title_keeps_its_mention() -> None:
    made = delegated(
        "Conseillère municipale déléguée à " + "la vie associative " * 6, "du maire", date(2027, 5, 1)
    )
    assert len(made) == 120 and made.replace("\u00a0", " ").endswith(
        "par délégation du maire jusqu’au 1er mai 2027"
    )
    assert until("Maire", DAY) == "Maire"
    earlier = until(made, DAY)
    assert len(earlier) == 120 and earlier.replace("\u00a0", " ").endswith(
        "par délégation du maire jusqu’au 26 novembre 2026"
    )


def test_the_page_by_hand(cast: Company, deputy: Mandate, client_for: For) -> None:
    client = client_for("maire")
    url = f"/mandats/{own(cast, 'maire').pk}/confier/"
    assert url in client.get("/compte/").content.decode()
    typed = {
        "to": str(deputy.pk),
        "what": ["positions"],
        "starts_on": "2026-11-26",
        "last_day": "2026-11-01",
        "order_reference": "n° 4",
    }
    wrong = client.post(url, typed)
    assert "déjà passé" in wrong.content.decode() and "n° 4" in wrong.content.decode().replace("\u00a0", " ")
    assert client.post(url, {**typed, "last_day": "2026-12-24"}).status_code == 302
    page = client.get(url).content.decode()
    assert "Lucie Bonnet" in page and "Y mettre fin" in page
    given = Mandate.objects.exclude(entrusted=[]).get()
    assert client.post(f"/mandats/{given.pk}/reprendre/").status_code == 302
    assert "Y mettre fin" not in client.get(url).content.decode()
