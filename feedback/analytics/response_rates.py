"""Response rates by the standard of survey research, from the fate of every invitation."""

from __future__ import annotations

from dataclasses import astuple, dataclass

from feedback.analytics.figures import Share, TooFew
from feedback.analytics.intervals import wilson_interval

LOW_RESPONSE = 0.30

Rate = float | TooFew


@dataclass(frozen=True, slots=True)
class Dispositions:
    """How many invitations ended how; every invitation counts once (AAPOR codes in brackets)."""

    complete: int = 0  # I
    partial: int = 0  # P
    refused: int = 0  # R: refused, opted out or broke off
    no_answer: int = 0  # NC: delivered, no answer
    other: int = 0  # O: for example a long absence
    undeliverable: int = 0  # UH
    unknown: int = 0  # UO
    not_eligible: int = 0  # NE: left the company or wrong person

    def __post_init__(self) -> None:
        if min(astuple(self)) < 0:
            raise ValueError("a count cannot be negative")

    @property
    def eligible(self) -> int:
        """Invitations known to have reached the right person: I+P+R+NC+O."""
        return self.complete + self.partial + self.refused + self.no_answer + self.other

    @property
    def of_unknown_eligibility(self) -> int:
        """Invitations of which nobody knows whether they reached a person we may ask: UH+UO."""
        return self.undeliverable + self.unknown


@dataclass(frozen=True, slots=True)
class ResponseRates:
    """Shares 0..1 over `n` invitations (those not eligible left out), named as by AAPOR.

    A rate with nothing to divide by is TooFew. `response` is RR2 with its interval: the rate
    that pages show.
    """

    n: int
    e: float
    rr1: Rate
    rr2: Rate
    rr3: Rate
    rr4: Rate
    rr5: Rate
    rr6: Rate
    coop1: Rate
    ref1: Rate
    con1: Rate
    response: Share | TooFew

    @property
    def is_low(self) -> bool:
        """Whether RR2 is below 30 %, so that who stayed silent may matter; False without n."""
        return not isinstance(self.rr2, TooFew) and self.rr2 < LOW_RESPONSE


def aapor_rates(
    counts: Dispositions, *, e: float | None = None, conf: float = 0.95
) -> ResponseRates:
    """Give response (RR1-RR6), cooperation, refusal and contact rate as shares 0..1.

    U = UH+UO. RR1 = I/(I+P+R+NC+O+U), RR3 with e*U and RR5 without U; RR2, RR4, RR6 with I+P on
    top. COOP1 = I/(I+P+R+O), REF1 = R/(all+U), CON1 = (I+P+R+O)/(all+U). `e` is the share of U
    taken as eligible, by default (I+P+R+NC+O)/(I+P+R+NC+O+NE); 1 if that is 0/0.
    AAPOR Standard Definitions 2016. ValueError unless 0 <= e <= 1.

    >>> rates = aapor_rates(Dispositions(4, 2, 1, 1, 1, 1, 1, 1), e=0.9)
    >>> [round(rate, 3) for rate in (rates.rr1, rates.rr2, rates.rr3, rates.rr5, rates.rr6)]
    [0.364, 0.545, 0.37, 0.444, 0.667]
    """
    known, unclear = counts.eligible, counts.of_unknown_eligibility
    judged = known + counts.not_eligible
    if e is None:
        e = known / judged if judged else 1.0
    if not 0 <= e <= 1:
        raise ValueError(f"a share of eligible cases lies between 0 and 1, not {e}")
    answered = counts.complete + counts.partial
    reached = answered + counts.refused + counts.other
    every = known + unclear
    return ResponseRates(
        n=every,
        e=e,
        rr1=_rate(counts.complete, every),
        rr2=_rate(answered, every),
        rr3=_rate(counts.complete, known + e * unclear),
        rr4=_rate(answered, known + e * unclear),
        rr5=_rate(counts.complete, known),
        rr6=_rate(answered, known),
        coop1=_rate(counts.complete, reached),
        ref1=_rate(counts.refused, every),
        con1=_rate(reached, every),
        response=wilson_interval(answered, every, conf),
    )


def _rate(count: int, base: float) -> Rate:
    return count / base if base > 0 else TooFew(0, 1)
