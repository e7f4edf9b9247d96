"""Nothing grows too long, hides behind a vague name or lacks the sentence that explains it."""

from pathlib import Path

import pytest

from tests.house.sizes import complaints, template_complaints, undocumented

TOP = Path(__file__).parents[2]
CODE = sorted(path for top in ("feedback", "tests") for path in (TOP / top).rglob("*.py"))
TEMPLATES = sorted(path for path in (TOP / "templates").rglob("*.*"))
SENTENCE = '"""What this file is for."""\n'
LONG_FUNCTION = "def add() -> None:\n" + '    """Add."""\n' + "    print(1)\n" * 39

# File name, its text, what the complaint says.
PLANTED = [
    ("scores.py", SENTENCE + "x = 1\n" * 300, "301 lines"),
    ("conftest.py", SENTENCE + "x = 1\n" * 149, "150 lines"),
    ("scores.py", SENTENCE + LONG_FUNCTION, "add has 41 lines"),
    ("scores.py", SENTENCE + LONG_FUNCTION.replace("def", "async def"), "add has 41 lines"),
    (
        "scores.py",
        SENTENCE + "def f():\n    " + "\n    ".join(LONG_FUNCTION.split("\n")),
        "add has",
    ),
    ("utils.py", SENTENCE, "a name that says nothing"),
    ("helpers.py", SENTENCE, "a name that says nothing"),
    ("tools/__init__.py", SENTENCE, "a name that says nothing"),
    ("common/scores.py", SENTENCE, "a name that says nothing"),
    ("scores.py", "x = 1\n", "does not begin with one sentence"),
    ("scores.py", '"""No full stop"""\n', "does not begin with one sentence"),
    ("scores.py", '"""A sentence.\nthat goes on."""\n', "does not begin with one sentence"),
    ("scores.py", '"""A sentence cut\nin two."""\n', "does not begin with one sentence"),
    ("__init__.py", "x = 1\n", "does not begin with one sentence"),
]
UNDOCUMENTED = [
    "def add() -> None: ...",
    "async def add() -> None: ...",
    "class add: ...",
    'class Sum:\n    """A sum."""\n    def add(self) -> None: ...',
]
FINE = [
    ("scores.py", SENTENCE),
    ("scores.py", '"""A sentence.\n\nAnd more\nabout it.\n"""\n'),
    ("scores.py", SENTENCE + "x = 1\n" * 299),
    ("conftest.py", SENTENCE + "x = 1\n" * 148),
    ("scores.py", SENTENCE + LONG_FUNCTION.replace("    print(1)\n", "", 1)),
    ("__init__.py", ""),
]


def _written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return path


def _listed(found: list[str]) -> str:
    return "\n" + "\n".join(found).replace(f"{TOP}/", "")


def test_modules_and_functions_stay_short_and_say_what_they_are_for() -> None:
    found = [said for path in CODE for said in complaints(path)]
    assert not found, _listed(found)


def test_public_functions_say_what_they_promise() -> None:
    package = [path for path in CODE if path.is_relative_to(TOP / "feedback")]
    assert len(package) > 50
    found = [said for path in package for said in undocumented(path)]
    assert not found, _listed(found)


def test_templates_stay_short() -> None:
    assert len(TEMPLATES) > 10
    found = [said for path in TEMPLATES for said in template_complaints(path)]
    assert not found, _listed(found)


@pytest.mark.parametrize(("name", "text", "said"), PLANTED)
def test_a_planted_excess_is_found(tmp_path: Path, name: str, text: str, said: str) -> None:
    assert any(said in found for found in complaints(_written(tmp_path, name, text)))


@pytest.mark.parametrize("text", UNDOCUMENTED)
def test_a_planted_function_without_docstring_is_found(tmp_path: Path, text: str) -> None:
    path = _written(tmp_path, "scores.py", text)
    assert [found.rsplit(": ")[-1] for found in undocumented(path)] == ["add has no docstring"]


def test_what_a_module_keeps_to_itself_needs_no_docstring(tmp_path: Path) -> None:
    path = _written(tmp_path, "scores.py", "def _add() -> None:\n    def inner() -> None: ...")
    assert undocumented(path) == []


def test_a_planted_long_template_is_found(tmp_path: Path) -> None:
    assert template_complaints(_written(tmp_path, "page.html", "<p>\n" * 101))
    assert not template_complaints(_written(tmp_path, "page.html", "<p>\n" * 100))


@pytest.mark.parametrize(("name", "text"), FINE)
def test_what_keeps_the_limits_is_not_reported(tmp_path: Path, name: str, text: str) -> None:
    assert complaints(_written(tmp_path, name, text)) == []
