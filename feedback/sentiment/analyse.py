"""From a comment to a verdict: the one way in for everything that wants a comment analysed."""

import math
from collections.abc import Sequence
from itertools import groupby
from typing import cast

import numpy as np

from feedback.sentiment.by_words import analyse_by_words
from feedback.sentiment.grams import Word, words_of
from feedback.sentiment.languages import language_of
from feedback.sentiment.model import ACTS, HEAD, Floats, Model, Reading, load, read, sigmoid
from feedback.sentiment.verdict import AspectVerdict, Evidence, Label, Verdict
from feedback.surveys.dimensions import DIMENSIONS

NAMED = 0.45  # from this probability a clause is said to speak of a dimension
NAMED_SCORE = math.log(NAMED / (1 - NAMED))
MEANT = 0.3  # from this probability a comment is a request, a threat, a thank-you
SHORT = 6  # words
DECISIVE = 0.12  # share of all pulls on the polarity below which a word is not shown as evidence


def analyse(text: str, model: Model | None = None) -> Verdict:
    """What a comment says. Same text, same verdict; any string is accepted; linear in length.

    A text without a word or sign is neutral, of unknown language and confidence 0.
    """
    used = model or load()
    words = words_of(text)
    if not words:
        return Verdict("unknown", "neutral", 0.0, 0.0, version=used.version)
    parts = used.contributions(words)
    listed = _listed(text, words) if len(words) <= SHORT else None
    reading = read(used, parts, listed=listed)
    shares = reading.shares
    label = cast(Label, max(shares, key=lambda name: shares[name]))
    return Verdict(
        language=language_of(text),
        label=label,
        polarity=reading.polarity,
        confidence=round(shares[label], 4),
        evidence=evidence(words, reading),
        aspects=_aspects(used, words, parts, reading),
        version=used.version,
        acts=tuple(act for act in ACTS if sigmoid(reading.scores[HEAD[act]]) >= MEANT),
        shares={name: round(share, 4) for name, share in shares.items()},
    )


def _listed(text: str, words: Sequence[Word]) -> Floats:
    """Return what word lists and TextBlob say of each word of a short text.

    Few words give the model few features; there this turns 82 of 100 validation texts read
    rightly into 87. On longer texts it changes nothing, so they are spared it.
    """
    found = np.zeros(len(words), dtype=np.float32)
    for piece in analyse_by_words(text).evidence:
        under = [
            place
            for place, word in enumerate(words)
            if word.start < piece.end and piece.start < word.end
        ]
        for place in under:
            found[place] += piece.weight / len(under)
    return found


def evidence(words: Sequence[Word], reading: Reading) -> tuple[Evidence, ...]:
    """Return the words that decided, each with its exact pull on the polarity score.

    Neighbours of one sign are one stretch. Words that pulled little are left out.
    """
    total = float(np.abs(reading.pull).sum()) or 1.0
    kept = [
        (place, float(pull))
        for place, pull in enumerate(reading.pull)
        if abs(pull) >= max(DECISIVE * total, 0.05)
    ]
    found: list[Evidence] = []
    last = -2
    for place, pull in kept:
        word = words[place]
        if place == last + 1 and (found[-1].weight > 0) == (pull > 0):
            joined = found.pop()
            found.append(Evidence(joined.start, word.end, round(joined.weight + pull, 4)))
        else:
            found.append(Evidence(word.start, word.end, round(pull, 4)))
        last = place
    return tuple(found)


def _aspects(
    model: Model, words: Sequence[Word], parts: Floats, whole: Reading
) -> tuple[AspectVerdict, ...]:
    """Say which dimensions the clauses speak of, and how.

    A clause that names none is left; where no clause names one, the whole text is asked.
    """
    gate = sigmoid(whole.scores[HEAD["gate"]])
    said: dict[str, list[tuple[float, tuple[Evidence, ...]]]] = {}
    for _, group in groupby(range(len(words)), key=lambda place: words[place].clause):
        places = list(group)
        if len(places) == len(words):
            break  # one clause: the whole text
        # A clause alone has fewer features, so each of them counts more.
        scale = math.sqrt(len(words) / len(places))
        reading = read(model, parts[places[0] : places[-1] + 1] * scale, gate)
        named = _named(reading)
        shown = evidence(words[places[0] : places[-1] + 1], reading) if named else ()
        for dimension in named:
            said.setdefault(dimension, []).append((reading.polarity, shown))
    if not said:
        shown = evidence(words, whole)
        said = {dimension: [(whole.polarity, shown)] for dimension in _named(whole)}
    return tuple(
        AspectVerdict(
            dimension,
            round(sum(polarity for polarity, _ in said[dimension]) / len(said[dimension]), 4),
            tuple(piece for _, pieces in said[dimension] for piece in pieces),
        )
        for dimension in DIMENSIONS
        if dimension in said
    )


def _named(reading: Reading) -> list[str]:
    scores = reading.scores[HEAD[DIMENSIONS[0]] :].tolist()
    return [each for each, score in zip(DIMENSIONS, scores, strict=True) if score >= NAMED_SCORE]
