"""A transformer as analyser: an ONNX model in a local folder says the polarity, we say the rest."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from feedback.config import SENTIMENT_MODEL_FILES, BadSetting, check_sentiment_model
from feedback.sentiment.analyse import analyse_all
from feedback.sentiment.model import load
from feedback.sentiment.verdict import Label, Verdict

LABELS: tuple[Label, ...] = ("positive", "neutral", "negative", "mixed")
# How class names of such models begin, in English and Indonesian.
BEGINNINGS = {"pos": "positive", "neg": "negative", "neu": "neutral", "net": "neutral"}
BEGINNINGS |= {"mix": "mixed", "camp": "mixed"}
LONGEST = 512  # tokens; what stands behind is not read
MODEL, TOKENIZER, CONFIG = SENTIMENT_MODEL_FILES


class ModelUnfit(BadSetting):
    """The folder holds no model that can be used; the message says what is wrong with it."""


class TransformerAnalyser:
    """Label, shares and polarity by the transformer; everything else by the linear model.

    A transformer cannot say what each word added. So the words shown are those of the linear
    model, and only where it comes to the same side: else they would explain another verdict.
    """

    def __init__(self, folder: Path) -> None:
        """Load model and tokenizer. Raises BadSetting with a sentence about what is missing."""
        check_sentiment_model(str(folder))
        self._folder = folder
        config = _read_config(folder)
        self._labels = labels_of(config)
        try:
            self._tokenizer = import_module("tokenizers").Tokenizer.from_file(
                str(folder / TOKENIZER)
            )
            self._session = _session(folder / MODEL)
        except Exception as error:  # both libraries raise plain Exceptions of their own
            raise ModelUnfit(f"The model in {folder} cannot be loaded: {error}") from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(longest(config))
        self._inputs = [given.name for given in self._session.get_inputs()]
        self._shares("ok")  # what does not fit shall show now, not at the first comment

    @cached_property
    def version(self) -> str:
        """Name both parts: the beginning of the model file's SHA-256, and the linear model."""
        with (self._folder / MODEL).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return f"onnx-{digest[:8]}+{load().version}"

    def analyse(self, text: str) -> Verdict:
        """Say what a text says; any string is accepted; of long ones only the beginning counts."""
        return self.analyse_all([text])[0]

    def analyse_all(self, texts: Sequence[str]) -> list[Verdict]:
        """Say what each text says, in their order.

        The transformer reads them one by one: filled up to one length, the verdict on a text
        would hang on its neighbours.
        """
        return [
            self._decided(text, own) for text, own in zip(texts, analyse_all(texts), strict=True)
        ]

    def _decided(self, text: str, own: Verdict) -> Verdict:
        """Return the linear model's verdict with the transformer's polarity in it."""
        if not own.shares:  # no word, no sign: nothing for the transformer either
            return replace(own, version=self.version)
        shares = self._shares(text)
        label = cast(Label, max(shares, key=lambda name: shares[name]))
        found = replace(
            own,
            label=label,
            polarity=round(shares["positive"] - shares["negative"], 4),
            confidence=round(shares[label], 4),
            shares={name: round(share, 4) for name, share in shares.items()},
            version=self.version,
        )
        return found if found.three_way == own.three_way else replace(found, evidence=())

    def _shares(self, text: str) -> dict[str, float]:
        # Lone surrogates cannot be handed over to the tokenizer.
        coded = self._tokenizer.encode(text.encode("utf-8", "replace").decode("utf-8"))
        known = {
            "input_ids": coded.ids,
            "attention_mask": coded.attention_mask,
            "token_type_ids": coded.type_ids,
        }
        strange = sorted(set(self._inputs) - set(known))
        if strange:
            raise ModelUnfit(f"{MODEL} wants inputs that are not known here: {', '.join(strange)}")
        given = {name: np.array([known[name]], dtype=np.int64) for name in self._inputs}
        scores = np.asarray(self._session.run(None, given)[0], dtype=np.float64)
        if scores.shape != (1, len(self._labels)):
            raise ModelUnfit(
                f"{MODEL} gives scores of shape {scores.shape}, "
                f"but {CONFIG} names {len(self._labels)} labels"
            )
        shares = dict.fromkeys(LABELS, 0.0)
        for label, share in zip(self._labels, softmax(scores[0]), strict=True):
            shares[label] += float(share)
        return cast(dict[str, float], shares)


def labels_of(config: dict[str, Any]) -> tuple[Label, ...]:
    """Return our label of each class in order, from the `id2label` of a model's config.

    Raises ModelUnfit for names that say no polarity and where positive or negative is missing.
    """
    named = config.get("id2label")
    if not isinstance(named, dict) or not named:
        raise ModelUnfit(f"{CONFIG} has no id2label, which says what the scores stand for")
    found = [_label(str(named.get(str(place), "?"))) for place in range(len(named))]
    if not {"positive", "negative"} <= set(found):
        raise ModelUnfit(f"{CONFIG}: id2label must name a positive and a negative class")
    return tuple(found)


def _label(name: str) -> Label:
    for beginning, label in BEGINNINGS.items():
        if name.lower().startswith(beginning):
            return cast(Label, label)
    raise ModelUnfit(
        f"{CONFIG}: id2label says {name!r}; known are positive, neutral, negative and mixed"
    )


def longest(config: dict[str, Any]) -> int:
    """Return how many tokens the model takes: what its config says, at most LONGEST.

    RoBERTa and its kin count positions from 2, so two of them are not for tokens.
    """
    positions = int(config.get("max_position_embeddings") or LONGEST)
    if "roberta" in str(config.get("model_type", "")):
        positions -= 2
    return max(1, min(LONGEST, positions))


def softmax(scores: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return probabilities of scores; they add up to 1.

    >>> softmax(np.array([2.0, 2.0])).tolist()
    [0.5, 0.5]
    """
    raised = np.exp(scores - scores.max())
    shares: npt.NDArray[np.float64] = raised / raised.sum()
    return shares


def _read_config(folder: Path) -> dict[str, Any]:
    try:
        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    except ValueError as error:
        raise ModelUnfit(f"{folder / CONFIG} is not JSON: {error}") from error
    if not isinstance(config, dict):
        raise ModelUnfit(f"{folder / CONFIG} must hold one JSON object")
    return config


def _session(path: Path) -> Any:
    runtime = import_module("onnxruntime")
    options = runtime.SessionOptions()
    options.intra_op_num_threads = 1  # answering people comes before reading comments
    options.log_severity_level = 3
    return runtime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
