"""Puts words beside points of a chart so that they cover neither each other nor a point."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import inf

from feedback.results.charts.axis import NARROW, TEXT, WIDE, Anchor, width_of

# A chart is as wide as its place: the words are tried on these widths (pixels).
WIDTHS = (NARROW, 320, WIDE, 560, 760, 1100)
ASIDE, ABOVE, BELOW, LINE = 8, -12, 22, 15
# Half of the square that a point needs for itself.
POINT = 7
# Where words may stand, best first: anchor, shift to the side, base line below the point. The
# corners come first, since an interval goes from the point to each side.
PLACES: tuple[tuple[Anchor, int, int], ...] = (
    ("start", ASIDE, -6),
    ("start", ASIDE, 15),
    ("end", -ASIDE, -6),
    ("end", -ASIDE, 15),
    ("start", ASIDE + 2, 4),
    ("end", -ASIDE - 2, 4),
    ("middle", 0, ABOVE),
    ("middle", 0, BELOW),
    ("start", -4, ABOVE),
    ("start", -4, BELOW),
    ("end", 4, ABOVE),
    ("end", 4, BELOW),
    ("middle", 0, ABOVE - LINE),
    ("middle", 0, BELOW + LINE),
    ("start", -4, ABOVE - LINE),
    ("start", -4, BELOW + LINE),
    ("end", 4, ABOVE - LINE),
    ("end", 4, BELOW + LINE),
)
BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}
# What a place costs beside its rank: words over words are worst, then words over a point, then
# words above or below where they should be; to the sides every pixel counts.
OVER_WORDS, OVER_POINT, OUTSIDE, BESIDE = 1000, 300, 100, 2
# Looked at are so many choices at most; with very many points a good one is taken for the best.
MOST_STEPS = 20_000


@dataclass(frozen=True, slots=True)
class Spot:
    """A point that wants words beside it: x in per cent, y in pixels."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Label:
    """How words stand at a point: their anchor, and how far away in pixels."""

    text: str
    anchor: Anchor
    dx: int
    dy: int


@dataclass(frozen=True, slots=True, eq=False)  # told apart as objects: quick to look up
class _Choice:
    """One place for the words of one spot: cost, heights, and left and right on each width."""

    cost: float
    label: Label
    top: float
    bottom: float
    spans: tuple[tuple[float, float], ...]

    def covers(self, other: "_Choice") -> bool:
        """Whether the words meet on any width."""
        return self.meets(other.top, other.bottom, other.spans)

    def meets(self, top: float, bottom: float, spans: Sequence[tuple[float, float]]) -> bool:
        """Whether the words meet what has these heights, and these sides on each width."""
        return (
            self.top < bottom
            and top < self.bottom
            and any(
                mine[0] < theirs[1] and theirs[0] < mine[1]
                for mine, theirs in zip(self.spans, spans, strict=True)
            )
        )


def place_labels(
    spots: Sequence[Spot], sides: tuple[float, float], heights: tuple[float, float]
) -> list[Label]:
    """Give each spot its label, all of them together as well as they can stand.

    `sides` (per cent) and `heights` (pixels) bound where words should stand. Exact for the handful
    of points of a chart; the same spots always give the same labels.
    """
    choices = [sorted(_choices(at, spots, sides, heights), key=_cost) for at in range(len(spots))]
    best: tuple[float, tuple[_Choice, ...]] = (inf, ())
    # What the spots from here on cost at least: no branch is followed that cannot be the best.
    rest = [sum(each[0].cost for each in choices[at:]) for at in range(1, len(spots) + 1)]
    steps = 0
    meet = cache(_Choice.covers)

    def search(cost: float, chosen: tuple[_Choice, ...]) -> None:
        nonlocal best, steps
        at = len(chosen)
        if at == len(spots):
            best = (cost, chosen)
            return
        for choice in choices[at]:
            steps += 1
            total = cost + choice.cost
            if total + rest[at] >= best[0]:
                return  # the others of this spot cost more
            total += OVER_WORDS * sum(meet(choice, other) for other in chosen)
            if total + rest[at] < best[0] and (steps < MOST_STEPS or not best[1]):
                search(total, (*chosen, choice))

    search(0, ())
    return [choice.label for choice in best[1]]


def _cost(choice: _Choice) -> float:
    return choice.cost


def _choices(
    at: int, spots: Sequence[Spot], sides: tuple[float, float], heights: tuple[float, float]
) -> Iterator[_Choice]:
    """Give every place for the words of a spot with what it costs, other words left aside."""
    spot = spots[at]
    wide = width_of(spot.text)
    for rank, (anchor, dx, dy) in enumerate(PLACES):
        lefts = [spot.x * width / 100 + dx - BEFORE[anchor] * wide for width in WIDTHS]
        spans = tuple((left, left + wide) for left in lefts)
        top, bottom = spot.y + dy - TEXT, spot.y + dy + 3
        outside = max(
            max(sides[0] * width / 100 - left, right - sides[1] * width / 100, 0.0)
            for (left, right), width in zip(spans, WIDTHS, strict=True)
        )
        fits = heights[0] <= top and bottom <= heights[1]
        bare = _Choice(0, Label(spot.text, anchor, dx, dy), top, bottom, spans)
        met = sum(_over(bare, other) for other in spots if other is not spot)
        cost = rank + OVER_POINT * met + BESIDE * outside + (0 if fits else OUTSIDE)
        yield _Choice(cost, bare.label, top, bottom, spans)


def _over(choice: _Choice, spot: Spot) -> bool:
    sides = [(spot.x * width / 100 - POINT, spot.x * width / 100 + POINT) for width in WIDTHS]
    return choice.meets(spot.y - POINT, spot.y + POINT, sides)
