"""What may be shown of an account in named mode, decided by its number of persons alone."""

from __future__ import annotations

from enum import StrEnum

COUNTS_FROM = 2
FAVOURABLE_FROM = 5
NPS_NUMBER_FROM = 10


class AccountDisplay(StrEnum):
    """The steps of the display table; each shows all that the steps before it show.

    One voice is a score that the page labels as such, because one person is not a relationship.
    """

    NO_DATA = "no_data"
    ONE_VOICE = "one_voice"
    FEW = "few"
    SHARES = "shares"
    FULL = "full"

    @property
    def shows_score(self) -> bool:
        """Score with interval: from one person."""
        return self is not AccountDisplay.NO_DATA

    @property
    def shows_answer_counts(self) -> bool:
        """How often each answer was given: from two persons."""
        return self.shows_score and self is not AccountDisplay.ONE_VOICE

    @property
    def shows_favourable_share(self) -> bool:
        """Share of favourable persons with interval: from five persons."""
        return self in (AccountDisplay.SHARES, AccountDisplay.FULL)

    @property
    def shows_nps_number(self) -> bool:
        """NPS as a number: from ten persons; below that counts and the mean 0..10."""
        return self is AccountDisplay.FULL


def display_rule(n: int) -> AccountDisplay:
    """Say what may be shown of an account with `n` persons; ValueError if n is negative.

    >>> [display_rule(n).value for n in (0, 1, 4, 5, 10)]
    ['no_data', 'one_voice', 'few', 'shares', 'full']
    """
    if n < 0:
        raise ValueError(f"a number of persons cannot be {n}")
    steps = (
        (NPS_NUMBER_FROM, AccountDisplay.FULL),
        (FAVOURABLE_FROM, AccountDisplay.SHARES),
        (COUNTS_FROM, AccountDisplay.FEW),
        (1, AccountDisplay.ONE_VOICE),
    )
    return next((step for least, step in steps if n >= least), AccountDisplay.NO_DATA)
