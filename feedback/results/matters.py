"""What goes together with satisfaction, beside how well it is judged; or why nobody can say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from feedback.analytics.drivers import Driver, Drivers, DriversRefused, find_drivers
from feedback.analytics.figures import TooFew
from feedback.analytics.measures import OUTCOME, PREDICTORS
from feedback.results.charts.importance import Importance
from feedback.results.tallies import Score

DriverSums = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Matters:
    """The drivers, or why there are none; `points` are what the importance chart shows."""

    result: Drivers | DriversRefused
    points: Sequence[Importance] = ()

    @property
    def is_refused(self) -> bool:
        """Whether there is a text instead of a chart."""
        return isinstance(self.result, DriversRefused)

    @property
    def reversed(self) -> Sequence[Driver]:
        """Drivers that go with less satisfaction, which a page says rather than hides."""
        if isinstance(self.result, DriversRefused):
            return ()
        return [each for each in self.result.drivers if each.correlation < 0]


def what_matters(sums: DriverSums, scores: Mapping[str, Score]) -> Matters:
    """Ask which dimension goes together with satisfaction most.

    `sums` has one row per organisation: complete cases, sums and cross products of the five
    dimensions and satisfaction. Those who were to be complete are all who gave a satisfaction.
    """
    satisfied = scores[OUTCOME]
    answered = 0 if isinstance(satisfied, TooFew) else satisfied.n
    found = _found(sums.tobytes(), sums.shape, answered)
    if isinstance(found, DriversRefused):
        return Matters(found)
    points = []
    for each in found.drivers:
        score = scores[each.name]
        if not isinstance(score, TooFew):
            points.append(
                Importance(each.name, each.share, each.interval, score.mean, score.interval)
            )
    return Matters(found, points)


@lru_cache(maxsize=64)
def _found(content: bytes, shape: tuple[int, ...], answered: int) -> Drivers | DriversRefused:
    """Draw a thousand times; the same sums give the same draws, so once is enough."""
    return find_drivers(np.frombuffer(content, np.int64).reshape(shape), PREDICTORS, answered)
