"""The verdict of the word lists alone: what the trained model is measured against."""

from collections.abc import Callable, Sequence

from feedback.sentiment import english, malay
from feedback.sentiment.aspects import aspect_verdicts, dimensions_of
from feedback.sentiment.clauses import Clause, cut
from feedback.sentiment.languages import detect
from feedback.sentiment.malay import Hit
from feedback.sentiment.tokens import Token, tokenise
from feedback.sentiment.verdict import (
    Evidence,
    Language,
    Verdict,
    confidence_of,
    label_of,
    polarity_of,
)

Reader = Callable[[Sequence[Token]], list[Hit]]


def analyse_by_words(text: str) -> Verdict:
    """What a comment says. Same text, same verdict; any string is accepted; linear in length.

    A text without a word or sign is neutral, of unknown language and confidence 0. English,
    mixed and unknown texts go through TextBlob too, which loads it on first use.
    """
    tokens = tokenise(text)
    if not any(token.kind in ("word", "sign") for token in tokens):
        return Verdict("unknown", "neutral", 0.0, 0.0)
    language = detect(tokens)
    read = _reader(tokens, language)
    found = [(clause, _evidence(clause, read(clause.tokens))) for clause in cut(tokens)]
    evidence = tuple(piece for _, pieces in found for piece, _ in pieces)
    weights = [piece.weight for piece in evidence]
    return Verdict(
        language=language,
        label=label_of(weights),
        polarity=polarity_of(weights),
        confidence=confidence_of(weights, language),
        evidence=evidence,
        aspects=aspect_verdicts(found),
    )


def _reader(tokens: Sequence[Token], language: Language) -> Reader:
    """TextBlob is asked only where English may stand: it is heavy and knows no other language."""
    latin = any(token.kind == "word" and token.raw.isascii() for token in tokens)
    return english.hits if latin and language in ("en", "mixed", "unknown") else malay.hits


def _evidence(clause: Clause, hits: Sequence[Hit]) -> list[tuple[Evidence, frozenset[str]]]:
    """Hits as stretches of the original text, with the dimensions their own words name."""
    found = []
    free = 0
    for hit in hits:
        spoken = clause.tokens[hit.first : hit.last + 1]
        start, end = max(spoken[0].start, free), spoken[-1].end
        if start < end:
            piece = Evidence(start, end, round(hit.weight * clause.factor, 4))
            found.append((piece, dimensions_of([token.word for token in spoken])))
            free = end
    return found
