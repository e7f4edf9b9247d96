"""What the figures say, as ranked statements: codes with parameters that templates put in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from feedback.analytics.figures import AccountMean, Nps, NpsFew, RollupMean, TooFew
from feedback.analytics.response_rates import ResponseRates
from feedback.results.tallies import Recommendation, Score
from feedback.results.voices import DimensionVoice, Split
from feedback.surveys.dimensions import DIMENSIONS

# Fewer comments about a dimension than this are told in the table, not in words.
ENOUGH_COMMENTS = 5


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence to be: its code names a macro, its parameters fill it."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


def statements(
    scores: Mapping[str, Score],
    recommendation: Recommendation,
    rates: ResponseRates,
    split: Split,
    by_dimension: Sequence[DimensionVoice],
    contradicting: int = 0,
) -> list[Statement]:
    """Say what matters, first things first: index, extremes, NPS, comments, response.

    Where there is too little for a statement, the statement is that, with what is missing;
    where a dimension does not stand out beyond its uncertainty, none is called the weakest.
    """
    return [
        _index(scores["index"]),
        *_extremes({key: scores[key] for key in DIMENSIONS if key in scores}),
        *_recommendation(recommendation),
        *_comments(split),
        *_contradicting(contradicting),
        *_criticised(by_dimension),
        *_response(rates),
    ]


def _index(index: Score) -> Statement:
    if isinstance(index, TooFew):
        return Statement("index_too_few", {"missing": index.missing})
    params = {
        "value": index.mean,
        "lo": index.interval.lo,
        "hi": index.interval.hi,
        "n": index.n,
    }
    if isinstance(index, RollupMean):
        return Statement("index", params | {"accounts": index.accounts})
    return Statement("index_one_voice" if index.n == 1 else "index_one_account", params)


def _extremes(dimensions: Mapping[str, Score]) -> list[Statement]:
    """Name the weakest (and strongest) dimension if their intervals lie apart."""
    found = [
        (score.mean, key, score)
        for key, score in dimensions.items()
        if isinstance(score, RollupMean | AccountMean)
    ]
    if len(found) < 2:
        return []
    (_, low_key, low), (_, high_key, high) = min(found), max(found)
    params = {
        "dimension": low_key,
        "value": low.mean,
        "lo": low.interval.lo,
        "hi": low.interval.hi,
        "strongest": high_key,
        "strongest_value": high.mean,
        "count": len(found),
    }
    if low.interval.hi < high.interval.lo:
        return [Statement("weakest", params)]
    return [Statement("none_stands_out", params)]


def _recommendation(found: Recommendation) -> list[Statement]:
    if isinstance(found, Nps):
        limits = {"lo": found.interval.lo, "hi": found.interval.hi}
        return [Statement("nps", {"value": found.nps, "n": found.n, **limits})]
    if isinstance(found, NpsFew):
        counts = {"promoters": found.counts.promoters, "detractors": found.counts.detractors}
        return [Statement("nps_too_few", {"n": found.n, "missing": found.score.missing, **counts})]
    return []


def _comments(split: Split) -> list[Statement]:
    told = []
    if split.n:
        params = {"n": split.n, "positive": split.positive, "negative": split.negative}
        told.append(Statement("comments", params | {"mixed": split.mixed}))
    if split.unsure:
        told.append(Statement("comments_unsure", {"n": split.unsure}))
    if split.waiting:
        told.append(Statement("comments_waiting", {"n": split.waiting}))
    return told


def _contradicting(count: int) -> list[Statement]:
    return [Statement("contradicting", {"n": count})] if count else []


def _criticised(by_dimension: Sequence[DimensionVoice]) -> list[Statement]:
    spoken = [voice for voice in by_dimension if voice.n >= ENOUGH_COMMENTS and voice.negative]
    if not spoken:
        return []
    worst = max(spoken, key=lambda voice: (voice.negative, voice.negative / voice.n))
    params = {"dimension": worst.dimension, "negative": worst.negative, "n": worst.n}
    return [Statement("criticised", params)]


def _response(rates: ResponseRates) -> list[Statement]:
    if isinstance(rates.response, TooFew):
        return []
    params = {"share": rates.response.share, "n": rates.n}
    return [Statement("response_low" if rates.is_low else "response", params)]
