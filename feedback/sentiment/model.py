"""The linear model: reads its weights once, scores words, says what each word contributed."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from feedback.sentiment.grams import Word, characters, norm, word_features
from feedback.surveys.dimensions import DIMENSIONS

# The order of the columns. Polarity and neutrality are learnt twice: from everything, and with
# most weight on comments about relationships; the gate says how far a text is such a comment.
ACTS = ("request", "threat", "thanks")
HEADS = (
    "polarity",
    "neutral",
    "own_polarity",
    "own_neutral",
    "gate",
    "mixed",
    *ACTS,
    *DIMENSIONS,
)
HEAD = {name: place for place, name in enumerate(HEADS)}
LIKE_OURS = 0.1  # gate from which a text is a relationship comment as far as "mixed" goes
BALANCED = 0.25  # the weaker pull as a share of the stronger
LISTED = 2.0  # pull of a listed word of weight 1; chosen on validation texts
WEIGHTS = Path(__file__).parent / "weights" / "model.npz"

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Model:
    """Weights as whole numbers −127…127 with one scale per head, biases and temperatures."""

    weights: npt.NDArray[np.int8]  # BUCKETS × len(HEADS)
    scales: Floats  # len(HEADS)
    biases: Floats  # len(HEADS)
    temperatures: Floats  # of polarity, neutral and mixed: calibration
    version: str

    @cached_property
    def _known(self) -> dict[str, tuple[Floats, int]]:
        return {}

    def runs(self, form: str) -> tuple[Floats, int]:
        """Return the sum of a word's character weights per head, and how many runs it has."""
        known = self._known.get(form)
        if known is None:
            places = characters(form)
            total = self.weights[list(places)].sum(axis=0, dtype=np.int32).astype(np.float32)
            known = (total * self.scales, len(places))
            if len(self._known) < 100_000:
                self._known[form] = known
        return known

    def contributions(self, words: Sequence[Word]) -> Floats:
        """Return words × heads: what each word adds to each score. A pair counts half to each.

        The score of a head is the sum of its column plus the head's bias: nothing is left over.
        """
        parts = np.zeros((len(words), len(HEADS)), dtype=np.float32)
        if not words:
            return parts
        features = list(word_features(words))
        places, first, last = (np.array(column) for column in zip(*features, strict=True))
        found = self.weights[places] * (self.scales * (norm(len(features)) / 2))
        np.add.at(parts, first, found)
        np.add.at(parts, last, found)
        runs = [self.runs(word.form) for word in words]
        parts += np.stack([total for total, _ in runs]) * norm(sum(size for _, size in runs))
        return parts

    def scores(self, parts: Floats) -> Floats:
        """Return the score (logit) of each head from the words' contributions."""
        total: Floats = parts.sum(axis=0) + self.biases
        return total


@cache
def load(path: Path = WEIGHTS) -> Model:
    """Read the weights; once per process. Raises FileNotFoundError where there are none."""
    with np.load(path) as kept:
        return Model(
            weights=kept["weights"],
            scales=kept["scales"],
            biases=kept["biases"],
            temperatures=kept["temperatures"],
            version=str(kept["version"]),
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model makes of some words: calibrated probabilities, and what each word did."""

    positive: float  # if polar and not mixed
    neutral: float  # if not mixed
    mixed: float
    scores: Floats  # of all heads
    pull: Floats  # of each word on the polarity score; they and `lean` add up to it
    lean: float

    @property
    def shares(self) -> dict[str, float]:
        """Probability of each label; they add up to 1."""
        polar = (1 - self.mixed) * (1 - self.neutral)
        return {
            "positive": polar * self.positive,
            "neutral": (1 - self.mixed) * self.neutral,
            "negative": polar * (1 - self.positive),
            "mixed": self.mixed,
        }

    @property
    def polarity(self) -> float:
        """−1…1: how far to the good or the bad, nearer to 0 the more neutral it is."""
        return round((1 - self.neutral) * (2 * self.positive - 1), 4)


def read(
    model: Model, parts: Floats, gate: float | None = None, listed: Floats | None = None
) -> Reading:
    """Read words from their contributions.

    `gate` is given where it is known from the whole text; `listed` is what the word lists say
    of each word, where they are asked too: a word that is listed is not neutral.
    """
    scores = model.scores(parts)
    share = sigmoid(scores[HEAD["gate"]]) if gate is None else gate

    def blended(name: str) -> tuple[Floats, float]:
        own, general = HEAD["own_" + name], HEAD[name]
        pull = share * parts[:, own] + (1 - share) * parts[:, general]
        lean = share * model.biases[own] + (1 - share) * model.biases[general]
        return pull, float(lean)

    pull, lean = blended("polarity")
    flat, base = blended("neutral")
    if listed is not None:
        pull = pull + LISTED * listed
        base -= LISTED * abs(float(listed.sum()))
    hot = model.temperatures
    return Reading(
        positive=sigmoid((pull.sum() + lean) / hot[0]),
        neutral=sigmoid((flat.sum() + base) / hot[1]),
        # Learnt from relationship comments only, so believed as far as the text is one.
        mixed=sigmoid(scores[HEAD["mixed"]] / hot[2])
        * _balance(pull)
        * min(1.0, share / LIKE_OURS),
        scores=scores,
        pull=pull,
        lean=lean,
    )


def _balance(pull: Floats) -> float:
    """Return 0…1: 1 where words pull both ways, 0 where all pull one way.

    Praise and blame cannot both be there if nothing pulls the other way. Nine of ten mixed
    comments of the training part reach BALANCED.
    """
    good = float(pull[pull > 0].sum())
    bad = -float(pull[pull < 0].sum())
    return min(1.0, min(good, bad) / (BALANCED * max(good, bad, 1e-9)))


def sigmoid(score: float) -> float:
    """Return the probability of a score, 0…1."""
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, float(score)))))
