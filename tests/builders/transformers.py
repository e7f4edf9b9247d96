"""A tiny transformer's stand-in in ONNX form: word vectors, their mean, a linear layer."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

# Each word speaks for one class, by its place in LABELS; [PAD] and [UNK] for none.
LABELS = ("NEGATIVE", "NEUTRAL", "POSITIVE")
WORDS = {"[PAD]": None, "[UNK]": None, "buruk": 0, "biasa": 1, "bagus": 2}


def a_transformer(folder: Path, **config: Any) -> Path:
    """Write model.onnx, tokenizer.json and config.json into a folder; return it."""
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(_model(), folder / "model.onnx")
    _tokenizer().save(str(folder / "tokenizer.json"))
    named = {"id2label": dict(enumerate(LABELS)), "max_position_embeddings": 512}
    (folder / "config.json").write_text(json.dumps(named | config))
    return folder


def _model() -> onnx.ModelProto:
    vectors = np.zeros((len(WORDS), len(LABELS)), dtype=np.float32)
    for place, label in enumerate(WORDS.values()):
        if label is not None:
            vectors[place, label] = 4.0
    held = {"vectors": vectors, "linear": np.eye(len(LABELS), dtype=np.float32)}
    graph = helper.make_graph(
        [
            helper.make_node("Gather", ["vectors", "input_ids"], ["found"]),
            helper.make_node("ReduceMean", ["found"], ["mean"], axes=[1], keepdims=0),
            helper.make_node("MatMul", ["mean", "linear"], ["logits"]),
        ],
        "tiny",
        [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"])
            for name in ("input_ids", "attention_mask")
        ],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["texts", len(LABELS)])],
        [numpy_helper.from_array(each, name) for name, each in held.items()],
    )
    return helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8, producer_name="tests"
    )


def _tokenizer() -> Tokenizer:
    places = {word: place for place, word in enumerate(WORDS)}
    tokenizer = Tokenizer(models.WordLevel(places, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    return tokenizer
