"""What may be shown of an account with so many persons."""

import pytest

from feedback.analytics.display import AccountDisplay, display_rule


@pytest.mark.parametrize(
    ("n", "step"),
    [
        (0, AccountDisplay.NO_DATA),
        (1, AccountDisplay.ONE_VOICE),
        (2, AccountDisplay.FEW),
        (4, AccountDisplay.FEW),
        (5, AccountDisplay.SHARES),
        (9, AccountDisplay.SHARES),
        (10, AccountDisplay.FULL),
        (5000, AccountDisplay.FULL),
    ],
)
def test_each_number_of_persons_has_its_step(n, step):
    assert display_rule(n) is step


def test_each_step_shows_what_the_steps_before_it_show_and_more():
    shown = [
        (s.shows_score, s.shows_answer_counts, s.shows_favourable_share, s.shows_nps_number)
        for s in AccountDisplay
    ]
    assert shown == [
        (False, False, False, False),
        (True, False, False, False),
        (True, True, False, False),
        (True, True, True, False),
        (True, True, True, True),
    ]


def test_a_negative_number_of_persons_is_an_error():
    with pytest.raises(ValueError, match="-1"):
        display_rule(-1)
