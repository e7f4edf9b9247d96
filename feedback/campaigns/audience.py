"""Whom a campaign asks: filters as plain data, and the reasons why somebody is left out."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

REST_DAYS = 60  # nobody is asked again within this many days, over all campaigns


@dataclass(frozen=True, slots=True)
class Audience:
    """Filters; an empty one means: all. What fits every filter is in the audience."""

    kinds: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    weights: tuple[str, ...] = ()
    rest_days: int = REST_DAYS

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Audience":
        """Read an audience from what to_data() made; unknown keys are ignored."""
        known = {f.name for f in fields(cls)} & set(data)
        given: dict[str, Any] = {
            k: tuple(data[k]) if isinstance(data[k], list) else data[k] for k in known
        }
        return cls(**given)

    def to_data(self) -> dict[str, Any]:
        """Return the audience as plain data for the database."""
        return {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many people fit the filters, and how many of them are not written to, by reason.

    A person counts under the first reason that applies, so the parts add up to `fitting`.
    """

    fitting: int
    unsubscribed: int
    bounced: int
    rested: int
    by_language: Mapping[str, int]

    @property
    def mails(self) -> int:
        """The exact number of mails a launch would send."""
        return self.fitting - self.unsubscribed - self.bounced - self.rested
