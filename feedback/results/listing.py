"""The organisations of a summary as lines: searched, sorted, by pages, the silent ones last."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from feedback.analytics.figures import AccountMean, TooFew
from feedback.analytics.measures import NPS
from feedback.results.tallies import Recommendation, Tallies
from feedback.results.voices import Split
from feedback.results.waves import WaveName

PER_PAGE = 25
SORTS = ("score", "name", "n", "nps", "value", "comments")


class UnknownSort(ValueError):
    """The address asks for an order that does not exist."""


@dataclass(frozen=True, slots=True)
class Known:
    """An organisation of the scope: who, how many persons' answers count, its yearly value."""

    id: int
    name: str
    persons: int
    value: int | None = None
    segment: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One organisation with its figures; `reliability` 0…1 says how much its index is its own.

    `line` has the index of every wave, TooFew where nobody answered.
    """

    organisation: Known
    index: AccountMean | TooFew
    recommendation: Recommendation
    split: Split
    line: Sequence[tuple[WaveName, AccountMean | TooFew]] = ()
    reliability: float | None = None

    @property
    def has_answers(self) -> bool:
        """Whether anybody's answers count."""
        return self.organisation.persons > 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What part of the list is asked for: words in the name, order ("-" turns it), page from 1."""

    text: str = ""
    sort: str = "score"
    number: int = 1

    @property
    def key(self) -> str:
        """The order without its direction."""
        return self.sort.removeprefix("-")

    @property
    def is_turned(self) -> bool:
        """Whether the order is turned round."""
        return self.sort.startswith("-")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of lines; `total` fit the search, `silent` of them have no answers and come last."""

    lines: Sequence[Line]
    wanted: Wanted
    number: int
    first: int
    last: int
    total: int
    all: int
    silent: int

    @property
    def has_next(self) -> bool:
        """Whether more lines follow."""
        return self.last < self.total


@dataclass(frozen=True, slots=True)
class Listed:
    """Everything lines are made of."""

    organisations: Sequence[Known]
    tallies: Tallies
    splits: Mapping[int, Split]
    waves: Sequence[WaveName] = ()
    index_by_wave: Mapping[int, Tallies] | None = None

    def line(self, known: Known) -> Line:
        """Return one organisation's line."""
        by_wave = self.index_by_wave or {}
        own = [
            (wave, by_wave[wave.campaign_id].account_score("index", known.id))
            for wave in self.waves
        ]
        return Line(
            known,
            self.tallies.account_score("index", known.id),
            self.tallies.account_recommendation(known.id),
            self.splits.get(known.id, Split()),
            own,
            self.tallies.shrunken("index", known.id)[1],
        )


def page_of(listed: Listed, wanted: Wanted) -> Page:
    """Search, sort and cut out a page; past the end, the last one. Raises UnknownSort.

    `score` puts the lowest index first, as far as chance lets one tell (drawn towards the mean of
    all by as much as few answers make uncertain); `nps` the lowest net share of promoters, `n`
    the most persons, `value` the highest yearly value, `comments` the most negative comments,
    `name` the alphabet. Those without the figure follow those with it, those without answers
    come last in every order.
    """
    if wanted.key not in SORTS:
        raise UnknownSort(wanted.sort)
    text = wanted.text.casefold()
    found = [each for each in listed.organisations if text in each.name.casefold()]
    start = page_at(len(found), wanted.number)
    shown = ordered(listed, found, wanted)[start : start + PER_PAGE]
    return Page(
        [listed.line(each) for each in shown],
        wanted,
        start // PER_PAGE + 1,
        start + 1 if shown else 0,
        start + len(shown),
        len(found),
        len(listed.organisations),
        sum(not each.persons for each in found),
    )


def page_at(total: int, number: int) -> int:
    """Return where page `number` (from 1) of so many lines begins; past the end, the last one.

    >>> page_at(120, 2), page_at(120, 9), page_at(0, 1)
    (50, 100, 0)
    """
    return (max(1, min(number, -(-total // PER_PAGE))) - 1) * PER_PAGE


def ordered(listed: Listed, found: Sequence[Known], wanted: Wanted) -> list[Known]:
    """Put organisations into the order wanted; those without the figure after those with it."""
    key = _key(listed, wanted.key)
    by_name = sorted(found, key=lambda each: (each.name.casefold(), each.id))
    heard = [each for each in by_name if each.persons]
    with_figure = [each for each in heard if key(each) is not None]
    with_figure.sort(key=key, reverse=wanted.is_turned)  # type: ignore[arg-type]
    rest = [each for each in heard if key(each) is None]
    return [*with_figure, *rest, *(each for each in by_name if not each.persons)]


def _key(listed: Listed, sort: str) -> Callable[[Known], float | str | None]:
    """Return what an order goes by, ascending; None where an organisation has no such figure."""
    nps = listed.tallies.of(NPS)

    def net(each: Known) -> float | None:
        row = nps.get(each.id)
        return (row.high - row.low) / row.n if row else None

    def criticism(each: Known) -> float | None:
        split = listed.splits.get(each.id)
        return -split.negative if split and split.n else None

    keys: dict[str, Callable[[Known], float | str | None]] = {
        "score": lambda each: listed.tallies.shrunken("index", each.id)[0],
        "name": lambda each: each.name.casefold(),
        "n": lambda each: -each.persons,
        "nps": net,
        "value": lambda each: -each.value if each.value is not None else None,
        "comments": criticism,
    }
    return keys[sort]
