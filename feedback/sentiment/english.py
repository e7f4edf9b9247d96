"""Asks TextBlob what English words say, and leaves to our own list what TextBlob is blind to."""

from collections.abc import Sequence

from feedback.sentiment import malay, words
from feedback.sentiment.malay import Hit, Match
from feedback.sentiment.tokens import Token

NEGATORS = frozenset({"no", "not", "n't", "never"})
#: Weights of TextBlob nearer to zero than this are noise in business talk.
FAINT = 0.1
#: Stands for a word TextBlob must not read (Malay words that look English).
UNREAD = "zzz"


class _Placed(str):
    """A word that knows its token: TextBlob hands the same object back in its assessment."""

    __slots__ = ("place",)
    place: int


def hits(tokens: Sequence[Token]) -> list[Hit]:
    """What TextBlob and the lexicon hear in one clause, in order, without overlap.

    Our phrases win over TextBlob's words. TextBlob settles emphasis and a negator beside the
    word itself; a negator further off is ours. Loads TextBlob (about a second) on first use.
    """
    listed = malay.matches(tokens)
    taken = {place for match in listed for place in range(match.first, match.last + 1)}
    found = malay.weigh(tokens, listed)
    settled: list[Hit] = []
    open_ones: list[Match] = []
    for places, negated, weight in _assess(tokens):
        if max(places) in taken or abs(weight) < FAINT:
            continue
        if negated:
            settled.append(Hit(min(places), max(places), weight))
        else:
            open_ones.append(Match(min(places), max(places), words.Entry(weight, None)))
    if open_ones:
        # Weighed anew with ours, so that a negator turns only the first polar word after it.
        both = sorted((*listed, *open_ones), key=lambda match: match.first)
        found = malay.weigh(tokens, both)
    return _without_overlap([*found, *settled])


def _assess(tokens: Sequence[Token]) -> list[tuple[list[int], bool, float]]:
    """TextBlob's assessments: places of the words, whether a negator is among them, polarity."""
    # Heavy (it brings nltk along), so only a text that needs it pays.
    from textblob.en import sentiment  # noqa: PLC0415

    found = []
    for chunk, polarity, _, _ in sentiment(_placed(tokens)).assessments:
        placed = [word for word in chunk if isinstance(word, _Placed)]
        if placed:
            negated = any(word in NEGATORS for word in placed)
            found.append(([word.place for word in placed], negated, float(polarity)))
    return found


def _placed(tokens: Sequence[Token]) -> list[str]:
    """The words of a clause as TextBlob wants them: "n't" apart, Malay words unread."""
    placed: list[str] = []
    for place, token in enumerate(tokens):
        if token.kind != "word" or not token.raw.isascii():
            continue
        languages = words.marks().get(token.raw, frozenset())
        foreign = (languages and "en" not in languages) or token.raw in words.listed("malay")
        parts = [UNREAD] if foreign else [token.raw]
        if token.raw.endswith("n't"):
            parts = [token.raw[:-3], "n't"]
        for part in parts:
            word = _Placed(part)
            word.place = place
            placed.append(word)
    return placed


def _without_overlap(found: Sequence[Hit]) -> list[Hit]:
    """Hits in order; one that begins inside its forerunner begins after it or is left out."""
    kept: list[Hit] = []
    free = 0
    for hit in sorted(found, key=lambda hit: (hit.last, hit.first)):
        if hit.last >= free:
            kept.append(Hit(max(hit.first, free), hit.last, hit.weight))
            free = hit.last + 1
    return kept
