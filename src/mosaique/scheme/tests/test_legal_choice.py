"""The guided choice: every form can be reached, every exclusion says its rule, and nothing is decided."""

from itertools import product

import pytest

from mosaique.scheme.legal_forms.base import LegalForm
from mosaique.scheme.legal_forms.choice import (
    Between,
    Case,
    Partner,
    Power,
    Staff,
    Subject,
    Verdict,
    judge,
    propose,
    rule_of,
)  # fmt: skip
from mosaique.scheme.legal_forms.registry import LEGAL_FORMS

CASES = [
    Case(*answers) for answers in product((None, *Subject), (None, *Between), (None, *Staff), (None, *Power))
]


def verdicts(case: Case) -> dict[str, Verdict]:
    return {one.form.identifier: one.verdict for one in propose(LEGAL_FORMS.values(), case)}


def proposed(case: Case) -> list[str]:
    return [
        one.form.identifier for one in propose(LEGAL_FORMS.values(), case) if one.verdict is Verdict.PROPOSED
    ]


def test_no_answer_leaves_nothing_and_every_exclusion_has_a_marked_reason() -> None:
    for case in CASES:
        found = propose(LEGAL_FORMS.values(), case)
        assert len(found) == len(LEGAL_FORMS)
        assert any(one.form.identifier == "informal" and one.verdict is Verdict.PROPOSED for one in found)
        for one in found:
            assert bool(one.reasons) == (one.verdict is not Verdict.PROPOSED)
            assert all(fact.text and fact.article and fact.mark for fact in one.reasons)
        assert [one.verdict for one in found] == sorted(one.verdict for one in found)


def test_every_form_is_proposed_by_some_answers() -> None:
    reached = set().union(*(proposed(case) for case in CASES))
    assert reached == set(LEGAL_FORMS)


def test_one_more_answer_never_brings_back_a_form_that_was_left_out() -> None:
    for case in CASES:
        for form in LEGAL_FORMS.values():
            if judge(form, case).verdict is not Verdict.EXCLUDED:
                continue
            for subject, between, staff, power in product(Subject, Between, Staff, Power):
                fuller = Case(
                    case.subject or subject, case.between or between, case.staff or staff, case.power or power
                )
                assert judge(form, fuller).verdict is Verdict.EXCLUDED


def test_without_an_answer_everything_is_possible_under_conditions() -> None:
    assert set(verdicts(Case()).values()) == {Verdict.PROPOSED, Verdict.CONDITION}
    assert proposed(Case()) == ["informal"]


@pytest.mark.parametrize(
    ("case", "first", "out"),
    [
        # An instruction team for communes, outside transferred powers, agents joining it.
        (Case(Subject.TEAM, Between.EPCI, Staff.MOVED, Power.COMMUNES), "service_commun", {"mad_service_up", "mad_service_down"}),
        # The town's road team works for the EPCI's power.
        (Case(Subject.TEAM, Between.EPCI, Staff.LENT, Power.EPCI), "mad_service_up", {"service_commun", "mad_service_down"}),
        (Case(Subject.AGENT, Between.COMMUNES, Staff.LENT, None), "mad_individual", {"service_commun", "entente"}),
        (Case(Subject.ASSETS, Between.EPCI, Staff.NONE, None), "shared_assets", {"purchasing_group", "service_commun"}),
        (Case(Subject.PURCHASES, None, Staff.NONE, None), "purchasing_group", {"shared_assets"}),
        (Case(Subject.POLICE, Between.COMMUNES, None, None), "shared_police", {"service_commun", "mad_individual"}),
        (Case(Subject.POWER, Between.EPCI, None, None), "competence_transfer", {"shared_assets"}),
        (Case(Subject.TEAM, Between.COMMUNES, Staff.LENT, None), "joint_exercise", {"service_commun", "inter_commune_agreement"}),
        (Case(Subject.TEAM, Between.OUTSIDE, Staff.NONE, None), "external_pool", {"service_commun", "unified_service"}),
        (Case(Subject.HELP, None, None, None), "informal", {"service_commun", "purchasing_group"}),
    ],
)  # fmt: skip
def test_usual_cases(case: Case, first: str, out: set[str]) -> None:
    found = verdicts(case)
    assert first in proposed(case)
    assert all(found[name] is Verdict.EXCLUDED for name in out)


def test_a_team_of_agents_moved_is_never_a_transfer_of_power_nor_a_purchase() -> None:
    found = {one.form.identifier: one for one in propose(LEGAL_FORMS.values(), Case(subject=Subject.TEAM))}
    assert "On transfère une compétence entière" in found["competence_transfer"].reasons[0].text
    assert found["purchasing_group"].reasons[0].mark == "à vérifier"


@pytest.mark.parametrize("form", LEGAL_FORMS.values(), ids=lambda form: form.identifier)
def test_every_form_says_once_whether_each_kind_of_body_may_be_a_party(form: LegalForm) -> None:
    said = [partner for rule in form.bodies for partner in rule.partners]
    assert sorted(said) == sorted(Partner)
    for partner in Partner:
        rule = rule_of(form, partner)
        assert rule.fact.text.endswith(".") and rule.fact.mark
        without, found = judge(form, Case()), judge(form, Case(partner=partner))
        if rule.allowed is False:
            assert found.verdict is Verdict.EXCLUDED and rule.fact in found.reasons
        elif rule.allowed is None:
            assert found.verdict is Verdict.CONDITION and rule.fact in found.reasons
        else:
            assert found == without, "what may be a party changes nothing else"


def test_another_body_never_brings_back_a_form_and_one_always_remains() -> None:
    for case in CASES:
        for partner in Partner:
            fuller = Case(case.subject, case.between, case.staff, case.power, partner)
            found = propose(LEGAL_FORMS.values(), fuller)
            assert any(one.form.identifier == "informal" and one.verdict is Verdict.PROPOSED for one in found)
            before = verdicts(case)
            for one in found:
                assert one.verdict >= before[one.form.identifier]


@pytest.mark.parametrize(
    ("partner", "may", "doubtful", "out"),
    [
        (Partner.SYNDICATE, {"entente", "mad_individual", "external_pool", "purchasing_group"}, {"service_commun", "unified_service"},
         {"joint_exercise", "shared_police"}),
        (Partner.SOCIAL, {"service_commun", "purchasing_group", "mad_individual"}, {"entente"}, {"joint_exercise", "delegation"}),
        (Partner.MANAGEMENT, {"external_pool", "mad_individual"}, {"entente"}, {"service_commun", "competence_transfer"}),
        (Partner.ASSOCIATION, {"informal"}, {"mad_individual", "purchasing_group"}, {"service_commun", "entente", "delegation"}),
    ],
)  # fmt: skip
def test_what_is_told_of_each_kind_of_body(
    partner: Partner, may: set[str], doubtful: set[str], out: set[str]
) -> None:
    told = {form.identifier: rule_of(form, partner).allowed for form in LEGAL_FORMS.values()}
    assert {told[name] for name in may} == {True}
    assert {told[name] for name in doubtful} == {None}
    assert {told[name] for name in out} == {False}


def test_a_rule_names_its_bodies_as_one_reads() -> None:
    rules = LEGAL_FORMS["service_commun"].bodies
    assert [rule.names for rule in rules] == ["CCAS ou CIAS", "Syndicat", "Centre de gestion", "Association"]
    assert [rule.word for rule in rules] == [
        "Peut en être partie",
        "À regarder de près",
        "N’en est pas partie",
        "N’en est pas partie",
    ]
    assert (
        LEGAL_FORMS["joint_exercise"].bodies[0].names
        == "Syndicat, CCAS ou CIAS, centre de gestion, association"
    )


def test_only_what_was_read_is_said_to_be_verified() -> None:
    """Of bodies, two rules were read in a source; every other one is shown « à vérifier »."""
    read = {
        (form.identifier, rule.fact.text)
        for form in LEGAL_FORMS.values()
        for rule in form.bodies
        if rule.fact.is_verified
    }
    assert {name for name, _ in read} == {"entente", "joint_exercise"}
