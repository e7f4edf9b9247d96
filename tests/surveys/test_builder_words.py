"""Tests of the builder's words: nothing that can happen is without a sentence."""

import ast
from pathlib import Path

from flask import Flask

import feedback.surveys.definition as definition_package
from feedback.surveys.definition import Problem
from feedback.surveys.drafting import ACTS
from feedback.surveys.forms.types import GROUPS, KNOWN, explained
from feedback.surveys.forms.wording import CODES, edit_words, problem_words

PARAMS = dict.fromkeys(
    (
        "language",
        "field",
        "type",
        "dimension",
        "member",
        "value",
        "reference",
        "keys",
        "key",
        "question",
    ),
    "x",
) | dict.fromkeys(("least", "most", "limit", "length", "seconds"), 3)


def _codes_in_use() -> set[str]:
    """Return the problem codes that the definition package notes, read from its source."""
    found: set[str] = set()
    for path in Path(definition_package.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            name = ast.unparse(node.func)
            place = {"Problem": 1}.get(name, 0 if name.endswith(".problem") else None)
            if place is not None and len(node.args) > place:
                for constant in ast.walk(node.args[place]):
                    if isinstance(constant, ast.Constant) and isinstance(constant.value, str):
                        found.add(constant.value)
    return found


def test_every_problem_has_its_sentence(app: Flask) -> None:
    used = _codes_in_use()
    assert len(used) > 25
    assert used - CODES == set()
    with app.test_request_context():
        for code in CODES:
            words = problem_words(Problem("$", code, PARAMS | {"expected": "object"}))
            assert words.endswith(".")
            assert "%(" not in words


def test_every_edit_and_every_type_has_its_words(app: Flask) -> None:
    with app.test_request_context():
        for act in ACTS:
            words = edit_words({"code": act, "params": {"name": "Price"}})
            assert words not in ("", "Price")
        for name in KNOWN:
            assert str(explained(name).text)
    assert {name for names in GROUPS.values() for name in names} == set(KNOWN)
