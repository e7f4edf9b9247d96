"""The invitations a response rate was made of: which are asked for, and a page of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from feedback.analytics.response_rates import ResponseRates, aapor_rates
from feedback.results.fates import Fate, dispositions
from feedback.results.scope import Scope
from feedback.results.turning import Place

# Those the rate divides by, who is silent first; then those it leaves out.
COUNTED = (
    *(Fate.NO_ANSWER, Fate.COMPLETE, Fate.PARTIAL, Fate.REFUSED),
    *(Fate.UNDELIVERABLE, Fate.UNKNOWN),
)
ASIDE = (Fate.NOT_ELIGIBLE, Fate.NOT_ASKED)


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose invitations: of a scope and its selection, of one organisation, with one fate."""

    scope: Scope
    organisation_id: int | None = None
    fate: Fate | None = None  # None: all that count in the rate

    @property
    def fates(self) -> tuple[Fate, ...]:
        """The fates of the invitations asked for."""
        return (self.fate,) if self.fate else COUNTED

    def arguments(self) -> dict[str, str | int]:
        """Give what of it stands in an address.

        >>> from feedback.results.scope import in_year
        >>> Asked(in_year(2026), 7, Fate.NO_ANSWER).arguments()
        {'period': '2026', 'organisation': 7, 'fate': 'no_answer'}
        """
        given = {"organisation": self.organisation_id, "fate": self.fate and self.fate.value}
        return self.scope.arguments() | {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class Counted:
    """How many invitations of a scope ended how; `as_of` if they were counted before."""

    by_fate: Mapping[str, int] = field(default_factory=dict)
    as_of: datetime | None = None

    @property
    def rates(self) -> ResponseRates:
        """The response rate they make."""
        return aapor_rates(dispositions(self.by_fate.items()))

    @property
    def total(self) -> int:
        """All invitations, those that do not count as well."""
        return sum(self.by_fate.values())

    def of(self, *fates: Fate) -> int:
        """Return how many ended in one of these ways.

        >>> Counted({"complete": 3, "partial": 1}).of(Fate.COMPLETE, Fate.REFUSED)
        3
        """
        return sum(self.by_fate.get(each, 0) for each in fates)


@dataclass(frozen=True, slots=True)
class Invited:
    """One invitation of a person, and what became of it so far."""

    invitation_id: int
    asked_at: datetime
    started_at: datetime | None
    answered_at: datetime | None
    person: str
    role: str
    weight: str
    organisation_id: int
    organisation: str
    campaign_id: int
    wave: str
    fate: str


@dataclass(frozen=True, slots=True)
class Found:
    """How many there are, one page of them, the newest first, and how to go on."""

    counted: Counted
    invitations: Sequence[Invited] = ()
    previous: Place | None = None
    following: Place | None = None
