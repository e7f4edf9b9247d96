"""Tests of an audience as plain data, and of the headcount's arithmetic."""

import json

from hypothesis import given
from hypothesis import strategies as st

from feedback.campaigns.audience import REST_DAYS, Audience, Headcount

WORDS = st.lists(st.text(max_size=20), max_size=4).map(tuple)


@given(st.builds(Audience, kinds=WORDS, segments=WORDS, weights=WORDS, rest_days=st.integers()))
def test_an_audience_survives_the_database(audience: Audience) -> None:
    assert Audience.from_data(json.loads(json.dumps(audience.to_data()))) == audience


def test_data_of_another_release_is_read_as_far_as_known() -> None:
    assert Audience.from_data({"kinds": ["client"], "moon": "full"}) == Audience(("client",))


def test_no_data_means_everybody_after_the_usual_rest() -> None:
    assert Audience.from_data({}) == Audience((), (), (), REST_DAYS)


def test_mails_are_those_who_fit_without_those_left_out() -> None:
    count = Headcount(fitting=10, unsubscribed=1, bounced=2, rested=3, by_language={"en": 4})
    assert count.mails == 4
