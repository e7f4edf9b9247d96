"""Our analyser as one of TextBlob's: `TextBlob(text, analyzer=KesanAnalyzer()).sentiment`."""

from typing import NamedTuple

from textblob.base import CONTINUOUS, BaseSentimentAnalyzer

from feedback.sentiment.analyse import analyse


class KesanSentiment(NamedTuple):
    """A verdict in TextBlob's manner: plain values, the polarity first."""

    polarity: float  # −1…1
    confidence: float  # probability of the label, 0…1
    label: str
    language: str
    dimensions: dict[str, float]  # only those spoken of, each −1…1
    acts: tuple[str, ...]


class KesanAnalyzer(BaseSentimentAnalyzer):  # type: ignore[misc]  # TextBlob has no types
    """Reads Indonesian, Malay, English and mixed texts; needs no training and no corpora."""

    kind = CONTINUOUS

    def analyze(self, text: str) -> KesanSentiment:
        """Return what the text says; same text, same answer; any string is accepted."""
        verdict = analyse(text)
        return KesanSentiment(
            verdict.polarity,
            verdict.confidence,
            verdict.label,
            verdict.language,
            {aspect.dimension: aspect.polarity for aspect in verdict.aspects},
            verdict.acts,
        )
