"""How answers spread over categories: upright columns for numbers, lying bars for long options."""

from collections.abc import Sequence
from dataclasses import dataclass

from feedback.analytics.figures import TooFew
from feedback.results.charts.axis import END, START, Room, room_for

# Columns stand on the base line; above the highest there is room for its count, below them for
# their names and, in two lines, those of their groups.
TOP, BASE, HEIGHT, GROUPS_HEIGHT = 20, 132, 156, 194
# Share of a column's place that it fills.
FILLED = 0.8
# Bars reach so far; count and share stand behind them.
BAR_REACH = 62.0
NPS_GROUPS = (("detractors", 7), ("passives", 2), ("promoters", 2))


@dataclass(frozen=True, slots=True)
class Column:
    """One category: its count, the group it belongs to ('' for none), and its column."""

    key: str
    count: int
    share: float
    group: str
    x: float
    width: float
    middle: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class ColumnGroup:
    """Neighbouring categories under one name, with the line below their columns."""

    key: str
    first: str
    last: str
    count: int
    share: float
    x: float
    x_end: float
    middle: float


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns over one scale that begins at zero; `n` answers in all.

    `room` says on how wide a chart all counts fit above their columns: all of them or none.
    """

    columns: tuple[Column, ...]
    groups: tuple[ColumnGroup, ...]
    n: int
    room: Room
    height: int
    base: int = BASE


def columns(
    counts: Sequence[tuple[str, int]], groups: Sequence[tuple[str, int]] = ()
) -> Columns | TooFew:
    """Lay out (category, count) as columns; `groups` are (name, how many categories) in order.

    Without any answer it is too few; ValueError where the groups do not cover the categories.
    """
    if groups and sum(size for _, size in groups) != len(counts):
        raise ValueError(f"groups of {groups} do not cover {len(counts)} categories")
    n = sum(count for _, count in counts)
    if not n:
        return TooFew(0, 1)
    named = [name for name, size in groups for _ in range(size)] or [""] * len(counts)
    slot = (END - START) / len(counts)
    most = max(count for _, count in counts)
    laid = tuple(
        _column(key, count, n, group, START + at * slot, slot, most)
        for at, ((key, count), group) in enumerate(zip(counts, named, strict=True))
    )
    named_groups = tuple(_group(name, laid) for name, _ in groups)
    room = room_for(f"{most:,}", slot, 2)
    return Columns(laid, named_groups, n, room, GROUPS_HEIGHT if groups else HEIGHT)


def nps_columns(counts: Sequence[int]) -> Columns | TooFew:
    """Lay out how many gave each value 0..10, grouped as detractors, passives and promoters."""
    if len(counts) != 11:
        raise ValueError(f"{len(counts)} counts are not those of 0 to 10")
    return columns([(str(value), count) for value, count in enumerate(counts)], NPS_GROUPS)


def _column(
    key: str, count: int, n: int, group: str, start: float, slot: float, most: int
) -> Column:
    height = round(max(count * (BASE - TOP) / most, 1.5 if count else 0), 2)
    return Column(
        key=key,
        count=count,
        share=count / n,
        group=group,
        x=round(start + slot * (1 - FILLED) / 2, 2),
        width=round(slot * FILLED, 2),
        middle=round(start + slot / 2, 2),
        y=round(BASE - height, 2),
        height=height,
    )


def _group(name: str, laid: Sequence[Column]) -> ColumnGroup:
    mine = [column for column in laid if column.group == name]
    x, x_end = mine[0].x, round(mine[-1].x + mine[-1].width, 2)
    return ColumnGroup(
        key=name,
        first=mine[0].key,
        last=mine[-1].key,
        count=sum(column.count for column in mine),
        share=sum(column.share for column in mine),
        x=x,
        x_end=x_end,
        middle=round((x + x_end) / 2, 2),
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """One option: how many of `n` chose it and how long its bar is."""

    key: str
    count: int
    share: float
    width: float


@dataclass(frozen=True, slots=True)
class Bars:
    """Options over one scale that begins at zero; `n` people answered."""

    rows: tuple[Bar, ...]
    n: int


def option_bars(counts: Sequence[tuple[str, int]], n: int | None = None) -> Bars | TooFew:
    """Lay out (option, count) as lying bars in the order given.

    `n` is how many people answered, where one may choose several; else the counts' sum. Without
    anybody it is too few.
    """
    people = sum(count for _, count in counts) if n is None else n
    if not people:
        return TooFew(0, 1)
    most = max((count for _, count in counts), default=0)
    rows = tuple(
        Bar(key, count, count / people, round(BAR_REACH * count / most, 2) if most else 0.0)
        for key, count in counts
    )
    return Bars(rows, people)
