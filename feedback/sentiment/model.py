"""The linear model: its weights, and what each word of a text contributes to each score."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from feedback.sentiment.grams import Word, behind_contrast, characters, norm, pairs, single
from feedback.surveys.dimensions import DIMENSIONS

# The order of the columns. Polarity and neutrality are learnt twice: from reviews of all sorts,
# and with most weight on comments about relationships; the gate tells which a text is.
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
CALIBRATED = ("polarity", "neutral", "own_polarity", "own_neutral", "mixed")
HEAD = {name: place for place, name in enumerate(HEADS)}
WEIGHTS = Path(__file__).parent / "weights" / "model.npz"

MOST_KNOWN = 100_000  # forms of words whose contributions are kept in memory

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Model:
    """Weights as whole numbers −127…127 with one scale per head, biases and temperatures."""

    weights: npt.NDArray[np.int8]  # BUCKETS × len(HEADS)
    scales: Floats  # len(HEADS)
    biases: Floats  # len(HEADS)
    temperatures: Floats  # of each head: what its score is divided by so that it comes true
    version: str

    @cached_property
    def _known(self) -> dict[str, tuple[Floats, Floats, int]]:
        return {}

    def word(self, form: str) -> tuple[Floats, Floats, int]:
        """Return what a word weighs by itself, by its runs of characters, and how many runs."""
        known = self._known.get(form)
        if known is None:
            runs = characters(form)
            spelt = self.weights[list(runs)].sum(axis=0, dtype=np.int32) * self.scales
            itself = self.weights[single(form)] * self.scales
            known = (itself, spelt.astype(np.float32), len(runs))
            if len(self._known) < MOST_KNOWN:
                self._known[form] = known
        return known

    def contributions(self, texts: Sequence[Sequence[Word]]) -> Floats:
        """Return words × heads, text behind text: what each word adds to each score.

        A pair counts half to each of its words. The score of a head over a text is the sum of
        its column plus the head's bias: nothing is left over. No text may be without words.
        """
        sizes = np.array([len(words) for words in texts])
        every = [word for words in texts for word in words]
        known = [self.word(word.form) for word in every]
        parts = np.array([itself for itself, _, _ in known]) + self._joined(texts, sizes)
        late = [place for place, word in enumerate(every) if word.late]
        if late:
            places = [behind_contrast(every[place].form) for place in late]
            parts[late] += self.weights[places] * self.scales
        starts = np.cumsum(sizes) - sizes
        lates = np.add.reduceat(np.array([word.late for word in every], dtype=int), starts)
        runs = np.add.reduceat(np.array([size for _, _, size in known]), starts)
        parts *= np.repeat(_norms(2 * sizes + 1 + lates), sizes)[:, None]
        spelt = np.array([spelt for _, spelt, _ in known])
        spelt *= np.repeat(_norms(runs), sizes)[:, None]
        total: Floats = parts + spelt
        return total

    def _joined(self, texts: Sequence[Sequence[Word]], sizes: npt.NDArray[np.int64]) -> Floats:
        """Return words × heads: each word's half of its two pairs; at a text's end the whole."""
        places = [place for words in texts for place in pairs(words)]
        joined = self.weights[places] * (self.scales / 2)
        lefts = np.arange(sizes.sum()) + np.repeat(np.arange(len(sizes)), sizes)
        halves: Floats = joined[lefts] + joined[lefts + 1]
        ends = np.cumsum(sizes)
        pair_ends = ends + np.arange(len(sizes))
        halves[ends - sizes] += joined[pair_ends - sizes]
        halves[ends - 1] += joined[pair_ends]
        return halves


def _norms(sizes: npt.NDArray[np.int64]) -> Floats:
    return np.array([norm(int(size)) for size in sizes], dtype=np.float32)


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
