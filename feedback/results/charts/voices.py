"""Sentiment over the waves: praise upwards and criticism downwards from one line."""

from collections.abc import Sequence
from dataclasses import dataclass

from feedback.analytics.figures import TooFew
from feedback.results.charts.axis import END, START, Room, Tick, room_for, ticks_of
from feedback.results.charts.waves import Hole, holes_of, places
from feedback.results.voices import Split

# Words at the top and at the bottom tell which side is which.
TOP, BOTTOM, HEIGHT = 18, 178, 218
COUNT = 16
# A column fills so much of its place, and is no wider than so many per cent of the chart.
FILLED, WIDEST = 0.7, 14.0


@dataclass(frozen=True, slots=True)
class VoiceColumn:
    """The comments of one wave: praise above the line, criticism below it."""

    label: str
    split: Split
    x: float
    width: float
    middle: float
    up_y: float
    up: float
    down: float


@dataclass(frozen=True, slots=True)
class VoiceWaves:
    """Columns of all waves on one scale; `columns` leaves out the holes, `waves` has all.

    `room` says on how wide a chart the counts fit above and below the columns.
    """

    waves: tuple[tuple[str, Split | TooFew | None], ...]
    columns: tuple[VoiceColumn, ...]
    holes: tuple[Hole, ...]
    ticks: tuple[Tick, ...]
    room: Room
    line: float
    bottom: int = BOTTOM
    height: int = HEIGHT


def voices_over_time(waves: Sequence[tuple[str, Split | TooFew | None]]) -> VoiceWaves:
    """Lay out (label, comments) of the waves, oldest first; None where nobody was asked."""
    splits = [split for _, split in waves if isinstance(split, Split)]
    above = max((split.positive for split in splits), default=0)
    below = max((split.negative for split in splits), default=0)
    per_comment = (BOTTOM - TOP - 2 * COUNT) / max(above + below, 1)
    line = round(TOP + COUNT + above * per_comment, 2)
    slot = (END - START) / max(len(waves), 1)
    width = round(min(slot * FILLED, WIDEST), 2)
    xs = places(len(waves), START + slot / 2, END - slot / 2)
    return VoiceWaves(
        waves=tuple(waves),
        columns=tuple(
            VoiceColumn(
                label=label,
                split=split,
                x=round(x - width / 2, 2),
                width=width,
                middle=x,
                up_y=round(line - split.positive * per_comment, 2),
                up=round(split.positive * per_comment, 2),
                down=round(split.negative * per_comment, 2),
            )
            for (label, split), x in zip(waves, xs, strict=True)
            if isinstance(split, Split)
        ),
        holes=holes_of(
            [isinstance(split, Split) or split for _, split in waves], xs, reach=width / 2
        ),
        ticks=ticks_of([label for label, _ in waves], xs),
        room=room_for(f"+{max(above, below):,}", slot, 2),
        line=line,
    )
