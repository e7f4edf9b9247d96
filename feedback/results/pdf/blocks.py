"""What a report is made of: frozen blocks of words and geometry, drawn by typst/report.typ.

All words are in the reader's language already and all numbers are words: the press only sets
them. Geometry is that of results/charts, per cent of the width and pixels, unchanged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from typing import Any

from feedback.results.charts import Dot, ImportanceChart, Part, Trend
from feedback.results.charts.agreement import AgreementRow
from feedback.results.charts.bars import PairRow
from feedback.results.pdf.characters import printable


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences one below the other; the leading ones are larger and have no bullets."""

    sentences: Sequence[str]
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; quiet ones say what a figure rests on."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands below it."""

    title: str
    blocks: Sequence["Block"]


@dataclass(frozen=True, slots=True)
class Beside:
    """Two columns of blocks."""

    left: Sequence["Block"]
    right: Sequence["Block"]


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure: value with range, its dot on the axis, what it rests on, how it changed.

    `way` is improved, declined or unclear; without a value it says what is missing.
    """

    label: str
    value: str
    range: str = ""
    dot: Dot | None = None
    basis: Sequence[str] = ()
    change: str = ""
    way: str = "unclear"


@dataclass(frozen=True, slots=True)
class Tiles:
    """Figures side by side."""

    tiles: Sequence[Tile]


@dataclass(frozen=True, slots=True)
class DotLine:
    """A measure on the axis from 0 to 100: name, value in words, n; `dot` None if too few."""

    name: str
    value: str
    n: str
    dot: Dot | None


@dataclass(frozen=True, slots=True)
class Dots:
    """Measures with intervals over one axis; `compared` names the hollow dots."""

    rows: Sequence[DotLine]
    ticks: Sequence[tuple[float, float]]
    compared: str = ""


@dataclass(frozen=True, slots=True)
class TrendLine:
    """A figure over the waves; words of the grid, of each run's points, and of the holes."""

    chart: Trend
    grid: Sequence[str]
    values: Sequence[Sequence[str]]
    holes: Sequence[str]


@dataclass(frozen=True, slots=True)
class Crosses:
    """Importance and performance; `corners` are the four suggestions, `ends` the scales' words."""

    chart: ImportanceChart
    corners: Mapping[str, str]
    ends: Mapping[str, str]
    axes: tuple[str, str]  # to the right, upwards
    hollow: str = ""


@dataclass(frozen=True, slots=True)
class PairLine:
    """Both sides of one dimension in words beside its bars."""

    name: str
    n: str
    negative: str
    positive: str
    bars: PairRow


@dataclass(frozen=True, slots=True)
class Pairs:
    """Paired bars from a centre line; `ends` are the words above both sides."""

    rows: Sequence[PairLine]
    ends: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Shares:
    """One bar that splits a whole, with the parts' signs; `legend` has sign, word, count, share."""

    parts: Sequence[Part]
    signs: Mapping[str, str]
    legend: Sequence[tuple[str, str, str, str]]


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """One question: its words, n, how many disagree and agree, and its bar; or what is missing."""

    name: str
    n: str
    disagree: str
    agree: str
    few: str
    bar: AgreementRow


@dataclass(frozen=True, slots=True)
class Agreements:
    """Bars of agreement to both sides of `centre`; `ends` are the words above both sides."""

    rows: Sequence[AgreementLine]
    centre: float
    ends: tuple[str, str]


Drawing = Dots | TrendLine | Crosses | Pairs | Shares | Agreements


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with its title, and what it shows in words for those who do not see it.

    `basis` says below it what it rests on.
    """

    title: str
    drawing: Drawing
    alt: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: words, or a dot on the axis from 0 to 100."""

    text: str = ""
    dot: Dot | None = None
    quiet: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """Head of a column; `align` is start or end, `width` in parts of what is left or 0 for auto.

    A column of dots has the ends of their axis, 0 and 100, above it.
    """

    title: str
    align: str = "start"
    width: float = 0
    has_axis: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads that are said again on every page."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a comment; `side` is "" where nothing was read from it."""

    text: str
    side: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment: its verdict by sign and word, its words with the marked ones, who said it."""

    label: str
    sign: str
    verdict: str
    stretches: Sequence[Stretch]
    author: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Comments:
    """Comments one below the other."""

    comments: Sequence[Comment]


@dataclass(frozen=True, slots=True)
class Terms:
    """Words with their definitions."""

    terms: Sequence[tuple[str, str]]


Block = Sentences | Words | Section | Beside | Tiles | Figure | Table | Comments | Terms


@dataclass(frozen=True, slots=True)
class Report:
    """One report: its head, its blocks, and the words around the pages.

    `numbering` has {page} and {pages} where the numbers belong.
    """

    title: str
    company: str
    scope: Sequence[str]
    made: str
    numbering: str
    language: str
    made_at: datetime
    blocks: Sequence[Block]


def plain(value: Any) -> Any:
    """Return blocks as what JSON has: each a mapping with its kind, every text printable.

    >>> plain(Words("a\\x00"))
    {'kind': 'words', 'text': 'a ', 'quiet': False}
    """
    if isinstance(value, str):
        return printable(value)
    if is_dataclass(value):
        own = {each.name: plain(getattr(value, each.name)) for each in fields(value)}
        return {"kind": type(value).__name__.lower(), **own}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, Sequence):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, datetime) else value
