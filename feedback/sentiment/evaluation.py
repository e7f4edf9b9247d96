"""How good verdicts are against labels: macro-F1, accuracy, calibration, with intervals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from feedback.sentiment.verdict import Verdict

Labels = npt.NDArray[np.str_]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

DRAWS = 1_000
BINS = 10


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure 0…1 with its 95 % interval from resampled texts."""

    value: float
    lo: float
    hi: float


@dataclass(frozen=True, slots=True)
class Report:
    """What an evaluation found; f1 by label and accuracy by language are plain figures."""

    n: int
    classes: tuple[str, ...]
    macro_f1: Measured
    accuracy: Measured
    f1_by_label: Mapping[str, float]
    by_language: Mapping[str, tuple[int, float, float]]  # n, macro-F1, accuracy
    calibration_error: float


def predicted(verdict: Verdict, classes: Sequence[str]) -> str:
    """Return the label among `classes` the verdict comes nearest to.

    Sets differ in what they know: one without "mixed" or "neutral" gets the likeliest of its own.
    """
    if verdict.shares:
        return max(classes, key=lambda name: verdict.shares.get(name, 0.0))
    if verdict.label in classes:
        return verdict.label
    if "neutral" in classes:
        return verdict.three_way
    return "positive" if verdict.polarity > 0 else "negative"


def certainty(verdict: Verdict, answer: str, classes: Sequence[str]) -> float:
    """Return the probability of an answer among the labels a set knows, 0…1."""
    shares = verdict.shares
    known = sum(shares.get(name, 0.0) for name in classes)
    return shares.get(answer, 0.0) / known if known else verdict.confidence


def report(
    languages: Sequence[str],
    labels: Sequence[str],
    answers: Sequence[str],
    sure: Sequence[float],
    seed: int = 7,
) -> Report:
    """Compare answers with labels. `sure` is the probability given to each answer.

    The interval is the percentile bootstrap over texts (1,000 draws). ValueError for no texts.
    """
    if not labels:
        raise ValueError("nothing to evaluate")
    classes = tuple(sorted(set(labels)))
    truth, said = np.array(labels), np.array(answers)
    chance = np.random.default_rng(seed)
    draws = [chance.integers(0, len(truth), len(truth)) for _ in range(DRAWS)]
    return Report(
        n=len(truth),
        classes=classes,
        macro_f1=_measured(
            macro_f1(truth, said, classes),
            [macro_f1(truth[draw], said[draw], classes) for draw in draws],
        ),
        accuracy=_measured(
            float((truth == said).mean()), [float((truth[d] == said[d]).mean()) for d in draws]
        ),
        f1_by_label={label: f1(truth, said, label) for label in classes},
        by_language=_by_language(np.array(languages), truth, said),
        calibration_error=calibration_error(truth == said, np.array(sure)),
    )


def f1(truth: Labels, said: Labels, label: str) -> float:
    """Return F1 of one label: 2·hits / (2·hits + false alarms + misses); 0 where none is hit."""
    hits = int(((truth == label) & (said == label)).sum())
    wrong = int(((truth == label) != (said == label)).sum())
    return 2 * hits / (2 * hits + wrong) if hits else 0.0


def macro_f1(truth: Labels, said: Labels, classes: Sequence[str]) -> float:
    """Return the mean F1 over the classes, each weighing the same."""
    return sum(f1(truth, said, label) for label in classes) / len(classes)


def calibration_error(right: Flags, sure: Floats) -> float:
    """Return the expected calibration error over ten equal bins, 0…1 (Guo et al. 2017)."""
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    gaps = [
        (bins == each).mean() * abs(right[bins == each].mean() - sure[bins == each].mean())
        for each in range(BINS)
        if (bins == each).any()
    ]
    return float(sum(gaps))


def micro_f1(truth: Sequence[frozenset[str]], said: Sequence[frozenset[str]]) -> float:
    """Return F1 over all (text, tag) pairs together, as for dimensions; 1 where there are none."""
    hits = sum(len(a & b) for a, b in zip(truth, said, strict=True))
    either = sum(len(a) + len(b) for a, b in zip(truth, said, strict=True))
    return 2 * hits / either if either else 1.0


def _by_language(
    languages: Labels, truth: Labels, said: Labels
) -> dict[str, tuple[int, float, float]]:
    found = {}
    for language in sorted(set(languages)):
        own = languages == language
        classes = sorted(set(truth[own]))
        found[str(language)] = (
            int(own.sum()),
            macro_f1(truth[own], said[own], classes),
            float((truth[own] == said[own]).mean()),
        )
    return found


def _measured(value: float, drawn: Sequence[float]) -> Measured:
    return Measured(value, float(np.quantile(drawn, 0.025)), float(np.quantile(drawn, 0.975)))
