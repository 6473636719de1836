"""A PDF leaves half of the cores to those who read pages meanwhile."""

import os
import subprocess
import sys
from pathlib import Path

_ASK = """
import os
from datetime import date
from mosaique.kernel.docgen import pdf
pdf.compile_sheet(b'#set document(title: "Essai")\\nBonjour', {}, day=date(2026, 1, 1))
print(len(os.listdir("/proc/self/task")) - 1)
"""


def _threads_of_the_engine(**more: str) -> int:
    """Asked of a process of its own: the engine reads the number once, before its first document."""
    kept = {name: value for name, value in os.environ.items() if name != "RAYON_NUM_THREADS"}
    kept["PYTHONPATH"] = os.pathsep.join(sys.path)
    done = subprocess.run(
        [sys.executable, "-c", _ASK], env={**kept, **more}, capture_output=True, text=True, timeout=60, check=True,
        cwd=Path(__file__).parent,
    )  # fmt: skip
    return int(done.stdout)


def test_half_of_the_cores_are_left_to_the_pages() -> None:
    assert _threads_of_the_engine() == max(1, (os.cpu_count() or 1) // 2)


def test_what_the_one_who_installs_has_set_is_kept() -> None:
    assert _threads_of_the_engine(RAYON_NUM_THREADS="3") == 3
