"""The tracked files, as git lists them."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def modes() -> dict[str, str]:
    """Path → mode, for every tracked file still present."""
    # Continuous integration may own the checkout under another name: git would refuse to read it.
    command = ["git", "-c", "safe.directory=*", "ls-files", "--stage", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    found = {}
    for entry in listed.split("\0"):
        if entry:
            description, path = entry.split("\t", 1)
            found[path] = description.split()[0]
    return {path: mode for path, mode in found.items() if (ROOT / path).is_file()}


def contents() -> dict[str, bytes]:
    return {path: (ROOT / path).read_bytes() for path in modes()}
