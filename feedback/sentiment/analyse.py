"""From comments to verdicts: the one way in for everything that wants a comment analysed."""

import math
from collections.abc import Sequence
from itertools import groupby

import numpy as np

from feedback.sentiment.by_words import analyse_by_words
from feedback.sentiment.grams import Word, words_of
from feedback.sentiment.languages import language_of
from feedback.sentiment.model import ACTS, HEAD, Floats, Model, load
from feedback.sentiment.reading import Readings, Sizes, read
from feedback.sentiment.verdict import AspectVerdict, Evidence, Label, Language, Verdict
from feedback.surveys.dimensions import DIMENSIONS

NAMED = 0.45  # from this probability a clause is said to speak of a dimension
MEANT = 0.3  # from this probability a comment is a request, a threat, a thank-you
SHORT = 6  # words
ASKED = 40  # words up to which the lists are asked of these languages; beyond, they change nothing
LISTENED = frozenset({"en", "ms"})
DECISIVE = 0.12  # share of all pulls on the polarity below which a word is not shown as evidence
AT_ONCE = 200  # texts read together
LABELS: tuple[Label, ...] = ("positive", "neutral", "negative", "mixed")

# What a clause or a text says of a dimension: which, polarity, the words that decided.
Said = tuple[str, float, tuple[Evidence, ...]]


def analyse(text: str, model: Model | None = None) -> Verdict:
    """What a comment says. Same text, same verdict; any string is accepted; linear in length.

    A text without a word or sign is neutral, of unknown language and confidence 0.
    """
    return analyse_all([text], model)[0]


def analyse_all(texts: Sequence[str], model: Model | None = None) -> list[Verdict]:
    """What each comment says, as analyse() finds it, several times faster."""
    used = model or load()
    found: list[Verdict] = []
    for first in range(0, len(texts), AT_ONCE):
        found += _together(texts[first : first + AT_ONCE], used)
    return found


def _together(texts: Sequence[str], model: Model) -> list[Verdict]:
    words = [words_of(text) for text in texts]
    spoken = [place for place, each in enumerate(words) if each]
    found = [Verdict("unknown", "neutral", 0.0, 0.0, version=model.version)] * len(texts)
    if not spoken:
        return found
    asked = [words[place] for place in spoken]
    sizes = np.array([len(each) for each in asked])
    parts = model.contributions(asked)
    languages = [language_of(texts[place]) for place in spoken]
    listed = [
        _listed(texts[place], words[place], language)
        for place, language in zip(spoken, languages, strict=True)
    ]
    readings = read(model, parts, sizes, listed=np.concatenate(listed))
    clauses = _clauses(model, asked, parts, readings.gates)
    acts = (readings.scores[:, [HEAD[act] for act in ACTS]] >= _score(MEANT)).tolist()
    shares, polarity = readings.shares.tolist(), readings.polarity.tolist()
    pulls = np.split(readings.pull, np.cumsum(sizes)[:-1])
    named = _named(readings)
    for row, place in enumerate(spoken):
        shown = evidence(asked[row], pulls[row].tolist())
        whole = [(dimension, polarity[row], shown) for dimension in named[row]]
        sure = max(shares[row])
        found[place] = Verdict(
            language=languages[row],
            label=LABELS[shares[row].index(sure)],
            polarity=round(polarity[row], 4),
            confidence=round(sure, 4),
            evidence=shown,
            aspects=_aspects(clauses.get(row) or whole),
            version=model.version,
            acts=tuple(act for act, meant in zip(ACTS, acts[row], strict=True) if meant),
            shares={name: round(share, 4) for name, share in zip(LABELS, shares[row], strict=True)},
        )
    return found


def _listed(text: str, words: Sequence[Word], language: Language) -> Floats:
    """Return what word lists and TextBlob say of each word; 0 where they are not asked.

    They are asked of short texts, where few words give the model few features, and of English
    and Malay, of which it has learnt least; on Indonesian texts they change nothing.
    """
    found = np.zeros(len(words), dtype=np.float32)
    if len(words) > (ASKED if language in LISTENED else SHORT):
        return found
    for piece in analyse_by_words(text).evidence:
        under = [
            place
            for place, word in enumerate(words)
            if word.start < piece.end and piece.start < word.end
        ]
        for place in under:
            found[place] += piece.weight / len(under)
    return found


def evidence(words: Sequence[Word], pulls: Sequence[float]) -> tuple[Evidence, ...]:
    """Return the words that decided, each with its exact pull on the polarity score.

    Neighbours of one sign are one stretch. Words that pulled little are left out.
    """
    least = max(DECISIVE * sum(abs(pull) for pull in pulls), 0.05)
    found: list[Evidence] = []
    last = -2
    for place, pull in enumerate(pulls):
        if abs(pull) < least:
            continue
        word = words[place]
        if place == last + 1 and (found[-1].weight > 0) == (pull > 0):
            joined = found.pop()
            found.append(Evidence(joined.start, word.end, round(joined.weight + pull, 4)))
        else:
            found.append(Evidence(word.start, word.end, round(pull, 4)))
        last = place
    return tuple(found)


def _clauses(
    model: Model, texts: Sequence[Sequence[Word]], parts: Floats, gates: Floats
) -> dict[int, list[Said]]:
    """Return by text what its clauses say of dimensions; texts of one clause are left out."""
    rows: list[tuple[int, int, int]] = []  # text, first word among all, size
    scales: list[float] = []
    behind = 0
    for row, words in enumerate(texts):
        sizes = [sum(1 for _ in group) for _, group in groupby(word.clause for word in words)]
        for size in sizes:
            rows.append((row, behind, size))
            # A clause alone has fewer features, so each of them counts more.
            scales.append(math.sqrt(len(words) / size))
            behind += size
    sized: Sizes = np.array([size for _, _, size in rows])
    scaled = parts * np.repeat(np.array(scales, dtype=np.float32), sized)[:, None]
    readings = read(model, scaled, sized, gates[[row for row, _, _ in rows]])
    every = [word for words in texts for word in words]
    polarity, named = readings.polarity.tolist(), _named(readings)
    found: dict[int, list[Said]] = {}
    for place, (row, first, size) in enumerate(rows):
        if not named[place] or size == len(texts[row]):
            continue
        pulls = readings.pull[first : first + size].tolist()
        shown = evidence(every[first : first + size], pulls)
        said = [(dimension, polarity[place], shown) for dimension in named[place]]
        found.setdefault(row, []).extend(said)
    return found


def _aspects(said: Sequence[Said]) -> tuple[AspectVerdict, ...]:
    """Bring together what clauses say of one dimension: the mean, and all evidence."""
    found = []
    for dimension in DIMENSIONS:
        own = [(polarity, shown) for name, polarity, shown in said if name == dimension]
        if own:
            mean = sum(polarity for polarity, _ in own) / len(own)
            pieces = tuple(piece for _, shown in own for piece in shown)
            found.append(AspectVerdict(dimension, round(mean, 4), pieces))
    return tuple(found)


def _named(readings: Readings) -> list[list[str]]:
    """Return by span the dimensions it speaks of."""
    scores = readings.scores[:, [HEAD[dimension] for dimension in DIMENSIONS]]
    return [
        [name for name, speaks in zip(DIMENSIONS, row, strict=True) if speaks]
        for row in (scores >= _score(NAMED)).tolist()
    ]


def _score(probability: float) -> float:
    """Return the score (logit) of a probability."""
    return math.log(probability / (1 - probability))
