"""What no tracked file may say, and what the repository must hold."""

import ast
import re
from pathlib import Path

import pytest

from tests.repository.tracked import ROOT, contents, modes

# Written in pieces, so that this file does not match itself.
REGISTRIES = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "yarn" + "pkg.com",
    "deb" + "ian.org",
    "anaconda" + ".org",
    "crates" + ".io",
    "ghcr" + ".io",
    "docker" + ".io",
    "index" + "-url",
]
_HOMES = "|".join(["wo" + "rk", "ro" + "ot", "ho" + r"me/\w+", "Us" + r"ers/\w+"])
MACHINE_PATHS = re.compile(rf"(?<![\w.)}}>-])/(?:{_HOMES})/".encode())
PACKAGE = ROOT / "src" / "mosaique"


@pytest.mark.parametrize("needle", REGISTRIES)
def test_no_tracked_file_names_a_package_index(needle: str) -> None:
    found = [path for path, content in contents().items() if needle.encode() in content.lower()]
    assert found == []


def test_no_tracked_file_names_a_path_of_someones_machine() -> None:
    found = {
        path: hit.group().decode()
        for path, content in contents().items()
        if (hit := MACHINE_PATHS.search(content))
    }
    assert found == {}


def test_no_generated_file_is_tracked() -> None:
    generated = re.compile(
        r"(^|/)(__pycache__|\.venv|\.tools|var|node_modules)/|\.pyc$|\.sqlite3$|(^|/)secret\.key$"
    )
    assert [path for path in modes() if generated.search(path)] == []


@pytest.mark.parametrize("path", ["mosaique", ".ci/run"])
def test_commands_are_executable(path: str) -> None:
    assert modes()[path] == "100755"


def test_the_licence_is_there_whole() -> None:
    text = (ROOT / "LICENSE").read_text()
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in text
    assert "Compatible Licences" in text


def rooms() -> list[Path]:
    return sorted(path.parent for path in PACKAGE.glob("*/__init__.py"))


def test_every_room_says_what_it_is_for() -> None:
    silent = [
        room.name
        for room in rooms()
        if len(ast.get_docstring(ast.parse((room / "__init__.py").read_text())) or "") < 40
    ]
    assert silent == []


def test_no_module_is_a_drawer() -> None:
    drawers = {"utils", "util", "common", "helpers", "helper", "misc", "core"}
    assert [
        path for path in modes() if path.endswith(".py") and drawers & set(Path(path).with_suffix("").parts)
    ] == []
