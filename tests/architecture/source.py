"""The product's source as syntax trees: what the rules of this folder read."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "mosaique"


def _is_product(path: Path) -> bool:
    inside = path.relative_to(PACKAGE).parts
    return not {"tests", "migrations", "__pycache__"} & set(inside) and path.name != "conftest.py"


@cache
def modules() -> dict[str, ast.Module]:
    """Path under the package → tree, for every module of the product (tests and migrations apart)."""
    found = (path for path in sorted(PACKAGE.rglob("*.py")) if _is_product(path))
    return {path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text()) for path in found}


def dotted(node: ast.AST) -> str:
    """« a.b.c » of a name or an attribute; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        left = dotted(node.value)
        return f"{left}.{node.attr}" if left else ""
    return ""


def imported(tree: ast.AST) -> Iterator[str]:
    """Every module or member imported, dotted, wherever the import is written."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def calls(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Dotted name and line of every call."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (name := dotted(node.func)):
            yield name, node.lineno


def public_functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node
