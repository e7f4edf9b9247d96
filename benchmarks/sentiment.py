"""Compares analysers on the same texts in one run: python -m benchmarks.sentiment FOLDER.

FOLDER holds labelled sets as NAME.valid.tsv (language, label, text); our own locked test part is
added. Prints macro-F1 with its 95 % interval and texts per second, as a Markdown table.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from feedback.sentiment.analyse import analyse
from feedback.sentiment.by_words import analyse_by_words
from feedback.sentiment.evaluation import micro_f1, predicted, report
from feedback.sentiment.examples import own
from feedback.sentiment.verdict import Verdict

Row = tuple[str, str, str]
SETS = ("smsa", "nusax-id", "prdect", "casa", "shopee-ms", "nusax-en", "vader-amazon")


def textblob(text: str) -> Verdict:
    """TextBlob's polarity alone; within 0.05 of nothing it says neutral."""
    from textblob import TextBlob

    polarity = float(TextBlob(text).sentiment.polarity)
    label = "neutral" if abs(polarity) < 0.05 else "positive" if polarity > 0 else "negative"
    return Verdict("unknown", label, polarity, abs(polarity))


ANALYSERS: dict[str, Callable[[str], Verdict]] = {
    "TextBlob": textblob,
    "word lists": analyse_by_words,
    "ours": analyse,
}


def labelled(folder: Path) -> dict[str, list[Row]]:
    """Return name → rows of every set there is, our own test part last."""
    found: dict[str, list[Row]] = {}
    for name in SETS:
        path = folder / f"{name}.valid.tsv"
        if path.exists():
            lines = path.read_text(encoding="utf-8").splitlines()
            found[name] = [(a, b, c) for a, b, c in (line.split("\t", 2) for line in lines)]
    found["relationship (own test)"] = [(e.language, e.label, e.text) for e in own("test")]
    return found


def measured(read: Callable[[str], Verdict], rows: Sequence[Row]) -> tuple[str, float]:
    """Return macro-F1 with interval as text, and texts per second (second pass, warm)."""
    classes = sorted({label for _, label, _ in rows})
    [read(text) for _, _, text in rows[:50]]
    begun = time.perf_counter()
    verdicts = [read(text) for _, _, text in rows]
    speed = len(rows) / (time.perf_counter() - begun)
    answers = [predicted(verdict, classes) for verdict in verdicts]
    found = report(
        [row[0] for row in rows],
        [row[1] for row in rows],
        answers,
        [verdict.confidence for verdict in verdicts],
    ).macro_f1
    return f"{100 * found.value:.1f} ({100 * found.lo:.1f}–{100 * found.hi:.1f})", speed


def main(folder: Path) -> None:
    """Print the table."""
    print("| set (texts, classes) | majority | " + " | ".join(ANALYSERS) + " |")
    print("|---|---|" + "---|" * len(ANALYSERS))
    speeds: dict[str, list[float]] = {name: [] for name in ANALYSERS}
    for name, rows in labelled(folder).items():
        counts = Counter(label for _, label, _ in rows)
        top = counts.most_common(1)[0][1]
        majority = 100 * 2 * top / (len(rows) + top) / len(counts)
        cells = []
        for analyser, read in ANALYSERS.items():
            figure, speed = measured(read, rows)
            cells.append(figure)
            speeds[analyser].append(speed)
        print(f"| {name} ({len(rows)}, {len(counts)}) | {majority:.1f} | {' | '.join(cells)} |")
    rates = [f"{min(each):,.0f}–{max(each):,.0f}" for each in speeds.values()]
    print("| texts per second over the sets |  | " + " | ".join(rates) + " |")
    test = list(own("test"))
    marked = [frozenset(name for name, _ in each.dimensions) for each in test]
    said = [frozenset(a.dimension for a in analyse(each.text).aspects) for each in test]
    print(f"\nDimensions on the own test part, micro-F1: {100 * micro_f1(marked, said):.1f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
