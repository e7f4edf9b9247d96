"""How far a wave's figures can be trusted: what its questions measure, and who stayed silent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feedback.analytics.agreement import is_hard_to_judge
from feedback.analytics.contributions import MOST_CORE
from feedback.analytics.crossproducts import Crossproducts, from_vector, merged
from feedback.analytics.dimension_reliability import (
    ShownReliability,
    dimension_reliability,
    index_reliability,
)
from feedback.analytics.figures import NoFigure, TooFew
from feedback.analytics.intervals import Sums
from feedback.analytics.measures import SCALES
from feedback.analytics.nonresponse import Nonresponse, nonresponse
from feedback.analytics.reliability import Reliability
from feedback.analytics.response_rates import ResponseRates
from feedback.results.account import AskedQuestion
from feedback.surveys.dimensions import DIMENSIONS

ALL = ""  # all languages together
Figure = ShownReliability | TooFew | NoFigure


@dataclass(frozen=True, slots=True)
class LanguageQuality:
    """Reliability of each dimension and of the index in one language ("" for all together)."""

    language: str
    n: int
    dimensions: Mapping[str, Figure]
    index: Reliability | TooFew | NoFigure


@dataclass(frozen=True, slots=True)
class QualityFacts:
    """What is added up of one wave over all organisations.

    `complete` has the exact sums over complete cases by language, `points` how often each point
    of each scale question was chosen. What people had given in the wave before, of those who
    answer now and of those who do not: persons, sum, sum of squares.
    """

    complete: Mapping[str, Sequence[int]]
    points: Mapping[str, Sequence[int]]
    answered: tuple[int, int, int]
    silent: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Quality:
    """What is known of one wave's questions and of its silence."""

    languages: Sequence[LanguageQuality]
    hard_to_judge: Sequence[AskedQuestion]
    nonresponse: Nonresponse


def languages_of(
    sums: Mapping[str, Sequence[int]], items: Mapping[str, str]
) -> list[LanguageQuality]:
    """Give the reliability in all languages together and, where there are several, in each.

    `sums` has the exact sums over complete cases by language; `items` the dimension of every
    item, in their order.
    """
    if not 1 < len(items) <= MOST_CORE:
        return []
    by_language = {key: from_vector(row, MOST_CORE) for key, row in sorted(sums.items())}
    if not by_language:
        return []
    found = [_quality(ALL, merged(by_language.values()), items)]
    if len(by_language) > 1:
        found += [_quality(key, each, items) for key, each in by_language.items()]
    return found


def _quality(language: str, cases: Crossproducts, items: Mapping[str, str]) -> LanguageQuality:
    own = cases.only(range(len(items)))
    strata = {
        dimension: [at for at, each in enumerate(items.values()) if each == dimension]
        for dimension in DIMENSIONS
    }
    several = {key: places for key, places in strata.items() if len(places) > 1}
    return LanguageQuality(
        language,
        cases.n,
        {key: dimension_reliability(own.only(places)) for key, places in several.items()},
        index_reliability(own, list(several.values())),
    )


def silence(rates: ResponseRates, facts: QualityFacts) -> Nonresponse:
    """Ask whether those who did not answer had said something else in the wave before."""
    full = SCALES["index"].full
    return nonresponse(rates, Sums(*facts.answered), Sums(*facts.silent), full=full)


def hard_to_judge(questions: Sequence[AskedQuestion]) -> list[AskedQuestion]:
    """Return the questions that many could not judge: they ask what people do not see."""
    return [
        each
        for each in questions
        if is_hard_to_judge(each.cannot_judge, each.n + each.cannot_judge)
    ]
