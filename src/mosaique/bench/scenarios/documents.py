"""S9: a document of a hundred pages and a spreadsheet of ten thousand lines, against the bare libraries on the same texts.

The spreadsheet and the two office formats are made inside a request; the PDF waits for the worker. « Never in the way » is
measured too: the thread page while documents are being made, against the thread page alone.
"""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator

from django.db import connection

from mosaique.bench import client, making, serving
from mosaique.bench.ground import Ground
from mosaique.bench.pages import OURS, SETTINGS, drawn
from mosaique.bench.scenario import Result, Scenario
from mosaique.bench.scenarios.thread import ThreadPage

MUST = 1.5
LINES = 10_000
Make = Callable[[], bytes]


class Documents(Scenario):
    code, label = "S9", "Documents"

    def measure(self, ground: Ground) -> Iterator[Result]:
        whole = ground.counts.communes > 100
        pages, lines = (making.PAGES, LINES) if whole else (10, 500)
        leaves = making.leaves(pages)
        pairs: dict[str, tuple[str, Make, Make]] = {
            "docx": (f"{pages} pages en DOCX", lambda: making.report(leaves, "docx"), lambda: making.bare_docx(leaves)),
            "pdf": (f"{pages} pages en PDF", lambda: making.report(leaves, "pdf"), lambda: making.bare_pdf(leaves)),
            "xlsx": (f"{lines} lignes en XLSX", making.inventory(lines), lambda: making.bare_xlsx(lines)),
        }  # fmt: skip
        for kind, (said, ours, floor) in pairs.items():
            yield self._made(ground, kind, said, ours, floor)
        yield self._meanwhile(ground, pages)

    def _made(self, ground: Ground, kind: str, said: str, ours: Make, floor: Make) -> Result:
        """CPU of ours over the floor's, in turn; the first round warms both."""
        ratios: list[float] = []
        for number in range(ground.rounds + 1):
            bare, full = _cpu(floor), _cpu(ours)
            if number:
                ratios.append(full / bare)
                ground.say(
                    {
                        "event": "round", "scenario": self.code, "made": kind, "round": number, "floor_s": round(bare, 3),
                        "ours_s": round(full, 3), "cal": round(serving.calibrate(), 1),
                    }
                )  # fmt: skip
        ratios.sort()
        best, median = ratios[0], ratios[len(ratios) // 2]
        return Result(
            {"made": kind, "ratio_best": round(best, 2), "ratio_median": round(median, 2), "must": MUST},
            f"{self.label} ({self.code}), {said} : {best:.2f} × le plancher au mieux, {median:.2f} en médiane (borne {MUST}).",
            best <= MUST,
        )

    def _meanwhile(self, ground: Ground, pages: int) -> Result:
        """p95 of the thread page while the worker's process makes documents without end, over its p95 alone."""
        asked = ThreadPage().ours(ground)
        connection.close()
        ratios: list[float] = []
        with serving.serve("ours", OURS, SETTINGS) as full:
            for number in range(ground.rounds + 1):
                paths = drawn(asked, ground.pages, number)
                alone = client.play(full, asked.cookies, paths)
                with _Busy(pages) as busy:
                    beside = client.play(full, asked.cookies, paths)
                if not busy.made:
                    raise RuntimeError("no document was made meanwhile")
                if number:
                    ratios.append(beside.p95_ms / alone.p95_ms)
                    ground.say(
                        {
                            "event": "round", "scenario": self.code, "made": "meanwhile", "round": number,
                            "p95_alone_ms": round(alone.p95_ms, 2), "p95_beside_ms": round(beside.p95_ms, 2),
                            "documents": busy.made,
                        }
                    )  # fmt: skip
        ratios.sort()
        best, median = ratios[0], ratios[len(ratios) // 2]
        return Result(
            {
                "made": "meanwhile",
                "ratio_best": round(best, 2),
                "ratio_median": round(median, 2),
                "must": MUST,
            },
            f"{self.label} ({self.code}), page d’un échange pendant qu’un PDF se fait : {best:.2f} × son p95 seule au mieux, "
            f"{median:.2f} en médiane (borne {MUST}).",
            best <= MUST,
        )


def _cpu(make: Make) -> float:
    begun = time.process_time()
    if not make():
        raise RuntimeError("an empty file")
    return time.process_time() - begun


class _Busy:
    """A process of the worker's rank (`nice 10`, as served) that makes PDFs until it is told to stop."""

    def __init__(self, pages: int) -> None:
        self.pages, self.made = pages, 0

    def __enter__(self) -> "_Busy":
        self.process = subprocess.Popen(
            ["nice", "-n", "10", sys.executable, "-m", "mosaique.bench.busy", str(self.pages)], stdout=subprocess.PIPE, text=True
        )  # fmt: skip
        assert self.process.stdout is not None
        self.process.stdout.readline()  # the first one is made: it is at work
        self.thread = threading.Thread(target=self._count, daemon=True)
        self.thread.start()
        return self

    def _count(self) -> None:
        assert self.process.stdout is not None
        self.made = 1 + sum(1 for _ in self.process.stdout)

    def __exit__(self, *error: object) -> None:
        self.process.terminate()
        self.process.wait(10)
        self.thread.join(10)
