"""Which reviews somebody wants to read, in which order and from where on, as addresses say it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from feedback.organisations.kinds import ORGANISATION_KINDS
from feedback.results.explorer.facets import (
    ACTS,
    FLAGS,
    LAST_ARRIVAL,
    SIDES,
    facet,
    first_arrival,
)
from feedback.results.explorer.searching import Lookup, Search, parse
from feedback.results.scope import FIRST_YEAR, LAST_YEAR, Scope, in_year, portfolio
from feedback.results.voices import SHOWN
from feedback.sentiment.corrections import ASIDE, WAITING
from feedback.surveys.dimensions import DIMENSIONS

NEWEST, MOST_NEGATIVE, MOST_CERTAIN = "newest", "negative", "certain"
SORTS = (NEWEST, MOST_NEGATIVE, MOST_CERTAIN)
LANGUAGES = ("id", "ms", "en", "mixed", "unknown")
# Filters whose values are known beforehand.
VALUES: Mapping[str, tuple[str, ...]] = {
    "label": (*SHOWN, WAITING, ASIDE),
    "about": DIMENSIONS,
    "side": tuple(SIDES.values()),
    "language": LANGUAGES,
    "kind": ORGANISATION_KINDS,
    "act": ACTS,
    **dict.fromkeys(FLAGS, ("1",)),
}
_NUMBERS = ("organisation", "campaign", "owner", "team")
# What counts in the figures of the last 365 days; instead of it stands a year.
RECENT = "recent"
_LONGEST = {"name": 200, "segment": 80}
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_PLACE = re.compile(r"(?:(-?\d{1,6})\.)?(\d{1,19})", re.ASCII)


class UnknownPlace(ValueError):
    """The address asks for an order or a place in it that does not exist."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters, which all have to fit, and an order; blank means any."""

    text: str = ""
    label: str = ""
    about: str = ""  # a dimension
    side: str = ""  # taken on that dimension, else on any
    act: str = ""
    contradicts: str = ""
    language: str = ""
    period: str = ""  # RECENT or a year: what counts in the portfolio's figures of that time
    since: str = ""  # days, as dates are written in addresses
    until: str = ""
    campaign: str = ""
    organisation: str = ""
    name: str = ""  # some of an organisation's name
    kind: str = ""
    segment: str = ""
    owner: str = ""
    team: str = ""
    corrected: str = ""
    quoted: str = ""
    sort: str = NEWEST

    def arguments(self) -> dict[str, str]:
        """Give what of it stands in an address; what is usual does not."""
        usual = Wanted()
        given = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in given.items() if value != getattr(usual, name)}

    @property
    def filters(self) -> list[str]:
        """The names of the filters that are set."""
        return [name for name in self.arguments() if name != "sort"]

    def without(self, name: str) -> "Wanted":
        """Return the same without one filter."""
        return replace(self, **{name: ""})

    @property
    def search(self) -> Search:
        """The words to search for."""
        return parse(self.text)

    def lookup(self) -> Lookup:
        """Give what the index is asked; days and what only organisations know come besides."""
        about = f"{self.about}_{self.side}" if self.about and self.side else self.about
        asked = {
            "label": self.label,
            "about": about,
            "side": "" if self.about else self.side,
            "act": self.act,
            "language": self.language,
            "campaign": self.campaign,
            "organisation": self.organisation,
        }
        terms = [facet(name, value) for name, value in asked.items() if value]
        terms += [facet(name) for name in FLAGS if getattr(self, name)]
        return Lookup(tuple(terms), search=self.search)

    def arrivals(self, zone: ZoneInfo, now: datetime) -> tuple[int, int]:
        """Give the first and the last arrival of its days, both included, in a time zone."""
        first, last = self._of_period(now)
        if self.since:
            since = first_arrival(_midnight(date.fromisoformat(self.since), zone))
            first = max(first, since)
        if self.until and self.until < "9999-12-31":
            day = date.fromisoformat(self.until) + timedelta(days=1)
            last = min(last, first_arrival(_midnight(day, zone)) - 1)
        return first, last

    def _of_period(self, now: datetime) -> tuple[int, int]:
        if not self.period:
            return 0, LAST_ARRIVAL
        is_recent = self.period == RECENT
        scope = portfolio(now) if is_recent else in_year(int(self.period))
        tick = timedelta(microseconds=1)
        last = LAST_ARRIVAL if is_recent else first_arrival(scope.until + tick) - 1
        return first_arrival(scope.since + tick), last


def of_scope(scope: Scope, organisation_id: int | None = None) -> Wanted:
    """Give the filters that leave the comments which the figures of a scope tell.

    >>> of_scope(in_year(2026), 7).arguments()
    {'period': '2026', 'organisation': '7'}
    """
    chosen = scope.selection
    in_wave = scope.campaign_id is not None
    return Wanted(
        period="" if in_wave else str(scope.year or RECENT),
        campaign=str(scope.campaign_id) if in_wave else "",
        organisation=str(organisation_id or ""),
        kind=chosen.kind,
        segment=chosen.segment,
        owner=_number(chosen.owner_id),
        team=_number(chosen.team_id),
    )


def _number(key: int | None) -> str:
    return "" if key is None else str(key)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    if not 1900 < day.year < 2200:  # where zones reach beyond the first or last year of all
        return datetime.combine(day, time(), UTC)
    return datetime.combine(day, time(), zone)


@dataclass(frozen=True, slots=True)
class Reading:
    """What an address asks for, and what of it could not be read: name → what stood there."""

    wanted: Wanted
    wrong: Mapping[str, str] = field(default_factory=dict)


def read(arguments: Mapping[str, str]) -> Reading:
    """Read an address. What has no meaning is left out and reported; UnknownPlace for an order.

    >>> read({"label": "mixed", "since": "yesterday"}).wrong
    {'since': 'yesterday'}
    """
    known, wrong = dict[str, str](), dict[str, str]()
    for each in fields(Wanted):
        value = arguments.get(each.name, "").replace("\0", "").strip()
        if not value:
            continue
        right = _read_one(each.name, value)
        (known if right else wrong)[each.name] = right or value
    if "sort" in wrong:
        raise UnknownPlace(wrong["sort"])
    wanted = Wanted(**known)
    if wanted.since and wanted.until and wanted.until < wanted.since:
        wrong["until"] = wanted.until
        wanted = wanted.without("until")
    return Reading(wanted, wrong)


def _read_one(name: str, value: str) -> str:
    """Give a filter's value as it is used, "" where it has no meaning."""
    if name == "sort":
        return value if value in SORTS else ""
    if name in VALUES:
        return value if value in VALUES[name] else ""
    if name in _NUMBERS:
        fits = value.isascii() and value.isdigit() and len(value) < 10
        return str(int(value)) if fits and int(value) < 2**31 else ""
    if name in _TIMES:
        return value if _TIMES[name](value) else ""
    if name == "text":
        return "" if parse(value).is_empty else value
    return value[: _LONGEST[name]]


def _is_period(value: str) -> bool:
    is_year = value.isascii() and value.isdigit() and len(value) == len(str(LAST_YEAR))
    return value == RECENT or (is_year and FIRST_YEAR <= int(value) <= LAST_YEAR)


def _is_day(value: str) -> bool:
    try:
        return bool(_DATE.fullmatch(value) and date.fromisoformat(value))
    except ValueError:
        return False


_TIMES: Mapping[str, Callable[[str], bool]] = {
    "period": _is_period,
    "since": _is_day,
    "until": _is_day,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: after (or, backwards, before) the review with these sort keys."""

    keys: tuple[int, ...]
    backwards: bool = False

    def argument(self) -> dict[str, str]:
        """Give what stands in the address.

        >>> Place((-9000, 77)).argument(), Place((77,), backwards=True).argument()
        ({'next': '-9000.77'}, {'previous': '77'})
        """
        return {"previous" if self.backwards else "next": ".".join(map(str, self.keys))}


def place(arguments: Mapping[str, str], sort: str) -> Place | None:
    """Read where the page begins, None for the beginning; raises UnknownPlace.

    >>> place({"next": "-9000.77"}, MOST_NEGATIVE)
    Place(keys=(-9000, 77), backwards=False)
    """
    for name in ("next", "previous"):
        given = arguments.get(name, "")
        if given:
            found = _PLACE.fullmatch(given)
            keys = tuple(int(part) for part in found.groups() if part) if found else ()
            if len(keys) != len(sort_keys(sort)) or keys[-1] > LAST_ARRIVAL:
                raise UnknownPlace(given)
            return Place(keys, name == "previous")
    return None


def sort_keys(sort: str) -> tuple[str, ...]:
    """Name the columns of the index an order goes by; all descend, the last is unique.

    >>> sort_keys("newest"), sort_keys("negative")
    (('arrival',), ('blame', 'arrival'))
    """
    first = {NEWEST: (), MOST_NEGATIVE: ("blame",), MOST_CERTAIN: ("certainty",)}
    return (*first[sort], "arrival")
