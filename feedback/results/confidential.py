"""From what is frozen of a confidential campaign to the figures of some of its groups.

Every figure is of whole cells of its measure, is rounded to whole points before it leaves, and
says which groups it speaks of: those asked for, or a union that holds them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from feedback.analytics.atoms import Members, Units
from feedback.analytics.figures import AccountMean, Dispersion, Interval, Nps, NpsCounts, TooFew
from feedback.analytics.intervals import PRIOR_NU0, Sums, dispersion, wilson_mean
from feedback.analytics.measures import NPS, SCALES
from feedback.analytics.nps import nps_interval
from feedback.analytics.quantiles import t_quantile
from feedback.analytics.release import Cell, Release, Voices
from feedback.analytics.releasing import shuffled
from feedback.analytics.scores import INDEX_NEEDS
from feedback.campaigns.confidentiality import LEAST
from feedback.surveys.dimensions import DIMENSIONS

CONF = 0.95


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of some invited people answered, in whole per cent; never of fewer than LEAST."""

    invited: int
    share: float


def rate(answered: int, invited: int) -> Rate:
    """Give the response rate of a group; ValueError if it is too small for one.

    >>> rate(2, 6)
    Rate(invited=6, share=0.33)
    """
    if invited < LEAST:
        raise ValueError(f"no response rate of {invited} people")
    return Rate(invited, round(answered / invited, 2))


@dataclass(frozen=True, slots=True)
class Hidden:
    """Too few answers for a figure, here and in every union; how many is not said."""


@dataclass(frozen=True, slots=True)
class Score:
    """A mean score 0..100 of whole groups."""

    groups: Members
    figure: AccountMean


@dataclass(frozen=True, slots=True)
class Recommendation:
    """An NPS of whole groups, from ten answers that are not all of one kind."""

    groups: Members
    figure: Nps


@dataclass(frozen=True, slots=True)
class Comments:
    """What was written in whole groups, in an order that says nothing; none: too few authors."""

    groups: Members
    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class Published:
    """Everything that is shown of some whole groups together."""

    groups: Members
    units: Units
    people: int
    rate: Rate
    index: Score | Hidden
    dimensions: Mapping[str, Score | Hidden]
    csat: Score | Hidden
    recommendation: Recommendation | Hidden
    comments: Comments

    @property
    def shown_dimensions(self) -> dict[str, AccountMean]:
        """The dimensions with a figure of exactly these groups."""
        return {
            key: each.figure
            for key, each in self.dimensions.items()
            if isinstance(each, Score) and each.groups == self.groups
        }

    @property
    def joint_dimensions(self) -> dict[str, Score]:
        """The dimensions with a figure of a larger union only."""
        return {
            key: each
            for key, each in self.dimensions.items()
            if isinstance(each, Score) and each.groups != self.groups
        }


class Reader:
    """Gives what is published of a release, for any of its groups together."""

    def __init__(self, release: Release) -> None:
        self._release = release
        # Group → what it is published in, so that many groups take no longer each.
        self._cells = {measure: _by_group(cells) for measure, cells in release.cells.items()}
        self._voices = _by_group(release.voices)
        # The people of all groups share their dispersion, as accounts do (`account_intervals`).
        self._spread = {
            measure: dispersion(
                [Sums(each.n, each.s1, each.s2) for each in cells],
                PRIOR_NU0,
                SCALES[measure].phi0,
                full=SCALES[measure].full,
            )
            for measure, cells in release.cells.items()
            if measure != NPS
        }

    def published(self, positions: Members) -> Published:
        """Put together what is shown of these groups together; ValueError if there is none."""
        if not positions:
            raise ValueError("nothing is shown of no group")
        groups = [self._release.groups[at] for at in positions]
        people, invited = sum(g.people for g in groups), sum(g.invited for g in groups)
        return Published(
            groups=positions,
            units=tuple(sorted(unit for group in groups for unit in group.units)),
            people=people,
            rate=rate(people, invited),
            index=self._index(positions),
            dimensions={key: self._score(key, positions) for key in DIMENSIONS},
            csat=self._score("csat", positions),
            recommendation=self._recommendation(positions),
            comments=self._comments(positions),
        )

    def _covering(self, measure: str, positions: Members) -> Cell | None:
        """Add up the cells of a measure that hold these groups; None where there is none."""
        own = self._cells.get(measure)
        cells = own and dict.fromkeys(own[at] for at in positions)
        if not cells:
            return None
        sums = zip(*((c.n, c.s1, c.s2, c.low, c.high) for c in cells), strict=True)
        groups = tuple(sorted(at for cell in cells for at in cell.groups))
        return Cell(measure, groups, *map(sum, sums))

    def _score(self, measure: str, positions: Members) -> Score | Hidden:
        cell = self._covering(measure, positions)
        if cell is None:
            return Hidden()
        return Score(cell.groups, _rounded(_mean(cell), cell.n, self._spread[measure]))

    def _index(self, positions: Members) -> Score | Hidden:
        """Give the mean of the dimensions that are published for one and the same union.

        It is made of published figures alone, so it tells nothing that they do not tell.
        """
        cells = [cell for key in DIMENSIONS if (cell := self._covering(key, positions))]
        unions = Counter(cell.groups for cell in cells)
        groups, count = max(unions.items(), key=lambda pair: pair[1], default=((), 0))
        if count < INDEX_NEEDS:
            return Hidden()
        own = [cell for cell in cells if cell.groups == groups]
        spread = Dispersion(TooFew(0, 1), *self._release.spread)
        mean = sum(_mean(cell) for cell in own) / count
        return Score(groups, _rounded(mean, min(cell.n for cell in own), spread))

    def _recommendation(self, positions: Members) -> Recommendation | Hidden:
        cell = self._covering(NPS, positions)
        if cell is None:
            return Hidden()
        found = nps_interval(NpsCounts(cell.low, cell.n - cell.low - cell.high, cell.high), CONF)
        assert isinstance(found, Nps), "a cell has answers"
        whole = Interval(round(found.interval.lo), round(found.interval.hi))
        return Recommendation(cell.groups, replace(found, nps=round(found.nps), interval=whole))

    def _comments(self, positions: Members) -> Comments:
        own = dict.fromkeys(self._voices[at] for at in positions if at in self._voices)
        groups = tuple(sorted(at for each in own for at in each.groups))
        return Comments(groups, shuffled([text for each in own for text in each.texts]))


Part = TypeVar("Part", Cell, Voices)


def _by_group(parts: Sequence[Part]) -> dict[int, Part]:
    return {at: part for part in parts for at in part.groups}


def _mean(cell: Cell) -> float:
    return 100 * cell.s1 / (cell.n * SCALES[cell.measure].full)


def _rounded(mean: float, n: int, spread: Dispersion) -> AccountMean:
    """Give a mean of `n` people with its quasi-binomial Wilson interval, in whole points."""
    crit = t_quantile(CONF, spread.df)
    limits = wilson_mean(mean / 100, n / spread.phi, crit)
    whole = Interval(round(100 * limits.lo), round(100 * limits.hi))
    return AccountMean(n, round(mean), whole, spread, crit, CONF)
