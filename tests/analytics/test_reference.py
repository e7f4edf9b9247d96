"""The runner of reference cases, and the cases themselves."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.analytics.published import CASES
from tests.analytics.reference import METHODS, main, run

ROOT = Path(__file__).resolve().parents[2]


def find_reference_file() -> Path | None:
    """Give the file that KESAN_REFERENCE names, else the one beside the checkout if it is there."""
    named = os.environ.get("KESAN_REFERENCE")
    beside = ROOT.parent / "shared" / "data" / "analytics-reference.json"
    if named:
        return Path(named)
    return beside if beside.is_file() else None


def a_case(**changes: Any) -> dict[str, Any]:
    """Give a case that passes, with changes."""
    return {
        "name": "half",
        "method": "wilson_interval",
        "input": {"count": 10, "n": 20},
        "expected": {"estimate": 0.5},
        "tolerance": {"abs": 1e-9},
    } | changes


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['method']}: {case['name']}")
def test_a_published_number_is_reproduced(case):
    outcome = run([case])
    assert outcome.failures == []
    assert outcome.passed == 1


def test_every_case_of_the_reference_file_passes():
    path = find_reference_file()
    cases = json.loads(path.read_text("utf-8"))["cases"] if path else CASES
    outcome = run(cases)
    assert outcome.failures == []
    assert outcome.passed == len(cases) - outcome.unknown.total()
    assert outcome.passed >= len(METHODS)


def test_every_method_has_a_published_number():
    assert {case["method"] for case in CASES} == set(METHODS)


@pytest.mark.parametrize(
    "wrong",
    [
        a_case(expected={"estimate": 0.500001}),
        a_case(expected={"estimate": None}),
        a_case(expected={"estimate": True}),
        a_case(expected={"estimate": "0.5"}),
        a_case(expected={"estimate": [0.5]}),
        a_case(expected={"estimate": 0.5, "middle": 0.5}),
        a_case(input={"count": 0, "n": 0}),
        a_case(input={"count": 2, "n": 1}),
        a_case(input={}),
        a_case(tolerance={}),
        a_case(expected={"estimate": 0.50002}, tolerance={"rel": 1e-5}),
    ],
)
def test_a_case_that_is_not_met_fails_with_one_line_that_names_it(wrong):
    outcome = run([wrong])
    assert outcome.passed == 0
    assert len(outcome.failures) == 1
    assert outcome.failures[0].startswith("FAILED half (wilson_interval): ")
    assert "\n" not in outcome.failures[0]


def test_a_relative_tolerance_is_a_share_of_the_expected_number():
    assert run([a_case(expected={"estimate": 0.50002}, tolerance={"rel": 1e-4})]).passed == 1


def test_null_is_met_by_too_few():
    case = a_case(input={"count": 0, "n": 0}, expected={"estimate": None, "lo": None})
    assert run([case]).passed == 1


def test_the_last_line_counts_and_methods_without_a_function_stand_apart(tmp_path, capsys):
    file = tmp_path / "cases.json"
    cases = [
        a_case(),
        a_case(name="off", expected={"estimate": 0.6}),
        a_case(method="tea_leaves"),
        a_case(method="tea_leaves"),
        a_case(method="coffee_grounds"),
    ]
    file.write_text(json.dumps({"cases": cases}), "utf-8")
    assert main([str(file)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "FAILED off (wilson_interval): estimate is 0.5, expected 0.6",
        "no function yet: coffee_grounds (1), tea_leaves (2)",
        "1 passed, 1 failed",
    ]


def test_the_runner_works_as_a_command(tmp_path):
    file = tmp_path / "cases.json"
    file.write_text(json.dumps({"cases": CASES}), "utf-8")
    command = [sys.executable, "-m", "tests.analytics.reference", str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, f"{len(CASES)} passed, 0 failed\n")
