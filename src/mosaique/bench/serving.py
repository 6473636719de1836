"""Starting both applications the same way, and counting the CPU they spend, from /proc."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Served:
    """A running application: where it answers, which process leads it."""

    name: str
    port: int
    pid: int


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serve(name: str, application: str, settings: dict[str, str], *, processes: int = 2) -> Iterator[Served]:
    """Granian over WSGI, on loopback, stopped in the end whatever happens."""
    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", str(processes), "--blocking-threads", "1", "--no-access-log", "--log-level", "warning", application,
    ]  # fmt: skip
    environment = {**os.environ, **settings}
    child = subprocess.Popen(command, env=environment, start_new_session=True, stdout=subprocess.DEVNULL)
    try:
        _wait(port, child)
        yield Served(name, port, child.pid)
    finally:
        os.killpg(child.pid, signal.SIGTERM)
        try:
            child.wait(timeout=5)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _wait(port: int, child: subprocess.Popen[bytes], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if child.poll() is not None:
            raise RuntimeError(f"the server stopped at once (code {child.returncode})")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError("the server did not answer in time")


def _stat(pid: int) -> tuple[int, str, float]:
    """Parent, name and CPU seconds of a process."""
    text = Path(f"/proc/{pid}/stat").read_text()
    name, _, rest = text.partition("(")[2].rpartition(")")
    fields = rest.split()
    return int(fields[1]), name, (int(fields[11]) + int(fields[12])) / TICK


def _all() -> dict[int, tuple[int, str, float]]:
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                found[int(entry.name)] = _stat(int(entry.name))
    return found


def cpu_seconds(*leaders: int) -> float:
    """CPU of these processes and of all their descendants still alive."""
    processes = _all()
    family = set(leaders)
    grown = True
    while grown:
        more = {pid for pid, (parent, _, _) in processes.items() if parent in family} - family
        family |= more
        grown = bool(more)
    return sum(processes[pid][2] for pid in family if pid in processes)


def database_leader() -> int | None:
    """The process that leads the database server, when it is a server and runs here; its CPU counts as the page's.

    Found from the process that answers us, so that another server of the machine is not counted. None for SQLite,
    whose work is done in the application's own process, and for a server elsewhere, whose work cannot be seen.
    """
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = int(cursor.fetchone()[0])
    parent, name, _ = _all().get(pid, (0, "", 0.0))
    return parent if name == "postgres" else None


def calibrate() -> float:
    """CPU milliseconds of a fixed loop: a result without it is not comparable between machines or days."""
    start = time.process_time()
    total = 0
    for number in range(400_000):
        total += number * number % 7
    return (time.process_time() - start) * 1000
