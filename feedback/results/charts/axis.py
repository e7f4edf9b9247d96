"""The ground under every chart: scales, and how much room words take on a phone and on a desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

# Ends of an axis: some free space, so that a dot on 0 or 100 is whole.
START, END = 2.0, 98.0
CENTRE = 50.0
# Pixels a chart is wide on a screen of 320, and from which on charts.css shows what needs room.
NARROW, WIDE, FULL = 250, 400, 800
TEXT = 12
LONGEST_LABEL = 16

Room = Literal["always", "wide", "full", "never"]
Anchor = Literal["start", "middle", "end"]
ROOMS: tuple[tuple[Room, int], ...] = (("always", NARROW), ("wide", WIDE), ("full", FULL))


def scaled(value: float, low: float, high: float, start: float, end: float) -> float:
    """Give where a value of low..high stands between start and end; beyond the scale, its end.

    >>> scaled(50, 0, 100, 2, 98), scaled(-300, -100, 100, 160, 0)
    (50.0, 160.0)
    """
    share = min(1.0, max(0.0, (value - low) / (high - low)))
    return round(start + share * (end - start), 2)


def place(value: float) -> float:
    """Give the position of a score 0..100 on the axis; beyond the scale, its end.

    >>> place(0), place(50), place(100), place(170)
    (2.0, 50.0, 98.0, 98.0)
    """
    return scaled(value, 0, 100, START, END)


# Marks on an axis from 0 to 100: value and position.
SCORE_TICKS = tuple((float(value), place(value)) for value in (0, 25, 50, 75, 100))


def width_of(text: str, size: int = TEXT) -> float:
    """Estimate how many pixels a text is wide, rather too many than too few."""
    return len(text) * size * 0.62


def room_for(text: str, percent: float, padding: float = 4) -> Room:
    """Say on which charts a text fits into a share of their width.

    >>> room_for("12", 10), room_for("12", 5), room_for("12", 3), room_for("12", 1)
    ('always', 'wide', 'full', 'never')
    """
    wanted = width_of(text) + padding
    return next((room for room, width in ROOMS if wanted <= percent * width / 100), "never")


def cut(text: str, longest: int = LONGEST_LABEL) -> str:
    """Shorten a text that would not fit beside others; the tables have all of it.

    >>> cut("Client relationship 2026"), cut("Apr 2026")
    ('Client relatio…', 'Apr 2026')
    """
    return text if len(text) <= longest else f"{text[: longest - 2].rstrip()}…"


def anchor_at(x: float, width: float) -> Anchor:
    """Say how a text of so many pixels stands at x without leaving the narrowest chart."""
    half = width / 2
    if x * NARROW / 100 < half:
        return "start"
    return "end" if (100 - x) * NARROW / 100 < half else "middle"


@dataclass(frozen=True, slots=True)
class Tick:
    """A word under an axis; `room` tells on which charts it stands."""

    text: str
    x: float
    anchor: Anchor
    room: Room


def ticks_of(texts: Sequence[str], places: Sequence[float]) -> tuple[Tick, ...]:
    """Choose which words stand under an axis: the last, and every so many before it.

    The narrower the chart, the more are left out, so that no two ever touch.
    """
    shown = [cut(text) for text in texts]
    steps, step = list[tuple[Room, int]](), 1
    for room, width in reversed(ROOMS):
        step = _step(shown, places, width, step)
        steps.insert(0, (room, step))
    last = len(shown) - 1
    return tuple(
        Tick(
            text=text,
            x=x,
            anchor=anchor_at(x, width_of(text)),
            room=next(room for room, step in steps if not (last - at) % step),
        )
        for at, (text, x) in enumerate(zip(shown, places, strict=True))
        if not (last - at) % steps[-1][1]
    )


def _step(texts: Sequence[str], places: Sequence[float], width: int, multiple: int) -> int:
    """Return the smallest step, a multiple of another, at which words leave a gap between them."""
    count = len(texts)
    for step in range(multiple, count, multiple):
        chosen = range((count - 1) % step, count, step)
        spans = [_span(texts[at], places[at], width) for at in chosen]
        if all(left[1] + TEXT / 2 <= right[0] for left, right in pairwise(spans)):
            return step
    return max(count, 1)


def _span(text: str, x: float, width: int) -> tuple[float, float]:
    wanted = width_of(text)
    before = {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor_at(x, wanted)] * wanted
    left = x * width / 100 - before
    return left, left + wanted
