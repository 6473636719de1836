"""Services are the only verbs; policies are pure; and the small prohibitions that keep a house clean."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import calls, dotted, imported, modules, public_functions

# Public functions of services modules that write without being verbs, each with its reason.
PARTS_OF_VERBS = {
    "accounts/services/mandates.py:cut_short": "called inside the verbs that end a delegation, the mandate it comes from, or a claim",
    "accounts/services/mandates.py:find_or_create_person": "called inside verbs that invite or add",
    "accounts/services/mandates.py:write_mandate": "called inside verbs that grant as a consequence",
    "consultation/services/opening.py:write_to_councils": "called inside the verbs that send",
    "discussions/services.py:move_contents": "called inside spaces.change_openness",
    "inventory/services/campaigns.py:add_returns": "called inside the opening of a campaign, and its opening to those that joined",
    "inventory/services/sharing.py:move": "called inside the verbs that share, ask for help and end it",
}
WRITING_WORDS = {
    "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "save", "update", "delete", "queue",
    "record", "rewrite",
}  # fmt: skip
# Public functions of policies modules that answer otherwise than by a verdict.
NOT_VERDICTS = {
    "assistance/policies.py:is_asker": "a word that the other policies use",
    "discussions/policies.py:may_read_hidden": "shows a text or its absence, refuses nobody",
    "inventory/policies.py:is_ours": "a word that the other policies use",
    "scheme/policies.py:may_read_conditions": "shows a column, refuses nobody: no sentence to give",
}
QUERY_WORDS = {
    "objects", "filter", "exclude", "exists", "all", "first", "last", "count", "aggregate", "values_list",
    "select_related", "prefetch_related", "in_bulk", "refresh_from_db", "save", "delete",
}  # fmt: skip
CLOCKS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "datetime.datetime.now", "datetime.date.today",
    "timezone.now", "time.time",
}  # fmt: skip
# The queue of tasks and sessions live on the machine's own clock: moving the demonstration's must not expire them.
MACHINE_CLOCK = {"kernel/clock.py", "kernel/working.py", "kernel/tasks.py"}
PRINTERS = ("launcher/", "/management/commands/", "/reference/build.py")


def _is_services(path: str) -> bool:
    return path.endswith("/services.py") or "/services/" in path


def _is_policies(path: str) -> bool:
    return path.endswith("policies.py")


def verbs_without_service(path: str, tree: ast.Module) -> Iterator[str]:
    """Public functions that write, or that take an actor, and are not services."""
    for function in public_functions(tree):
        decorated = {dotted(d.func if isinstance(d, ast.Call) else d) for d in function.decorator_list}
        arguments = [*function.args.args, *function.args.kwonlyargs]
        writes = any(
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in WRITING_WORDS
            for node in ast.walk(function)
        )
        if "service" not in decorated and (writes or [a.arg for a in arguments][:1] == ["actor"]):
            yield f"{path}:{function.name}"


def impurities(tree: ast.Module) -> Iterator[str]:
    """What a policy may not do: import what reads or writes, or use a word that queries."""
    for name in imported(tree):
        parts = name.split(".")
        if {"queries", "services", "aggregates", "views", "forms"} & set(parts) or name.startswith(
            "django.db.connection"
        ):
            yield f"imports {name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in QUERY_WORDS:
            yield f"line {node.lineno}: .{node.attr}"


def misfit_policies(path: str, tree: ast.Module) -> Iterator[str]:
    for function in public_functions(tree):
        first = function.args.args[0].arg if function.args.args else ""
        answers = ast.unparse(function.returns) if function.returns else ""
        if first != "actor" or answers != "Verdict":
            yield f"{path}:{function.name}"


def clock_readings(tree: ast.AST) -> Iterator[str]:
    for name, line in calls(tree):
        if name in CLOCKS:
            yield f"line {line}: {name}()"
    for name in imported(tree):
        if name in ("django.utils.timezone.now", "time.time"):
            yield f"imports {name}"


def floats(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield f"line {node.lineno}: {node.value}"
        if isinstance(node, ast.Call) and dotted(node.func) == "float":
            yield f"line {node.lineno}: float()"


def signals(tree: ast.AST) -> Iterator[str]:
    for name in imported(tree):
        if name.startswith(("django.dispatch", "django.db.models.signals", "django.core.signals")):
            yield name


def _offences(rule: object, *, where: object = lambda path: True) -> dict[str, list[str]]:
    found = {path: list(rule(tree)) for path, tree in modules().items() if where(path)}  # type: ignore[operator]
    return {path: lines for path, lines in found.items() if lines}


def test_every_function_of_a_services_module_that_writes_is_a_service() -> None:
    found = {
        name
        for path, tree in modules().items()
        if _is_services(path)
        for name in verbs_without_service(path, tree)
    }
    assert found - set(PARTS_OF_VERBS) == set(), "make it a @service, make it private, or say here why not"
    assert set(PARTS_OF_VERBS) - found == set(), "these are on the list for nothing"


def test_policies_import_and_call_nothing_that_queries() -> None:
    assert any(_is_policies(path) for path in modules())
    assert _offences(impurities, where=_is_policies) == {}


def test_every_policy_takes_the_actor_first_and_answers_a_verdict() -> None:
    found = {
        name for path, tree in modules().items() if _is_policies(path) for name in misfit_policies(path, tree)
    }
    assert found - set(NOT_VERDICTS) == set()
    assert set(NOT_VERDICTS) - found == set()


def test_the_clock_is_read_in_one_place() -> None:
    assert (
        _offences(
            clock_readings, where=lambda path: path not in MACHINE_CLOCK and not path.startswith("launcher/")
        )
        == {}
    )


def test_engines_know_no_float() -> None:
    assert any(path.startswith("costing/engine/") for path in modules())
    pure = ("costing/engine/", "costing/allocation_keys/")
    assert _offences(floats, where=lambda path: path.startswith(pure)) == {}


def test_engines_know_no_django() -> None:
    pure = (
        "costing/engine/",
        "costing/allocation_keys/",
        "consultation/deadlines.py",
        "consultation/opinion_state.py",
    )

    def django(tree: ast.AST) -> Iterator[str]:
        yield from (name for name in imported(tree) if name.split(".")[0] == "django")

    assert _offences(django, where=lambda path: path.startswith(pure)) == {}


def test_no_signal() -> None:
    assert _offences(signals) == {}


def test_nothing_prints_but_commands() -> None:
    def prints(tree: ast.AST) -> Iterator[str]:
        yield from (f"line {line}" for name, line in calls(tree) if name == "print")

    assert _offences(prints, where=lambda path: not any(mark in path for mark in PRINTERS)) == {}


def test_no_half_written_work() -> None:
    words = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "raise Not" + "ImplementedError")
    root = Path(__file__).resolve().parents[2]
    found = [
        f"{path}: {word}"
        for folder in ("src", "tests")
        for path in sorted((root / folder).rglob("*.py"))
        for word in words
        if word in path.read_text()
    ]
    assert found == []


@pytest.mark.parametrize(
    ("rule", "sample"),
    [
        (impurities, "from mosaique.scheme import queries"),
        (impurities, "def may_x(actor, sheet):\n    return sheet.positions.exists()"),
        (clock_readings, "from datetime import date\nx = date.today()"),
        (clock_readings, "import datetime\nx = datetime.datetime.now()"),
        (clock_readings, "from django.utils.timezone import now"),
        (floats, "share = 0.1"),
        (floats, "share = float(total)"),
        (signals, "from django.db.models.signals import post_save"),
        (lambda tree: verbs_without_service("x/services.py", tree), "def edit(*, actor):\n    pass"),
        (lambda tree: misfit_policies("x/policies.py", tree), "def may_x(sheet) -> Verdict:\n    pass"),
        (lambda tree: misfit_policies("x/policies.py", tree), "def may_x(actor) -> bool:\n    pass"),
    ],
)
def test_each_rule_sees_what_it_forbids(rule: object, sample: str) -> None:
    assert list(rule(ast.parse(sample)))  # type: ignore[operator]
