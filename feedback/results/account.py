"""From what the database says about one organisation to everything its page shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from feedback.analytics.agreement import Agreement, account_agreement
from feedback.analytics.change import PairSums
from feedback.analytics.display import COUNTS_FROM, display_rule
from feedback.analytics.figures import AccountMean, Change, Direction, NoFigure, TooFew
from feedback.analytics.intervals import Sums
from feedback.analytics.measures import NPS
from feedback.analytics.nps import shown_nps
from feedback.analytics.response_rates import ResponseRates, aapor_rates
from feedback.analytics.role_weights import WeightedMean
from feedback.results.charts.agreement import Judged
from feedback.results.fates import dispositions
from feedback.results.mirror import Mirror, MirrorFacts, mirror
from feedback.results.peers import NOTHING, Peers
from feedback.results.persons import PersonIndex, by_role, without_hasty
from feedback.results.reach import Reach
from feedback.results.scope import Scope
from feedback.results.summary import Background, Statement, statements
from feedback.results.tallies import Favourable, Recommendation, Score, Tallies, Tally
from feedback.results.voices import DimensionVoice, Review, Split, split
from feedback.results.waves import LastStep, WaveName, directions
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
    """One campaign the organisation was asked in, with its own index there."""

    campaign_id: int
    name: str
    launched_at: datetime
    invited: int
    answered: int
    index: AccountMean | TooFew


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One scale question of the organisation's latest wave with how often each point was chosen.

    `counts` goes from the lowest point up; `cannot_judge` stands apart.
    """

    key: str
    text: str
    type: str
    dimension: str | None
    low: int
    labels: Sequence[str]
    counts: Sequence[int]
    cannot_judge: int

    @property
    def n(self) -> int:
        """How many judged."""
        return sum(self.counts)

    @property
    def shown(self) -> Sequence[int] | TooFew:
        """The counts, from two persons on: one person's answers are the index itself."""
        if display_rule(self.n).shows_answer_counts:
            return self.counts
        return TooFew(self.n, COUNTS_FROM)


def rows_of(questions: Sequence[AskedQuestion], *types: str) -> list[Judged]:
    """Give the questions of these types as rows of the chart of agreement."""
    return [(each.key, each.shown, each.cannot_judge) for each in questions if each.type in types]


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What the database says about one organisation, read in a fixed number of queries."""

    organisation_id: int
    scope: Scope
    own: Mapping[str, Tally]
    peers: Peers
    compared: Mapping[str, Score]
    fates: Sequence[tuple[str, int]]
    people: Sequence[Person]
    coverage: Mapping[str, tuple[int, int]]  # weight → (answered, contacts)
    labels: Sequence[tuple[str, int]]
    by_dimension: Sequence[DimensionVoice]
    reviews: Sequence[Review]
    reviews_total: int
    waves: Sequence[Wave]
    comparable: Sequence[WaveName]
    index_by_wave: Mapping[int, Sums]
    last: Sequence[Mapping[str, Tally]]  # own sums in the last two comparable waves
    pairs: Mapping[str, PairSums]
    questions: Sequence[AskedQuestion]
    questions_of: WaveName | None
    persons: Sequence[PersonIndex]  # whose indices make the index
    mirror: MirrorFacts | None = None  # what our own team thinks the client says


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
    csat: AccountMean | TooFew
    dimensions: Mapping[str, AccountMean | TooFew]
    favourable: Mapping[str, Favourable]
    compared: Mapping[str, Score]
    changes: Mapping[str, Change | TooFew | NoFigure]
    step: tuple[WaveName, WaveName] | None
    line: Sequence[tuple[WaveName, AccountMean | TooFew]]
    recommendation: Recommendation
    rates: ResponseRates
    coverage: Sequence[Coverage]
    people: Sequence[Person]
    split: Split
    by_dimension: Sequence[DimensionVoice]
    reviews: Sequence[Review]
    reviews_total: int
    waves: Sequence[Wave]
    questions: Sequence[AskedQuestion]
    questions_of: WaveName | None
    agreement: Mapping[str, Agreement | TooFew]
    hasty: int  # answers flagged as given without reading
    without_hasty: AccountMean | TooFew
    by_role: WeightedMean | None
    mirror: Mirror | None
    statements: Sequence[Statement]

    @property
    def answered(self) -> int:
        """Contacts who answered within the scope."""
        return sum(each.answered for each in self.coverage)

    @property
    def contacts(self) -> int:
        """Contacts we know."""
        return sum(each.contacts for each in self.coverage)

    @property
    def directions(self) -> Mapping[str, Direction]:
        """Measure → the word for its change."""
        return directions(self.changes)

    @property
    def disagreed(self) -> list[str]:
        """Questions on which the contacts plainly disagree, as keys."""
        return disagreed(self.agreement)


def account(facts: AccountFacts) -> Account:
    """Make the page of one organisation; its intervals use the dispersion of all of them."""
    peers, own = facts.peers, facts.own
    figures = {
        key: peers.figure(key, own[key].sums if key in own else NOTHING)
        for key in ("index", "csat", *DIMENSIONS)
    }
    nps = own.get(NPS)
    recommendation = shown_nps(nps.counts, nps.s1) if nps else TooFew(0, 1)
    own_guess = mirror(facts.mirror, figures)
    hasty, rest = without_hasty(facts.persons)
    return Account(
        scope=facts.scope,
        index=figures["index"],
        csat=figures["csat"],
        dimensions={key: figures[key] for key in DIMENSIONS},
        favourable={key: Tallies(own.values()).favourable(key) for key in DIMENSIONS},
        compared=facts.compared,
        changes=_changes(facts),
        step=(facts.comparable[-2], facts.comparable[-1]) if len(facts.last) == 2 else None,
        line=_line(facts),
        recommendation=recommendation,
        rates=aapor_rates(dispositions(facts.fates)),
        coverage=[Coverage(key, *facts.coverage[key]) for key in WEIGHTS if key in facts.coverage],
        people=facts.people,
        split=split(facts.labels),
        by_dimension=facts.by_dimension,
        reviews=facts.reviews,
        reviews_total=facts.reviews_total,
        waves=facts.waves,
        questions=facts.questions,
        questions_of=facts.questions_of,
        agreement=_agreement(facts.questions),
        hasty=hasty,
        without_hasty=peers.figure("index", rest),
        by_role=by_role(facts.persons, peers.dispersions.get("index")),
        mirror=own_guess,
        statements=_with_gaps(_statements(facts, figures, recommendation), own_guess),
    )


def disagreed(agreement: Mapping[str, Agreement | TooFew]) -> list[str]:
    """Return the questions on which contacts plainly disagree."""
    return [key for key, each in agreement.items() if isinstance(each, Agreement) and each.disagree]


def _statements(
    facts: AccountFacts, figures: Mapping[str, Score], recommendation: Recommendation
) -> list[Statement]:
    """Say of one organisation what the summary says of many."""
    changes = _changes(facts)
    step = None
    if changes and isinstance(changes["index"], Change):
        step = LastStep(facts.comparable[-2], facts.comparable[-1], changes, TooFew(0, 1))
    deciders = facts.coverage.get(WEIGHTS[0], (0, 0))
    background = Background(
        step=step,
        reach=Reach((0, 0), deciders, (0, 0)),
        disagreed=len(disagreed(_agreement(facts.questions))),
    )
    rates, heard = aapor_rates(dispositions(facts.fates)), split(facts.labels)
    return statements(figures, recommendation, rates, heard, facts.by_dimension, background)


def _with_gaps(told: Sequence[Statement], own_guess: Mirror | None) -> list[Statement]:
    """Put clear gaps behind what is said of the index, its change and the dimensions."""
    scores = [at for at, each in enumerate(told) if each.evidence in ("waves", "dimensions")]
    behind = 1 + max(scores, default=0)
    return [*told[:behind], *(own_guess.statements if own_guess else []), *told[behind:]]


def _line(facts: AccountFacts) -> list[tuple[WaveName, AccountMean | TooFew]]:
    found = facts.index_by_wave
    return [
        (each, facts.peers.in_wave(each.campaign_id, found.get(each.campaign_id, NOTHING)))
        for each in facts.comparable
    ]


def _changes(facts: AccountFacts) -> dict[str, Change | TooFew | NoFigure]:
    if len(facts.last) != 2:
        return {}
    before, after = facts.last
    step = (facts.comparable[-2].campaign_id, facts.comparable[-1].campaign_id)
    none = Tally(0, "", 0, 0, 0)
    return {
        key: facts.peers.change(
            step, key, before.get(key, none).sums, after.get(key, none).sums, facts.pairs.get(key)
        )
        for key in ("index", "csat", *DIMENSIONS)
    }


def _agreement(questions: Sequence[AskedQuestion]) -> dict[str, Agreement | TooFew]:
    return {
        each.key: account_agreement(each.counts)
        for each in questions
        if each.type != NPS and len(each.counts) > 2
    }
