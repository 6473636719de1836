"""One connection, one session: what a browser tab does."""

import http.client
import time
from collections.abc import Callable
from dataclasses import dataclass

from mosaique.bench.serving import Served, cpu_seconds


@dataclass(frozen=True, slots=True)
class Round:
    """What one round measured: CPU and wall milliseconds per page, size of a page in bytes."""

    cpu_ms: float
    p50_ms: float
    p95_ms: float
    size: int
    pages: int


def play(
    served: Served, cookies: list[str], paths: list[str], *, database: int | None = None,
    before: Callable[[], None] | None = None,
) -> Round:  # fmt: skip
    """Ask each path once, cookies in turn, on one kept connection per session. Any answer but 200 is an error.

    `before` is called before each path; the CPU it takes here is not the served application's, and is not counted.
    """
    connections = [http.client.HTTPConnection("127.0.0.1", served.port, timeout=30) for _ in cookies]
    times: list[float] = []
    size = 0
    leaders = [served.pid] if database is None else [served.pid, database]
    begun = cpu_seconds(*leaders)
    for number, path in enumerate(paths):
        which = number % len(cookies)
        if before:
            before()
        start = time.perf_counter()
        connections[which].request("GET", path, headers={"Cookie": cookies[which], "Host": "localhost"})
        answer = connections[which].getresponse()
        body = answer.read()
        times.append((time.perf_counter() - start) * 1000)
        if answer.status != 200:
            raise RuntimeError(f"{served.name} answered {answer.status} to {path}")
        size = len(body)
    spent = cpu_seconds(*leaders) - begun
    for connection in connections:
        connection.close()
    times.sort()
    return Round(
        cpu_ms=spent * 1000 / len(paths), p50_ms=times[len(times) // 2], p95_ms=times[int(len(times) * 0.95)],
        size=size, pages=len(paths),
    )  # fmt: skip
