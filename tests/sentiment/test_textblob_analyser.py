"""Our analyser as a plug of the real TextBlob."""

from textblob import Blobber, TextBlob
from textblob.base import CONTINUOUS

from feedback.sentiment.analyse import analyse
from feedback.sentiment.textblob_analyser import KesanAnalyzer

BAD = "Barang selalu terlambat dan sangat mengecewakan."


def test_a_blob_gives_our_verdict() -> None:
    found = TextBlob(BAD, analyzer=KesanAnalyzer()).sentiment
    verdict = analyse(BAD)
    assert (found.polarity, found.confidence, found.label, found.language) == (
        verdict.polarity,
        verdict.confidence,
        "negative",
        "id",
    )
    assert found.dimensions == verdict.to_dict()["dimensions"]
    assert found[0] == found.polarity  # as with TextBlob's own


def test_textblob_itself_sees_nothing_in_the_same_words() -> None:
    assert TextBlob(BAD).sentiment.polarity == 0


def test_the_analyser_says_that_its_polarity_is_continuous() -> None:
    assert KesanAnalyzer.kind == CONTINUOUS


def test_one_analyser_serves_many_blobs() -> None:
    blobber = Blobber(analyzer=KesanAnalyzer())
    assert blobber("Sangat puas.").sentiment.polarity > 0 > blobber(BAD).sentiment.polarity


def test_an_empty_blob_is_neutral_and_unsure() -> None:
    found = TextBlob("", analyzer=KesanAnalyzer()).sentiment
    assert (found.label, found.confidence, found.dimensions) == ("neutral", 0.0, {})
