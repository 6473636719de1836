"""What says somebody's position, opinion or vote is certainly theirs: each of these services confirms it before it writes."""

import ast
from collections.abc import Iterator

from tests.architecture.source import dotted, modules

#: Rows that are somebody's voice, or give it to somebody else. Whoever creates one is a personal act.
VOICES = {"Position", "Opinion", "Adoption", "Post", "PostVersion"}
#: Services that write such a row, directly or by a part of theirs, and one that gives a voice away.
PERSONAL = {
    "scheme/services/answers.py:give_position",
    "consultation/services/opinions.py:give_opinion",
    "consultation/services/opinions.py:correct_opinion",
    "consultation/services/adoption.py:record_vote",
    "discussions/services.py:write_post",  # when it takes a position
    "discussions/services.py:edit_post",  # when the message bears one
    "accounts/services/delegations.py:entrust",  # who confides a voice could otherwise go round all the others
    "accounts/services/pin.py:set_pin_aside",  # the same
}
NOT_PERSONAL = {
    "discussions/services.py:open_thread": "a question; its first message takes no position",
}
RULE = "require_personal"
WRITES = {"create", "bulk_create", "save", "update", "delete", "record", "_row", "_write", "store"}


def _services(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and any(
            dotted(d.func if isinstance(d, ast.Call) else d) == "service" for d in node.decorator_list
        ):
            yield node


def _called(function: ast.FunctionDef) -> Iterator[tuple[str, int]]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and (name := dotted(node.func)):
            yield name, node.lineno


def speaking(path: str, tree: ast.Module) -> set[str]:
    """Services of a module that create a voice, themselves or through functions of the module."""
    own = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    direct = {
        name
        for name, node in own.items()
        if any(called in {f"{voice}.objects.create" for voice in VOICES} for called, _ in _called(node))
    }
    grown = True
    while grown:
        more = {
            name for name, node in own.items() if {called for called, _ in _called(node)} & direct
        } - direct
        direct |= more
        grown = bool(more)
    return {f"{path}:{node.name}" for node in _services(tree) if node.name in direct}


def forgetful(path: str, tree: ast.Module) -> Iterator[str]:
    """Listed services that do not ask, or only once something is written."""
    for function in _services(tree):
        if f"{path}:{function.name}" not in PERSONAL:
            continue
        lines = [line for name, line in _called(function) if name == RULE]
        writing = [line for name, line in _called(function) if name.rpartition(".")[2] in WRITES]
        if not lines or (writing and min(writing) < min(lines)):
            yield f"{path}:{function.name}"


def test_whoever_writes_a_voice_is_on_the_list() -> None:
    found = {name for path, tree in modules().items() if "services" in path for name in speaking(path, tree)}
    assert found - PERSONAL - set(NOT_PERSONAL) == set(), (
        "make it ask for the personal code, or say here why not"
    )
    assert set(NOT_PERSONAL) - found == set(), "these are on the list for nothing"


def test_each_personal_act_asks_before_it_writes() -> None:
    there = {f"{path}:{one.name}" for path, tree in modules().items() for one in _services(tree)}
    assert PERSONAL - there == set(), "these no longer exist"
    assert [name for path, tree in modules().items() for name in forgetful(path, tree)] == []


def test_the_rules_see_what_they_forbid() -> None:
    path = "scheme/services/answers.py"
    silent = "@service\ndef give_position(*, actor):\n    Position.objects.create()"
    late = (
        "@service\ndef give_position(*, actor):\n    Position.objects.create()\n    require_personal(actor)"
    )
    for sample in (silent, late):
        assert list(forgetful(path, ast.parse(sample))) == [f"{path}:give_position"]
    hidden = "def _row():\n    Opinion.objects.create()\n@service\ndef new_way(*, actor):\n    _row()"
    assert speaking("x/services.py", ast.parse(hidden)) == {"x/services.py:new_way"}
