"""Commands that analyse, evaluate and train; and that analyse all stored comments anew."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import click
from flask.cli import AppGroup

from feedback.sentiment import queries, service

sentiment = AppGroup("sentiment", help="What comments say.")


@sentiment.command("analyse")
def analyse_lines() -> None:
    """Read one text per line from standard input, write one JSON object per line."""
    analyser = service.analyser()
    for texts in lines(sys.stdin.buffer):
        found = (json.dumps(v.to_dict(), ensure_ascii=False) for v in analyser.analyse_all(texts))
        click.echo("\n".join(found))


def lines(source: Any) -> Iterator[list[str]]:
    """Yield the lines that are there, as many as come at once: whoever waits for one gets it."""
    begun = b""
    while read := source.read1(1 << 16):
        *whole, begun = (begun + read).split(b"\n")
        if whole:
            yield [_line(each) for each in whole]
    if begun:
        yield [_line(begun)]


def _line(read: bytes) -> str:
    return read.decode("utf-8", "replace").removesuffix("\r")


@sentiment.command("evaluate")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def evaluate_file(file: Path) -> None:
    """Compare verdicts with the labels of a FILE of lines: language, label, text, by tabs."""
    from feedback.sentiment import evaluation, evaluation_table  # noqa: PLC0415 - only where used

    given = file.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    rows = [parts for line in given if len(parts := line.split("\t", 2)) == 3]
    if not rows:
        raise click.ClickException(f"{file}: nothing to evaluate")
    verdicts = service.analyser().analyse_all([text for _, _, text in rows])
    found = evaluation.compared([row[0] for row in rows], [row[1] for row in rows], verdicts)
    click.echo(f"texts        {found.whole.n}, skipped lines {len(given) - len(rows)}")
    click.echo("\n".join(evaluation_table.lines(found)))


@sentiment.command("train")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--seed", default=7, show_default=True, help="Which rows calibrate.")
@click.option("--out", type=click.Path(path_type=Path), help="Where the weights go.")
@click.option("--with-corrections", is_flag=True, help="Learn from corrections made here, too.")
def train_weights(folder: Path, seed: int, out: Path | None, with_corrections: bool) -> None:
    """Make the weights from our own comments and word lists and the public sets in FOLDER.

    Writes report.json beside them: what they were made from and how well they are calibrated.
    """
    from feedback.sentiment import examples, training, training_report  # noqa: PLC0415 - scipy
    from feedback.sentiment.model import WEIGHTS  # noqa: PLC0415

    rows = examples.to_learn(folder)
    corrected = queries.corrected_examples() if with_corrections else []
    rows += corrected
    path = out or WEIGHTS
    own = sum(row.is_own for row in rows)
    click.echo(f"{len(rows)} texts, {own} of them our own comments, {len(corrected)} corrections")
    model = training.train(rows, seed, click.echo)
    training.save(model, path)
    report = training_report.report(rows, model, seed, folder, corrected)
    training_report.write(report, path)
    click.echo(f"{model.version} in {path}")


@sentiment.command("corrections")
@click.argument("file", type=click.File("w", encoding="utf-8", lazy=True))
def write_corrections(file: TextIO) -> None:
    """Write what people corrected to FILE, as lines to learn from; "-" for standard output.

    By tabs: language, label, act, dimensions, text.
    """
    from feedback.sentiment import queries  # noqa: PLC0415 - only where used
    from feedback.sentiment.corrections import example_line  # noqa: PLC0415

    examples = queries.corrected_examples()
    file.writelines(f"{example_line(example)}\n" for example in examples)
    click.echo(f"{len(examples)} corrected comments.", err=True)


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
