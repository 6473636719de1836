"""The pieces of the bench: the same text everywhere, CPU counted for the whole family, the floor kept apart."""

import os
import random
import re
import subprocess
import sys
import time
from typing import Any

import pytest
from django.db import connection, transaction

from mosaique.bench import apart, seed, serving, words
from mosaique.bench.sizes import Size

TINY = Size(communes=3, people=12, spaces=2, threads=4, posts=8)


def test_words_are_the_same_on_every_machine() -> None:
    rng = random.Random(20261126)
    assert words.sentence(rng) == (
        "Salle simple votre sans assurance dossier simple partage informatique réponse délibération premier mois."
    )
    one, other = words.post(random.Random(1)), words.post(random.Random(1))
    assert one == other != words.post(random.Random(2))


@pytest.mark.parametrize("number", range(20))
def test_a_post_is_as_long_as_in_the_reference(number: int) -> None:
    text = words.post(random.Random(number))
    assert 40 <= len(text.split()) < 120 + 14 and text.count("\n\n") == 1
    assert all(re.fullmatch(r"[A-ZÉÀÂÊÎÔÛÇ][^.]*\.", line) for line in re.split(r"(?<=\.)\s+", text))


def test_two_seeds_give_the_same_data(db: None) -> None:
    digests = []
    for _ in range(2):
        with transaction.atomic():
            found = seed.fill(TINY)
            digests.append(found["digest"])
            assert len(found["threads"]) == TINY.spaces
            assert sum(map(len, found["threads"].values())) == TINY.threads
            transaction.set_rollback(True)
    assert digests[0] == digests[1] and len(digests[0]) == 16


def _busy(seconds: float) -> list[str]:
    """A parent that waits while its child works: what a server and its worker look like."""
    work = (
        f"import time\nwhile time.process_time() < {seconds}: pass\nprint('done', flush=True)\ntime.sleep(60)"
    )
    return [
        sys.executable,
        "-c",
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {work!r}])",
    ]


def test_the_work_of_a_child_is_counted() -> None:
    with subprocess.Popen(_busy(0.5), stdout=subprocess.PIPE, text=True, start_new_session=True) as parent:
        try:
            assert parent.stdout is not None and parent.stdout.readline() == "done\n"
            # The system counts user and kernel time each in whole ticks, rounded down.
            assert serving.cpu_seconds(parent.pid) > 0.5 - 4 / serving.TICK
            assert serving.cpu_seconds(parent.pid + 10**7) == 0
        finally:
            os.killpg(parent.pid, 9)


def test_the_calibration_is_cpu_time_and_not_waiting() -> None:
    begun = time.process_time()
    measured = serving.calibrate()
    assert 0 < measured <= (time.process_time() - begun) * 1000


def test_the_database_leader_is_the_parent_of_who_answers(db: None) -> None:
    leader = serving.database_leader()
    if connection.vendor == "sqlite":
        assert leader is None
        return
    before = serving.cpu_seconds(leader)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM generate_series(1, 3000000)")
    assert serving.cpu_seconds(leader) > before


def test_the_floor_has_our_options_and_not_our_tables(settings: Any) -> None:
    ours, floor = settings.DATABASES["default"], apart.floor_database()
    assert floor["ENGINE"] == ours["ENGINE"] and floor["CONN_MAX_AGE"] == ours["CONN_MAX_AGE"] is None
    if floor["ENGINE"].endswith("sqlite3"):
        assert floor["OPTIONS"] == ours["OPTIONS"] and floor["NAME"].endswith("floor.sqlite3")
    else:
        assert floor["OPTIONS"]["options"] == "-c search_path=floor" and floor["NAME"] == ours["NAME"]
    assert "options" not in ours.get("OPTIONS", {})
