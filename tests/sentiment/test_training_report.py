"""The report beside the weights: what they were made from, the same for the same data."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from feedback.sentiment import examples, queries, service, training, training_report
from feedback.sentiment.corrections import Ruling
from feedback.sentiment.examples import Example, listed, own, public
from feedback.sentiment.model import CALIBRATED, load
from tests.builders.campaigns import an_invitation
from tests.builders.people import a_user
from tests.builders.responses import a_submitted_response
from tests.settled import somebody  # noqa: F401 - a fixture for every test here

SMSA = "id\tpositive\tpelayanan ramah\nid\tnegative\tpelayanan buruk\nid\tneutral\tbuka jam 8\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one small public set, and a training of few steps."""
    monkeypatch.setattr(training, "STEPS", 3)
    made = tmp_path / "data"
    made.mkdir()
    (made / "smsa.train.tsv").write_text(SMSA * 20)
    (made / "smsa.valid.tsv").write_text(SMSA)
    return made


def _rows(folder: Path) -> list[Example]:
    return [*public(folder), *list(own())[::80], *list(listed())[::30]]


def _made(folder: Path, target: Path, seed: int = 7) -> tuple[bytes, bytes]:
    """Train into a folder; return the bytes of weights and report."""
    rows = _rows(folder)
    model = training.train(rows, seed, lambda _line: None)
    training.save(model, target / "model.npz")
    path = training_report.write(
        training_report.report(rows, model, seed, folder), target / "model.npz"
    )
    return (target / "model.npz").read_bytes(), path.read_bytes()


def test_the_same_data_and_seed_give_the_same_bytes_of_weights_and_report(
    folder: Path, tmp_path: Path
) -> None:
    first = _made(folder, tmp_path / "one")
    moved = folder.rename(tmp_path / "moved")
    assert _made(moved, tmp_path / "two") == first


def _report(folder: Path, seed: int = 7) -> dict[str, Any]:
    """Report on weights that are there already, as if made from the sample."""
    return training_report.report(_rows(folder), load(), seed, folder)


def test_the_report_says_what_the_weights_were_made_from(folder: Path) -> None:
    found = _report(folder)
    assert (found["seed"], found["rows"]) == (7, len(_rows(folder)))
    assert found["version"] == load().version
    assert found["sets"]["smsa"]["labels"] == {"negative": 20, "neutral": 20, "positive": 20}
    assert sum(each["rows"] for each in found["sets"].values()) == found["rows"]
    assert {"smsa.train.tsv", "words/malay.tsv"} <= set(found["files"])
    assert "comments/test.tsv" not in found["files"]
    assert set(found["temperatures"]) == set(CALIBRATED)
    assert [each["set"] for each in found["calibration"]["held out"]] == ["own", "smsa"]
    assert 0 <= found["calibration"]["in sample"]["expected calibration error"] <= 1


def test_the_report_names_no_place_of_the_machine(folder: Path) -> None:
    assert str(folder.parent) not in json.dumps(_report(folder))


def test_another_row_or_seed_gives_another_report(folder: Path) -> None:
    before = _report(folder)
    assert _report(folder, seed=8) != before
    with (folder / "smsa.train.tsv").open("a") as file:
        file.write("id\tpositive\tbagus\n")
    after = _report(folder)
    assert before["files"]["smsa.train.tsv"] != after["files"]["smsa.train.tsv"]
    assert before["sets"]["smsa"]["sha256"] != after["sets"]["smsa"]["sha256"]
    assert before["sets"]["own"] == after["sets"]["own"]


def test_corrections_are_learnt_from_if_asked_for(
    app: Flask, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    comments = tmp_path / "comments"
    comments.mkdir()
    rows = [
        f"{each.language}\t{each.label}\t{each.act}\tnone\t{each.text}"
        for each in list(own())[::80]
    ]
    (comments / "few.tsv").write_text("\n".join(rows) + "\n")
    monkeypatch.setattr(examples, "COMMENTS", comments)
    _corrected("Kami tunggu sampai sore.", Ruling("negative", {"responsiveness": -1}))
    train = ["sentiment", "train", str(folder), "--out"]
    found = {}
    for name, more in (("plain", []), ("corrected", ["--with-corrections"])):
        result = app.test_cli_runner().invoke(args=[*train, str(tmp_path / name / "w.npz"), *more])
        assert result.exit_code == 0, result.output
        found[name] = json.loads((tmp_path / name / "report.json").read_text())
    assert found["plain"]["corrections"]["rows"] == 0
    assert found["corrected"]["corrections"]["labels"] == {"negative": 1}
    assert found["corrected"]["rows"] == found["plain"]["rows"] + 1
    assert found["corrected"]["version"] != found["plain"]["version"]


def _corrected(text: str, ruling: Ruling) -> None:
    """Store a comment, have it read, and correct the verdict."""
    response = a_submitted_response(an_invitation(), comments={"reason": text})
    while service.analyse_next():
        pass
    judged = queries.find_judged(response.id, "reason")
    assert judged is not None
    service.correct((response.id, "reason"), ruling, a_user().id, judged.state)
