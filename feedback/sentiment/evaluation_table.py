"""An evaluation as lines of text, for those who read it in a terminal."""

from collections.abc import Iterator

from feedback.sentiment.evaluation import Figures, Measured, Report


def lines(found: Report) -> Iterator[str]:
    """Yield the figures of all texts, then a table by label and one by language; in percent."""
    for name, figure in (("macro-F1", found.whole.macro_f1), ("accuracy", found.whole.accuracy)):
        interval = f"{100 * figure.lo:.1f}–{100 * figure.hi:.1f}"
        yield f"{name:12} {100 * figure.value:5.1f}  (95 % interval {interval})"
    yield f"calibration  expected error {found.whole.calibration_error:.3f}"
    yield ""
    yield f"{'label':12} {'n':>6} {'precision':>10} {'recall':>8} {'F1':>7}"
    for label, each in found.by_label.items():
        shares = (100 * each.precision, 100 * each.recall, 100 * each.f1)
        yield "{:12} {:>6} {:>10.1f} {:>8.1f} {:>7.1f}".format(label, each.n, *shares)
    yield ""
    yield f"{'language':12} {'n':>6} {'macro-F1':>19} {'accuracy':>19} {'calibration':>12}"
    for language, figures in found.by_language.items():
        yield f"{language:12} {_row(figures)}"


def _row(figures: Figures) -> str:
    measured = " ".join(f"{shown(each):>19}" for each in (figures.macro_f1, figures.accuracy))
    return f"{figures.n:>6} {measured} {figures.calibration_error:>12.3f}"


def shown(figure: Measured) -> str:
    """Return a figure in percent with its interval.

    >>> shown(Measured(0.5, 0.25, 0.75))
    '50.0 (25.0–75.0)'
    """
    return f"{100 * figure.value:.1f} ({100 * figure.lo:.1f}–{100 * figure.hi:.1f})"
