"""The locks: every package pinned and hashed, from no particular place, and both telling the same story."""

import re

import pytest

from tests.repository.tracked import ROOT

LOCKS = ["requirements.lock", "requirements-dev.lock"]


def pins(name: str) -> dict[str, str]:
    """`package` (with its marker, if any) → everything said of it, hashes included."""
    found: dict[str, str] = {}
    current = ""
    for line in (ROOT / name).read_text().splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if not line[0].isspace():
            current = line.rstrip("\\ ")
            found[current] = ""
        else:
            found[current] += line + "\n"
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_and_hashed(name: str) -> None:
    loose = [
        line
        for line, rest in pins(name).items()
        if not re.match(r"[a-z0-9][a-z0-9._-]*==\S+", line) or "--hash=sha256:" not in rest
    ]
    assert pins(name)
    assert loose == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_place(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert options(text) == []


def options(text: str) -> list[str]:
    """What a lock tells the installer beside its pins and their hashes: nothing, so no place either."""
    return [line for line in text.splitlines() if re.match(r"\s*-(?!-hash=)", line)]


def test_a_lock_that_tells_the_installer_something_is_seen() -> None:
    pinned = "asgiref==3.13.0 \\\n    --hash=sha256:034c"
    assert options(pinned) == []
    for said in ("-x ailleurs", "  --ailleurs=ici", "--hashes"):
        assert options(f"{said}\n{pinned}") == [said]


def test_what_is_tested_is_what_runs() -> None:
    assert set(pins("requirements.lock")) <= set(pins("requirements-dev.lock"))


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_what_is_asked_for_is_locked(name: str) -> None:
    asked = [
        re.split(r"[\[<>=~!; ]", line)[0].lower().replace("_", "-")
        for line in (ROOT / f"{name}.in").read_text().splitlines()
        if line and not line.startswith(("#", "-"))
    ]
    locked = {pin.split("==")[0] for pin in pins(f"{name}.lock")}
    assert asked
    assert set(asked) - locked == set()
