"""From sums per organisation and measure to figures: of all together and of one organisation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from feedback.analytics.agreement import favourable_share
from feedback.analytics.display import FAVOURABLE_FROM
from feedback.analytics.figures import (
    AccountMean,
    Dispersion,
    Interval,
    Nps,
    NpsCounts,
    NpsFew,
    RollupMean,
    Share,
    TooFew,
)
from feedback.analytics.intervals import PRIOR_NU0, Sums, dispersion, wilson_mean
from feedback.analytics.measures import NPS, SCALES
from feedback.analytics.nps import shown_nps
from feedback.analytics.quantiles import t_quantile
from feedback.analytics.rollups import rollup_mean, rollup_nps
from feedback.analytics.shrinkage import shrunken_scores

Score = RollupMean | AccountMean | TooFew
Recommendation = Nps | NpsFew | TooFew
# Of one organisation 0…1, of several together 0…100.
Favourable = Share | RollupMean | TooFew
Spreads = Mapping[str, Dispersion]  # measure → how much persons of one organisation differ
CONF = 0.95


@dataclass(frozen=True, slots=True)
class Tally:
    """Persons, sum and sum of squares of one measure in one organisation.

    `low` and `high` count detractors and promoters; of a score, who lies at most at 25 and at
    least at 75 of 100 (`measures.sides`).
    """

    organisation_id: int
    measure: str
    n: int
    s1: int
    s2: int
    low: int = 0
    high: int = 0

    @property
    def sums(self) -> Sums:
        """The sums as the statistics take them."""
        return Sums(self.n, self.s1, self.s2)

    @property
    def counts(self) -> NpsCounts:
        """Detractors, passives and promoters."""
        return NpsCounts(self.low, self.n - self.low - self.high, self.high)


def figure_of(sums: Sums, spread: Dispersion | None, measure: str) -> AccountMean | TooFew:
    """Give the quasi-binomial Wilson interval of sums whose dispersion is known.

    The same figure as `account_intervals` gives among all the others.
    """
    if sums.n == 0 or spread is None:
        return TooFew(0, 1)
    mean = sums.s1 / (sums.n * SCALES[measure].full)
    crit = t_quantile(CONF, spread.df)
    limits = wilson_mean(mean, sums.n / spread.phi, crit) if spread.phi else Interval(mean, mean)
    shown = Interval(100 * limits.lo, 100 * limits.hi)
    return AccountMean(sums.n, 100 * mean, shown, spread, crit, CONF)


class Tallies:
    """The tallies of one scope, by measure and organisation.

    Dispersions are pooled over these organisations; of a part of a portfolio they are to be
    those of the whole (`spreads`), so that a filter changes nobody's interval.
    """

    def __init__(self, rows: Iterable[Tally], spreads: Spreads | None = None) -> None:
        self._by_measure: dict[str, dict[int, Tally]] = {}
        for row in sorted(rows, key=lambda row: row.organisation_id):
            self._by_measure.setdefault(row.measure, {})[row.organisation_id] = row
        self._spreads = dict(spreads or {})
        self._moved: dict[str, dict[int, tuple[float, float | None]]] = {}

    def of(self, measure: str) -> Mapping[int, Tally]:
        """Return organisation id → tally of a measure, in order of the ids; empty if none."""
        return self._by_measure.get(measure, {})

    def score(self, measure: str) -> Score:
        """Give the score of all organisations together, each counting the same.

        With one organisation only it is that organisation's own figure; TooFew without any.
        """
        rows = list(self.of(measure).values())
        if len(rows) == 1:
            return self.account_score(measure, rows[0].organisation_id)
        if not rows:
            return TooFew(0, 1)
        return rollup_mean([row.sums for row in rows], full=SCALES[measure].full)

    def favourable(self, measure: str) -> Favourable:
        """Give the share of persons whose score is at least 75, from five persons on.

        Of several organisations each counts the same, as in their score.
        """
        rows = list(self.of(measure).values())
        n = sum(row.n for row in rows)
        if len(rows) < 2 or n < FAVOURABLE_FROM:
            return favourable_share(sum(row.high for row in rows), n)
        return rollup_mean([Sums(row.n, row.high, row.high) for row in rows], full=1)

    def recommendation(self) -> Recommendation:
        """Give the NPS of all persons, from ten answers; its interval knows the organisations."""
        rows = list(self.of(NPS).values())
        return rollup_nps([row.counts for row in rows], sum(row.s1 for row in rows))

    def account_scores(self, measure: str) -> Mapping[int, AccountMean | TooFew]:
        """Give every organisation's own score, with the dispersion pooled over all of them."""
        return {key: self.account_score(measure, key) for key in self.of(measure)}

    def account_score(self, measure: str, organisation_id: int) -> AccountMean | TooFew:
        """Give one organisation's score; TooFew where nobody answered."""
        row = self.of(measure).get(organisation_id)
        if row is None:
            return TooFew(0, 1)
        return figure_of(row.sums, self.dispersion(measure), measure)

    def dispersion(self, measure: str) -> Dispersion:
        """Return how much persons of one organisation differ, pooled."""
        if measure not in self._spreads:
            scale, sums = SCALES[measure], [row.sums for row in self.of(measure).values()]
            self._spreads[measure] = dispersion(sums, PRIOR_NU0, scale.phi0, full=scale.full)
        return self._spreads[measure]

    @property
    def spreads(self) -> Spreads:
        """The dispersions of every measure that has answers."""
        return {measure: self.dispersion(measure) for measure in SCALES if self.of(measure)}

    def shrunken(self, measure: str, organisation_id: int) -> tuple[float | None, float | None]:
        """Give an organisation's score drawn towards the others', and how much is its own (B).

        B is None with too few organisations to draw anywhere; both are None without answers.
        """
        if measure not in self._moved:
            rows, scale = self.of(measure), SCALES[measure]
            sums = [row.sums for row in rows.values()]
            found = shrunken_scores(sums, PRIOR_NU0, scale.phi0, full=scale.full)
            moved = {}
            if not isinstance(found, TooFew):
                own = found.weight.tolist() if found.shrunk else [None] * len(rows)
                pairs = zip(found.theta.tolist(), own, strict=True)
                moved = dict(zip(rows, pairs, strict=True))
            self._moved[measure] = moved
        return self._moved[measure].get(organisation_id, (None, None))

    def account_recommendation(self, organisation_id: int) -> Recommendation:
        """Give one organisation's NPS from ten answers, below that counts and mean."""
        row = self.of(NPS).get(organisation_id)
        return TooFew(0, 1) if row is None else shown_nps(row.counts, row.s1)
