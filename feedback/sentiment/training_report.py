"""What weights were made from and how well they are calibrated: report.json beside them."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import scipy

from feedback.sentiment import examples, words
from feedback.sentiment.analyse import analyse_all
from feedback.sentiment.evaluation import compared
from feedback.sentiment.examples import Example
from feedback.sentiment.model import CALIBRATED, HEAD, Model

EVERY = 10  # of our own training comments, this one of so many is asked again


def report(
    rows: Sequence[Example],
    model: Model,
    seed: int,
    folder: Path,
    corrected: Sequence[Example] = (),
) -> dict[str, Any]:
    """Return the report on a training from these rows with public sets from this folder.

    `corrected` are those of the rows that come from corrections made here. The report holds no
    time, no path and no name of the machine: same rows and seed, same report.
    """
    return {
        "version": model.version,
        "seed": seed,
        "libraries": {"numpy": np.__version__, "scipy": scipy.__version__},
        "rows": len(rows),
        "labels": _counted(rows),
        "sets": {
            name: _described([row for row in rows if row.source == name])
            for name in sorted({row.source for row in rows})
        },
        "corrections": _described(corrected),
        "files": {name: _digest(path.read_bytes()) for name, path in _files(rows, folder)},
        "temperatures": {
            head: round(float(model.temperatures[HEAD[head]]), 6) for head in CALIBRATED
        },
        "calibration": {
            "in sample": _calibration("own", [r for r in rows if r.is_own][::EVERY], model),
            "held out": [
                _calibration(name, part, model) for name, part in _validation(folder) if part
            ],
        },
    }


def write(found: dict[str, Any], weights: Path) -> Path:
    """Write a report beside its weights; return where. The same report gives the same bytes."""
    path = weights.with_name("report.json")
    path.write_text(json.dumps(found, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return path


def _described(rows: Sequence[Example]) -> dict[str, Any]:
    """Count rows; the digest is of what was learnt from them, in their order."""
    learnt = "\n".join(repr((row.label, row.weight, row.text)) for row in rows)
    digest = _digest(learnt.encode("utf-8", "surrogatepass"))
    return {"rows": len(rows), "labels": _counted(rows), "sha256": digest}


def _files(rows: Sequence[Example], folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield name and place of every file that the rows were read from."""
    sources = {row.source for row in rows}
    for name in examples.PUBLIC:
        if name in sources:
            yield f"{name}.train.tsv", folder / f"{name}.train.tsv"
    if "own" in sources:
        for path in sorted(examples.COMMENTS.glob("*.tsv")):
            if path.stem not in examples.PARTS:
                yield f"comments/{path.name}", path
    if "review" in sources:
        for path in sorted(examples.REVIEWS.glob("*.tsv")):
            yield f"reviews/{path.name}", path
    if "list" in sources:
        for path in sorted(words.WORDS.glob("*.tsv")):
            yield f"words/{path.name}", path


def _validation(folder: Path) -> Iterator[tuple[str, list[Example]]]:
    """Yield the validation part of each set: no weight was fitted to it."""
    yield "own", list(examples.own("valid"))
    rows = list(examples.public(folder, "valid"))
    for name in examples.PUBLIC:
        yield name, [row for row in rows if row.source == name]


def _calibration(name: str, rows: Sequence[Example], model: Model) -> dict[str, Any]:
    """Measure how far certainty and accuracy are apart; nothing to measure gives n = 0."""
    if not rows:
        return {"set": name, "n": 0}
    verdicts = analyse_all([row.text for row in rows], model)
    found = compared([row.language for row in rows], [row.label for row in rows], verdicts).whole
    return {
        "set": name,
        "n": found.n,
        "accuracy": round(found.accuracy.value, 4),
        "expected calibration error": round(found.calibration_error, 4),
    }


def _counted(rows: Sequence[Example]) -> dict[str, int]:
    return dict(sorted(Counter(row.label for row in rows).items()))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
