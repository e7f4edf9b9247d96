"""What can be ordered, as which file, how far it is, and how long it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from feedback.results.scope import Selection

ANSWERS, ANSWERS_LONG = "answers", "answers_long"
CONTACTS, ORGANISATIONS, REVIEWS = "contacts", "organisations", "reviews"
KINDS = (ANSWERS, ANSWERS_LONG, CONTACTS, ORGANISATIONS, REVIEWS)
# Answers are columns only through the questionnaire of one campaign.
NEED_CAMPAIGN = frozenset({ANSWERS, ANSWERS_LONG})
# Nobody knows who answers at a public link, and its scores stand in the summary only.
OF_KNOWN_PEOPLE = frozenset({CONTACTS, ORGANISATIONS})

XLSX, CSV = "xlsx", "csv"
FORMATS = (XLSX, CSV)
# Words for people, with every text harmless to spreadsheet programs; or keys and codes as stored.
LABELS, RAW = "labels", "raw"
FORMS = (LABELS, RAW)

KEPT = timedelta(hours=24)
# A worker says again and again that it is alive; packing a large workbook takes it longer.
LEASE, LAST_LEASE = timedelta(seconds=60), timedelta(minutes=10)
MOST_ATTEMPTS = 5
# Orders of one person that wait or are being made: nobody fills disk and queue by clicking.
MOST_OPEN = 5


class OrderState(StrEnum):
    """Where an order stands; the value is what the database holds."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


OPEN = (OrderState.QUEUED, OrderState.RUNNING)


class Refused(Exception):
    """This cannot be exported; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody orders: which rows, in which file, in whose language.

    `year` is for organisations with scores: their latest answers of that year.
    """

    kind: str
    format: str = XLSX
    form: str = LABELS
    language: str = "en"
    campaign_id: int | None = None
    organisation_id: int | None = None
    year: int | None = None
    selection: Selection = field(default_factory=Selection)

    @property
    def is_raw(self) -> bool:
        """Whether this is the form for machines."""
        return self.form == RAW

    @property
    def parameters(self) -> dict[str, int | str]:
        """The filter as plain data, without what is not narrowed."""
        given = {
            "campaign": self.campaign_id,
            "organisation": self.organisation_id,
            "year": self.year,
            "kind": self.selection.kind,
            "segment": self.selection.segment,
            "owner": self.selection.owner_id,
            "team": self.selection.team_id,
        }
        return {name: value for name, value in given.items() if value not in (None, "")}


def wanted(kind: str, file: str, form: str, language: str, given: Mapping[str, Any]) -> Wanted:
    """Return what the parts of a stored order say.

    >>> wanted("reviews", "csv", "raw", "id", {"campaign": 3}).campaign_id
    3
    """
    selection = Selection(
        given.get("kind", ""), given.get("segment", ""), given.get("owner"), given.get("team")
    )
    filters = (given.get("campaign"), given.get("organisation"), given.get("year"), selection)
    return Wanted(kind, file, form, language, *filters)


def file_name(order: Wanted, day: date, part: str = "") -> str:
    """Return the name under which the file is saved; it says raw where it is.

    >>> file_name(Wanted("answers", "csv", "raw", campaign_id=3), date(2026, 11, 28), "codebook")
    'answers-3-raw-codebook-2026-11-28.csv'
    """
    of = "" if order.campaign_id is None else str(order.campaign_id)
    words = [order.kind.replace("_", "-"), of, RAW if order.is_raw else "", part]
    return "-".join([*filter(None, words), day.isoformat()]) + f".{order.format}"


def seconds_left(
    begun: datetime, now: datetime, written: int, expected: int, file: str = CSV
) -> int | None:
    """Estimate how long the rest takes at the pace so far, at least a second; None too early.

    A workbook is packed in the end, which takes about half as long again as its rows (measured).

    >>> begun = datetime(2026, 11, 28, 9, 0, 0)
    >>> seconds_left(begun, begun + timedelta(seconds=10), 250, 1000)
    30
    """
    if not written or now <= begun:
        return None
    pace = (now - begun).total_seconds() / written
    packing = expected / 2 if file == XLSX else 0
    return max(1, round(pace * (expected - written + packing)))
