"""Cuts a comment into clauses and says how much each counts beside a contrast."""

from collections.abc import Sequence
from dataclasses import dataclass

from feedback.sentiment import words
from feedback.sentiment.tokens import Token

SENTENCE_ENDS = frozenset(".!?\n\u061f\u3002")
CUTTING = frozenset({"contrast", "concession"})
LONGEST_OPENER = 3


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens without marks, and how much what they say counts, 0…1."""

    tokens: tuple[Token, ...]
    factor: float = 1.0


@dataclass(slots=True)
class _Draft:
    """A clause while it is being cut."""

    tokens: list[Token]
    sentence: int
    role: str = ""
    factor: float = 1.0


def cut(tokens: Sequence[Token]) -> list[Clause]:
    """The clauses of a comment in order: cut at marks and before words of contrast.

    What stands before "tapi/but" in the same sentence counts less, so does a clause under
    "walaupun/although", and so does "awalnya/at first" when something follows it.
    """
    drafts = _drafts(tokens)
    sentence_start = discounted = 0
    for place, draft in enumerate(drafts):
        if draft.sentence != drafts[sentence_start].sentence:
            sentence_start = place
        if draft.role == "contrast":
            first = sentence_start if sentence_start < place else max(place - 1, 0)
            # Once is enough: a clause that was discounted is not visited again.
            for earlier in drafts[max(first, discounted) : place]:
                earlier.factor = min(earlier.factor, 0.7)
            discounted = place
        elif draft.role == "concession":
            draft.factor = 0.6
        if place < len(drafts) - 1 and _speaks_of_the_past(draft.tokens):
            draft.factor = min(draft.factor, 0.4)
    return [Clause(tuple(draft.tokens), draft.factor) for draft in drafts]


def role_at(tokens: Sequence[Token], place: int) -> tuple[str, int, float]:
    """Role, length and factor of the longest modifier that begins here; ("", 0, 1.0) if none."""
    if tokens[place].word not in words.openers():
        return "", 0, 1.0  # nearly always: most words begin no modifier
    for length in range(min(LONGEST_OPENER, len(tokens) - place), 0, -1):
        phrase = tuple(token.word for token in tokens[place : place + length])
        modifier = words.modifiers().get(phrase)
        if modifier is not None:
            return modifier.role, length, modifier.factor
    return "", 0, 1.0


def _drafts(tokens: Sequence[Token]) -> list[_Draft]:
    """Clauses as they stand, with the word of contrast that opens each."""
    drafts: list[_Draft] = []
    sentence = 0
    current = _Draft([], sentence)
    for place, token in enumerate(tokens):
        ends = token.kind == "mark"
        role = "" if ends else role_at(tokens, place)[0]
        if (ends or role in CUTTING) and current.tokens:
            drafts.append(current)
            current = _Draft([], sentence)
        if ends:
            sentence += token.word in SENTENCE_ENDS
            current.sentence = sentence
            continue
        if role in CUTTING:
            current.role = role
        current.tokens.append(token)
    if current.tokens:
        drafts.append(current)
    return drafts


def _speaks_of_the_past(tokens: Sequence[Token]) -> bool:
    return any(role_at(tokens, place)[0] == "past" for place in range(len(tokens)))
