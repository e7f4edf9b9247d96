"""What the figures say, as ranked statements: codes with parameters that templates put in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from feedback.analytics.drivers import DriversRefused
from feedback.analytics.figures import (
    AccountMean,
    Change,
    Direction,
    Nps,
    NpsFew,
    RollupMean,
    TooFew,
)
from feedback.analytics.pareto import Pareto
from feedback.analytics.response_rates import ResponseRates
from feedback.results.matters import Matters
from feedback.results.reach import Reach
from feedback.results.tallies import Recommendation, Score
from feedback.results.voices import DimensionVoice, Split
from feedback.results.waves import LastStep
from feedback.surveys.dimensions import DIMENSIONS

# Fewer comments about a dimension than this are told in the table, not in words.
ENOUGH_COMMENTS = 5
# Code → where on the page its evidence stands.
EVIDENCE = {
    "weakest": "dimensions", "none_stands_out": "dimensions",
    "index": "figures", "index_one_account": "figures", "index_one_voice": "figures",
    "index_too_few": "figures", "nps": "figures", "nps_too_few": "figures",
    "changed": "waves", "unclear": "waves", "dimension_changed": "waves",
    "too_few_for_change": "waves",
    "driver_first": "matters", "driver_tied": "matters", "drivers_refused": "matters",
    "comments": "sentiment", "comments_unsure": "sentiment", "comments_waiting": "sentiment",
    "contradicting": "sentiment", "criticised": "voices",
    "response": "figures", "response_low": "figures",
    "silent_accounts": "reach", "silent_deciders": "reach", "silent_value": "reach",
    "concentrated": "reach", "disagree": "questions",
    "blind_spot": "mirror", "hidden_strength": "mirror",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence to be: its code names a macro, its parameters fill it."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def evidence(self) -> str:
        """The id of the part of the page that shows what this says."""
        return EVIDENCE[self.code]


@dataclass(frozen=True, slots=True)
class Background:
    """What is known beyond the figures themselves; what is missing is None."""

    step: LastStep | None = None
    matters: Matters | None = None
    reach: Reach | None = None
    pareto: Pareto | None = None
    contradicting: int = 0
    disagreed: int = 0  # questions on which the contacts of one organisation disagree


def statements(
    scores: Mapping[str, Score],
    recommendation: Recommendation,
    rates: ResponseRates,
    split: Split,
    by_dimension: Sequence[DimensionVoice],
    background: Background | None = None,
) -> list[Statement]:
    """Say what matters, first things first: index, change, extremes, what matters, NPS, voices.

    Where there is too little for a statement, the statement is that, with what is missing;
    where a dimension does not stand out beyond its uncertainty, none is called the weakest. What
    we do not know comes last.
    """
    known = background or Background()
    return [
        _index(scores["index"]),
        *_changes(known.step),
        *_extremes({key: scores[key] for key in DIMENSIONS if key in scores}),
        *_matters(known.matters),
        *_recommendation(recommendation),
        *_comments(split),
        *_contradicting(known.contradicting),
        *([Statement("disagree", {"n": known.disagreed})] if known.disagreed else []),
        *_criticised(by_dimension),
        *_response(rates),
        *_unknown(known.reach),
        *_concentrated(known.pareto),
    ]


def _changes(step: LastStep | None) -> list[Statement]:
    """Say whether the index changed beyond noise since the wave before, and which dimensions."""
    if step is None:
        return []
    names = {"first": step.first.launched_at, "second": step.second.launched_at}
    index = step.changes["index"]
    if isinstance(index, TooFew) and index.n:
        return [Statement("too_few_for_change", names | {"missing": index.missing})]
    if not isinstance(index, Change):
        return []
    limits = {"lo": index.interval.lo, "hi": index.interval.hi, "diff": index.diff}
    if index.direction is Direction.UNCLEAR:
        told = [Statement("unclear", names | limits | {"smallest": index.smallest_seen})]
    else:
        told = [Statement("changed", names | limits | {"direction": index.direction.value})]
    return told + _changed_dimensions(step)


def _changed_dimensions(step: LastStep) -> list[Statement]:
    words = step.directions
    found = [(key, each) for key in DIMENSIONS if isinstance(each := step.changes.get(key), Change)]
    told = []
    for key, each in sorted(found, key=lambda pair: pair[1].p):
        direction = words[key]
        if direction is not Direction.UNCLEAR:
            limits = {"lo": each.interval.lo, "hi": each.interval.hi, "diff": each.diff}
            params = {"dimension": key, "direction": direction.value, **limits}
            told.append(Statement("dimension_changed", params))
    return told


def _matters(found: Matters | None) -> list[Statement]:
    if found is None:
        return []
    result = found.result
    if isinstance(result, DriversRefused):
        return [Statement("drivers_refused", {"reason": result.reasons[0]})]
    first = result.drivers[0]
    params = {"n": result.n, "share": first.share, "provisional": result.is_provisional}
    if result.has_most_important:
        return [Statement("driver_first", params | {"dimension": first.name})]
    return [Statement("driver_tied", params | {"dimensions": result.top})]


def _unknown(found: Reach | None) -> list[Statement]:
    """Say of whom nothing is known: who is silent may be content, or about to leave."""
    if found is None:
        return []
    told = []
    if found.silent:
        told.append(
            Statement("silent_accounts", {"n": found.silent, "organisations": found.accounts[1]})
        )
    heard, deciders = found.decision_makers
    if heard < deciders:
        told.append(Statement("silent_deciders", {"n": deciders - heard, "deciders": deciders}))
    share = found.value_share
    if share is not None and share < 1:
        told.append(Statement("silent_value", {"share": 1 - share}))
    return told


def _concentrated(found: Pareto | None) -> list[Statement]:
    if found is None:
        return []
    params = {"accounts": found.needed_for_80, "of": found.n, "share": found.share_of_top_fifth}
    return [Statement("concentrated", params)]


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
    if round(low.mean) == round(high.mean):
        return []  # nothing is lowest, as anybody reads the figures
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
        return [Statement("weakest", params | {"n": low.n})]
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
