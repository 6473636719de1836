"""Who is a member on a day is asked of `territory.perimeter`: nobody else compares the dates of a membership."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source import modules

DATES = {"joined_on", "left_on"}


QUERIES = {
    "Q", "F", "filter", "exclude", "get", "order_by", "values", "values_list", "update", "annotate", "aggregate", "latest", "earliest",
}  # fmt: skip


def dates_compared(tree: ast.AST) -> Iterator[str]:
    """Lookups on the dates of a membership, by keyword or by name; reading `member.left_on` to show it is allowed."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or _last(node.func) not in QUERIES:
            continue
        names = [keyword.arg or "" for keyword in node.keywords]
        names += [
            arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ]
        yield from (
            f"line {node.lineno}: {name}" for name in names if DATES & set(name.lstrip("-").split("__"))
        )


def _last(func: ast.expr) -> str:
    """« filter », whatever it is called on."""
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


def test_only_the_territory_compares_the_dates_of_a_membership() -> None:
    found = {
        path: list(dates_compared(tree))
        for path, tree in modules().items()
        if not path.startswith("territory/")
    }
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "broken",
    [
        "Authority.objects.filter(memberships__territory=one, memberships__left_on=None)",
        "Q(left_on__gt=day)",
        "rows.order_by('-joined_on')",
    ],
)
def test_a_raw_comparison_is_seen(broken: str) -> None:
    assert list(dates_compared(ast.parse(broken)))


def test_showing_a_date_is_not_comparing_it() -> None:
    assert not list(dates_compared(ast.parse("show(left_on=member.left_on)")))
