"""From the raw sums of a scope to everything its satisfaction summary says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from feedback.analytics.response_rates import ResponseRates, aapor_rates
from feedback.results.fates import dispositions
from feedback.results.listing import Known, Line, Page, lines_of, page_of
from feedback.results.scope import Scope
from feedback.results.summary import Statement, statements
from feedback.results.tallies import NPS, Recommendation, Score, Tallies
from feedback.results.telling import choose
from feedback.results.voices import DimensionVoice, Heard, Review, Split, by_language, split
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
    organisations: Sequence[Known]


@dataclass(frozen=True, slots=True)
class Overview:
    """A satisfaction summary: figures, statements, telling comments, organisations."""

    scope: Scope
    persons: int
    accounts: int
    first_answer: datetime | None
    last_answer: datetime | None
    index: Score
    csat: Score
    dimensions: Mapping[str, Score]
    recommendation: Recommendation
    rates: ResponseRates
    split: Split
    by_dimension: Sequence[DimensionVoice]
    by_language: Sequence[tuple[str, Split]]
    telling: Sequence[Review]
    statements: Sequence[Statement]
    page: Page

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all to read: no answer that counts and no comment."""
        spoken = self.split.n + self.split.waiting + self.split.aside
        return self.persons == 0 and spoken == 0


def overview(facts: SummaryFacts, sort: str = "score", page: int = 1) -> Overview:
    """Make the summary of a scope; raises UnknownSort."""
    tallies, known = facts.tallies, facts.organisations
    scores = {measure: tallies.score(measure) for measure in ("index", *DIMENSIONS)}
    voices = split((each.label, each.count) for each in facts.heard)
    rates = aapor_rates(dispositions(facts.fates))
    heard = [each for each in known if each.persons]
    recommendation = tallies.recommendation()
    contradicting = sum(each.contradicting for each in facts.heard)
    return Overview(
        scope=facts.scope,
        persons=sum(each.persons for each in heard),
        accounts=len(heard),
        first_answer=min((each.first_answer for each in heard if each.first_answer), default=None),
        last_answer=max((each.last_answer for each in heard if each.last_answer), default=None),
        index=scores["index"],
        csat=tallies.score("csat"),
        dimensions={dimension: scores[dimension] for dimension in DIMENSIONS},
        recommendation=recommendation,
        rates=rates,
        split=voices,
        by_dimension=facts.by_dimension,
        by_language=by_language(facts.heard),
        telling=choose(facts.candidates, voices.by_label, facts.by_dimension),
        statements=statements(
            scores, recommendation, rates, voices, facts.by_dimension, contradicting
        ),
        page=page_of(_lines(facts), sort, page),
    )


def _lines(facts: SummaryFacts) -> list[Line]:
    by_organisation: dict[int, list[tuple[str, int]]] = {}
    for each in facts.heard:
        by_organisation.setdefault(each.organisation_id, []).append((each.label, each.count))
    return lines_of(
        facts.organisations,
        facts.tallies.account_scores("index"),
        {key: facts.tallies.account_recommendation(key) for key in facts.tallies.of(NPS)},
        {key: split(counts) for key, counts in by_organisation.items()},
    )
