"""Which analyser reads the comments: the linear model in the package, or a transformer."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

from feedback.sentiment.analyse import analyse, analyse_all
from feedback.sentiment.model import load
from feedback.sentiment.verdict import Verdict


class Analyser(Protocol):
    """What reads comments. Same text and version: same verdict."""

    @property
    def version(self) -> str:
        """Name what made a verdict; another version means that verdicts may differ."""

    def analyse(self, text: str) -> Verdict:
        """Say what a text says; any string is accepted."""

    def analyse_all(self, texts: Sequence[str]) -> list[Verdict]:
        """Say what each text says, in their order."""


class LinearAnalyser:
    """The linear model whose weights lie in the package."""

    @property
    def version(self) -> str:
        """Name the weights."""
        return load().version

    def analyse(self, text: str) -> Verdict:
        """Say what a text says; any string is accepted."""
        return analyse(text)

    def analyse_all(self, texts: Sequence[str]) -> list[Verdict]:
        """Say what each text says, in their order."""
        return analyse_all(texts)


@cache
def analyser(folder: str = "") -> Analyser:
    """Return the analyser: the transformer in this folder, or the linear model for "".

    Loaded once per process. Raises ModelUnfit where the folder holds no model that fits.
    """
    if not folder:
        return LinearAnalyser()
    # Brings packages that only those have who have such a model.
    from feedback.sentiment.transformer import TransformerAnalyser  # noqa: PLC0415

    return TransformerAnalyser(Path(folder))
