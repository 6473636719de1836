"""Registries list their members by name: a file that is not listed does not exist, so it must not lie there."""

import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.conf import settings

from mosaique.journal.verbs import all_verbs
from mosaique.kernel import ref
from tests.architecture.source import PACKAGE, imported, modules

# folder of members → (where they are listed, files that are not members, name of the registry's table)
MEMBERS: dict[str, tuple[str, set[str], str]] = {
    "scheme/legal_forms": (
        "scheme/legal_forms/registry.py",
        {"base", "steps", "sources", "choice", "course", "deliberations", "mise_a_disposition", "registry"},
        "LEGAL_FORMS",
    ),
    "consultation/procedures": ("consultation/procedures/registry.py", {"base", "registry"}, "PROCEDURES"),
    "costing/allocation_keys": ("costing/registry.py", set(), "KEYS"),
    "inventory/sections": ("inventory/registry.py", set(), "SECTIONS"),
}


def _files(folder: str, apart: set[str]) -> set[str]:
    return {path.stem for path in (PACKAGE / folder).glob("*.py")} - apart - {"__init__"}


def listed(registry: str, folder: str, names: set[str]) -> set[str]:
    """The names that the registry's module imports from the folder."""
    package = "mosaique." + folder.replace("/", ".")
    seen = set(imported(modules()[registry]))
    return {name for name in names if f"{package}.{name}" in seen}


@pytest.mark.parametrize("folder", MEMBERS)
def test_every_file_of_members_is_listed(folder: str) -> None:
    registry, apart, table = MEMBERS[folder]
    files = _files(folder, apart)
    assert files, "an empty folder of members proves nothing"
    assert listed(registry, folder, files) == files
    members = getattr(import_module("mosaique." + registry.removesuffix(".py").replace("/", ".")), table)
    assert len(members) == len(files), "one file, one member"


def test_a_file_left_out_is_seen() -> None:
    registry, _, _ = MEMBERS["scheme/legal_forms"]
    assert listed(registry, "scheme/legal_forms", {"informal", "forgotten"}) == {"informal"}


def test_every_registry_module_is_at_the_root_of_its_room_or_of_its_members() -> None:
    found = {path for path in modules() if Path(path).name == "registry.py"}
    expected = {f"{room}/registry.py" for room in settings.ROOMS} | {entry[0] for entry in MEMBERS.values()}
    assert found <= expected


def test_every_verb_is_told_in_french() -> None:
    """The phrase completes « Nadine Lacroix … »: lower case, no full stop."""
    wrong = [
        code
        for code, verb in all_verbs().items()
        if not re.fullmatch(r"[a-z]+([._][a-z]+)*", code)
        or not verb.phrase
        or not verb.phrase[0].islower()
        or verb.phrase.endswith(".")
    ]
    assert wrong == []


def test_every_verb_is_written_by_some_service() -> None:
    sources = [(PACKAGE / path).read_text() for path in modules() if not path.endswith("registry.py")]
    silent = [
        code
        for code in all_verbs()
        if not any(re.search(rf"\b{name}\b", source) for name in _constants_of(code) for source in sources)
    ]
    assert silent == []


def _constants_of(code: str) -> set[str]:
    names = set()
    for room in settings.ROOMS:
        if find_spec(f"mosaique.{room}.registry"):
            module = import_module(f"mosaique.{room}.registry")
            names |= {name for name, value in vars(module).items() if getattr(value, "code", None) == code}
    return names


@pytest.mark.parametrize("kind", sorted(ref.kinds()))
def test_every_reference_kind_is_found_through_the_reading_rule(kind: str) -> None:
    spec = ref.kinds()[kind]
    model = spec.model()
    assert hasattr(model.objects, "visible_to"), (
        "a reference is resolved only through what its reader may see"
    )
    assert spec.noun.split("’")[0].split(" ")[0] in {"l", "le", "la", "les", "un", "une", "des"}
    assert model._meta.app_label in settings.ROOMS
