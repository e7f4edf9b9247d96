"""Tells the language of a comment by a vote of its function words."""

import re
from collections.abc import Iterable, Sequence

from feedback.sentiment import words
from feedback.sentiment.tokens import Token
from feedback.sentiment.verdict import Language

#: A word of a polar list speaks less surely for a language than a function word.
LISTED_VOTE = 0.5
#: Both languages must hold this share of the votes for a comment to be called mixed.
MIXED_VOTE = 0.25


def detect(tokens: Sequence[Token]) -> Language:
    """The language of a comment; "unknown" without any known word.

    Indonesian and Malay share most words: between them it is Indonesian unless words that
    only Malay has outnumber those that only Indonesian has.
    """
    return _elected(_votes(token.raw, token.word) for token in tokens if token.kind == "word")


_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
# word in lower case → votes for id, ms, both, en; filled as words are met
_known: dict[str, tuple[float, float, float, float]] = {}
MOST_KNOWN = 200_000


def language_of(text: str) -> Language:
    """The language of a text, as detect() finds it, for tens of thousands of texts a second."""
    indonesian = malaysian = shared = english = 0.0
    for word in _WORD.findall(text.lower()):
        votes = _known.get(word) or _learnt(word)
        indonesian += votes[0]
        malaysian += votes[1]
        shared += votes[2]
        english += votes[3]
    return _winner(indonesian, malaysian, shared, english)


def _learnt(word: str) -> tuple[float, float, float, float]:
    short = word[:40]
    ballot = dict(_votes(short, words.plain(short)[0]))
    found = tuple(ballot.get(name, 0.0) for name in ("id", "ms", "both", "en"))
    if len(_known) < MOST_KNOWN:
        _known[word] = found  # type: ignore[assignment]
    return found  # type: ignore[return-value]


def _elected(ballots: Iterable[list[tuple[str, float]]]) -> Language:
    votes = {"id": 0.0, "ms": 0.0, "both": 0.0, "en": 0.0}
    for ballot in ballots:
        for language, vote in ballot:
            votes[language] += vote
    return _winner(votes["id"], votes["ms"], votes["both"], votes["en"])


def _winner(indonesian: float, malaysian: float, shared: float, english: float) -> Language:
    malay = indonesian + malaysian + shared
    total = malay + english
    if not total:
        return "unknown"
    if min(malay, english) >= MIXED_VOTE * total:
        return "mixed"
    if english > malay:
        return "en"
    return "ms" if malaysian > indonesian else "id"


def _votes(raw: str, word: str) -> list[tuple[str, float]]:
    """What one word says about the language; a word of two languages votes for neither alone."""
    languages = words.marks().get(raw) or words.marks().get(word)
    if languages is not None:
        if languages == {"id", "ms"}:
            return [("both", 1.0)]
        return [(language, 1.0 / len(languages)) for language in sorted(languages)]
    malay, english = (
        raw in words.listed(name) or word in words.listed(name) for name in ("malay", "english")
    )
    if malay and not english:
        return [("both", LISTED_VOTE)]
    if english and not malay:
        return [("en", LISTED_VOTE)]
    return []
