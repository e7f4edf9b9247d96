"""How the account team thinks its client judges, beside how the client does: gaps by dimension."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from feedback.analytics.figures import TooFew
from feedback.analytics.gap import GapWord, PerceptionGap, perception_gap
from feedback.results.summary import Statement
from feedback.results.tallies import Score
from feedback.surveys.dimensions import DIMENSIONS

# The team answers without names: one colleague's guess alone is neither shown nor the team's.
TEAM_FROM = 2
# Of several clear gaps only the first are said in words; the section has them all.
MOST_SAID = 2
_ORDER = (GapWord.BLIND_SPOT, GapWord.HIDDEN_STRENGTH, GapWord.UNCLEAR)


@dataclass(frozen=True, slots=True)
class MirrorFacts:
    """What the database says of the team's newest guesses about one organisation.

    `alike` are the dimensions that team and client were asked by the same statements.
    """

    campaign_id: int
    name: str
    opened_at: datetime
    people: int
    scores: Mapping[str, Score]
    alike: AbstractSet[str]


@dataclass(frozen=True, slots=True)
class GapLine:
    """One dimension: the client's score, the team's, and the gap between them."""

    dimension: str
    client: Score
    team: Score
    gap: PerceptionGap | TooFew

    @property
    def word(self) -> GapWord | None:
        """What may be said of the gap; None where there is none."""
        return None if isinstance(self.gap, TooFew) else self.gap.word


@dataclass(frozen=True, slots=True)
class Mirror:
    """The team's newest guesses beside the client's answers; blind spots come first."""

    campaign_id: int
    name: str
    opened_at: datetime
    people: int
    lines: Sequence[GapLine]
    unlike: Sequence[str]  # dimensions asked by other statements, so that they have no line

    @property
    def rows(self) -> list[tuple[str, Score, Score, PerceptionGap | TooFew]]:
        """The lines as the chart takes them."""
        return [(each.dimension, each.client, each.team, each.gap) for each in self.lines]

    @property
    def missing_colleagues(self) -> int:
        """How many more have to guess before anything is shown."""
        return max(0, TEAM_FROM - self.people)

    @property
    def has_gaps(self) -> bool:
        """Whether there is a gap, clear or not, on any dimension."""
        return any(each.word for each in self.lines)

    def called(self, word: str) -> list[str]:
        """Return the dimensions of whose gap this word may be said."""
        return [each.dimension for each in self.lines if each.word == word]

    @property
    def statements(self) -> list[Statement]:
        """Say the widest clear gaps, blind spots first."""
        clear = [each for each in self.lines if each.word in _ORDER[:2]]
        return [_statement(each) for each in clear[:MOST_SAID]]


def mirror(facts: MirrorFacts | None, client: Mapping[str, Score]) -> Mirror | None:
    """Set the team's guesses beside the client's scores; None where nobody has guessed."""
    if facts is None:
        return None
    lines = [
        GapLine(key, client[key], team, perception_gap(team, client[key]))
        for key in DIMENSIONS
        if key in facts.alike
        for team in [_of_team(facts.scores[key])]
    ]
    return Mirror(
        facts.campaign_id,
        facts.name,
        facts.opened_at,
        facts.people,
        sorted(lines, key=_place),
        [key for key in DIMENSIONS if key not in facts.alike],
    )


def _of_team(score: Score) -> Score:
    return TooFew(score.n, TEAM_FROM) if score.n < TEAM_FROM else score


def _place(line: GapLine) -> tuple[int, float]:
    if isinstance(line.gap, TooFew):
        return len(_ORDER), 0.0
    return _ORDER.index(line.gap.word), -abs(line.gap.gap)


def _statement(line: GapLine) -> Statement:
    assert isinstance(line.gap, PerceptionGap)
    limits = line.gap.difference.interval
    points = {"gap": line.gap.gap, "lo": limits.lo, "hi": limits.hi}
    return Statement(line.gap.word.value, {"dimension": line.dimension, **points})
