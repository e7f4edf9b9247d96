"""Cut a comment at the words that decided its verdict, so that a page can mark them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a comment; `weight` is None where nothing was read from it."""

    text: str
    weight: float | None = None


def segments(text: str, evidence: Iterable[Mapping[str, Any]]) -> list[Segment]:
    """Cut the text into marked and unmarked stretches; together they are the text, unchanged.

    Takes stretches {start, end, weight} in any order. What reaches outside the text is cut off,
    of two that overlap the later one loses the part they share, and empty ones vanish.

    >>> [s.text for s in segments("slow but kind", [{"start": 0, "end": 4, "weight": -0.5}])]
    ['slow', ' but kind']
    """
    found: list[Segment] = []
    at = 0
    for piece in sorted(evidence, key=lambda piece: (int(piece["start"]), int(piece["end"]))):
        start = max(at, int(piece["start"]))
        end = min(len(text), int(piece["end"]))
        if start >= end:
            continue
        if at < start:
            found.append(Segment(text[at:start]))
        found.append(Segment(text[start:end], float(piece["weight"])))
        at = end
    if at < len(text):
        found.append(Segment(text[at:]))
    return found
