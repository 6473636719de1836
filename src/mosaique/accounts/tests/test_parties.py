"""Bodies other than communes that take part: recognised, never made twice, ended and never deleted."""

from datetime import date
from typing import Any

import pytest

from mosaique.access.actor import Actor
from mosaique.access.roles import Role
from mosaique.accounts import queries, roster, services
from mosaique.accounts.models import TerritoryParty
from mosaique.accounts.policies import may_add_party, may_manage_party
from mosaique.demo.people import Company
from mosaique.journal.models import Line
from mosaique.kernel import clock
from mosaique.kernel.verdict import Problem, Refused, Stale
from mosaique.territory import numbers
from mosaique.territory.models import Authority, Territory
from tests.world import place

VALENCE = "258100439"  # a real syndicat is not needed: the key is right


def add(cast: Company, slug: str = "cheffe-de-projet", **said: Any) -> TerritoryParty:
    given: dict[str, Any] = {"kind": "syndicate", "name": "Syndicat du Tourtour", **said}
    party = services.add_party(actor=cast.actor(slug), territory=cast.territory, **given)
    assert isinstance(party, TerritoryParty)
    return party


def test_numbers_are_read_as_people_type_them() -> None:
    assert numbers.read_siren(" 248 100 497 ") == "248100497"
    assert numbers.read_siren("248.100.497") == "248100497"
    assert numbers.read_siren("248 100 497 00012") == "248100497", "a SIRET gives its SIREN"
    assert numbers.read_siren("704.930.550") == "704930550", (
        "the official list holds it, though it fails its own key"
    )
    assert numbers.read_rna("w811-000 123") == "W811000123"
    assert numbers.read_siren("") == numbers.read_rna("  ") == ""
    assert numbers.siren_text("248100497") == "SIREN\u00a0248\u00a0100\u00a0497"


@pytest.mark.parametrize("typed", ["248100498", "24810049", "2481004970", "abcdefghi", "٢٤٨١٠٠٤٩٧"])
def test_a_siren_with_a_fault_is_refused(typed: str) -> None:
    with pytest.raises(numbers.WrongNumber, match="Votre saisie est gardée"):
        numbers.read_siren(typed)


@pytest.mark.parametrize("typed", ["W81100012", "811000123", "W8110001234", "X811000123", "W81100012A"])
def test_an_rna_number_with_a_fault_is_refused(typed: str) -> None:
    with pytest.raises(numbers.WrongNumber, match="W"):
        numbers.read_rna(typed)


def test_a_body_without_any_number_takes_part(cast: Company) -> None:
    party = add(
        cast,
        kind="association",
        name="Les amis du  lavoir",
        since=date(2026, 1, 1),
        note=" Tient   le lavoir ",
    )
    body = party.authority
    assert (body.name, body.siren, body.rna, body.kind) == ("Les amis du lavoir", None, None, "other")
    assert body.code == f"P{body.pk:06d}" and body.number == ""
    assert (party.note, party.since, party.added_by_id) == (
        "Tient le lavoir",
        date(2026, 1, 1),
        cast.people["cheffe-de-projet"].pk,
    )
    line = Line.objects.get(verb="party.added")
    assert line.changes == {"kind": "association"}, "codes, never a text"
    assert body in queries.bodies_of(cast.territory), "people may act for it"


def test_the_official_list_gives_its_name(cast: Company) -> None:
    party = add(cast, name="mal recopié", siren="200000081")
    assert party.authority.name == "SM du SCOT de la vallée de la Drôme-Aval"
    assert (party.authority.legal_nature, party.authority.department) == ("SMF", "26")


def test_an_official_number_that_fails_its_own_key_is_taken(cast: Company) -> None:
    assert add(cast, siren="704 930 550").authority.name.startswith("SI eau et assainissement")


def test_a_body_known_elsewhere_is_not_made_twice(cast: Company) -> None:
    known = Authority.objects.create(kind="other", name="CCAS du Ruisseau", siren="200000008", rna=None)
    party = add(cast, kind="social", name="Autre nom", siren="200000008")
    assert party.authority == known and party.authority.name == "CCAS du Ruisseau"


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ({"name": "Autre", "siren": "248100489"}, "qui figure déjà dans la liste"),
        ({"name": "SYNDICAT du Tourtôur"}, "Il y a déjà ici Syndicat du Tourtour"),
        ({"name": "Mairie", "siren": "218102455"}, "Saint-Cirgue, qui est déjà de l’intercommunalité"),
        ({"name": "saint cirgue"}, "Saint-Cirgue est déjà de l’intercommunalité"),
        ({"name": "CC", "siren": "248100497"}, "CC Val 81, qui est déjà"),
        ({"name": "Eau", "rna": "W811000123"}, "Seule une association"),
        ({"name": " - "}, "Donnez le nom"),
        ({"name": "Eau", "siren": "123456789"}, "sa clé de contrôle"),
    ],
)  # fmt: skip
def test_what_cannot_be_added_says_why(cast: Company, second: dict[str, Any], words: str) -> None:
    siren = next(f"24810048{n}" for n in range(10) if numbers.luhn(f"24810048{n}"))
    second = {**second, **({"siren": siren} if second.get("siren") == "248100489" else {})}
    add(cast, siren=siren)
    count = Authority.objects.count()
    with pytest.raises(Problem, match=words):
        add(cast, **second)
    assert Authority.objects.count() == count and TerritoryParty.objects.count() == 1


@pytest.mark.parametrize(
    ("its", "words"), [(None, "sans numéro RNA"), ("W811000999", "avec un autre numéro RNA")]
)
def test_a_second_number_is_not_lost_without_a_word(cast: Company, its: str | None, words: str) -> None:
    Authority.objects.create(kind="other", name="Les amis du lavoir", siren="200000008", rna=its)
    with pytest.raises(Problem, match=words):
        add(cast, kind="association", siren="200000008", rna="W811000123")
    assert not TerritoryParty.objects.exists()


def test_two_numbers_of_two_bodies_are_not_mixed(cast: Company) -> None:
    Authority.objects.create(kind="other", name="Un", siren="200000008")
    Authority.objects.create(kind="other", name="Deux", rna="W811000123")
    with pytest.raises(Problem, match="de deux organismes"):
        add(cast, kind="association", siren="200000008", rna="W811000123")


def test_only_those_who_lead_keep_the_list(cast: Company) -> None:
    for slug in ("maire", "secretaire", "agent", "animateur", "partenaire", "representante-du-personnel"):
        assert not may_add_party(cast.actor(slug), cast.territory), slug
        with pytest.raises(Refused):
            add(cast, slug)
    party = add(cast, "presidente")
    assert may_manage_party(cast.actor("dgs"), party) and not may_manage_party(Actor(), party)


def test_everyone_who_takes_part_reads_it_and_a_partner_does_not(cast: Company) -> None:
    party = add(cast)
    for slug, sees in (("maire", True), ("agent", True), ("partenaire", False)):
        assert TerritoryParty.objects.visible_to(cast.actor(slug)).filter(pk=party.pk).exists() is sees, slug


def test_a_number_that_comes_later_keeps_the_code(cast: Company) -> None:
    party = add(cast)
    code = party.authority.code
    siren = next(f"24810048{n}" for n in range(10) if numbers.luhn(f"24810048{n}"))
    services.correct_party(
        actor=cast.actor("dgs"), party=party, kind="syndicate", name="Syndicat des eaux", siren=siren, seen=1
    )
    body = Authority.objects.get(pk=party.authority_id)
    assert (body.name, body.siren, body.code) == ("Syndicat des eaux", siren, code)
    assert body.number.endswith(siren[-3:])


def test_a_siren_corrected_keeps_the_code_too(cast: Company) -> None:
    one, two = [s for n in range(200, 260) if numbers.luhn(s := f"248100{n}")][:2]
    party = add(cast, siren=one)
    services.correct_party(
        actor=cast.actor("dgs"), party=party, kind="syndicate", name="Syndicat du Tourtour", siren=two, seen=1
    )
    body = Authority.objects.get(pk=party.authority_id)
    assert (body.siren, body.code) == (two, one)


def test_a_correction_on_an_old_reading_loses_neither(cast: Company) -> None:
    party = add(cast)
    correct: Any = {"actor": cast.actor("dgs"), "party": party, "kind": "other"}
    services.correct_party(name="Premier", seen=1, **correct)
    with pytest.raises(Stale) as stale:
        services.correct_party(name="Second", seen=1, **correct)
    assert ("Nom", "Premier", "Second") in stale.value.fields


def test_a_name_shared_with_another_territory_is_not_changed_from_here(cast: Company) -> None:
    party = add(cast)
    other = Territory.objects.get(mandates__person=place.elsewhere())
    TerritoryParty.objects.create(
        territory=other, scope=party.scope, authority=party.authority, kind="other", added_at=clock.now()
    )
    with pytest.raises(Problem, match="communs à plusieurs territoires"):
        services.correct_party(actor=cast.actor("dgs"), party=party, kind="other", name="Autre", seen=1)
    again = services.correct_party(
        actor=cast.actor("dgs"), party=party, kind="social", name=party.authority.name, note="Vu", seen=1
    )
    assert (again.kind, again.note) == ("social", "Vu"), "what is said of it here is ours"


def test_what_ends_stays_and_comes_back(cast: Company) -> None:
    party = add(cast, since=date(2026, 1, 1))
    with pytest.raises(Problem, match="avant le début"):
        services.end_party(actor=cast.actor("dgs"), party=party, until=date(2025, 1, 1))
    ended = services.end_party(actor=cast.actor("dgs"), party=party, until=clock.today())
    assert ended.is_over(clock.today()) and not queries.parties_of(cast.territory).exists()
    with pytest.raises(Problem, match="ne participe déjà plus"):
        services.end_party(actor=cast.actor("dgs"), party=party, until=clock.today())
    with pytest.raises(Problem, match="videz la date de fin"):
        add(cast)
    services.correct_party(
        actor=cast.actor("dgs"),
        party=party,
        kind="syndicate",
        name="Syndicat du Tourtour",
        seen=ended.version,
    )
    assert [one.pk for one in queries.parties_of(cast.territory)] == [party.pk]


@pytest.mark.parametrize("role", [Role.MAYOR, Role.COUNCILLOR, Role.AGENT, Role.STAFF_REP])
def test_who_acts_for_a_body_is_a_partner_and_nothing_else(cast: Company, role: str) -> None:
    """Nor for a neighbouring commune that takes part: it has no council here. Any other role would read what members share."""
    party = add(cast)
    neighbour = Authority.objects.create(kind="commune", name="Assac", siren="218100147", insee_code="81014")
    add(cast, kind="other", name="Assac", siren="218100147")
    for body in (party.authority, neighbour):
        with pytest.raises(Problem, match="se dit d’une commune"):
            services.add_person(
                actor=cast.actor("dgs"), territory=cast.territory, email="x@exemple.fr", given_name="Odile",
                family_name="Cros", authority=body, role=role,
            )  # fmt: skip
    facts = queries.facts_for(cast.territory, set())
    assert {body.kind for body in facts.bodies if body.id in (party.authority_id, neighbour.pk)} == {"other"}
    told = roster.read(f"Odile Cros;x@exemple.fr;{party.authority.name};agent", facts, clock.today())
    assert any("« partenaire (agent) »" in problem for problem in told[0].problems)
    rows = roster.read(
        f"Odile Cros;x@exemple.fr;{party.authority.name};partenaire (agent)", facts, clock.today()
    )
    assert not rows[0].problems and rows[0].role == Role.PARTNER
    assert rows[0].body is not None and rows[0].body.id == party.authority_id


def test_who_acts_for_a_body_reads_the_spaces_opened_to_them_and_nothing_else(cast: Company) -> None:
    party = add(cast)
    mandate = services.add_person(
        actor=cast.actor("dgs"), territory=cast.territory, email="x@exemple.fr", given_name="Odile", family_name="Cros",
        authority=party.authority, role=Role.PARTNER,
    )  # fmt: skip
    assert mandate.person.card.data["masks"] == {} and mandate.person.card.data["circles"] == []


def test_a_number_that_another_body_was_known_by_makes_no_second_code(cast: Company) -> None:
    """A first body was typed with somebody else's number, then corrected: what counts it still knows it by that code."""
    one, two = [s for n in range(200, 260) if numbers.luhn(s := f"248100{n}")][:2]
    party = add(cast, siren=one)
    services.correct_party(
        actor=cast.actor("dgs"), party=party, kind="syndicate", name="Syndicat du Tourtour", siren=two, seen=1
    )
    other = add(cast, name="Le vrai", siren=one)
    assert Authority.objects.get(pk=party.authority_id).code == one
    assert other.authority.code == f"P{other.authority_id:06d}" and other.authority.siren == one
    club = add(cast, kind="association", name="Club", rna="W811000123")
    assert club.authority.code == "W811000123"
    services.correct_party(
        actor=cast.actor("dgs"), party=club, kind="association", name="Club", rna="W811000124", seen=1
    )
    again = add(cast, kind="association", name="Autre club", rna="W811000123")
    assert again.authority.code == f"P{again.authority_id:06d}"


def test_an_rna_number_known_here_is_told_beside_its_field(cast: Company) -> None:
    add(cast, kind="association", name="Club", rna="W811000123")
    with pytest.raises(Problem, match="vérifiez le numéro") as refused:
        add(cast, kind="association", name="Autre club", rna="W811000123")
    assert refused.value.field == "rna"
