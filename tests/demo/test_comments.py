"""The stock of invented comments: enough of them, different ones, and picked as asked."""

import random
import re
from collections import Counter
from itertools import combinations

import pytest

from feedback.demo.comments import DIMENSIONS, LANGUAGES, MOODS, DemoComment, pick, stock


def _tokens(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower()))


def _by_text() -> dict[str, DemoComment]:
    return {comment.text: comment for comment in stock()}


def test_there_are_at_least_360_comments():
    assert len(stock()) >= 360


def test_no_two_comments_are_nearly_the_same():
    tokens = [(comment.text, _tokens(comment.text)) for comment in stock()]
    near = [
        (one, other)
        for (one, a), (other, b) in combinations(tokens, 2)
        if len(a & b) >= 0.8 * len(a | b)
    ]

    assert near == []


def test_every_language_has_every_mood():
    counts = Counter((comment.language, comment.mood) for comment in stock())

    assert {key for key, count in counts.items() if count >= 5} == {
        (language, mood) for language in LANGUAGES for mood in MOODS
    }


def test_every_dimension_is_praised_and_blamed_in_every_language():
    found = {(c.language, c.mood, dim) for c in stock() for dim in c.dimensions}
    wanted = {
        (language, mood, dim)
        for language in LANGUAGES
        for mood in ("positive", "negative")
        for dim in DIMENSIONS
    }

    assert wanted - found == set()


def test_only_known_dimensions_are_named():
    assert {dim for comment in stock() for dim in comment.dimensions} == set(DIMENSIONS)


def test_a_comment_is_clean_text_on_one_line():
    odd = [c.text for c in stock() if c.text != c.text.strip() or not c.text or "\t" in c.text]

    assert odd == []


@pytest.mark.parametrize("mood", MOODS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picked_comment_has_the_mood_asked_for(language, mood):
    known = _by_text()
    picked = {pick(random.Random(n), language, mood) for n in range(40)}

    assert {known[text].mood for text in picked} == {mood}
    assert len(picked) > 3


@pytest.mark.parametrize(
    ("language", "written"),
    [("id", {"id", "id-en"}), ("ms", {"ms", "ms-en"}), ("en", {"en"}), ("id-en", {"id-en"})],
)
def test_a_person_writes_in_the_own_language_or_mixes_it_with_english(language, written):
    known = _by_text()
    picked = {pick(random.Random(n), language, "positive") for n in range(60)}

    assert {known[text].language for text in picked} == written


def test_the_dimension_asked_for_is_preferred():
    known = _by_text()
    picked = [pick(random.Random(n), "en", "negative", "empathy") for n in range(30)]

    assert all("empathy" in known[text].dimensions for text in picked)


def test_an_avoided_text_is_not_picked_while_others_are_left():
    rng = random.Random("avoid")
    used: set[str] = set()
    for _ in range(7):
        text = pick(rng, "ms-en", "mixed", avoid=used)
        assert text not in used
        used.add(text)

    assert len(used) == 7


def test_a_text_is_still_found_when_all_are_avoided():
    everything = {comment.text for comment in stock()}

    assert pick(random.Random(1), "id", "mixed", avoid=everything) in everything


@pytest.mark.parametrize(("language", "mood"), [("fr", "positive"), ("id", "angry")])
def test_an_unknown_language_or_mood_is_an_error(language, mood):
    with pytest.raises(KeyError):
        pick(random.Random(1), language, mood)
