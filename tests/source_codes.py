"""The codes that the source of the program names."""

import ast
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "oxalis_panels"


@cache
def trees() -> tuple[ast.AST, ...]:
    """Return the syntax tree of every module."""
    return tuple(ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py")))


def named(*functions: str) -> set[str]:
    """Return the codes that the source passes literally to these functions: of each call the first text."""
    calls = [node for tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Call)]
    texts = [
        [each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id in functions
    ]
    return {first for first, *_ in filter(None, texts)}
