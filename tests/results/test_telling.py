"""Which comments a summary shows."""

from datetime import UTC, datetime
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from feedback.results.telling import (
    ABOUT_NONE,
    PLACES,
    choose,
    length_factor,
    quotas,
    topic_factor,
    topics,
)
from feedback.results.voices import DimensionVoice, Review

DAY = datetime(2026, 3, 1, tzinfo=UTC)
SENTENCE = "They answer every question within the day and say what they will do."


def a_review(number: int, label: str = "positive", **given: object) -> Review:
    """Make a comment of organisation `number` unless another one is given."""
    return Review(
        response_id=number,
        question="reason",
        organisation_id=int(given.get("organisation_id", number)),  # type: ignore[call-overload]
        organisation="Invented",
        contact="Dewi",
        role="",
        sent_at=DAY,
        text=str(given.get("text", f"{SENTENCE} {number:05}")),
        label=label,
        confidence=float(given.get("confidence", 0.8)),  # type: ignore[arg-type]
        dimensions=given.get("dimensions", {}),  # type: ignore[arg-type]
    )


def labels(chosen: list[Review]) -> list[str]:
    """Return the labels of a choice, in order."""
    return [review.label for review in chosen]


def test_places_are_shared_as_the_comments_are() -> None:
    assert quotas({"positive": 60, "negative": 20, "mixed": 20, "neutral": 300}) == {
        "negative": 1,
        "positive": 3,
        "mixed": 1,
    }


def test_the_only_criticism_gets_a_place() -> None:
    assert quotas({"positive": 500, "negative": 1})["negative"] == 1


@given(
    st.fixed_dictionaries(
        {label: st.integers(0, 400) for label in ("positive", "negative", "mixed", "neutral")}
    )
)
def test_no_label_gets_more_places_than_it_has_comments(split: dict[str, int]) -> None:
    given_places = quotas(split)
    total = split["positive"] + split["negative"] + split["mixed"]
    assert sum(given_places.values()) == min(PLACES, total)
    assert all(0 <= given_places[label] <= split[label] for label in given_places)


def test_a_sentence_tells_more_than_a_word_and_than_a_page() -> None:
    assert length_factor(len(SENTENCE)) > length_factor(3)
    assert length_factor(len(SENTENCE)) > length_factor(4000)


def test_the_more_certain_comment_comes_first() -> None:
    doubtful, certain = a_review(1, confidence=0.4), a_review(2, confidence=0.9)
    assert choose([doubtful, certain], {"positive": 2})[0] is certain


def test_no_organisation_speaks_twice_while_others_can() -> None:
    loud = [a_review(number, organisation_id=1, confidence=0.9) for number in range(1, 6)]
    others = [a_review(number, confidence=0.5) for number in range(11, 15)]
    chosen = choose(loud + others, {"positive": 9})
    assert len({review.organisation_id for review in chosen}) == PLACES


def test_an_organisation_speaks_again_where_there_is_no_other() -> None:
    loud = [a_review(number, organisation_id=1) for number in range(1, 4)]
    assert len(choose(loud, {"positive": 3})) == 3


def test_neutral_comments_only_fill_what_is_left() -> None:
    neutral = [a_review(number, "neutral", confidence=1.0) for number in range(1, 9)]
    telling = [a_review(20, "negative", confidence=0.3)]
    chosen = choose(neutral + telling, {"neutral": 8, "negative": 1})
    assert labels(chosen) == ["negative", *["neutral"] * 4]


def test_the_same_words_are_shown_once() -> None:
    same = [a_review(number, text=SENTENCE) for number in range(1, 4)]
    assert choose(same, {"positive": 3}) == same[:1]


def test_a_comment_without_verdict_is_never_chosen() -> None:
    assert choose([a_review(1, "waiting")], {"positive": 0}) == []


def test_the_order_of_the_candidates_does_not_matter() -> None:
    reviews = [a_review(n, label) for n, label in enumerate(["positive", "negative", "mixed"] * 5)]
    split = {"positive": 5, "negative": 5, "mixed": 5}
    shuffled = Random(4).sample(reviews, len(reviews))
    assert choose(reviews, split) == choose(shuffled, split)


def test_what_is_criticised_most_comes_first() -> None:
    voices = [DimensionVoice("trust", 8, 0, 0), DimensionVoice("empathy", 2, 0, 9)]
    rare = a_review(1, "negative", dimensions={"empathy": -0.9})
    none = a_review(2, "negative")
    often = a_review(3, "negative", dimensions={"trust": -0.9})
    assert choose([rare, none, often], {"negative": 3}, voices) == [often, rare, none]


def test_praise_of_what_is_criticised_most_is_not_representative() -> None:
    known = topics([DimensionVoice("trust", 8, 0, 0)])
    praise = a_review(1, "positive", dimensions={"trust": 0.9})
    assert topic_factor(praise, known) == ABOUT_NONE


def test_a_comment_not_about_us_is_never_chosen() -> None:
    assert choose([a_review(1, "aside")], {"positive": 0}) == []


def test_quotes_come_first_and_only_once() -> None:
    candidates = [a_review(number) for number in range(1, 9)]
    quoted = a_review(7, "negative")
    chosen = choose(candidates, {"positive": 8}, quotes=[quoted])
    assert chosen[0] == quoted
    assert len({review.key for review in chosen}) == len(chosen) == PLACES


def test_a_quote_that_says_nothing_about_us_is_left_out() -> None:
    chosen = choose([a_review(1)], {"positive": 1}, quotes=[a_review(2, "aside")])
    assert chosen == [a_review(1)]
