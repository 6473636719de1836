"""The rooms are those of the list, in one order, and each says what it is for."""

import ast
import tomllib
from pathlib import Path

from django.conf import settings

from tests.architecture.source import PACKAGE, modules

# What is not a room: the settings above them all, and the command that starts it all.
BESIDE = {"config", "launcher"}
SHELVES = {
    "models", "policies", "queries", "services", "forms", "views", "urls", "exports", "tasks", "registry", "admin",
    "management", "migrations", "templates", "tests", "static", "templatetags",
}  # fmt: skip
# Folders of a room that are not shelves: members of a registry, or a pure engine.
OTHER_FOLDERS = {
    "access": set(),
    "bench": {"floor", "scenarios"},
    "consultation": {"procedures"},
    "demo": {"content", "seeding"},
    "desk": {"poster"},
    "costing": {"allocation_keys", "engine"},
    "inventory": {"sections"},
    "kernel": {"docgen", "richtext", "testing", "ui"},
    "scheme": {"documents", "legal_forms"},
    "territory": {"reference"},
}


def _folders(path: Path) -> set[str]:
    return {child.name for child in path.iterdir() if (child / "__init__.py").exists()}


def test_every_folder_is_a_room_of_the_list() -> None:
    assert _folders(PACKAGE) == set(settings.ROOMS) | BESIDE


def test_the_import_contract_and_the_settings_list_the_same_rooms_in_the_same_order() -> None:
    contracts = tomllib.loads((PACKAGE.parents[1] / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
    rooms = next(contract for contract in contracts if contract["id"] == "rooms")
    listed = [
        layer.split(" : ") for layer in rooms["layers"] if "config" not in layer and "launcher" not in layer
    ]
    order = [room for layer in listed for room in sorted(layer)]
    assert order == settings.ROOMS
    assert rooms["exhaustive"] is True


def test_each_room_says_what_it_is_for() -> None:
    silent = [
        room
        for room in settings.ROOMS
        if len((ast.get_docstring(modules()[f"{room}/__init__.py"]) or "").split()) < 8
    ]
    assert silent == []


def test_each_module_has_a_docstring_but_for_the_shortest_and_lists_of_addresses() -> None:
    silent = [
        path
        for path, tree in modules().items()
        if len(tree.body) > 5 and ast.get_docstring(tree) is None and not path.endswith("urls.py")
    ]
    assert silent == []


def test_inside_a_room_only_shelves_and_declared_folders() -> None:
    strange = {
        f"{room}/{folder}"
        for room in settings.ROOMS
        for folder in _folders(PACKAGE / room) - SHELVES - OTHER_FOLDERS.get(room, set())
    }
    assert strange == set()


def test_no_module_gathers_what_has_no_place() -> None:
    words = {"utils", "util", "common", "helpers", "helper", "misc", "core", "shared", "lib"}
    found = [path for path in modules() if words & set(path.removesuffix(".py").split("/"))]
    assert found == []
