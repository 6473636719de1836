"""Express or tacit, never both; late kept beside; silence as each procedure declares it; warnings, never a veto."""

import dataclasses
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mosaique.consultation.procedures as folder
from mosaique.consultation.deadlines import DateError
from mosaique.consultation.opinion_state import (
    Opinion,
    OpinionKind,
    StateKind,
    date_problems,
    state,
)
from mosaique.consultation.procedures.base import Procedure, Silence
from mosaique.consultation.procedures.registry import COUNCIL_OPINION, CST_OPINION, PROCEDURES
from mosaique.consultation.warnings import AdoptionWarning, Council, ImpactState, adoption_warnings
from mosaique.kernel.typography import typographie

COUNCIL = PROCEDURES[COUNCIL_OPINION]
CST = PROCEDURES[CST_OPINION]
RECEIVED = date(2027, 9, 6)  # ends 6 December 2027, tacit on the 7th
every_procedure = pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=lambda p: p.identifier)


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def vote(kind, day, reference=""):
    return Opinion(OpinionKind(kind), day, reference)


def at(today, *opinions, received=RECEIVED, procedure=COUNCIL, **more):
    return state(procedure=procedure, received_on=received, today=today, opinions=opinions, **more)


# --- procedures


def test_every_procedure_file_is_listed():
    files = {path.stem for path in Path(folder.__file__).parent.glob("*.py")} - {
        "__init__",
        "base",
        "registry",
    }
    assert files == set(PROCEDURES)


def test_silence_has_no_default():
    fields = {field.name: field for field in dataclasses.fields(Procedure)}
    assert all(
        field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        for field in fields.values()
    )
    known = {name: getattr(COUNCIL, name) for name in fields if name != "silence"}
    with pytest.raises(TypeError, match="silence"):
        Procedure(**known)


@every_procedure
def test_a_procedure_says_what_silence_means(procedure):
    assert isinstance(procedure.silence, Silence)
    assert procedure.silence_fr.endswith(".") and procedure.silence_fr == typographie(procedure.silence_fr)
    assert procedure.label and procedure.asked_to
    assert procedure.months is None or procedure.months > 0
    for fact in procedure.facts():
        assert fact.text.endswith(".") and fact.article
        assert fact.mark.startswith(("vérifié le", "à vérifier"))
        assert "obligatoire" not in fact.text.lower() and fact.text == typographie(fact.text)


def test_the_two_procedures_do_not_mean_the_same_by_silence():
    assert COUNCIL.silence is Silence.FAVOURABLE and COUNCIL.silence_fact.is_verified and COUNCIL.months == 3
    assert CST.silence is Silence.NOTHING and CST.months is None


# --- states


def test_pending_until_midnight_then_tacit():
    pending = at(date(2027, 12, 6))
    assert pending.kind is StateKind.PENDING and pending.is_open and pending.days_left(date(2027, 12, 6)) == 0
    assert pending.days_left(date(2027, 11, 29)) == 7
    assert plain(pending.sentence) == (
        "Réponse possible jusqu’au 6 décembre 2027 à minuit. Le silence vaut avis favorable."
    )
    tacit = at(date(2027, 12, 7))
    assert tacit.kind is StateKind.TACIT_FAVOURABLE and tacit.is_tacit and not tacit.is_open
    assert tacit.days_left(date(2027, 12, 7)) is None
    assert tacit.label == "Tacite, favorable"
    assert plain(tacit.sentence) == (
        "Sans délibération au 6 décembre 2027 à minuit. Le silence vaut avis favorable. "
        "Constat du 7 décembre 2027."
    )


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        ("favourable", "Favorable"),
        ("reserves", "Favorable avec réserves"),
        ("unfavourable", "Défavorable"),
    ],
)
def test_an_express_opinion_on_the_last_day_counts(kind, label):
    result = at(date(2028, 1, 15), vote(kind, date(2027, 12, 6), "2027-18"))
    assert result.kind.value == kind and result.is_express and not result.is_tacit
    assert result.label == label
    assert plain(result.sentence) == f"Avis {label.lower()}, voté le 6 décembre 2027 (délibération 2027-18)."


def test_a_late_vote_stays_beside_the_tacit_opinion():
    against = vote("unfavourable", date(2027, 12, 7))
    result = at(date(2027, 12, 20), against)
    assert result.kind is StateKind.TACIT_FAVOURABLE and result.express is None
    assert result.late == (against,)
    assert plain(result.sentence).endswith(
        "Une délibération du 7 décembre 2027 (défavorable) est arrivée après le délai : "
        "elle reste au dossier et ne change pas l’avis."
    )


def test_a_council_may_vote_again_within_the_delay():
    first, second = vote("unfavourable", date(2027, 10, 4)), vote("reserves", date(2027, 11, 15))
    late = vote("favourable", date(2027, 12, 13))
    result = at(date(2027, 12, 20), second, late, first)
    assert (result.express, result.replaced, result.late) == (second, (first,), (late,))
    # Two records of one day: the last recorded wins.
    twice = at(date(2027, 12, 1), vote("favourable", date(2027, 10, 4)), first)
    assert twice.kind is StateKind.UNFAVOURABLE


def test_no_clock_without_a_reception_date():
    result = at(date(2035, 1, 1), received=None)
    assert result.kind is StateKind.NOT_STARTED and result.deadline is None and result.is_open
    assert result.sentence == typographie("Aucune date de réception n'est notée : le délai n'a pas commencé.")
    # A vote is a vote even when nobody noted the reception: it is express, and never tacit.
    voted = at(date(2035, 1, 1), vote("favourable", date(2027, 12, 30)), received=None)
    assert voted.kind is StateKind.FAVOURABLE and voted.deadline is None and voted.late == ()


def test_a_committee_has_no_clock_and_its_silence_states_nothing():
    result = at(date(2035, 1, 1), procedure=CST)
    assert result.kind is StateKind.PENDING and result.deadline is None and not result.is_tacit
    assert result.days_left(date(2035, 1, 1)) is None
    assert plain(result.sentence) == (
        "Avis attendu, sans délai compté. Le silence ne dit rien : l’avis n’est pas rendu."
    )
    assert at(date(2027, 12, 1), vote("unfavourable", RECEIVED), procedure=CST).kind is StateKind.UNFAVOURABLE


@pytest.mark.parametrize(
    ("silence", "kind", "tacit"),
    [
        (Silence.FAVOURABLE, StateKind.TACIT_FAVOURABLE, True),
        (Silence.REFUSED, StateKind.TACIT_REFUSAL, True),
        (Silence.PASSES, StateKind.PASSED, False),
        (Silence.NOTHING, StateKind.SILENT, False),
    ],
)
def test_silence_takes_the_meaning_its_procedure_declares(silence, kind, tacit):
    result = at(date(2027, 12, 7), procedure=dataclasses.replace(COUNCIL, silence=silence))
    assert result.kind is kind and result.is_tacit is tacit
    assert result.label


def test_the_choice_of_the_epci_and_the_place_reach_the_clock():
    # 20 December 2027 is a Monday, and a holiday in Réunion alone.
    asked = {"today": date(2027, 12, 21), "received": date(2027, 9, 20)}
    kinds = [
        at(**asked, extend_if_non_working=chosen, departement=place).kind
        for chosen, place in ((False, "974"), (True, "81"), (True, "974"))
    ]
    assert kinds == [StateKind.TACIT_FAVOURABLE, StateKind.TACIT_FAVOURABLE, StateKind.PENDING]


DAYS = st.dates(date(2027, 9, 6), date(2028, 3, 1))
VOTES = st.lists(st.builds(Opinion, st.sampled_from(OpinionKind), DAYS), max_size=4)


@settings(deadline=None)  # a busy machine is not a failed property
@given(today=DAYS, votes=VOTES, silence=st.sampled_from(Silence))
def test_never_both_express_and_tacit_and_nothing_is_lost(today, votes, silence):
    past = [one for one in votes if one.deliberated_on <= today]
    result = at(today, *past, procedure=dataclasses.replace(COUNCIL, silence=silence))
    assert not (result.is_express and result.is_tacit)
    assert not (result.is_open and (result.is_express or result.is_tacit))
    recorded = [*result.replaced, *([result.express] if result.express else []), *result.late]
    assert sorted(recorded, key=repr) == sorted(past, key=repr)
    assert all(one.deliberated_on > result.deadline.last_day for one in result.late)


@settings(deadline=None)  # a busy machine is not a failed property
@given(votes=VOTES, today=DAYS, later=st.integers(0, 400))
def test_once_the_delay_is_over_the_state_never_moves_again(votes, today, later):
    over = max(today, date(2027, 12, 7))
    end = over + timedelta(days=later)
    before = at(over, *(one for one in votes if one.deliberated_on <= over))
    after = at(end, *(one for one in votes if one.deliberated_on <= end))
    assert (before.kind, before.express, before.replaced) == (after.kind, after.express, after.replaced)


# --- impossible dates


@pytest.mark.parametrize(
    ("dates", "path", "words"),
    [
        ({"sent_on": date(2027, 12, 2)}, "sent_on", "L’envoi est noté au 2 décembre 2027, dans l’avenir."),
        ({"received_on": date(2027, 12, 2)}, "received_on", "La réception est notée au 2 décembre 2027"),
        (
            {"deliberated_on": date(2027, 12, 2)},
            "deliberated_on",
            "La délibération est notée au 2 décembre 2027",
        ),
        (
            {"sent_on": date(2027, 9, 2), "received_on": date(2027, 9, 1)},
            "received_on",
            "La réception (1er septembre 2027) est notée avant l’envoi (2 septembre 2027).",
        ),
        (
            {"received_on": date(2027, 9, 2), "deliberated_on": date(2027, 9, 1)},
            "deliberated_on",
            "La délibération (1er septembre 2027) est notée avant la réception du rapport (2 septembre 2027).",
        ),
    ],
)
def test_impossible_dates_are_said_and_say_what_to_do(dates, path, words):
    (problem,) = date_problems(today=date(2027, 12, 1), **dates)
    assert problem.path == path
    assert plain(problem.message_fr).startswith(words)
    assert ("Corrigez" in problem.message_fr) or ("Notez la date" in problem.message_fr)


def test_possible_dates_raise_no_problem():
    same = date(2027, 12, 1)
    assert date_problems(today=same, sent_on=same, received_on=same, deliberated_on=same) == ()
    assert date_problems(today=same) == ()


def test_a_state_is_not_computed_on_impossible_dates():
    with pytest.raises(DateError, match="avant la réception"):
        at(date(2027, 12, 1), vote("favourable", date(2027, 9, 5)))
    with pytest.raises(DateError, match="avant l’envoi"):
        at(date(2027, 12, 1), sent_on=date(2027, 9, 7))
    with pytest.raises(DateError, match="dans l’avenir"):
        at(date(2027, 9, 5))


# --- warnings before the vote

VOTE_DAY = date(2027, 12, 14)


def council(code, name, today=date(2027, 12, 10), received=RECEIVED, votes=()):
    return Council(code, name, at(today, *votes, received=received))


def warnings(*councils, impacts=()):
    found = adoption_warnings(adoption_on=VOTE_DAY, procedure=COUNCIL, impacts=impacts, councils=councils)
    for warning in found:
        assert warning.text.endswith(".") and warning.text == typographie(warning.text)
        assert warning.article and warning.mark
        assert warning.blocks is False
    return {warning.key: warning for warning in found}


def test_all_is_well_and_nothing_is_said():
    stated = ImpactState("81017", "Assac", True, True)
    assert warnings(council("81017", "Assac", votes=[vote("favourable", RECEIVED)]), impacts=[stated]) == {}


def test_a_missing_impact_is_incomplete_not_zero():
    found = warnings(
        impacts=[ImpactState("81017", "Assac", False, True), ImpactState("81047", "Cadix", False, False)]
    )
    assert found["etp_missing"].about == ("81017", "81047")
    assert found["costs_missing"].about == ("81047",)
    assert plain(found["costs_missing"].text) == (
        "L’effet sur les dépenses de fonctionnement n’est pas indiqué pour : Cadix. "
        "Le rapport est incomplet sur ce point : un blanc ne se lit pas comme zéro."
    )
    assert found["etp_missing"].mark.startswith("vérifié")


def test_an_unfavourable_opinion_warns_and_never_blocks():
    found = warnings(council("81047", "Cadix", votes=[vote("unfavourable", date(2027, 11, 15))]))
    assert list(found) == ["unfavourable"]
    assert "n’empêche pas le vote" in found["unfavourable"].text
    assert found["unfavourable"].mark == "à vérifier"
    assert AdoptionWarning.blocks is False


def test_a_vote_before_the_last_clock_ends():
    found = warnings(
        council("81095", "Fraissines", received=date(2027, 9, 20)),
        council("81140", "Lédas-et-Penthiès", received=date(2027, 9, 14)),
        council("81047", "Cadix", received=date(2027, 9, 20), votes=[vote("favourable", date(2027, 11, 2))]),
    )
    # Cadix has voted: its clock no longer matters. 14 September ends on 14 December, the very day of the vote.
    assert found["still_running"].about == ("81095", "81140")
    assert plain(found["still_running"].text) == (
        "Le vote est prévu le 14 décembre 2027, avant la fin du délai de : Fraissines, Lédas-et-Penthiès. "
        "Leur avis manque. Tous les délais seront terminés le 21 décembre 2027."
    )


def test_a_clock_that_ends_before_the_vote_is_silence_with_its_meaning():
    found = warnings(council("81074", "Courris", received=date(2027, 9, 13)))
    # Still running on the 10th, over on the 13th at midnight: silent on the day of the vote.
    assert list(found) == ["silence"]
    assert "Le silence vaut avis favorable." in plain(found["silence"].text)
    assert "ailleurs, le silence peut dire autre chose" in plain(found["silence"].text)


@pytest.mark.parametrize("received", [date(2027, 9, 13), date(2027, 9, 20)])
def test_before_the_vote_nothing_is_read_in_the_silence_of_a_commune_that_left(received):
    """Neither « réputé favorable », nor an opinion that is missing: its page says that Mosaïque awaits nothing more of it."""
    gone = at(date(2027, 12, 10), received=received, left_on=date(2027, 11, 1))
    assert warnings(Council("81074", "Courris", gone)) == {}


def test_a_late_vote_and_a_missing_reception_are_said():
    found = warnings(
        council("81074", "Courris", votes=[vote("unfavourable", date(2027, 12, 9))]),
        council("81081", "Le Dourn", received=None),
    )
    assert list(found) == ["not_received", "silence", "late"]
    assert found["late"].about == ("81074",) and found["not_received"].about == ("81081",)


def test_a_long_list_of_names_is_cut_and_counted():
    found = warnings(*(council(f"810{n:02}", f"Commune {n}", received=None) for n in range(1, 12)))
    assert "Commune 8, et 3 autres" in found["not_received"].text
    assert len(found["not_received"].about) == 11
