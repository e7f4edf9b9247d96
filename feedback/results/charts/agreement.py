"""Agreement with statements: bars that spread to both sides of where neutral is split."""

from collections.abc import Sequence
from dataclasses import dataclass

from feedback.analytics.figures import TooFew
from feedback.results.charts.axis import Room, room_for

# The bars' ground; beyond it stand the shares.
LEFT, RIGHT = 15.0, 85.0
SHADES = 5

# A question's key, how many chose each point from the lowest, and how many could not judge.
Judged = tuple[str, Sequence[int] | TooFew, int]


@dataclass(frozen=True, slots=True)
class Step:
    """One point of the scale in one row: `shade` is its colour, 1 (disagree) to 5 (agree)."""

    point: int
    shade: int
    count: int
    x: float
    width: float
    middle: float
    room: Room


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One question; `few` is set where there are no counts to show.

    `disagree` and `agree` are the shares below and above the middle of the scale, `x_lo` and
    `x_hi` the ends of the bar.
    """

    key: str
    steps: tuple[Step, ...]
    counts: tuple[int, ...]
    n: int
    cannot_judge: int
    disagree: float = 0.0
    agree: float = 0.0
    x_lo: float = 0.0
    x_hi: float = 0.0
    few: TooFew | None = None


@dataclass(frozen=True, slots=True)
class AgreementChart:
    """Rows over one scale of shares; `centre` is where neutral is split, the same in all rows."""

    rows: tuple[AgreementRow, ...]
    centre: float
    points: int


def agreement_bars(questions: Sequence[Judged]) -> AgreementChart:
    """Lay out questions with one number of points; ValueError where they differ."""
    counted = [counts for _, counts, _ in questions if not isinstance(counts, TooFew)]
    lengths = {len(counts) for counts in counted}
    if len(lengths) > 1:
        raise ValueError(f"scales of different length in one chart: {sorted(lengths)}")
    halves = [_halves(counts) for counts in counted if sum(counts)]
    left = max((below for below, _ in halves), default=0.5)
    right = max((above for _, above in halves), default=0.5)
    unit = (RIGHT - LEFT) / (left + right)
    centre = round(LEFT + left * unit, 2)
    rows = tuple(_row(question, centre, unit) for question in questions)
    return AgreementChart(rows, centre, lengths.pop() if lengths else 0)


def _halves(counts: Sequence[int]) -> tuple[float, float]:
    """Return the shares left and right of the centre, half of the neutral ones on each side."""
    n, half = sum(counts), len(counts) // 2
    neutral = sum(counts[half : len(counts) - half])
    return (
        (sum(counts[:half]) + neutral / 2) / n,
        (sum(counts[len(counts) - half :]) + neutral / 2) / n,
    )


def _row(question: Judged, centre: float, unit: float) -> AgreementRow:
    key, counts, cannot_judge = question
    if isinstance(counts, TooFew):
        return AgreementRow(key, (), (), counts.n, cannot_judge, few=counts)
    n = sum(counts)
    if not n:
        return AgreementRow(key, (), tuple(counts), 0, cannot_judge, few=TooFew(0, 1))
    half = len(counts) // 2
    start = centre - _halves(counts)[0] * unit
    steps = tuple(_steps(counts, start, unit / n))
    return AgreementRow(
        key=key,
        steps=steps,
        counts=tuple(counts),
        n=n,
        cannot_judge=cannot_judge,
        disagree=sum(counts[:half]) / n,
        agree=sum(counts[len(counts) - half :]) / n,
        x_lo=steps[0].x,
        x_hi=round(start + unit, 2),
    )


def _steps(counts: Sequence[int], start: float, per_answer: float) -> list[Step]:
    found, before = list[Step](), 0
    for at, count in enumerate(counts):
        if count:
            x = round(start + before * per_answer, 2)
            width = round(start + (before + count) * per_answer - x, 2)
            room = room_for(str(count), width)
            middle = round(x + width / 2, 2)
            found.append(Step(at + 1, shade(at, len(counts)), count, x, width, middle, room))
        before += count
    return found


def shade(at: int, points: int) -> int:
    """Give the colour 1..5 of a point (from 0) on a scale of any length; 3 is neutral only.

    >>> [shade(at, 5) for at in range(5)], [shade(at, 7) for at in range(7)]
    ([1, 2, 3, 4, 5], [1, 2, 2, 3, 4, 4, 5])
    >>> [shade(at, 4) for at in range(4)], [shade(at, 2) for at in range(2)]
    ([1, 2, 4, 5], [1, 5])
    """
    half = points // 2
    from_end = min(at, points - 1 - at)
    if from_end == half:
        return 3
    strength = 2 if from_end < half / 3 else 1
    return 3 - strength if at < half else 3 + strength
