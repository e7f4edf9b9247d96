"""Which dimension of the relationship a clause is about, and what it says of it."""

from collections.abc import Sequence

from feedback.sentiment import words
from feedback.sentiment.clauses import Clause
from feedback.sentiment.verdict import AspectVerdict, Evidence, polarity_of
from feedback.surveys.dimensions import DIMENSIONS


def aspect_verdicts(
    found: Sequence[tuple[Clause, Sequence[tuple[Evidence, frozenset[str]]]]],
) -> tuple[AspectVerdict, ...]:
    """One verdict per dimension that is spoken of, in the order of `DIMENSIONS`.

    Evidence that names a dimension itself ("late") counts for that one; other evidence
    ("bad") counts for every dimension its clause names. Nothing named: no verdict.
    """
    gathered: dict[str, list[Evidence]] = {}
    for clause, pieces in found:
        about = dimensions_of([token.word for token in clause.tokens])
        for evidence, own in pieces:
            for dimension in own or about:
                gathered.setdefault(dimension, []).append(evidence)
    return tuple(
        AspectVerdict(
            dimension,
            polarity_of([evidence.weight for evidence in gathered[dimension]]),
            tuple(gathered[dimension]),
        )
        for dimension in DIMENSIONS
        if dimension in gathered
    )


def dimensions_of(spoken: Sequence[str]) -> frozenset[str]:
    """The dimensions that plain words point to."""
    named = words.dimension_words()
    return frozenset(dimension for word in spoken for dimension in named.get(word, ()))
