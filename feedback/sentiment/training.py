"""Makes the model's weights from labelled texts: same texts and seed, same bytes."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize, minimize_scalar
from scipy.sparse import csr_matrix

from feedback.sentiment.examples import WITH_NEUTRAL, Example
from feedback.sentiment.grams import BUCKETS, counted, words_of
from feedback.sentiment.model import CALIBRATED, HEAD, HEADS, Model
from feedback.surveys.dimensions import DIMENSIONS

Vector = npt.NDArray[np.float64]
Tell = Callable[[str], None]

# How far weights may leave zero, per head; chosen on validation rows.
FREEDOM = {"neutral": 20.0, "own_neutral": 20.0, "mixed": 30.0, "gate": 3.0}
FREEDOM_OTHERS = 10.0
OWN_WEIGHT = 8.0  # of a relationship comment beside a public row, where most weight lies on them
NEAR = frozenset({"own", "list"})  # what speaks as comments about relationships do
STEPS = 100
SEEN = 2  # texts a feature must be in; those met once teach nothing and crowd the buckets
HELD_OUT = 0.1
CLIPPED = 0.9995  # of a head's weights; the few beyond are cut so that the rest keep precision


@dataclass(frozen=True, slots=True)
class Task:
    """One yes-or-no question for one head: rows that answer it, answers ±1, weights."""

    rows: npt.NDArray[np.int64]
    answers: Vector
    weights: Vector

    def of(self, chosen: npt.NDArray[np.bool_]) -> "Task":
        """Return the task with only the chosen of its rows."""
        return Task(self.rows[chosen], self.answers[chosen], self.weights[chosen])


def train(examples: Sequence[Example], seed: int, tell: Tell) -> Model:
    """Fit all heads, those about polarity calibrated on texts held out at first.

    Takes a few minutes and 2 GB for 100,000 texts. Same examples and seed: same weights.
    """
    whole = features([example.text for example in examples])
    kept = np.flatnonzero(np.bincount(whole.indices, minlength=BUCKETS) >= SEEN)
    matrix = whole[:, kept].tocsr()
    held = np.random.default_rng(seed).random(len(examples)) < HELD_OUT
    temperatures = np.ones(len(HEADS))
    for head in CALIBRATED:
        tell(f"calibrating {head}")
        temperatures[HEAD[head]] = _temperature(matrix, examples, head, held)
    weights, biases = np.zeros((BUCKETS, len(HEADS))), np.zeros(len(HEADS))
    for head in HEADS:
        tell(f"fitting {head}")
        found, bias = fit(matrix, task(head, examples), FREEDOM.get(head, FREEDOM_OTHERS))
        weights[kept, HEAD[head]], biases[HEAD[head]] = found, bias
    return quantised(weights, biases, temperatures)


def _temperature(
    matrix: csr_matrix, examples: Sequence[Example], head: str, held: npt.NDArray[np.bool_]
) -> float:
    """Return what a head's scores must be divided by so that held-out probabilities come true.

    By least log loss (temperature scaling, Guo et al. 2017, ICML). A head of our own comments
    is asked about them only, whatever else it learns from.
    """
    given = task(head, examples)
    taught = given.of(~held[given.rows])
    weights, bias = fit(matrix, taught, FREEDOM.get(head, FREEDOM_OTHERS))
    ours = np.array([examples[int(row)].is_own for row in given.rows])
    asked = given.of(held[given.rows] & (ours | (not head.startswith("own_"))))
    return _least_loss(asked.answers, matrix[asked.rows] @ weights + bias)


def features(texts: Sequence[str]) -> csr_matrix:
    """Return texts × BUCKETS: what the model counts in each text."""
    starts: list[int] = [0]
    places: list[int] = []
    values: list[float] = []
    for text in texts:
        seen = counted(words_of(text))
        places += seen.keys()
        values += seen.values()
        starts.append(len(places))
    return csr_matrix(
        (np.array(values, dtype=np.float32), np.array(places, dtype=np.int32), np.array(starts)),
        shape=(len(texts), BUCKETS),
    )


def task(head: str, examples: Sequence[Example]) -> Task:
    """Return which examples teach a head, what they say, and how much each counts (mean 1)."""
    rows, answers, weights = [], [], []
    for row, example in enumerate(examples):
        answer = _answer(head, example)
        if answer is not None:
            rows.append(row)
            answers.append(1.0 if answer else -1.0)
            near = OWN_WEIGHT if head.startswith("own_") else 1.0
            weights.append(example.weight * (near if example.source in NEAR else 1.0))
    shares = np.array(weights)
    return Task(np.array(rows, dtype=np.int64), np.array(answers), shares / shares.mean())


def _answer(head: str, example: Example) -> bool | None:
    """Say yes or no, or None where the example does not speak to this head."""
    ours = head.startswith("own_")
    if head.endswith("polarity"):
        polar = example.label in ("positive", "negative") and (ours or not example.is_own)
        return example.label == "positive" if polar else None
    if head.endswith("neutral"):
        # That "not good" is not neutral must be said among comments; among reviews, which are
        # long, it only teaches to miss the neutral ones.
        known = example.source in WITH_NEUTRAL
        if ours:
            known = known or example.is_own or example.source == "list"
        return example.label == "neutral" if known else None
    if head == "gate":
        return example.is_own if example.source != "list" else None
    return _marked(head, example) if example.is_own else None


def _marked(head: str, example: Example) -> bool:
    """Say what was marked of one of our own comments."""
    if head == "mixed":
        return example.label == "mixed"
    if head in DIMENSIONS:
        return any(name == head for name, _ in example.dimensions)
    return example.act == head


def fit(matrix: csr_matrix, given: Task, freedom: float) -> tuple[Vector, float]:
    """Return weights and bias of a logistic regression with ridge penalty (L-BFGS)."""
    rows = matrix[given.rows]
    turned = rows.T.tocsr()

    def loss(point: Vector) -> tuple[float, Vector]:
        weights, bias = point[:-1], point[-1]
        margin = given.answers * (rows @ weights + bias)
        value = freedom * (given.weights @ np.logaddexp(0, -margin)) + 0.5 * weights @ weights
        pull = -given.weights * given.answers / (1 + np.exp(np.clip(margin, -40, 40)))
        slope = np.append(freedom * (turned @ pull) + weights, freedom * pull.sum())
        return float(value), slope

    start = np.zeros(matrix.shape[1] + 1)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    return found.x[:-1], float(found.x[-1])


def _least_loss(answers: Vector, scores: Vector) -> float:
    def loss(temperature: float) -> float:
        return float(np.logaddexp(0, -answers * scores / temperature).sum())

    return float(minimize_scalar(loss, bounds=(0.2, 5.0), method="bounded").x)


def quantised(weights: Vector, biases: Vector, temperatures: Vector) -> Model:
    """Return the model with weights as whole numbers −127…127; its version is their digest."""
    sizes = np.abs(weights)
    limits = np.array([np.quantile(column[column > 0], CLIPPED) for column in sizes.T])
    scales = (limits / 127).astype(np.float32)
    whole = np.clip(np.round(weights / scales), -127, 127).astype(np.int8)
    digest = hashlib.sha256(whole.tobytes() + biases.round(6).tobytes()).hexdigest()
    return Model(
        weights=whole,
        scales=scales,
        biases=biases.astype(np.float32),
        temperatures=temperatures.astype(np.float32),
        version=f"linear-{digest[:8]}",
    )


def save(model: Model, path: Path) -> None:
    """Write the weights; the same model gives the same bytes (no times inside)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    parts: dict[str, npt.NDArray[Any]] = {
        "weights": model.weights,
        "scales": model.scales,
        "biases": model.biases,
        "temperatures": model.temperatures,
        "version": np.array(model.version),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, part in parts.items():
            content = io.BytesIO()
            np.save(content, part)
            # A fixed date, and no sign of the system: the file is the same wherever it is made.
            entry = zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            archive.writestr(entry, content.getvalue())
