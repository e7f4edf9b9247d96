"""A transformer behind the interface of the analyser, tried with a tiny model made here."""

import hashlib
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from feedback.config import BadSetting, Settings
from feedback.extensions import db
from feedback.sentiment import service
from feedback.sentiment.analyse import analyse
from feedback.sentiment.chosen import analyser
from feedback.sentiment.model import load
from feedback.sentiment.models import CommentAnalysis
from feedback.sentiment.transformer import TransformerAnalyser, labels_of, longest
from tests.builders.campaigns import an_invitation
from tests.builders.responses import a_submitted_response
from tests.builders.transformers import a_transformer
from tests.settled import somebody  # noqa: F401 - a fixture for every test here

UNFIT = [
    ({"id2label": None}, "has no id2label"),
    ({"id2label": {"0": "LABEL_0", "1": "LABEL_1"}}, "says 'LABEL_0'"),
    ({"id2label": {"0": "neutral", "1": "positive"}}, "a positive and a negative class"),
    ({"id2label": {"0": "negative", "1": "positive"}}, r"scores of shape \(1, 3\)"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a tiny model: "buruk" is bad, "biasa" neutral, "bagus" good."""
    return a_transformer(tmp_path / "model")


@pytest.mark.parametrize(
    ("text", "label", "sign"),
    [("Bagus bagus", "positive", 1), ("buruk", "negative", -1), ("biasa", "neutral", 0)],
)
def test_label_shares_and_polarity_come_from_the_transformer(
    folder: Path, text: str, label: str, sign: int
) -> None:
    found = TransformerAnalyser(folder).analyse(text)
    assert found.label == label
    assert sum(found.shares.values()) == pytest.approx(1, abs=1e-3)
    assert found.confidence == found.shares[label] > 0.9
    # Scores 4, 0, 0: shares e⁴ : 1 : 1, so the polarity is (e⁴ − 1) / (e⁴ + 2).
    assert found.polarity == pytest.approx(0.947 * sign, abs=1e-3)


def test_everything_else_comes_from_the_linear_model(folder: Path) -> None:
    text = "Tim bagus dan cepat merespons, tolong pertahankan."
    own, found = analyse(text), TransformerAnalyser(folder).analyse(text)
    assert (found.language, found.aspects, found.acts) == (own.language, own.aspects, own.acts)


def test_words_are_shown_only_where_both_come_to_the_same_side(folder: Path) -> None:
    read = TransformerAnalyser(folder).analyse
    assert read("bagus").evidence == analyse("bagus").evidence != ()
    text = "Sangat mengecewakan, selalu terlambat. Biasa."
    assert (analyse(text).label, read(text).label) == ("negative", "neutral")
    assert analyse(text).evidence != read(text).evidence == ()


def test_a_verdict_names_the_digest_of_the_model_file_and_the_linear_model(folder: Path) -> None:
    digest = hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest()
    found = TransformerAnalyser(folder)
    assert found.version == f"onnx-{digest[:8]}+{load().version}"
    assert found.analyse("bagus").version == found.analyse("").version == found.version
    assert len(found.version) <= CommentAnalysis.__table__.c.version.type.length


def test_of_a_long_text_only_the_beginning_is_read(folder: Path) -> None:
    a_transformer(folder, max_position_embeddings=8)
    read = TransformerAnalyser(folder).analyse
    assert read("bagus " * 8 + "buruk " * 20_000).shares == read("bagus " * 8).shares


def test_a_verdict_does_not_hang_on_the_texts_beside_it(folder: Path) -> None:
    found = TransformerAnalyser(folder)
    texts = ["bagus", "", "buruk biasa " * 50, "\x00 \ud800 \u202e bagus"]
    assert found.analyse_all(texts) == [found.analyse(text) for text in texts]


def test_a_text_without_words_says_nothing(folder: Path) -> None:
    found = TransformerAnalyser(folder).analyse(" … ")
    assert (found.label, found.confidence) == ("neutral", 0.0)


@pytest.mark.parametrize(("config", "said"), UNFIT)
def test_a_model_that_does_not_fit_is_refused(
    folder: Path, config: dict[str, object], said: str
) -> None:
    a_transformer(folder, **config)
    with pytest.raises(BadSetting, match=said):
        TransformerAnalyser(folder)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "config.json"])
def test_a_broken_file_is_refused(folder: Path, name: str) -> None:
    (folder / name).write_text("not what it should be")
    with pytest.raises(BadSetting, match=r"cannot be loaded|is not JSON"):
        TransformerAnalyser(folder)


def test_kesan_does_not_start_without_the_folder_or_a_file_of_it(folder: Path) -> None:
    for named, said in (
        ("/nowhere/at/all", "must name a folder with model.onnx, tokenizer.json, config.json"),
        (str(folder), "put model.onnx into the folder"),
    ):
        (folder / "model.onnx").unlink(missing_ok=True)
        with pytest.raises(BadSetting, match=said):
            Settings.from_environment({"SENTIMENT_MODEL": named})


def test_kesan_does_not_start_without_the_packages(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setattr(sys, "meta_path", sys.meta_path[-1:])
    monkeypatch.delitem(sys.modules, "onnxruntime", raising=False)
    with pytest.raises(BadSetting, match=r"pip install -r requirements-transformer\.txt"):
        Settings.from_environment({"SENTIMENT_MODEL": str(folder)})


def test_class_names_may_be_short_or_indonesian() -> None:
    assert labels_of({"id2label": {"0": "positif", "1": "netral", "2": "NEG"}}) == (
        "positive",
        "neutral",
        "negative",
    )


def test_the_longest_text_is_what_the_config_says() -> None:
    assert longest({}) == 512
    assert longest({"max_position_embeddings": 514, "model_type": "xlm-roberta"}) == 512
    assert longest({"max_position_embeddings": 130, "model_type": "roberta"}) == 128
    assert longest({"max_position_embeddings": 4096}) == 512


def test_the_setting_chooses_who_reads_stored_comments(app: Flask, folder: Path) -> None:
    a_submitted_response(an_invitation(), comments={"reason": "bagus", "improve": "buruk"})
    while service.analyse_next():
        pass
    before = service.analyser().version
    settings = replace(app.config["KESAN"], sentiment_model=str(folder))
    app.config["KESAN"] = settings
    assert service.mark_all() == 2
    assert service.analyse_next()
    db.session.rollback()
    version = analyser(str(folder)).version
    assert set(db.session.scalars(select(CommentAnalysis.version))) == {version} != {before}
    said = app.test_cli_runner().invoke(args=["sentiment", "analyse"], input="bagus\n")
    assert json.loads(said.stdout)["version"] == version
