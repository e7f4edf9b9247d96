"""What became of an invitation, and how that counts in the response rate."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from feedback.analytics.response_rates import Dispositions


class Fate(StrEnum):
    """The end of an invitation so far, with the disposition of AAPOR's Standard Definitions.

    The first one that fits counts. A form that was opened and never sent is a break-off, even
    while it might still be sent. Mails that were cancelled because the campaign closed, or that
    wait in the queue, never asked anybody: they are not counted.
    """

    COMPLETE = "complete"  # I: sent, at least 80 % of the core answered
    PARTIAL = "partial"  # P: sent, 50 to 80 %
    REFUSED = "refused"  # R: sent with less, opened and not sent, or unsubscribed when asked
    NOT_ELIGIBLE = "not_eligible"  # NE: the invitation was withdrawn
    UNDELIVERABLE = "undeliverable"  # UH: bounced
    NO_ANSWER = "no_answer"  # NC: delivered, nothing came
    UNKNOWN = "unknown"  # UO: sending failed, or nobody knows whether the mail went out
    NOT_ASKED = "not_asked"  # still queued or cancelled: no disposition


def dispositions(counts: Iterable[tuple[str, int]]) -> Dispositions:
    """Add up (fate, count) pairs to dispositions; those not asked are left out.

    >>> dispositions([("complete", 3), ("complete", 1), ("not_asked", 9)]).eligible
    4
    """
    totals: dict[str, int] = {}
    for fate, count in counts:
        if fate != Fate.NOT_ASKED:
            totals[fate] = totals.get(fate, 0) + count
    return Dispositions(**totals)


def answered(counts: Mapping[str, int]) -> int:
    """Count the answers among fates: complete and partial."""
    return counts.get(Fate.COMPLETE, 0) + counts.get(Fate.PARTIAL, 0)
