"""The organisations of a summary as lines: sorted, those without answers apart, page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from feedback.analytics.figures import AccountMean, TooFew
from feedback.results.tallies import Recommendation
from feedback.results.voices import Split

PER_PAGE = 50
SORTS = ("score", "name", "n")


class UnknownSort(ValueError):
    """The address asks for an order that does not exist."""


@dataclass(frozen=True, slots=True)
class Known:
    """An organisation of the scope: who, how many persons' answers count, when the last came."""

    id: int
    name: str
    persons: int
    first_answer: datetime | None
    last_answer: datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """One organisation with its figures."""

    organisation: Known
    index: AccountMean | TooFew
    recommendation: Recommendation
    split: Split

    @property
    def has_answers(self) -> bool:
        """Whether anybody's answers count."""
        return self.organisation.persons > 0


@dataclass(frozen=True, slots=True)
class Page:
    """One page of lines; `silent` counts the organisations without answers, which come last."""

    lines: Sequence[Line]
    sort: str
    number: int
    first: int
    last: int
    total: int
    silent: int

    @property
    def has_next(self) -> bool:
        """Whether more lines follow."""
        return self.last < self.total


def page_of(lines: Sequence[Line], sort: str, number: int) -> Page:
    """Sort the lines and cut out page `number` (from 1); past the end, the last page.

    `score` puts the lowest index first, `n` the most persons, `name` the alphabet; those without
    an index follow those with one, those without answers come last. Raises UnknownSort.
    """
    if sort not in SORTS:
        raise UnknownSort(sort)
    ordered = sorted(lines, key=lambda line: (not line.has_answers, *_key(line, sort)))
    number = max(1, min(number, -(-len(ordered) // PER_PAGE)))
    start = (number - 1) * PER_PAGE
    shown = ordered[start : start + PER_PAGE]
    first = start + 1 if shown else 0
    silent = sum(not line.has_answers for line in lines)
    return Page(shown, sort, number, first, start + len(shown), len(ordered), silent)


def _key(line: Line, sort: str) -> tuple[float, float, str, int]:
    who = line.organisation
    tail = (who.name.casefold(), who.id)
    if sort == "name":
        return (0, 0, *tail)
    persons = -who.persons
    if sort == "n":
        return (persons, 0, *tail)
    score = line.index.mean if isinstance(line.index, AccountMean) else 101.0
    return (score, persons, *tail)


def lines_of(
    organisations: Sequence[Known],
    indices: Mapping[int, AccountMean | TooFew],
    recommendations: Mapping[int, Recommendation],
    splits: Mapping[int, Split],
) -> list[Line]:
    """Put together what is known of each organisation; what is missing is too few."""
    none = TooFew(0, 1)
    return [
        Line(
            each,
            indices.get(each.id, none),
            recommendations.get(each.id, none),
            splits.get(each.id, Split()),
        )
        for each in organisations
    ]
