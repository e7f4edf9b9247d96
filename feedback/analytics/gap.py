"""How the own team's guess of the client's answers differs from what the client said."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from feedback.analytics.differences import Mean, MeanDifference, mean_difference
from feedback.analytics.figures import TooFew

WORTH_A_WORD = 10.0


class GapWord(StrEnum):
    """What may be said of a gap."""

    BLIND_SPOT = "blind_spot"
    HIDDEN_STRENGTH = "hidden_strength"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class PerceptionGap:
    """Own team minus client in points; above 0 the team thinks better of it than the client."""

    own: Mean
    client: Mean
    difference: MeanDifference

    @property
    def gap(self) -> float:
        """Own minus client, -100..100."""
        return self.difference.diff

    @property
    def word(self) -> GapWord:
        """Blind spot from +10, hidden strength from -10, each only if the interval excludes 0."""
        if not self.difference.is_clear or abs(self.gap) < WORTH_A_WORD:
            return GapWord.UNCLEAR
        return GapWord.BLIND_SPOT if self.gap > 0 else GapWord.HIDDEN_STRENGTH


def perception_gap(own: Mean | TooFew, client: Mean | TooFew) -> PerceptionGap | TooFew:
    """Give own minus client with the MOVER interval (`mean_difference`) and its word.

    Both are figures of `mean_interval`: the team's mirror answers to the same items, and the
    client's. TooFew if either is.

    >>> perception_gap(TooFew(0, 1), TooFew(0, 1))
    TooFew(n=0, needed=1)
    """
    if isinstance(own, TooFew):
        return own
    if isinstance(client, TooFew):
        return client
    return PerceptionGap(own, client, mean_difference(own, client))
