"""The product's own Python files, read as syntax trees."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from core.config import ROOT

PACKAGES = ("core", "tenants", "curriculum", "learners", "analytics", "dashboard", "tasks", "deploy")


@cache
def modules(*packages: str) -> dict[str, ast.Module]:
    """Syntax trees by module name, of all packages and `wsgi` unless some are named."""
    files = [path for package in packages or PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    files += [] if packages else [ROOT / "wsgi.py"]
    return {module_name(path): ast.parse(path.read_text(encoding="utf-8")) for path in files}


def module_name(path: Path) -> str:
    """`core.db` for `core/db.py`."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the last part of what is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
            yield name, node
