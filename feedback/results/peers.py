"""What one organisation's figures borrow from all the others: how much persons differ."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from feedback.analytics.account_change import ChangeSpread, account_change, change_spread
from feedback.analytics.change import PairSums
from feedback.analytics.figures import AccountMean, Change, Dispersion, NoFigure, TooFew
from feedback.analytics.intervals import PRIOR_NU0, Sums, dispersion
from feedback.analytics.measures import SCALES
from feedback.results.tallies import Score, Tallies, figure_of
from feedback.surveys.dimensions import DIMENSIONS

NOTHING = Sums(0, 0, 0)
Pairs = Mapping[int, Mapping[str, PairSums]]  # organisation → measure → persons of both waves
Step = tuple[int, int]  # one wave and a later one


@dataclass(frozen=True, slots=True)
class Peers:
    """Dispersions by measure (and of the index by wave), scores of all together, change spreads.

    Small enough to be kept; with it the page of one organisation reads only that one's own rows.
    """

    dispersions: Mapping[str, Dispersion]
    scores: Mapping[str, Score]
    index_by_wave: Mapping[int, Dispersion] = field(default_factory=dict)
    spreads: Mapping[Step, Mapping[str, ChangeSpread]] = field(default_factory=dict)

    def figure(self, measure: str, sums: Sums) -> AccountMean | TooFew:
        """Give the mean score of persons with these sums, with its interval.

        Where no others have answered it borrows from the prior alone.
        """
        return figure_of(sums, self.dispersions.get(measure) or _alone(sums, measure), measure)

    def in_wave(self, campaign_id: int, sums: Sums) -> AccountMean | TooFew:
        """Give the index of persons with these sums in one wave, with its interval."""
        return figure_of(sums, self.index_by_wave.get(campaign_id) or _alone(sums), "index")

    def change(
        self, step: Step, measure: str, first: Sums, second: Sums, pairs: PairSums | None
    ) -> Change | TooFew | NoFigure:
        """Give the change of one organisation between two waves."""
        spread = self.spreads.get(step, {}).get(measure)
        if spread is None:
            return TooFew(0, 1)
        shared = pairs.n if pairs else 0
        return account_change(first, second, shared, spread, full=SCALES[measure].full)


def _alone(sums: Sums, measure: str = "index") -> Dispersion:
    scale = SCALES[measure]
    return dispersion([sums], PRIOR_NU0, scale.phi0, full=scale.full)


def peers_of(
    tallies: Tallies,
    index_by_wave: Mapping[int, Tallies],
    steps: Mapping[Step, tuple[Tallies, Tallies, Pairs]],
) -> Peers:
    """Pool what persons of one organisation differ by, in the scope, by wave and from step to step.

    A step has the sums of both of its waves and of the persons who answered both.
    """
    by_wave = {key: each.dispersion("index") for key, each in index_by_wave.items()}
    spreads = {step: _spreads(*waves) for step, waves in steps.items()}
    return Peers(
        tallies.spreads,
        {measure: tallies.score(measure) for measure in ("index", *DIMENSIONS)},
        by_wave,
        spreads,
    )


def _spreads(before: Tallies, after: Tallies, pairs: Pairs) -> dict[str, ChangeSpread]:
    found = {measure: _spread(measure, before, after, pairs) for measure in SCALES}
    return {key: each for key, each in found.items() if isinstance(each, ChangeSpread)}


def _spread(measure: str, before: Tallies, after: Tallies, pairs: Pairs) -> ChangeSpread | TooFew:
    one, other = before.of(measure), after.of(measure)
    both = sorted(one.keys() | other.keys())
    none = PairSums(0, 0, 0, 0, 0, 0)
    scale = SCALES[measure]
    return change_spread(
        [one[key].sums if key in one else NOTHING for key in both],
        [other[key].sums if key in other else NOTHING for key in both],
        [pairs.get(key, {}).get(measure, none) for key in both],
        PRIOR_NU0,
        scale.phi0,
        full=scale.full,
    )
