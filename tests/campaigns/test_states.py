"""Tests of a campaign's states: every move, allowed or not, and when answers are taken."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from feedback.campaigns.states import CampaignState, NotPossible, check_move, takes_answers

CLOSES = datetime(2026, 5, 1, 17, tzinfo=UTC)
BEFORE = CLOSES - timedelta(microseconds=1)
ALLOWED = {
    ("draft", "launching"),
    ("launching", "running"),
    ("launching", "closed"),
    ("running", "paused"),
    ("running", "closed"),
    ("paused", "running"),
    ("paused", "closed"),
}


@pytest.mark.parametrize(("old", "new"), list(product(CampaignState, CampaignState)))
def test_only_these_moves_are_allowed(old: CampaignState, new: CampaignState) -> None:
    if (old.value, new.value) in ALLOWED:
        check_move(old.value, new)
    else:
        with pytest.raises(NotPossible):
            check_move(old.value, new)


@pytest.mark.parametrize(
    ("state", "taken"),
    [("draft", False), ("launching", True), ("running", True), ("paused", True), ("closed", False)],
)
def test_answers_are_taken_from_launch_to_close(state: str, taken: bool) -> None:
    """A paused campaign sends nothing, but who has a link can answer."""
    assert takes_answers(state, CLOSES, BEFORE) is taken


def test_no_answer_is_taken_from_the_closing_instant_on() -> None:
    assert not takes_answers("running", CLOSES, CLOSES)
