"""Training: same texts and seed give the same bytes; the data is what its README says."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from feedback.sentiment import training
from feedback.sentiment.examples import (
    LABELS,
    Example,
    copies,
    dimensions,
    listed,
    own,
    public,
    reviews,
)
from feedback.sentiment.grams import words_of
from feedback.sentiment.model import load
from feedback.sentiment.reading import read


def _sample() -> list[Example]:
    return [*list(own())[::60], *list(reviews())[::6], *list(listed())[::15]]


def test_the_same_sample_and_seed_give_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "STEPS", 8)
    for name in ("one", "two"):
        training.save(training.train(_sample(), 7, lambda _line: None), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    model = load(tmp_path / "one")
    good, bad = (
        float(read(model, model.contributions([words]), np.array([len(words)])).positive[0])
        for words in (
            words_of("sangat memuaskan, selalu tepat waktu"),
            words_of("sangat mengecewakan, selalu terlambat"),
        )
    )
    assert good > bad


def test_a_fit_separates_what_can_be_separated() -> None:
    matrix = training.features(["good", "bad"] * 5)
    task = training.Task(np.arange(10), np.array([1.0, -1.0] * 5), np.ones(10))
    weights, bias = training.fit(matrix, task, 10.0)
    assert ((matrix @ weights + bias > 0) == (task.answers > 0)).all()


def test_our_comments_are_many_and_varied() -> None:
    train, test = list(own()), list(own("test"))
    assert len(train) >= 4_000
    assert len(test) >= 600
    for part in (train, test):
        assert set(Counter(each.label for each in part)) == set(LABELS)
        assert set(Counter(each.language for each in part)) == {"id", "ms", "en", "mixed"}
    assert min(Counter(name for each in train for name, _ in each.dimensions).values()) >= 500


def test_a_malay_copy_says_the_same_in_malay_words() -> None:
    original = Example("Kualitas bagus tapi pengiriman telat", "positive", 1.0, "smsa", "id")
    unmapped = Example("harga murah", "positive", 1.0, "smsa", "id")
    english = Example("kualitas", "positive", 1.0, "vader-amazon", "en")
    (copy,) = copies([original, unmapped, english])
    assert copy.text == "kualiti bagus tapi penghantaran lewat"
    assert (copy.label, copy.language) == ("positive", "ms")
    assert copy.weight < original.weight


def _threes(text: str) -> frozenset[tuple[str, ...]]:
    words = [word.form.lstrip("~") for word in words_of(text)]
    return frozenset(zip(words, words[1:], words[2:], strict=False)) or frozenset([tuple(words)])


def test_no_comment_of_the_other_parts_has_a_twin_in_training() -> None:
    """Half of the three-word runs in common is a twin."""
    where: dict[tuple[str, ...], set[int]] = {}
    test = [_threes(each.text) for part in ("valid", "test") for each in own(part)]
    for place, runs in enumerate(test):
        for run in runs:
            where.setdefault(run, set()).add(place)
    for each in own():
        runs = _threes(each.text)
        for place, shared in Counter(p for run in runs for p in where.get(run, ())).items():
            assert shared / len(runs | test[place]) < 0.5, each.text


def test_an_unknown_dimension_is_refused() -> None:
    with pytest.raises(ValueError, match="speed"):
        dimensions("speed:+")


def test_public_sets_are_read_in_their_own_form(tmp_path: Path) -> None:
    (tmp_path / "smsa.train.tsv").write_text("id\tpositive\tbagus\nbroken line\n")
    assert [(each.text, each.label, each.source) for each in public(tmp_path)] == [
        ("bagus", "positive", "smsa")
    ]
