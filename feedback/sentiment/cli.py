"""Commands that analyse, evaluate and train; and that analyse all stored comments anew."""

import json
import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from feedback.sentiment import service

sentiment = AppGroup("sentiment", help="What comments say.")


@sentiment.command("analyse")
def analyse_lines() -> None:
    """Read one text per line from standard input, write one JSON object per line."""
    from feedback.sentiment.analyse import analyse  # noqa: PLC0415 - only where used

    for line in sys.stdin:
        click.echo(json.dumps(analyse(line.rstrip("\n")).to_dict(), ensure_ascii=False))


@sentiment.command("evaluate")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def evaluate_file(file: Path) -> None:
    """Compare verdicts with the labels of a FILE of lines: language, label, text, by tabs."""
    from feedback.sentiment.analyse import analyse  # noqa: PLC0415 - only where used
    from feedback.sentiment.evaluation import certainty, predicted, report  # noqa: PLC0415

    lines = file.read_text(encoding="utf-8").splitlines()
    rows = [parts for line in lines if len(parts := line.split("\t", 2)) == 3]
    classes = sorted({label for _, label, _ in rows})
    verdicts = [analyse(text) for _, _, text in rows]
    answers = [predicted(verdict, classes) for verdict in verdicts]
    sure = [
        certainty(verdict, answer, classes)
        for verdict, answer in zip(verdicts, answers, strict=True)
    ]
    try:
        found = report([row[0] for row in rows], [row[1] for row in rows], answers, sure)
    except ValueError as error:
        raise click.ClickException(f"{file}: {error}") from error
    for name, figure in (("macro-F1", found.macro_f1), ("accuracy", found.accuracy)):
        value, lo, hi = 100 * figure.value, 100 * figure.lo, 100 * figure.hi
        click.echo(f"{name:12} {value:5.1f}  (95 % interval {lo:.1f}–{hi:.1f})")
    click.echo(f"texts        {found.n}, skipped lines {len(lines) - found.n}")
    click.echo(f"calibration  expected error {found.calibration_error:.3f}")
    for label, value in found.f1_by_label.items():
        click.echo(f"  {label:10} F1 {100 * value:5.1f}")
    for language, (n, value, accuracy) in found.by_language.items():
        click.echo(
            f"  {language:10} n {n:5}  macro-F1 {100 * value:5.1f}  accuracy {100 * accuracy:5.1f}"
        )


@sentiment.command("train")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--seed", default=7, show_default=True, help="Which rows calibrate.")
@click.option("--out", type=click.Path(path_type=Path), help="Where the weights go.")
def train_weights(folder: Path, seed: int, out: Path | None) -> None:
    """Make the weights from our own comments and word lists and the public sets in FOLDER."""
    from feedback.sentiment import examples, training  # noqa: PLC0415 - brings scipy
    from feedback.sentiment.model import WEIGHTS  # noqa: PLC0415

    rows = [*examples.public(folder), *examples.own(), *examples.listed()]
    click.echo(f"{len(rows)} texts, {sum(row.is_own for row in rows)} of them our own comments")
    model = training.train(rows, seed, click.echo)
    training.save(model, out or WEIGHTS)
    click.echo(f"{model.version} in {out or WEIGHTS}")


@sentiment.command("reanalyse")
@click.option("--all", "everything", is_flag=True, help="Also comments of the present version.")
def reanalyse(everything: bool) -> None:
    """Analyse stored comments anew; can be stopped and started again at any time."""
    service.mark_all(only_older=not everything)
    total = service.count_waiting()
    with click.progressbar(length=total, label="Comments") as bar:
        while service.analyse_next():
            bar.update(service.SLICE)
    click.echo(f"{total} comments analysed.")
