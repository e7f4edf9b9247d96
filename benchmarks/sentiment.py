"""Compares analysers on the same texts in one run: python -m benchmarks.sentiment FOLDER.

FOLDER holds labelled sets as NAME.valid.tsv (language, label, text); our own locked test part is
added, as a whole and by language. "2c" is the same set without neutral and mixed texts. Prints
Markdown tables: macro-F1 with its 95 % interval; texts per second; how far to trust ours.
"""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from feedback.sentiment.analyse import analyse, analyse_all
from feedback.sentiment.by_words import analyse_by_words
from feedback.sentiment.evaluation import Figures, compared, micro_f1
from feedback.sentiment.evaluation_table import shown
from feedback.sentiment.examples import own
from feedback.sentiment.model import WEIGHTS
from feedback.sentiment.verdict import Verdict

Row = tuple[str, str, str]
Reader = Callable[[Sequence[str]], list[Verdict]]

SETS = ("smsa", "nusax-id", "prdect", "casa", "shopee-ms", "nusax-en", "vader-amazon")
TWO_CLASSES = ("shopee-ms", "vader-movie", "rtpol")
OWN = "relationship (own test)"
FEWEST = 1_000  # texts read for a speed; small sets are read again and again
BAND = 0.05  # polarity within which TextBlob and VADER say neutral; VADER's own advice


def textblob(text: str) -> Verdict:
    """TextBlob's polarity alone."""
    from textblob import TextBlob

    return _by_polarity(float(TextBlob(text).sentiment.polarity))


def vader(text: str) -> Verdict:
    """VADER's compound score alone."""
    return _by_polarity(float(_vader().polarity_scores(text)["compound"]))


@cache
def _vader() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


def _by_polarity(polarity: float) -> Verdict:
    label = "neutral" if abs(polarity) < BAND else "positive" if polarity > 0 else "negative"
    return Verdict("unknown", label, polarity, abs(polarity))


def one_by_one(read: Callable[[str], Verdict]) -> Reader:
    """Return a reader of many texts that reads each by itself."""
    return lambda texts: [read(text) for text in texts]


ANALYSERS: dict[str, Reader] = {
    "TextBlob": one_by_one(textblob),
    "VADER": one_by_one(vader),
    "word lists": one_by_one(analyse_by_words),
    "ours": analyse_all,
}
# Measured for speed alone: it says what "ours" says.
TIMED = ANALYSERS | {"ours, one by one": one_by_one(analyse)}


def labelled(folder: Path) -> dict[str, list[Row]]:
    """Return name → rows of every set there is, our own test part last."""
    found: dict[str, list[Row]] = {}
    for name in (*SETS, *(name for name in TWO_CLASSES if name not in SETS)):
        path = folder / f"{name}.valid.tsv"
        if not path.exists():
            continue
        lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
        rows = [(a, b, c) for a, b, c in (line.split("\t", 2) for line in lines)]
        if name in SETS:
            found[name] = rows
        if name in TWO_CLASSES:
            found[f"{name} 2c"] = [row for row in rows if row[1] in ("positive", "negative")]
    found[OWN] = [(each.language, each.label, each.text) for each in own("test")]
    return found


def accuracy_table(sets: dict[str, list[Row]]) -> Iterator[str]:
    """Yield macro-F1 of every analyser on every set; a set of several languages by each, too."""
    yield from _head("set (texts, classes)", "majority", *ANALYSERS)
    for name, rows in sets.items():
        verdicts = {each: read([row[2] for row in rows]) for each, read in ANALYSERS.items()}
        yield _scores(name, rows, verdicts)
        languages = sorted({row[0] for row in rows})
        for language in languages if len(languages) > 1 else ():
            kept = [place for place, row in enumerate(rows) if row[0] == language]
            part = {each: [found[place] for place in kept] for each, found in verdicts.items()}
            yield _scores(f"– {language}", [rows[place] for place in kept], part)


def _scores(name: str, rows: Sequence[Row], verdicts: dict[str, list[Verdict]]) -> str:
    counts = Counter(label for _, label, _ in rows)
    top = counts.most_common(1)[0][1]
    majority = 100 * 2 * top / (len(rows) + top) / len(counts)
    cells = [shown(_figures(rows, found).macro_f1) for found in verdicts.values()]
    return _row(f"{name} ({len(rows)}, {len(counts)})", f"{majority:.1f}", *cells)


def _figures(rows: Sequence[Row], verdicts: Sequence[Verdict]) -> Figures:
    return compared([row[0] for row in rows], [row[1] for row in rows], verdicts).whole


def speed_table(sets: dict[str, list[Row]]) -> Iterator[str]:
    """Yield texts per second, and how many times TextBlob's on the same texts just before."""
    yield from _head("texts per second (× TextBlob)", "characters a text", *TIMED)
    for name, rows in sets.items():
        texts = [row[2] for row in rows]
        speeds = {each: speed(read, texts) for each, read in TIMED.items()}
        length = sum(map(len, texts)) / len(texts)
        cells = [f"{each:,.0f} ({each / speeds['TextBlob']:.2f})" for each in speeds.values()]
        yield _row(name, f"{length:.0f}", *cells)


def speed(read: Reader, texts: Sequence[str]) -> float:
    """Return texts per second over at least FEWEST texts; words are known from before.

    So it is in a worker that has run for a while: ours and TextBlob remember words.
    """
    read(texts[:50])
    times = -(-FEWEST // len(texts))
    begun = time.perf_counter()
    for _ in range(times):
        read(texts)
    return times * len(texts) / (time.perf_counter() - begun)


def trust_table(sets: dict[str, list[Row]]) -> Iterator[str]:
    """Yield accuracy and calibration of ours on every set."""
    yield from _head("ours on", "accuracy", "expected calibration error", "told as unsure")
    for name, rows in sets.items():
        verdicts = analyse_all([row[2] for row in rows])
        found = _figures(rows, verdicts)
        unsure = sum(not verdict.is_sure for verdict in verdicts) / len(verdicts)
        error = f"{found.calibration_error:.3f}"
        yield _row(name, shown(found.accuracy), error, f"{100 * unsure:.0f} %")


def extras() -> Iterator[str]:
    """Yield what our own test part says of dimensions; size and loading time of the weights."""
    test = list(own("test"))
    marked = [frozenset(name for name, _ in each.dimensions) for each in test]
    verdicts = analyse_all([each.text for each in test])
    said = [frozenset(aspect.dimension for aspect in each.aspects) for each in verdicts]
    yield f"Dimensions on the own test part, micro-F1: {100 * micro_f1(marked, said):.1f}."
    code = (
        "import time; from feedback.sentiment.model import load; "
        "begun = time.perf_counter(); load(); print(time.perf_counter() - begun)"
    )
    took = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    size = WEIGHTS.stat().st_size / 1e6
    yield f"Weights: {size:.1f} MB, read in {float(took.stdout):.2f} s by a fresh process."


def _head(*cells: str) -> Iterator[str]:
    yield _row(*cells)
    yield "|---" * len(cells) + "|"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def main(folder: Path) -> None:
    """Print the tables."""
    sets = labelled(folder)
    for part in (accuracy_table(sets), speed_table(sets), trust_table(sets), extras()):
        for line in part:
            print(line, flush=True)
        print()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
