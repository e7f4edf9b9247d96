"""Which answers a page speaks of: whose, and of which campaign, year or last 365 days."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from feedback.analytics.contributions import RECENT

DAYS = 365
FIRST_YEAR, LAST_YEAR = 2000, 2200


@dataclass(frozen=True, slots=True)
class Selection:
    """Which organisations: of one kind, segment, owner or account team; blank means all."""

    kind: str = ""
    segment: str = ""
    owner_id: int | None = None
    team_id: int | None = None  # a colleague in the account team
    ids: tuple[int, ...] | None = None  # which these are, where they are few and looked up

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return self == Selection()


@dataclass(frozen=True, slots=True)
class Scope:
    """One campaign (`campaign_id`), one calendar year (`year`, UTC), or the last 365 days.

    Outside a campaign a contact's latest response to each survey counts, and archived
    organisations do not. What was sent lies after `since` and not after `until`.
    """

    campaign_id: int | None
    since: datetime
    until: datetime
    year: int | None = None
    selection: Selection = field(default_factory=Selection)

    @property
    def key(self) -> int:
        """The scope's key in the roll-ups: a wave, a year with a minus sign, or RECENT."""
        if self.campaign_id is not None:
            return self.campaign_id
        return RECENT if self.year is None else -self.year

    def of(self, selection: Selection) -> "Scope":
        """Return the same answers, of these organisations only."""
        return replace(self, selection=selection)

    def arguments(self) -> dict[str, str | int]:
        """Give what of it stands in an address.

        >>> in_year(2026).of(Selection(kind="client")).arguments()
        {'period': '2026', 'kind': 'client'}
        """
        chosen = self.selection
        period = f"w{self.campaign_id}" if self.campaign_id is not None else self.year
        given = {
            "period": "" if period is None else str(period),
            "kind": chosen.kind,
            "segment": chosen.segment,
            "owner": chosen.owner_id,
            "team": chosen.team_id,
        }
        return {name: value for name, value in given.items() if value not in ("", None)}


def portfolio(now: datetime) -> Scope:
    """Return the scope of the latest answers of the last 365 days."""
    return Scope(None, now - timedelta(days=DAYS), now)


def in_year(year: int) -> Scope:
    """Return the scope of the latest answers sent in a calendar year."""
    start = datetime(year, 1, 1, tzinfo=UTC) - timedelta(microseconds=1)
    end = datetime(year + 1, 1, 1, tzinfo=UTC) - timedelta(microseconds=1)
    return Scope(None, start, end, year)


def wave(campaign_id: int, launched_at: datetime | None, now: datetime) -> Scope:
    """Return the scope of one campaign, from its launch until now."""
    return Scope(campaign_id, launched_at or now, now)
