"""Tells the language of a comment by a vote of its function words."""

from collections.abc import Sequence

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
    votes = {"id": 0.0, "ms": 0.0, "both": 0.0, "en": 0.0}
    for token in tokens:
        if token.kind == "word":
            for language, vote in _votes(token):
                votes[language] += vote
    malay = votes["id"] + votes["ms"] + votes["both"]
    total = malay + votes["en"]
    if not total:
        return "unknown"
    if min(malay, votes["en"]) >= MIXED_VOTE * total:
        return "mixed"
    if votes["en"] > malay:
        return "en"
    return "ms" if votes["ms"] > votes["id"] else "id"


def _votes(token: Token) -> list[tuple[str, float]]:
    """What one word says about the language; a word of two languages votes for neither alone."""
    languages = words.marks().get(token.raw) or words.marks().get(token.word)
    if languages is not None:
        if languages == {"id", "ms"}:
            return [("both", 1.0)]
        return [(language, 1.0 / len(languages)) for language in sorted(languages)]
    malay, english = (
        token.raw in words.listed(name) or token.word in words.listed(name)
        for name in ("malay", "english")
    )
    if malay and not english:
        return [("both", LISTED_VOTE)]
    if english and not malay:
        return [("en", LISTED_VOTE)]
    return []
