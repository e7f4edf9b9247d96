"""From sums per organisation and measure to figures: of all together and of one organisation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from feedback.analytics.figures import AccountMean, Nps, NpsCounts, NpsFew, RollupMean, TooFew
from feedback.analytics.intervals import PRIOR_NU0, AccountIntervals, Sums, account_intervals
from feedback.analytics.nps import shown_nps
from feedback.analytics.rollups import rollup_mean, rollup_nps
from feedback.analytics.scores import DIMENSION, INDEX, ITEM, VALUE, MeasureScale
from feedback.surveys.dimensions import DIMENSIONS

NPS = "nps"
SCALES: Mapping[str, MeasureScale] = {
    "index": INDEX,
    **dict.fromkeys(DIMENSIONS, DIMENSION),
    "value": VALUE,
    "csat": ITEM,
    "ces": ITEM,
}

Score = RollupMean | AccountMean | TooFew
Recommendation = Nps | NpsFew | TooFew


@dataclass(frozen=True, slots=True)
class Tally:
    """Persons, sum and sum of squares of one measure in one organisation.

    `low` and `high` count values of at most 6 and at least 9; they mean something for NPS only.
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


class Tallies:
    """The tallies of one scope, by measure and organisation."""

    def __init__(self, rows: Iterable[Tally]) -> None:
        self._by_measure: dict[str, dict[int, Tally]] = {}
        for row in sorted(rows, key=lambda row: row.organisation_id):
            self._by_measure.setdefault(row.measure, {})[row.organisation_id] = row

    def of(self, measure: str) -> Mapping[int, Tally]:
        """Return organisation id → tally of a measure, in order of the ids; empty if none."""
        return self._by_measure.get(measure, {})

    def score(self, measure: str) -> Score:
        """Give the score of all organisations together, each counting the same.

        With one organisation only it is that organisation's own figure; TooFew without any.
        """
        rows = list(self.of(measure).values())
        if len(rows) == 1:
            return self.account_scores(measure)[rows[0].organisation_id]
        if not rows:
            return TooFew(0, 1)
        return rollup_mean([row.sums for row in rows], full=SCALES[measure].full)

    def recommendation(self) -> Recommendation:
        """Give the NPS of all persons, from ten answers; its interval knows the organisations."""
        rows = list(self.of(NPS).values())
        return rollup_nps([row.counts for row in rows], sum(row.s1 for row in rows))

    def account_scores(self, measure: str) -> Mapping[int, AccountMean | TooFew]:
        """Give every organisation's own score, with the dispersion pooled over all of them."""
        rows = self.of(measure)
        if not rows:
            return {}
        scale = SCALES[measure]
        sums = [row.sums for row in rows.values()]
        found = account_intervals(sums, PRIOR_NU0, scale.phi0, full=scale.full)
        assert isinstance(found, AccountIntervals), "the prior is on: there is always a dispersion"
        return {key: found.figure(at) for at, key in enumerate(rows)}

    def account_score(self, measure: str, organisation_id: int) -> AccountMean | TooFew:
        """Give one organisation's score; TooFew where nobody answered."""
        return self.account_scores(measure).get(organisation_id, TooFew(0, 1))

    def account_recommendation(self, organisation_id: int) -> Recommendation:
        """Give one organisation's NPS from ten answers, below that counts and mean."""
        row = self.of(NPS).get(organisation_id)
        return TooFew(0, 1) if row is None else shown_nps(row.counts, row.s1)
