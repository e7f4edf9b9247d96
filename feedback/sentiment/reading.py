"""What the linear model makes of spans of words: calibrated probabilities and each word's pull."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from feedback.sentiment.model import HEAD, Floats, Model

LIKE_OURS = 0.1  # gate from which a text is a relationship comment as far as "mixed" goes
# Below the first gate only the heads of all reviews are asked, above the second only our own.
RAMP = (0.1, 0.4)
# Neutral is rare in public reviews: without this lean three-star reviews are hardly ever found.
# Chosen on validation texts.
NEUTRAL_LEAN = 0.5
BALANCED = 0.25  # the weaker pull as a share of the stronger
LISTED = 1.0  # pull of a listed word of weight 1; chosen on validation texts

Sizes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Readings:
    """What the model makes of some spans (texts or clauses), one row each."""

    positive: Floats  # if polar and not mixed
    neutral: Floats  # if not mixed
    mixed: Floats
    scores: Floats  # spans × heads
    gates: Floats  # how far a span is a relationship comment, 0…1
    pull: Floats  # of each word on the polarity score; a span's and its `lean` add up to it
    lean: Floats

    @property
    def shares(self) -> Floats:
        """Spans × (positive, neutral, negative, mixed): probabilities that add up to 1."""
        plain = 1 - self.mixed
        polar = plain * (1 - self.neutral)
        good = polar * self.positive
        return np.stack([good, plain * self.neutral, polar - good, self.mixed], axis=1)

    @property
    def polarity(self) -> Floats:
        """−1…1: how far to the good or the bad, nearer to 0 the more neutral a span is."""
        return (1 - self.neutral) * (2 * self.positive - 1)


def read(
    model: Model,
    parts: Floats,
    sizes: Sizes,
    gates: Floats | None = None,
    listed: Floats | None = None,
) -> Readings:
    """Read spans from the contributions of their words, which stand one behind the other.

    `sizes` is how many words each span has, never 0. `gates` is given where it is known from the
    whole text; `listed` is what the word lists say of each word, where they are asked too: a
    word that is listed is not neutral.
    """
    starts = np.cumsum(sizes) - sizes
    scores = np.asarray(np.add.reduceat(parts, starts, axis=0) + model.biases, dtype=np.float32)
    share = sigmoid(scores[:, HEAD["gate"]]) if gates is None else gates
    ours = np.clip((share - RAMP[0]) / (RAMP[1] - RAMP[0]), 0, 1)
    pull, lean = _blended(model, parts, ours, sizes, "polarity")
    flat, base = _blended(model, parts, ours, sizes, "neutral")
    base = base + (1 - ours) * NEUTRAL_LEAN
    if listed is not None:
        pull = pull + LISTED * listed
        base = np.asarray(base - LISTED * np.abs(np.add.reduceat(listed, starts)), np.float32)
    mixed = HEAD["mixed"]
    return Readings(
        positive=sigmoid(np.add.reduceat(pull, starts) + lean),
        neutral=sigmoid(np.add.reduceat(flat, starts) + base),
        # Learnt from relationship comments only, so believed as far as the text is one.
        mixed=sigmoid(scores[:, mixed] / model.temperatures[mixed])
        * _balance(pull, starts)
        * np.minimum(1.0, share / LIKE_OURS),
        scores=scores,
        gates=share,
        pull=pull,
        lean=lean,
    )


def _blended(
    model: Model, parts: Floats, share: Floats, sizes: Sizes, name: str
) -> tuple[Floats, Floats]:
    """Return each word's pull and each span's bias, between the general and the own head."""
    own, general = HEAD["own_" + name], HEAD[name]
    hot, warm = model.temperatures[own], model.temperatures[general]
    wide = np.repeat(share, sizes)
    pull = wide * (parts[:, own] / hot) + (1 - wide) * (parts[:, general] / warm)
    return pull, share * (model.biases[own] / hot) + (1 - share) * (model.biases[general] / warm)


def _balance(pull: Floats, starts: Sizes) -> Floats:
    """Return 0…1 per span: 1 where words pull both ways, 0 where all pull one way.

    Praise and blame cannot both be there if nothing pulls the other way. Nine of ten mixed
    comments of the training part reach BALANCED.
    """
    good = np.add.reduceat(np.maximum(pull, 0), starts)
    bad = np.add.reduceat(np.maximum(-pull, 0), starts)
    weaker, stronger = np.minimum(good, bad), np.maximum(good, bad)
    return np.minimum(1.0, weaker / (BALANCED * np.maximum(stronger, 1e-9)))


def sigmoid(score: Floats) -> Floats:
    """Return the probability of a score, 0…1."""
    return np.asarray(1 / (1 + np.exp(-np.clip(score, -40, 40))), dtype=np.float32)
