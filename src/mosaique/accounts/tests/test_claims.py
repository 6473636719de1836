"""Preparing, opening, turning down, asking to join: state, journal lines and mails of each verb."""

import secrets
from datetime import date, timedelta

import pytest

from mosaique import journal
from mosaique.access.actor import ANONYMOUS, Actor
from mosaique.access.middleware import actor_of
from mosaique.access.models import Mandate, Person, TerritoryClaim
from mosaique.accounts import claim_policies, services
from mosaique.accounts.registry import TERRITORY_PREPARED
from mosaique.accounts.services import claims
from mosaique.accounts.services.mandates import team_scope
from mosaique.demo.people import Company
from mosaique.journal.models import Line
from mosaique.kernel import clock
from mosaique.kernel.models import OutgoingMail
from mosaique.kernel.service import service
from mosaique.kernel.verdict import Problem, Refused
from mosaique.territory.models import Territory

pytestmark = pytest.mark.django_db
VAL_81 = "248100497"


def person(given: str, *, operator: bool = False) -> Person:
    return Person.objects.create(
        handle=secrets.token_hex(16), email=f"{given.lower()}@exemple.fr", given_name=given, family_name="Delmas",
        is_operator=operator, created_at=clock.now(),
    )  # fmt: skip


def acting(who: Person) -> Actor:
    return actor_of(Person.objects.select_related("card").get(pk=who.pk))


@pytest.fixture
def operator(db: None) -> Person:
    return person("Odile", operator=True)


@pytest.fixture
def officer(db: None) -> Person:
    return person("Rosa")


def prepare(who: Person, siren: str = VAL_81, target: date | None = None) -> TerritoryClaim:
    claim: TerritoryClaim = claims.prepare_territory(
        actor=acting(who), epci_siren=siren, adoption_target=target
    )
    return claim


def verbs() -> list[str]:
    return list(Line.objects.order_by("pk").values_list("verb", flat=True))


def mails() -> list[tuple[str, str]]:
    return list(OutgoingMail.objects.order_by("pk").values_list("to", "kind"))


def test_preparing_makes_the_territory_and_its_lead_and_tells_the_administrator(
    operator: Person, officer: Person
) -> None:
    claim = prepare(officer, target=date(2027, 12, 14))
    territory = claim.territory
    assert (territory.state, territory.adoption_target) == ("prepared", date(2027, 12, 14))
    assert (claim.person_id, claim.claimed_at, claim.confirmed_at) == (officer.pk, clock.now(), None)
    mandate = Mandate.objects.get()
    assert (mandate.role, mandate.authority, mandate.starts_on) == (
        "project_lead",
        territory.epci,
        clock.today(),
    )
    assert acting(officer).is_team(territory.pk)
    assert verbs() == ["mandate.granted", "territory.prepared"]
    assert mails() == [("odile@exemple.fr", "territory_claim")]
    assert "Rosa Delmas (rosa@exemple.fr) prépare le territoire CC Val 81" in OutgoingMail.objects.get().text


def test_nobody_else_sees_a_territory_in_preparation(officer: Person, operator: Person) -> None:
    territory = prepare(officer).territory
    stranger = person("Paul")
    everyone = (acting(officer), acting(operator), acting(stranger), ANONYMOUS)
    seen = [Territory.objects.visible_to(who).filter(pk=territory.pk).exists() for who in everyone]
    assert seen == [True, True, False, False]


def test_an_administrator_s_own_territory_opens_at_once(operator: Person) -> None:
    claim = prepare(operator)
    assert claim.territory.state == "prepared"  # the row in hand was read before
    assert Territory.objects.get().state == "open"
    assert TerritoryClaim.objects.get().confirmed_by_id == operator.pk
    assert mails() == []


def test_a_second_claimant_is_told_and_creates_nothing(officer: Person) -> None:
    prepare(officer)
    with pytest.raises(Problem, match="a déjà son territoire ici"):
        prepare(person("Paul"))
    assert TerritoryClaim.objects.count() == Mandate.objects.count() == 1


def test_three_waiting_territories_are_enough(officer: Person) -> None:
    for siren in (VAL_81, "200068815", "200069128"):
        prepare(officer, siren)
    with pytest.raises(Problem, match="Trois territoires"):
        prepare(officer, "243500741")
    assert Territory.objects.count() == 3


def test_opening(officer: Person, operator: Person) -> None:
    claim = prepare(officer)
    claims.confirm_claim(actor=acting(operator), claim=claim)
    territory, claim = Territory.objects.get(), TerritoryClaim.objects.get()
    assert (territory.state, territory.opened_at) == ("open", clock.now())
    assert (claim.confirmed_at, claim.confirmed_by_id) == (clock.now(), operator.pk)
    assert verbs()[2:] == ["territory.opened"]
    assert mails()[1:] == [("rosa@exemple.fr", "territory_open")]
    with pytest.raises(Refused, match="déjà ouvert"):
        claims.confirm_claim(actor=acting(operator), claim=claim)


def test_only_an_administrator_opens_or_turns_down(officer: Person) -> None:
    claim = prepare(officer)
    for verb in (lambda: claims.confirm_claim(actor=acting(officer), claim=claim),
                 lambda: claims.refuse_claim(actor=acting(officer), claim=claim, reason="non")):  # fmt: skip
        with pytest.raises(Refused, match="Seule l’administration"):
            verb()
    assert Territory.objects.get().state == "prepared"


@pytest.mark.parametrize("days_later", [0, 3])
def test_turning_down_takes_the_mandate_back_and_leaves_the_place_free(
    officer: Person, operator: Person, days_later: int
) -> None:
    claim = prepare(officer)
    with clock.at(clock.today() + timedelta(days=days_later)):
        claims.refuse_claim(actor=acting(operator), claim=claim, reason="Inconnue à la communauté.")
        assert not acting(officer).territory_ids
        assert not TerritoryClaim.objects.exists()
        assert verbs()[2:] == ["territory.claim_refused"]
        assert "Inconnue à la communauté." in OutgoingMail.objects.latest("pk").text
        other = person("Paul")
        again = prepare(other, target=date(2027, 6, 1))
    assert again.territory_id == claim.territory_id
    assert Territory.objects.get().adoption_target == date(2027, 6, 1)


@service
def does_something(*, actor: Actor, territory: Territory) -> None:
    journal.record(actor, TERRITORY_PREPARED, territory, scope=team_scope(territory))


def test_a_mandate_already_used_is_ended_not_erased(officer: Person, operator: Person) -> None:
    claim = prepare(officer)
    does_something(actor=acting(officer), territory=claim.territory)
    claims.refuse_claim(actor=acting(operator), claim=claim, reason="Erreur.")
    assert Mandate.objects.get(person=officer).ends_on == clock.today() + timedelta(days=1)


def test_turning_a_second_claim_down_moves_no_mandate_that_was_over(
    officer: Person, operator: Person
) -> None:
    first = prepare(officer)
    with clock.at(clock.today() + timedelta(days=3)):
        ended = clock.today()
        claims.refuse_claim(actor=acting(operator), claim=first, reason="Inconnue à la communauté.")
    with clock.at(clock.today() + timedelta(days=9)):
        claims.refuse_claim(actor=acting(operator), claim=prepare(officer), reason="Inconnue encore.")
    assert Mandate.objects.get().ends_on == ended


def test_people_are_added_once_the_territory_is_open(officer: Person, operator: Person) -> None:
    claim = prepare(officer)
    who = {
        "email": "x@exemple.fr",
        "given_name": "Ida",
        "family_name": "Roux",
        "authority": claim.territory.epci,
        "role": "dgs",
    }
    with pytest.raises(Refused, match="pas encore ouvert"):
        services.add_person(actor=acting(officer), territory=claim.territory, **who)
    assert [kind for _, kind in mails()] == ["territory_claim"]
    claims.confirm_claim(actor=acting(operator), claim=claim)
    territory = Territory.objects.get()
    mandate = services.add_person(actor=acting(officer), territory=territory, **who)
    services.invite(actor=acting(officer), mandate=mandate)
    assert mails()[-1] == ("x@exemple.fr", "invitation")


def test_turning_down_needs_a_reason(officer: Person, operator: Person) -> None:
    claim = prepare(officer)
    with pytest.raises(Problem, match="Écrivez pourquoi"):
        claims.refuse_claim(actor=acting(operator), claim=claim, reason="  ")
    assert TerritoryClaim.objects.exists()


def test_asking_to_join_writes_to_the_leads_once_a_day(cast: Company) -> None:
    paul = person("Paul")
    leads = claims.ask_to_join(
        actor=acting(paul), territory=cast.territory, words="Je suis maire de Courris."
    )
    assert [lead.person.family_name for lead in leads] == ["Carrière", "Mazeran"]
    assert mails() == [
        ("mutualisation@exemple.fr", "territory_join"),
        ("direction@exemple.fr", "territory_join"),
    ]
    text = OutgoingMail.objects.earliest("pk").text
    assert "Paul Delmas (paul@exemple.fr)" in text
    assert "Je suis maire de Courris." in text
    line = Line.objects.get(verb="territory.join_asked")
    assert line.changes == {}
    with pytest.raises(Problem, match="déjà partie aujourd’hui"):
        claims.ask_to_join(actor=acting(paul), territory=cast.territory)
    with clock.at(clock.today() + timedelta(days=2)):
        claims.ask_to_join(actor=acting(paul), territory=cast.territory)
    assert len(mails()) == 4


def test_asking_when_already_in_or_when_nobody_leads(cast: Company) -> None:
    with pytest.raises(Problem, match="participez déjà"):
        claims.ask_to_join(actor=cast.actor("maire"), territory=cast.territory)
    Mandate.objects.filter(role__in=["project_lead", "dgs"]).update(ends_on=clock.today())
    with pytest.raises(Problem, match="Personne ne conduit"):
        claims.ask_to_join(actor=acting(person("Paul")), territory=cast.territory)
    assert mails() == []


def test_policies() -> None:
    visitor, signed, admin = ANONYMOUS, Actor(person_id=1), Actor(person_id=2, is_operator=True)
    open_claim, done = TerritoryClaim(), TerritoryClaim(confirmed_at=clock.now())
    assert [bool(claim_policies.may_prepare(a)) for a in (visitor, signed, admin)] == [False, True, True]
    assert [bool(claim_policies.may_confirm(a)) for a in (visitor, signed, admin)] == [False, False, True]
    assert [bool(claim_policies.may_settle(a, open_claim)) for a in (visitor, signed, admin)] == [
        False,
        False,
        True,
    ]
    assert not claim_policies.may_settle(admin, done)
