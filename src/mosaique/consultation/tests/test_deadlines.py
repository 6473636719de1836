"""The clock: date to date, month ends, local midnight, the choice of a working day, sittings, calendar backwards."""

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mosaique.consultation as room
from mosaique.consultation.backwards import RENEWAL_2026, Renewal, backwards, latest_reception
from mosaique.consultation.deadlines import (
    Sitting,
    add_months,
    opinion_deadline,
    windows,
)
from mosaique.consultation.working_days import (
    easter,
    next_working_day,
    public_holidays,
    why_not_working,
)
from mosaique.kernel import clock
from mosaique.kernel.typography import typographie
from mosaique.territory.models import Authority, Territory

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


# --- months


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2027, 9, 6), 3, date(2027, 12, 6)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),  # no 30 February
        (date(2027, 11, 30), 3, date(2028, 2, 29)),  # leap year
        (date(2027, 11, 29), 3, date(2028, 2, 29)),
        (date(2027, 8, 31), 3, date(2027, 11, 30)),
        (date(2027, 1, 31), 3, date(2027, 4, 30)),
        (date(2027, 12, 31), 3, date(2028, 3, 31)),
        (date(2026, 3, 15), 9, date(2026, 12, 15)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 3, 31), -1, date(2027, 2, 28)),
        (date(2027, 1, 15), -3, date(2026, 10, 15)),
        (date(2027, 5, 1), 0, date(2027, 5, 1)),
    ],
)
def test_months_go_from_date_to_date(start, months, expected):
    assert add_months(start, months) == expected


@settings(deadline=None)  # a busy machine is not a failed property
@given(start=days, later=days, months=st.integers(0, 24))
def test_a_later_reception_never_ends_earlier(start, later, months):
    start, later = sorted((start, later))
    assert add_months(start, months) <= add_months(later, months)


# --- the deadline and its rule


def test_the_rule_is_printed_in_full():
    # Received Monday 6 September 2027: until Monday 6 December, tacit on the 7th.
    deadline = opinion_deadline(date(2027, 9, 6), False)
    assert (deadline.last_day, deadline.tacit_on) == (date(2027, 12, 6), date(2027, 12, 7))
    assert plain(deadline.rule_fr) == (
        "Reçu le 6 septembre 2027. Trois mois de date à date : jusqu’au lundi 6 décembre 2027 à minuit "
        "(24 h, heure locale). Pas de report si le dernier jour est un samedi, un dimanche ou un jour férié. "
        "Le délai est compté de la réception par la commune, de date à date, jusqu’à minuit. "
        "La loi ne dit pas d’où il part : c’est la lecture prudente."
    )
    assert plain(deadline.article) == "CGCT, article L. 5211-39-1"
    # The length is read in the law; the way of counting is our prudent reading.
    assert plain(deadline.mark) == "vérifié le 23 novembre 2026"
    assert deadline.counting.mark == "à vérifier"
    assert not deadline.is_over(date(2027, 12, 6)) and deadline.is_over(date(2027, 12, 7))


def test_a_short_month_is_said():
    deadline = opinion_deadline(date(2027, 8, 31), False)
    assert deadline.last_day == date(2027, 11, 30)
    assert "Pas de 31 en novembre 2027 : le délai finit avec le mois." in plain(deadline.rule_fr)


def test_a_sunday_is_carried_only_when_the_epci_chose_it():
    # 20 September 2026 + 3 months = Sunday 20 December 2026.
    assert opinion_deadline(date(2026, 9, 20), False).last_day == date(2026, 12, 20)
    carried = opinion_deadline(date(2026, 9, 20), True)
    assert carried.last_day == date(2026, 12, 21) and carried.extended
    assert "Le 20 décembre 2026 n’est pas un jour ouvré (dimanche) : l’intercommunalité a choisi" in plain(
        carried.rule_fr
    )
    # A working day is not carried, and the choice is still said.
    kept = opinion_deadline(date(2027, 9, 6), True)
    assert kept.last_day == date(2027, 12, 6) and not kept.extended
    assert "celui-ci est ouvré" in kept.rule_fr


def test_holidays_in_a_row_are_all_skipped():
    # 25 September 2026 + 3 months = Friday 25 December 2026 (Christmas), then Saturday and Sunday.
    assert opinion_deadline(date(2026, 9, 25), True).last_day == date(2026, 12, 28)
    # In Moselle 26 December 2028 (Tuesday) follows Christmas (Monday).
    assert opinion_deadline(date(2028, 9, 25), True, departement="57").last_day == date(2028, 12, 27)
    assert opinion_deadline(date(2028, 9, 25), True, departement="54").last_day == date(2028, 12, 26)
    # In Réunion 20 December 2027 (Monday) commemorates the abolition of slavery.
    assert opinion_deadline(date(2027, 9, 20), True, departement="97411").last_day == date(2027, 12, 21)
    assert opinion_deadline(date(2027, 9, 20), True).last_day == date(2027, 12, 20)


@settings(deadline=None)  # a busy machine is not a failed property
@given(received=days, extend=st.booleans(), departement=st.sampled_from(["81", "57", "971", "974", "2A"]))
def test_a_deadline_is_consistent(received, extend, departement):
    deadline = opinion_deadline(received, extend, departement=departement)
    assert deadline.tacit_on - deadline.last_day == timedelta(days=1)
    assert add_months(received, 3) <= deadline.last_day <= add_months(received, 3) + timedelta(days=5)
    assert deadline.extended == (deadline.last_day != add_months(received, 3))
    if extend:
        assert not why_not_working(deadline.last_day, departement)
    assert deadline.rule_fr == typographie(deadline.rule_fr)


# --- local midnight


@pytest.mark.parametrize(
    ("departement", "zone", "utc_end"),
    [
        # The last day is Sunday 28 March 2027, when clocks change in Paris: midnight is already summer time.
        ("81", "Europe/Paris", datetime(2027, 3, 28, 22, tzinfo=UTC)),
        ("971", "America/Guadeloupe", datetime(2027, 3, 29, 4, tzinfo=UTC)),
        ("972", "America/Martinique", datetime(2027, 3, 29, 4, tzinfo=UTC)),
        ("973", "America/Cayenne", datetime(2027, 3, 29, 3, tzinfo=UTC)),
        ("974", "Indian/Reunion", datetime(2027, 3, 28, 20, tzinfo=UTC)),
        ("976", "Indian/Mayotte", datetime(2027, 3, 28, 21, tzinfo=UTC)),
        ("2A", "Europe/Paris", datetime(2027, 3, 28, 22, tzinfo=UTC)),
        ("", "Europe/Paris", datetime(2027, 3, 28, 22, tzinfo=UTC)),
    ],
)
def test_the_last_day_ends_at_local_midnight(departement, zone, utc_end):
    deadline = opinion_deadline(date(2026, 12, 28), False, departement=departement)
    here = Territory(epci=Authority(department=departement)).zone
    assert here.key == zone
    with clock.at(utc_end - timedelta(seconds=1)):
        assert not deadline.is_over(clock.today(here))
    with clock.at(utc_end):
        assert deadline.is_over(clock.today(here)) and deadline.tacit_on == clock.today(here)


@pytest.mark.parametrize(("received", "last_hour"), [(date(2026, 7, 25), 23), (date(2026, 7, 24), 22)])
def test_midnight_follows_winter_and_summer_time(received, last_hour):
    # Received 25 July: ends on 25 October 2026, the Sunday when clocks go back: midnight is 23:00 UTC, not 22:00.
    deadline = opinion_deadline(received, False)
    end = datetime(2026, 10, deadline.last_day.day, last_hour, tzinfo=UTC)
    with clock.at(end - timedelta(seconds=1)):
        assert not deadline.is_over(clock.today())
    with clock.at(end):
        assert deadline.is_over(clock.today())


# --- holidays


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2028, date(2028, 4, 16)),
        (2038, date(2038, 4, 25)),  # the latest Easter of the century
    ],
)
def test_easter(year, sunday):
    assert easter(year) == sunday


def test_the_eleven_holidays_and_the_local_ones():
    metropole = public_holidays(2027)
    assert len(metropole) == 11
    assert metropole[date(2027, 3, 29)] == "lundi de Pâques"
    assert metropole[date(2027, 5, 6)] == "Ascension"
    assert metropole[date(2027, 5, 17)] == "lundi de Pentecôte"
    assert set(public_holidays(2027, "67")) - set(metropole) == {date(2027, 3, 26), date(2027, 12, 26)}
    for code, day in (
        ("97105", date(2027, 5, 27)),
        ("972", date(2027, 5, 22)),
        ("973", date(2027, 6, 10)),
        ("974", date(2027, 12, 20)),
        ("976", date(2027, 4, 27)),
    ):
        assert set(public_holidays(2027, code)) - set(metropole) == {day}
    assert why_not_working(date(2027, 5, 6)) == "Ascension"
    assert [why_not_working(date(2027, 5, day)) for day in (7, 8, 9)] == ["", "samedi", "dimanche"]
    assert next_working_day(date(2027, 5, 7)) == date(2027, 5, 7)


# --- sittings

CLOCK = opinion_deadline(date(2027, 9, 13), False)  # ends Monday 13 December 2027


@pytest.mark.parametrize(
    ("sittings", "today", "sentence"),
    [
        (
            [
                Sitting(date(2027, 12, 20)),
                Sitting(date(2027, 12, 9), time(20, 30)),
                Sitting(date(2027, 12, 12)),
            ],
            date(2027, 12, 7),
            "Prochaine séance connue : jeudi 9 décembre 2027 à 20 h 30, 4 jours avant la fin du délai.",
        ),
        (
            [Sitting(date(2027, 12, 12), time(18))],
            date(2027, 12, 7),
            "Prochaine séance connue : dimanche 12 décembre 2027 à 18 h, 1 jour avant la fin du délai.",
        ),
        (
            [Sitting(date(2027, 12, 13))],
            date(2027, 12, 13),
            "Prochaine séance connue : lundi 13 décembre 2027, le dernier jour du délai.",
        ),
        ([], date(2027, 12, 7), "Aucune séance connue avant la fin du délai."),
        ([Sitting(date(2027, 12, 6))], date(2027, 12, 7), "Aucune séance connue avant la fin du délai."),
        (
            [Sitting(date(2027, 12, 14), time(19))],
            date(2027, 12, 7),
            "Aucune séance connue avant la fin du délai. La première connue ensuite : mardi 14 décembre 2027 à 19 h.",
        ),
        (
            [Sitting(date(2027, 12, 16))],
            date(2027, 12, 14),
            "Le délai est terminé depuis le 13 décembre 2027 à minuit.",
        ),
    ],
)
def test_the_next_sitting_within_the_delay(sittings, today, sentence):
    window = windows(sittings, CLOCK, today)
    assert plain(window.sentence) == sentence
    assert (window.in_time is not None) == ("Prochaine" in sentence)


def test_two_sittings_on_one_day_go_by_the_hour():
    day = date(2027, 12, 9)
    window = windows([Sitting(day, time(20)), Sitting(day, time(9))], CLOCK, date(2027, 12, 7))
    assert window.in_time == Sitting(day, time(9)) and window.after is None


# --- backwards


@pytest.mark.parametrize(
    ("adoption", "reception"),
    [
        (date(2027, 12, 14), date(2027, 9, 13)),  # received on the 13th, over on 13 December at midnight
        (date(2027, 3, 1), date(2026, 11, 30)),  # 28, 29 and 30 November all end on 28 February
        (date(2028, 3, 1), date(2027, 11, 30)),
        (date(2027, 6, 1), date(2027, 2, 28)),  # 1 March would end on 1 June, the day of the vote
        (date(2027, 6, 29), date(2027, 3, 28)),
    ],
)
def test_the_latest_reception_before_a_vote(adoption, reception):
    assert latest_reception(adoption) == reception


@settings(deadline=None)  # a busy machine is not a failed property
@given(adoption=days, extend=st.booleans(), departement=st.sampled_from(["81", "68", "972"]))
def test_the_latest_reception_is_the_latest(adoption, extend, departement):
    day = latest_reception(adoption, extend_if_non_working=extend, departement=departement)
    assert opinion_deadline(day, extend, departement=departement).tacit_on <= adoption
    for later in range(1, 8):
        after = opinion_deadline(day + timedelta(days=later), extend, departement=departement)
        assert after.tacit_on > adoption


def test_both_readings_are_always_shown():
    milestones = {milestone.key: milestone for milestone in backwards(date(2027, 12, 14))}
    assert {key: milestone.day for key, milestone in milestones.items()} == {
        "cst_elections": date(2026, 12, 10),
        "pacte_first": date(2026, 12, 15),
        "pacte_second": date(2026, 12, 22),
        "reading_strict_first": date(2027, 3, 15),
        "reading_strict_second": date(2027, 3, 22),
        "report_received": date(2027, 9, 13),
        "adoption": date(2027, 12, 14),
        "reading_calendar": date(2027, 12, 31),
    }
    assert milestones["reading_strict_first"].mark == milestones["report_received"].mark == "à vérifier"
    assert milestones["pacte_first"].mark.startswith("vérifié le")
    ordered = [milestone.day for milestone in backwards(date(2027, 12, 14))]
    assert ordered == sorted(ordered)
    for milestone in milestones.values():
        assert milestone.article and milestone.rule_fr.endswith(".")
        assert milestone.rule_fr == typographie(milestone.rule_fr)
        assert "obligatoire" not in (milestone.rule_fr + milestone.fact.text).lower()


def test_another_renewal_moves_every_date_and_drops_the_elections_of_2026():
    keys = {
        milestone.key: milestone.day
        for milestone in backwards(date(2033, 6, 30), renewal=Renewal(date(2032, 3, 14), date(2032, 3, 21)))
    }
    assert keys["reading_strict_second"] == date(2033, 3, 21) and keys["pacte_first"] == date(2032, 12, 14)
    assert keys["reading_calendar"] == date(2033, 12, 31)
    assert "cst_elections" not in keys
    assert RENEWAL_2026.first_round == date(2026, 3, 15)


def test_the_clock_needs_no_framework():
    code = (
        "import sys; import mosaique.consultation.warnings, mosaique.consultation.backwards, "
        "mosaique.consultation.procedures.registry, mosaique.scheme.legal_forms.registry; "
        "sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    root = Path(room.__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, timeout=60, check=False).returncode == 0
