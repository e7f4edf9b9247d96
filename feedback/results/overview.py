"""From the raw sums of a scope to everything its satisfaction summary says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from feedback.analytics.pareto import Pareto, pareto
from feedback.analytics.response_rates import ResponseRates, aapor_rates
from feedback.results.fates import dispositions
from feedback.results.listing import Known, Listed
from feedback.results.matters import DriverSums, what_matters
from feedback.results.reach import reach
from feedback.results.scope import Scope
from feedback.results.summary import Background, Statement, statements
from feedback.results.tallies import Favourable, Recommendation, Score, Tallies
from feedback.results.telling import choose
from feedback.results.voices import DimensionVoice, Heard, Review, Split, by_language, split
from feedback.results.waves import WaveName, WavePoint, last_step, line
from feedback.surveys.dimensions import DIMENSIONS


@dataclass(frozen=True, slots=True)
class SummaryFacts:
    """What the database says about a scope, read in a fixed number of queries."""

    scope: Scope
    tallies: Tallies
    fates: Sequence[tuple[str, int]]
    heard: Sequence[Heard]
    by_dimension: Sequence[DimensionVoice]
    candidates: Sequence[Review]
    quotes: Sequence[Review]
    organisations: Sequence[Known]
    span: tuple[datetime | None, datetime | None]
    decision_makers: tuple[int, int]  # who answered, all
    drivers: DriverSums
    waves: Sequence[WaveName]
    index_by_wave: Mapping[int, Tallies]
    last_waves: Mapping[int, Tallies]
    heard_by_wave: Sequence[tuple[int, str, int]]


@dataclass(frozen=True, slots=True)
class Overview:
    """A satisfaction summary: figures, statements, telling comments."""

    scope: Scope
    persons: int
    accounts: int
    organisations: int
    first_answer: datetime | None
    last_answer: datetime | None
    index: Score
    csat: Score
    dimensions: Mapping[str, Score]
    favourable: Mapping[str, Favourable]
    recommendation: Recommendation
    rates: ResponseRates
    fates: Mapping[str, int]  # what `rates` are made of
    background: Background
    split: Split
    by_dimension: Sequence[DimensionVoice]
    by_language: Sequence[tuple[str, Split]]
    telling: Sequence[Review]
    line: Sequence[WavePoint]
    statements: Sequence[Statement]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all to read: no answer that counts and no comment."""
        spoken = self.split.n + self.split.waiting + self.split.aside
        return self.persons == 0 and spoken == 0


def overview(facts: SummaryFacts) -> Overview:
    """Make the summary of a scope."""
    tallies, known = facts.tallies, facts.organisations
    scores = {measure: tallies.score(measure) for measure in ("index", "csat", *DIMENSIONS)}
    voices = split((each.label, each.count) for each in facts.heard)
    persons = sum(each.persons for each in known)
    rates = aapor_rates(dispositions(facts.fates))
    recommendation = tallies.recommendation()
    background = Background(
        step=last_step(facts.waves, facts.last_waves),
        matters=what_matters(facts.drivers, scores),
        reach=reach(known, facts.decision_makers),
        pareto=_pareto(known),
        contradicting=sum(each.contradicting for each in facts.heard),
    )
    told = statements(scores, recommendation, rates, voices, facts.by_dimension, background)
    return Overview(
        scope=facts.scope,
        persons=persons,
        accounts=sum(1 for each in known if each.persons),
        organisations=len(known),
        first_answer=facts.span[0],
        last_answer=facts.span[1],
        index=scores["index"],
        csat=scores["csat"],
        dimensions={dimension: scores[dimension] for dimension in DIMENSIONS},
        favourable={dimension: tallies.favourable(dimension) for dimension in DIMENSIONS},
        recommendation=recommendation,
        rates=rates,
        fates=dict(facts.fates),
        background=background,
        split=voices,
        by_dimension=facts.by_dimension,
        by_language=by_language(facts.heard),
        telling=choose(facts.candidates, voices.by_label, facts.by_dimension, quotes=facts.quotes),
        line=line(facts.waves, facts.index_by_wave, facts.heard_by_wave),
        statements=told,
    )


def _pareto(known: Sequence[Known]) -> Pareto | None:
    """Say how unevenly yearly value is spread; None where no value is known."""
    found = pareto([(each.id, each.value) for each in known if each.value])
    # The class of each is asked for by no summary, and would be kept 50,000 times over.
    return replace(found, classes={}) if isinstance(found, Pareto) else None


def listed(facts: SummaryFacts) -> Listed:
    """Return everything the lines of the organisations are made of."""
    by_organisation: dict[int, list[tuple[str, int]]] = {}
    for each in facts.heard:
        by_organisation.setdefault(each.organisation_id, []).append((each.label, each.count))
    return Listed(
        facts.organisations,
        facts.tallies,
        {key: split(counts) for key, counts in by_organisation.items()},
        facts.waves,
        facts.index_by_wave,
    )
