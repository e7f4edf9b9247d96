"""Tests of reading published definitions once per process."""

from copy import deepcopy

import pytest

from feedback.surveys.definition import InvalidDefinition, digest, dump
from feedback.surveys.published import questionnaire
from feedback.surveys.shipped import shipped


@pytest.mark.parametrize("given", shipped(), ids=lambda each: each.key)
def test_a_published_definition_reads_as_it_was_written(given) -> None:  # type: ignore[no-untyped-def]
    assert questionnaire(digest(given), dump(given)) == given


def test_a_definition_is_read_once() -> None:
    given = shipped()[0]
    first = questionnaire(digest(given), dump(given))
    assert questionnaire(digest(given), dump(given)) is first


def test_a_broken_definition_is_an_error_each_time() -> None:
    """STO-15: nothing is guessed, and a failure is not remembered as a questionnaire."""
    broken = deepcopy(dump(shipped()[0]))
    del broken["sections"]
    for _ in range(2):
        with pytest.raises(InvalidDefinition):
            questionnaire("digest of something broken", broken)
