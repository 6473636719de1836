"""Keep a few programs alive, and take them all down together.

It knows nothing of Django: programs are commands, so the tests run it with toys.
"""

import os
import select
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from mosaique.launcher.leash import leashed


@dataclass(frozen=True)
class Program:
    """A command to keep alive, under the name people read in messages."""

    name: str
    command: Sequence[str]


@dataclass
class _Child:
    program: Program
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    delay: float = 0.0
    due: float = field(default_factory=time.monotonic)


class Supervisor:
    """Starts programs, restarts a dead one after a growing delay, stops all of them on SIGTERM or SIGINT."""

    def __init__(
        self,
        programs: Sequence[Program],
        *,
        say: Callable[[str], None],
        environment: Mapping[str, str] | None = None,
        first_delay: float = 0.5,
        longest_delay: float = 30.0,
        healthy_after: float = 60.0,
        patience: float = 3.5,
    ) -> None:
        self._children = [_Child(program) for program in programs]
        self._say = say
        self._environment = environment
        self._first_delay = first_delay
        self._longest_delay = longest_delay
        self._healthy_after = healthy_after
        self._patience = patience
        self._requests = 0  # how many times we were asked to stop

    def run(self) -> int:
        """Return 0 once a stop was asked for and nothing of ours runs any more."""
        awake, alarm = socket.socketpair()
        for end in (awake, alarm):
            end.setblocking(False)
        former_fd = signal.set_wakeup_fd(alarm.fileno(), warn_on_full_buffer=False)
        former = {
            number: signal.signal(number, self._on_signal)
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD)
        }
        try:
            while not self._requests:
                self._bury_the_dead()
                self._start_what_is_due()
                self._sleep(awake)
            self._stop_all(awake)
        finally:
            self._kill_all()
            for number, handler in former.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(former_fd)
            awake.close()
            alarm.close()
        return 0

    def _on_signal(self, number: int, _frame: object) -> None:
        if number != signal.SIGCHLD:
            self._requests += 1

    def _sleep(self, awake: socket.socket, longest: float = 1.0) -> None:
        """Until a signal comes or a restart is due."""
        now = time.monotonic()
        waits = [child.due - now for child in self._children if child.process is None]
        select.select([awake], [], [], max(0.0, min([longest, *waits])))
        with suppress(BlockingIOError):
            awake.recv(4096)

    def _start_what_is_due(self) -> None:
        for child in self._children:
            if child.process is None and child.due <= time.monotonic() and not self._requests:
                child.started = time.monotonic()
                try:
                    # A session of its own: Ctrl+C reaches us alone, and we stop the children in order.
                    child.process = subprocess.Popen(
                        leashed(child.program.command),
                        env=self._environment,
                        stdin=subprocess.DEVNULL,
                        start_new_session=True,
                    )
                except OSError as error:
                    self._postpone(child, f"n’a pas pu démarrer ({error.strerror})")

    def _bury_the_dead(self) -> None:
        for child in self._children:
            if child.process is not None and (code := child.process.poll()) is not None:
                _kill_group(child.process.pid)  # what it had started must not outlive it
                child.process = None
                self._postpone(child, _death(code))

    def _postpone(self, child: _Child, what_happened: str) -> None:
        lived = time.monotonic() - child.started
        if child.delay == 0.0 or lived >= self._healthy_after:
            child.delay = self._first_delay
        else:
            child.delay = min(child.delay * 2, self._longest_delay)
        child.due = time.monotonic() + child.delay
        wait = f"{child.delay:.1f}".replace(".", ",")
        self._say(f"Le processus « {child.program.name} » {what_happened} ; il redémarre dans {wait} s.")

    def _stop_all(self, awake: socket.socket) -> None:
        asked = self._requests
        for child in self._children:
            if child.process is not None:
                with suppress(ProcessLookupError):
                    child.process.terminate()
        deadline = time.monotonic() + self._patience
        while any(child.process is not None and child.process.poll() is None for child in self._children):
            if time.monotonic() >= deadline or self._requests > asked:  # asked twice: no more patience
                break
            self._sleep(awake, longest=0.1)

    def _kill_all(self) -> None:
        for child in self._children:
            if child.process is not None:
                _kill_group(child.process.pid)
                child.process.wait()
                child.process = None


def _kill_group(group: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def _death(code: int) -> str:
    if code < 0:
        return f"a été tué ({signal.Signals(-code).name})"
    return f"s’est arrêté (code {code})"
