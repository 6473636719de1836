"""The supervisor, really started, with toy programs in place of pages and worker."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.repository.tracked import ROOT

SOURCES = ROOT / "src"
# Each toy writes its pid, and its child's, in a new file of the folder it is given.
TOY = """
import os, pathlib, signal, subprocess, sys, time
folder, manner = pathlib.Path(sys.argv[1]), sys.argv[2]
grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
if manner == "stubborn":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
part = folder / f"{os.getpid()}.part"
part.write_text(f"{os.getpid()} {grandchild.pid}")
part.rename(folder / f"{time.monotonic_ns()}.pids")
if manner == "brief":
    sys.exit(3)
time.sleep(60)
"""
DRIVER = """
import sys
from mosaique.launcher.supervisor import Program, Supervisor
folder, toy, delay, *manners = sys.argv[1:]
programs = [Program(manner, [sys.executable, "-c", toy, folder, manner]) for manner in manners]
supervisor = Supervisor(programs, say=lambda text: print(text, flush=True), first_delay=float(delay))
sys.exit(supervisor.run())
"""

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a supervisor over toys of the given manners; nothing of it survives the test."""
    started: list[subprocess.Popen[str]] = []

    def make(*manners: str, delay: float = 0.1) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-c", DRIVER, str(tmp_path), TOY, str(delay), *manners],
            env={**os.environ, "PYTHONPATH": str(SOURCES)},
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield make
    for process in started:
        process.kill()
        process.wait()
    for pid in pids(tmp_path):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    for process in started:
        process.communicate()


def generations(folder: Path) -> list[list[int]]:
    """[program's pid, its child's pid] for each start, oldest first."""
    return [[int(pid) for pid in path.read_text().split()] for path in sorted(folder.glob("*.pids"))]


def pids(folder: Path) -> list[int]:
    return [pid for pair in generations(folder) for pid in pair]


def is_alive(pid: int) -> bool:
    """Running for real: a zombie waiting for its parent runs no more."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def eventually(condition: Callable[[], bool], seconds: float = 15.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return condition()


def test_a_killed_program_is_replaced_and_said_so(start: Start, tmp_path: Path) -> None:
    supervisor = start("steady")
    assert eventually(lambda: len(generations(tmp_path)) == 1)
    [(first, its_child)] = generations(tmp_path)

    os.kill(first, signal.SIGKILL)

    assert eventually(lambda: len(generations(tmp_path)) == 2)
    second = generations(tmp_path)[1][0]
    assert second != first
    assert is_alive(second)
    assert eventually(lambda: not is_alive(its_child)), "what the dead program had started outlived it"
    supervisor.terminate()
    said, _ = supervisor.communicate(timeout=10)
    assert "Le processus « steady » a été tué (SIGKILL) ; il redémarre dans 0,1 s." in said


def test_a_program_that_keeps_dying_is_restarted_ever_less_often(start: Start, tmp_path: Path) -> None:
    supervisor = start("brief")
    assert eventually(lambda: len(generations(tmp_path)) >= 4)
    supervisor.terminate()
    said, _ = supervisor.communicate(timeout=10)
    waits = [line.partition("redémarre dans ")[2] for line in said.splitlines()]
    assert waits[:3] == ["0,1 s.", "0,2 s.", "0,4 s."]
    assert "s’est arrêté (code 3)" in said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_stop_takes_everything_down_within_five_seconds(
    start: Start, tmp_path: Path, number: signal.Signals
) -> None:
    supervisor = start("steady", "stubborn")
    assert eventually(lambda: len(generations(tmp_path)) == 2)
    before = time.monotonic()

    supervisor.send_signal(number)
    supervisor.communicate(timeout=10)

    assert time.monotonic() - before < 5
    assert supervisor.returncode == 0
    assert eventually(lambda: not any(is_alive(pid) for pid in pids(tmp_path)), seconds=2)


def test_asking_twice_spares_the_wait(start: Start, tmp_path: Path) -> None:
    supervisor = start("stubborn")
    assert eventually(lambda: len(generations(tmp_path)) == 1)
    supervisor.terminate()
    time.sleep(0.3)
    before = time.monotonic()
    supervisor.terminate()
    supervisor.communicate(timeout=10)
    assert time.monotonic() - before < 2
    assert supervisor.returncode == 0


def test_a_stop_while_waiting_to_restart_is_obeyed(start: Start, tmp_path: Path) -> None:
    supervisor = start("brief", delay=20)
    assert eventually(lambda: len(generations(tmp_path)) == 1)
    time.sleep(0.2)
    before = time.monotonic()
    supervisor.terminate()
    supervisor.communicate(timeout=10)
    assert time.monotonic() - before < 2
    assert len(generations(tmp_path)) == 1


def test_programs_do_not_survive_a_killed_supervisor(start: Start, tmp_path: Path) -> None:
    supervisor = start("steady")
    assert eventually(lambda: len(generations(tmp_path)) == 1)
    [(program, _its_child)] = generations(tmp_path)
    supervisor.kill()
    assert eventually(lambda: not is_alive(program), seconds=5)


def test_a_missing_program_does_not_take_the_others_down(start: Start, tmp_path: Path) -> None:
    driver = DRIVER.replace(
        "supervisor = ", 'programs.append(Program("absent", ["/nowhere/at/all"]))\nsupervisor = '
    )
    process = subprocess.Popen(
        [sys.executable, "-c", driver, str(tmp_path), TOY, "0.1", "steady"],
        env={**os.environ, "PYTHONPATH": str(SOURCES)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert eventually(lambda: len(generations(tmp_path)) == 1)
        time.sleep(0.3)
        assert is_alive(generations(tmp_path)[0][0])
    finally:
        process.terminate()
        said, _ = process.communicate(timeout=10)
    assert "« absent »" in said
    assert process.returncode == 0
