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
class ClassFigures:
    """How well one label is found; n is how many texts bear it. All 0…1."""

    n: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Figures:
    """How well some texts are read; macro-F1 over the labels that they bear."""

    n: int
    macro_f1: Measured
    accuracy: Measured
    calibration_error: float


@dataclass(frozen=True, slots=True)
class Report:
    """What an evaluation found: of all texts, by label and by language."""

    classes: tuple[str, ...]
    whole: Figures
    by_label: Mapping[str, ClassFigures]
    by_language: Mapping[str, Figures]


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


def compared(
    languages: Sequence[str], labels: Sequence[str], verdicts: Sequence[Verdict]
) -> Report:
    """Compare verdicts with labels, each within the labels that the set knows."""
    classes = sorted(set(labels))
    answers = [predicted(verdict, classes) for verdict in verdicts]
    sure = [certainty(*each, classes) for each in zip(verdicts, answers, strict=True)]
    return report(languages, labels, answers, sure)


def report(
    languages: Sequence[str],
    labels: Sequence[str],
    answers: Sequence[str],
    sure: Sequence[float],
    seed: int = 7,
) -> Report:
    """Compare answers with labels. `sure` is the probability given to each answer.

    Intervals are the percentile bootstrap over texts (1,000 draws). ValueError for no texts.
    """
    if not labels:
        raise ValueError("nothing to evaluate")
    truth, said = np.array(labels), np.array(answers)
    tongues, certain = np.array(languages), np.array(sure)
    classes = tuple(sorted(set(labels)))
    return Report(
        classes=classes,
        whole=figures(truth, said, certain, seed),
        by_label={label: class_figures(truth, said, label) for label in classes},
        by_language={
            str(each): figures(truth[own], said[own], certain[own], seed)
            for each in sorted(set(languages))
            for own in [tongues == each]
        },
    )


def figures(truth: Labels, said: Labels, sure: Floats, seed: int) -> Figures:
    """Return the figures of some texts, with percentile bootstrap intervals over texts.

    Drawing texts again is drawing how many fall into each cell of the table of labels and
    answers, so that is what is drawn: the same chances, without going through the texts.
    """
    classes = sorted(set(truth.tolist()))
    answers = [*classes, *sorted(set(said.tolist()) - set(classes))]
    table = np.array([[((truth == a) & (said == b)).sum() for b in answers] for a in classes])
    chance = np.random.default_rng(seed)
    drawn = chance.multinomial(len(truth), (table / len(truth)).ravel(), DRAWS)
    tables = np.concatenate([table.reshape(1, -1), drawn]).reshape(-1, *table.shape)
    hits = np.diagonal(tables, axis1=1, axis2=2)
    either = tables.sum(axis=2) + tables.sum(axis=1)[:, : len(classes)]
    macro = (2 * hits / np.maximum(either, 1)).mean(axis=1)
    return Figures(
        n=len(truth),
        macro_f1=_measured(macro),
        accuracy=_measured(hits.sum(axis=1) / len(truth)),
        calibration_error=calibration_error(truth == said, sure),
    )


def class_figures(truth: Labels, said: Labels, label: str) -> ClassFigures:
    """Return precision, recall and F1 of one label; what cannot be divided is 0."""
    hits = int(((truth == label) & (said == label)).sum())
    n, told = int((truth == label).sum()), int((said == label).sum())
    return ClassFigures(
        n=n,
        precision=hits / told if told else 0.0,
        recall=hits / n if n else 0.0,
        f1=f1(truth, said, label),
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


def _measured(drawn: Floats) -> Measured:
    """Return the first as the figure, and the interval of the others."""
    lo, hi = np.quantile(drawn[1:], [0.025, 0.975])
    return Measured(float(drawn[0]), float(lo), float(hi))
