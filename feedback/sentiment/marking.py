"""Cut a comment at the words that decided its verdict or were searched for, to mark them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a comment; `weight` is None where nothing was read from it.

    `hits` are those parts [start, end) of it that somebody searched for, in order, apart.
    """

    text: str
    weight: float | None = None
    hits: tuple[tuple[int, int], ...] = ()

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """The text in pieces, each with whether somebody searched for it.

        >>> Segment("too slow", hits=((4, 8),)).pieces
        [('too ', False), ('slow', True)]
        """
        found, at = list[tuple[str, bool]](), 0
        for start, end in self.hits:
            found += [(self.text[at:start], False), (self.text[start:end], True)]
            at = end
        found.append((self.text[at:], False))
        return [piece for piece in found if piece[0]]


def segments(
    text: str, evidence: Iterable[Mapping[str, Any]], hits: Iterable[tuple[int, int]] = ()
) -> list[Segment]:
    """Cut the text into marked and unmarked stretches; together they are the text, unchanged.

    Takes stretches {start, end, weight} in any order. What reaches outside the text is cut off,
    of two that overlap the later one loses the part they share, and empty ones vanish.

    >>> [s.text for s in segments("slow but kind", [{"start": 0, "end": 4, "weight": -0.5}])]
    ['slow', ' but kind']
    """
    found: list[Segment] = []
    searched = list(hits)
    at = 0
    for piece in sorted(evidence, key=lambda piece: (int(piece["start"]), int(piece["end"]))):
        start = max(at, int(piece["start"]))
        end = min(len(text), int(piece["end"]))
        if start >= end:
            continue
        if at < start:
            found.append(Segment(text[at:start], None, _inside(searched, at, start)))
        weight = float(piece["weight"])
        found.append(Segment(text[start:end], weight, _inside(searched, start, end)))
        at = end
    if at < len(text):
        found.append(Segment(text[at:], None, _inside(searched, at, len(text))))
    return found


def _inside(hits: Iterable[tuple[int, int]], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Give the parts of a stretch that hits cover; those that touch or overlap become one."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(hits):
        own = max(first, start) - start, min(last, end) - start
        if own[0] >= own[1]:
            continue
        if found and own[0] <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], own[1])
        else:
            found.append(own)
    return tuple(found)
