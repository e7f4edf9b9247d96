"""Waves of one survey side by side: the line of a measure, and the last step of every measure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from feedback.analytics.discoveries import benjamini_hochberg
from feedback.analytics.figures import (
    Change,
    Direction,
    NoFigure,
    NpsChange,
    TooFew,
    direction_of,
)
from feedback.analytics.measures import NPS, SCALES
from feedback.analytics.trends import rollup_change, rollup_nps_change
from feedback.results.tallies import Score, Tallies, Tally
from feedback.results.voices import Split, split
from feedback.surveys.dimensions import DIMENSIONS

ScoreChange = Change | TooFew | NoFigure


@dataclass(frozen=True, slots=True)
class WaveName:
    """One wave: its campaign, what it is called, when it was launched."""

    campaign_id: int
    name: str
    launched_at: datetime


@dataclass(frozen=True, slots=True)
class WavePoint:
    """One wave with its index, its recommendation where asked for, and what comments said."""

    wave: WaveName
    index: Score
    split: Split


@dataclass(frozen=True, slots=True)
class LastStep:
    """What changed from one wave to the next, by measure."""

    first: WaveName
    second: WaveName
    changes: Mapping[str, ScoreChange]
    nps: NpsChange | TooFew

    @property
    def directions(self) -> Mapping[str, Direction]:
        """Measure → the word for its change, the same in every sentence and table."""
        return directions(self.changes)


def directions(changes: Mapping[str, ScoreChange]) -> dict[str, Direction]:
    """Put changes into words: each by its own p, but the dimensions as the list they are."""
    there = {key: each for key, each in changes.items() if isinstance(each, Change)}
    words = {key: each.direction for key, each in there.items()}
    listed = [key for key in DIMENSIONS if key in there]
    # Of several dimensions one in ten at most may be called changed by chance.
    found = benjamini_hochberg([there[key].p for key in listed]).found
    for key, is_clear in zip(listed, found, strict=True):
        words[key] = direction_of(there[key].diff, is_clear)
    return words


def line(
    waves: Sequence[WaveName],
    tallies: Mapping[int, Tallies],
    heard: Iterable[tuple[int, str, int]] = (),
) -> list[WavePoint]:
    """Give the index and the comments of every wave; `heard` has (campaign, label, count)."""
    voices: dict[int, list[tuple[str, int]]] = {}
    for campaign_id, label, count in heard:
        voices.setdefault(campaign_id, []).append((label, count))
    return [
        WavePoint(
            wave, tallies[wave.campaign_id].score("index"), split(voices.get(wave.campaign_id, ()))
        )
        for wave in waves
    ]


def last_step(waves: Sequence[WaveName], tallies: Mapping[int, Tallies]) -> LastStep | None:
    """Compare the last two waves over the organisations of either; None with fewer than two."""
    if len(waves) < 2:
        return None
    first, second = waves[-2:]
    before, after = tallies[first.campaign_id], tallies[second.campaign_id]
    return LastStep(
        first,
        second,
        {measure: _changed(measure, before, after) for measure in SCALES},
        _recommended(before, after),
    )


def _changed(measure: str, before: Tallies, after: Tallies) -> ScoreChange:
    one, other = before.of(measure), after.of(measure)
    both = sorted(one.keys() | other.keys())
    none = Tally(0, measure, 0, 0, 0)
    return rollup_change(
        [one.get(key, none).sums for key in both],
        [other.get(key, none).sums for key in both],
        full=SCALES[measure].full,
    )


def _recommended(before: Tallies, after: Tallies) -> NpsChange | TooFew:
    one, other = before.of(NPS), after.of(NPS)
    both = sorted(one.keys() | other.keys())
    none = Tally(0, NPS, 0, 0, 0)
    return rollup_nps_change(
        [one.get(key, none).counts for key in both], [other.get(key, none).counts for key in both]
    )
