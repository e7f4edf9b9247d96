"""Measures modules, functions and templates, and looks for the docstrings each must have."""

import ast
from collections.abc import Iterator
from pathlib import Path

MODULE_LINES = 300
FUNCTION_LINES = 40
TEMPLATE_LINES = 100
CONFTEST_LINES = 150
VAGUE_NAMES = frozenset({"utils", "util", "tools", "helpers", "helper", "common", "misc"})

Function = ast.FunctionDef | ast.AsyncFunctionDef


def complaints(path: Path) -> list[str]:
    """Return what is too long, vaguely named or without its opening sentence in a Python file."""
    text = path.read_text()
    tree = ast.parse(text)
    return [
        *_about_module(path, text, tree),
        *(complaint for node in ast.walk(tree) for complaint in _about_length(path, node)),
    ]


def undocumented(path: Path) -> list[str]:
    """Return the public classes, functions and methods of a file that have no docstring."""
    return [
        f"{path}:{node.lineno}: {node.name} has no docstring"
        for node in _public(ast.parse(path.read_text()))
        if not ast.get_docstring(node)
    ]


def template_complaints(path: Path) -> list[str]:
    """Return whether a template is longer than its limit."""
    lines = len(path.read_text().splitlines())
    return [f"{path}: {lines} lines"] if lines > TEMPLATE_LINES else []


def _about_module(path: Path, text: str, tree: ast.Module) -> Iterator[str]:
    if path.name == "__init__.py" and not text:
        return
    lines = len(text.splitlines())
    limit = CONFTEST_LINES - 1 if path.name == "conftest.py" else MODULE_LINES
    if lines > limit:
        yield f"{path}: {lines} lines"
    if VAGUE_NAMES & {path.stem, path.parent.name}:
        yield f"{path}: a name that says nothing"
    docstring = ast.get_docstring(tree) or ""
    first, _, rest = docstring.partition("\n")
    if not first.endswith((".", "?")) or (rest and not rest.startswith("\n")):
        yield f"{path}: the docstring does not begin with one sentence on one line"


def _about_length(path: Path, node: ast.AST) -> Iterator[str]:
    if isinstance(node, Function):
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        if lines > FUNCTION_LINES:
            yield f"{path}:{node.lineno}: {node.name} has {lines} lines"


def _public(node: ast.Module | ast.ClassDef) -> Iterator[Function | ast.ClassDef]:
    """Give the public classes, functions and methods; what a function hides stays its own."""
    for child in node.body:
        if isinstance(child, Function | ast.ClassDef) and not child.name.startswith("_"):
            yield child
            if isinstance(child, ast.ClassDef):
                yield from _public(child)
