"""The one shape of all exports: columns that explain themselves, rows of plain cells."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from typing import Any

# None is a blank cell; a datetime is local and without zone, as sheets know it.
Cell = str | int | float | Decimal | date | None
Row = Sequence[Cell]

TEXT, NUMBER, MOMENT, CODE = "text", "number", "moment", "code"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `key` names it for machines and never changes, `heading` for people.

    `kind` is TEXT, NUMBER, MOMENT, CODE or a question type; `values` has code and label of what
    can stand in it, `missing` what stands there instead of an answer and what that means.
    """

    key: str
    heading: str
    meaning: str
    kind: str = TEXT
    version: int | None = None
    values: tuple[tuple[str, str], ...] = ()
    missing: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, and how one thing that was read becomes rows of as many cells."""

    columns: tuple[Column, ...]
    rows: Callable[[Sequence[Any]], Iterable[Row]]


def head(columns: Iterable[Column], raw: bool) -> list[str]:
    """Return the header: keys for machines, headings for people."""
    return [column.key if raw else column.heading for column in columns]


def under(mark: str, columns: Iterable[Column]) -> tuple[Column, ...]:
    """Put a mark before the keys, where columns of a questionnaire stand beside them.

    Keys of questions begin with a letter or digit, so with "_" no two columns become one.
    """
    return tuple(replace(column, key=f"{mark}{column.key}") for column in columns)


def finisher(
    columns: Sequence[Column], raw: bool, zone: tzinfo
) -> Callable[[Sequence[Any]], list[Cell]]:
    """Return what makes cells of stored values: compiled once, called for every row.

    Moments arrive as ISO texts and become local times, or ISO in UTC if raw. Codes become their
    labels, unless raw.
    """
    changes: list[tuple[int, Callable[[Any], Cell]]] = []
    for at, column in enumerate(columns):
        if column.kind == MOMENT:
            changes.append((at, _utc if raw else _local(zone)))
        elif column.kind == CODE and not raw:
            changes.append((at, _label(dict(column.values))))

    def finish(values: Sequence[Any]) -> list[Cell]:
        cells = list(values)
        for at, change in changes:
            value = cells[at]
            if value is not None:
                cells[at] = change(value)
        return cells

    return finish


def plain(columns: Sequence[Column], raw: bool, zone: tzinfo) -> Table:
    """Return the table in which everything read is one row already."""
    finish = finisher(columns, raw, zone)
    return Table(tuple(columns), lambda values: [finish(values)])


def _utc(stored: str) -> str:
    return f"{datetime.fromisoformat(stored).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _local(zone: tzinfo) -> Callable[[str], datetime]:
    def local(stored: str) -> datetime:
        at = datetime.fromisoformat(stored).astimezone(zone)
        return at.replace(tzinfo=None, microsecond=0)

    return local


def _label(labels: Mapping[str, str]) -> Callable[[Any], Cell]:
    """Return what says a code, or several with commas, in words; the unknown stays as it is."""

    def label(code: str) -> str:
        if code in labels or not code:
            return labels.get(code, code)
        return ", ".join(labels.get(part, part) for part in code.split(","))

    return label
