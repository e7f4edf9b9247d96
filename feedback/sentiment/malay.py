"""Finds what Indonesian and Malay words (and listed English ones) say: negation, emphasis, chat."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from feedback.sentiment import words
from feedback.sentiment.clauses import role_at
from feedback.sentiment.tokens import Token

#: How many words a negator reaches over.
SCOPE = 5
#: "not good" is nearly as bad as "bad"; "not bad" is only half as good as "good".
PRAISE_NEGATED = 0.8
BLAME_NEGATED = 0.55
STRETCHED = 1.2
#: Emphasis never does more than this.
STRONGEST = 1.6
#: How near praise must follow a deed to be what the negator is about.
DEED_REACH = 3
LONGEST_PHRASE = 5
#: Words that carry a negation on from one polar word to the next.
CARRIERS = frozenset({"atau", "or", "nor", "maupun"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A polar phrase: tokens `first … last` of its clause (negator included) and its weight."""

    first: int
    last: int
    weight: float


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase of the lexicon where it stands; nothing around it is weighed yet."""

    first: int
    last: int
    entry: words.Entry


def matches(tokens: Sequence[Token]) -> list[Match]:
    """The longest listed phrases from left to right, silent ones (weight 0) included."""
    found: list[Match] = []
    place = 0
    while place < len(tokens):
        match = _match_at(tokens, place)
        if match is not None:
            found.append(match)
            place = match.last
        place += 1
    return found


def weigh(tokens: Sequence[Token], found: Sequence[Match]) -> list[Hit]:
    """Matches (in order) to hits: negated, strengthened or softened by the words around them.

    A negator reaches over the next `SCOPE` words and turns the first polar word there; an
    even number of negators turns nothing. Silent matches and unnegated deeds give no hit.
    """
    taken = {place for match in found for place in range(match.first, match.last + 1)}
    hits: list[Hit] = []
    free_from, carried = 0, 1.0
    for place, match in enumerate(found):
        entry = match.entry
        if _is_silent(entry) or _gives_way(found, place):
            continue
        start = max(free_from, match.first - SCOPE)
        negators = _negators(tokens, start, match.first, taken)
        factor = max((factor for _, factor in negators), default=0.0)
        if not negators and carried and match.first and _carries(tokens, free_from, match.first):
            factor, turned = carried, True
        else:
            turned = len(negators) % 2 == 1
        weight = _negate(entry, factor) if turned else entry.weight
        weight *= _emphasis(tokens, match, taken, turned)
        free_from, carried = match.last + 1, factor if turned else 0.0
        if weight:
            first = min((place for place, _ in negators), default=match.first)
            hits.append(Hit(first, match.last, max(-1.0, min(1.0, weight))))
    return hits


def hits(tokens: Sequence[Token]) -> list[Hit]:
    """What the lexicon hears in one clause, in order, without overlap."""
    return weigh(tokens, matches(tokens))


def _is_silent(entry: words.Entry) -> bool:
    return entry == words.SILENT


def _gives_way(found: Sequence[Match], place: int) -> bool:
    """Whether a deed leaves its negator to the praise that follows ("never pays on time")."""
    match = found[place]
    if match.entry.weight or place + 1 == len(found):
        return False
    following = found[place + 1]
    return following.entry.weight > 0 and following.first - match.last <= DEED_REACH


def _match_at(tokens: Sequence[Token], place: int) -> Match | None:
    token = tokens[place]
    if token.kind == "sign":
        weight = words.signs().get(token.word)
        return Match(place, place, words.Entry(weight, weight)) if weight else None
    if token.word not in words.beginnings():
        return None
    for length in range(min(LONGEST_PHRASE, len(tokens) - place), 0, -1):
        phrase = tuple(token.word for token in tokens[place : place + length])
        entry = words.lexicon().get(phrase)
        if entry is not None:
            return Match(place, place + length - 1, entry)
    return None


def _negators(
    tokens: Sequence[Token], start: int, end: int, taken: set[int]
) -> list[tuple[int, float]]:
    """Negators in `[start, end)` outside any match: place and factor of each."""
    found: list[tuple[int, float]] = []
    place = start
    while place < end:
        role, length, factor = role_at(tokens, place)
        if role == "negator" and place not in taken:
            found.append((place, factor))
        elif tokens[place].raw.endswith("n't") and place not in taken:
            found.append((place, 1.0))
        place += max(length, 1) if role == "negator" else 1
    return found


def _carries(tokens: Sequence[Token], start: int, end: int) -> bool:
    return any(token.word in CARRIERS for token in tokens[start:end])


def _negate(entry: words.Entry, factor: float) -> float:
    if entry.negated is not None:
        return entry.negated
    return -entry.weight * factor * (PRAISE_NEGATED if entry.weight > 0 else BLAME_NEGATED)


def _emphasis(tokens: Sequence[Token], match: Match, taken: set[int], turned: bool) -> float:
    """The product of emphasis beside a match: two words before, two behind, letters stretched.

    Emphasis between a negator and its word weakens: "not very good" is milder than "not good".
    """
    factor = 1.0
    if any(token.stretched for token in tokens[match.first : match.last + 1]):
        factor *= STRETCHED
    for step, edge in ((-1, match.first), (1, match.last)):
        for strength in _emphasis_beside(tokens, edge, step, taken):
            factor *= 1 / strength if turned and step < 0 and strength > 1 else strength
    return min(factor, STRONGEST)


def _emphasis_beside(
    tokens: Sequence[Token], edge: int, step: int, taken: set[int]
) -> Iterator[float]:
    """Factors of the unbroken run of at most two emphasis words on one side of a match."""
    for place in (edge + step, edge + 2 * step):
        if not 0 <= place < len(tokens):
            return
        role, _, strength = role_at(tokens, place)
        silent = words.lexicon().get((tokens[place].word,)) == words.SILENT
        if role not in ("intensifier", "softener") or (place in taken and not silent):
            return
        yield strength
