"""From what the database says about one organisation to everything its page shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from feedback.analytics.figures import AccountMean, TooFew
from feedback.analytics.response_rates import ResponseRates, aapor_rates
from feedback.results.fates import dispositions
from feedback.results.scope import Scope
from feedback.results.tallies import Recommendation, Score, Tallies
from feedback.results.voices import DimensionVoice, Review, Split, split
from feedback.surveys.dimensions import DIMENSIONS

WEIGHTS = ("decision_maker", "influencer", "user")
CONTACTS_SHOWN = 100
REVIEWS_PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Person:
    """A contact with what he or she was asked and answered within the scope."""

    id: int
    name: str
    role: str
    weight: str
    asked_at: datetime | None
    answered_at: datetime | None
    unsubscribed: bool
    bounced: bool


@dataclass(frozen=True, slots=True)
class Wave:
    """One campaign the organisation was asked in, with the index of all its organisations."""

    campaign_id: int
    name: str
    launched_at: datetime
    invited: int
    answered: int
    tallies: Tallies


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What the database says about one organisation, read in a fixed number of queries."""

    organisation_id: int
    scope: Scope
    tallies: Tallies
    fates: Sequence[tuple[str, int]]
    people: Sequence[Person]
    coverage: Mapping[str, tuple[int, int]]  # weight → (answered, contacts)
    labels: Sequence[tuple[str, int]]
    by_dimension: Sequence[DimensionVoice]
    reviews: Sequence[Review]
    reviews_total: int
    waves: Sequence[Wave]


@dataclass(frozen=True, slots=True)
class WaveLine:
    """One wave with the organisation's own index in it."""

    wave: Wave
    index: AccountMean | TooFew


@dataclass(frozen=True, slots=True)
class Coverage:
    """Contacts of one decision weight, and how many of them answered within the scope."""

    weight: str
    answered: int
    contacts: int


@dataclass(frozen=True, slots=True)
class Account:
    """One organisation's figures, people, reviews and history."""

    scope: Scope
    index: AccountMean | TooFew
    dimensions: Mapping[str, AccountMean | TooFew]
    all_dimensions: Mapping[str, Score]  # of all organisations, to compare with
    recommendation: Recommendation
    rates: ResponseRates
    coverage: Sequence[Coverage]
    people: Sequence[Person]
    split: Split
    by_dimension: Sequence[DimensionVoice]
    reviews: Sequence[Review]
    reviews_total: int
    waves: Sequence[WaveLine]

    @property
    def answered(self) -> int:
        """Contacts who answered within the scope."""
        return sum(each.answered for each in self.coverage)

    @property
    def contacts(self) -> int:
        """Contacts we know."""
        return sum(each.contacts for each in self.coverage)


def account(facts: AccountFacts) -> Account:
    """Make the page of one organisation; its intervals use the dispersion of all of them."""
    own, tallies = facts.organisation_id, facts.tallies
    return Account(
        scope=facts.scope,
        index=tallies.account_score("index", own),
        dimensions={key: tallies.account_score(key, own) for key in DIMENSIONS},
        all_dimensions={key: tallies.score(key) for key in DIMENSIONS},
        recommendation=tallies.account_recommendation(own),
        rates=aapor_rates(dispositions(facts.fates)),
        coverage=[Coverage(key, *facts.coverage[key]) for key in WEIGHTS if key in facts.coverage],
        people=facts.people,
        split=split(facts.labels),
        by_dimension=facts.by_dimension,
        reviews=facts.reviews,
        reviews_total=facts.reviews_total,
        waves=[WaveLine(wave, wave.tallies.account_score("index", own)) for wave in facts.waves],
    )
