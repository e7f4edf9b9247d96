"""The labelled texts a model learns from: public sets, our own comments and reviews, word lists."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from feedback.sentiment import words
from feedback.surveys.dimensions import DIMENSIONS

COMMENTS = Path(__file__).parent / "comments"
REVIEWS = Path(__file__).parent / "reviews"
PARTS = ("valid", "test")  # every other file is the training part
LABELS = ("positive", "neutral", "negative", "mixed")

# Public sets by file name with the weight of one row. Sets whose licence asks that what is made
# from them be shared alike are left out on purpose: see docs/model-card.md.
PUBLIC = {
    "smsa": 1.0,
    "casa": 1.0,
    "hoasa": 0.5,
    "emot": 0.3,
    "prdect": 1.0,
    "vader-amazon": 1.0,
    "vader-movie": 1.0,
    "proscons": 0.5,
    "rtpol": 1.0,
    "prodrev": 1.0,
}
# Only these have a neutral class of their own.
WITH_NEUTRAL = frozenset({"smsa", "vader-amazon", "vader-movie", "prodrev", "review"})
REVIEW_WEIGHT = 2.0
LIST_WEIGHT = 2.0
COPIED = frozenset({"smsa", "casa", "hoasa", "prdect"})  # in formal enough words to be mapped
COPY_WEIGHT = 0.5
STRONG = 0.5  # a listed word of at least this weight is an example by itself
_EMPHASIS = {
    "malay": ("{}", "sangat {}", "{} sekali", "{} sangat", "memang {}"),
    "english": ("{}", "very {}", "really {}"),
}
_DENIALS = {
    "malay": ("tidak {}", "tak {}", "tak {} langsung", "kurang {}"),
    "english": ("not {}", "not {} at all"),
}


@dataclass(frozen=True, slots=True)
class Example:
    """One text with its label; act and dimensions only where somebody marked them."""

    text: str
    label: str
    weight: float
    source: str
    language: str = ""
    act: str = ""
    dimensions: tuple[tuple[str, int], ...] = ()

    @property
    def is_own(self) -> bool:
        """Whether it is a comment about a relationship, with act and dimensions marked."""
        return self.source == "own"


def to_learn(folder: Path) -> list[Example]:
    """Return all that weights are made from, in a fixed order; `folder` holds the public sets."""
    indonesian = list(public(folder))
    return [*indonesian, *copies(indonesian), *own(), *reviews(), *listed()]


def public(folder: Path, part: str = "train") -> Iterator[Example]:
    """Yield the rows of the public sets in a folder, in a fixed order; missing sets are skipped."""
    for name, weight in PUBLIC.items():
        path = folder / f"{name}.{part}.tsv"
        if path.exists():
            for language, label, text in _rows(path, 3):
                yield Example(text, label, weight, name, language)


def copies(originals: Iterable[Example]) -> Iterator[Example]:
    """Yield Malay copies of Indonesian examples, word by word, where a word differs.

    Crude, and better than no Malay: what both languages share is learnt anyway.
    """
    malay = {row[0]: row[1] for row in words.rows("malay_of_indonesian")}
    for each in originals:
        if each.source in COPIED:
            text = " ".join(malay.get(word.lower(), word) for word in each.text.split())
            if text != " ".join(each.text.split()):
                weight = each.weight * COPY_WEIGHT
                yield replace(each, text=text, weight=weight, language="ms")


def own(part: str = "train") -> Iterator[Example]:
    """Yield our own relationship comments: for training, for choices, or the locked test part."""
    for path in sorted(COMMENTS.glob("*.tsv")):
        if (path.stem if path.stem in PARTS else "train") == part:
            for language, label, act, marked, text in _rows(path, 5):
                yield Example(text, label, 1.0, "own", language, act, dimensions(marked))


def reviews() -> Iterator[Example]:
    """Yield our own everyday reviews: Malay above all, of which there is hardly any free data."""
    for path in sorted(REVIEWS.glob("*.tsv")):
        for language, label, text in _rows(path, 3):
            yield Example(text, label, REVIEW_WEIGHT, "review", language)


def listed() -> Iterator[Example]:
    """Yield the strong words of our lists as short texts: bare, emphasised and denied."""
    for name in ("malay", "english"):
        for row in words.rows(name):
            weight = float(row[0])
            if abs(weight) < STRONG:
                continue
            label, other = ("positive", "negative") if weight > 0 else ("negative", "positive")
            for form in row[2].split("|"):
                for pattern in _EMPHASIS[name]:
                    yield Example(pattern.format(form), label, LIST_WEIGHT, "list")
                for pattern in _DENIALS[name] if weight > 0 else ():
                    yield Example(pattern.format(form), other, LIST_WEIGHT, "list")


def dimensions(marked: str) -> tuple[tuple[str, int], ...]:
    """Read "trust:+,empathy:-" as pairs of dimension and sign 1, −1 or 0; "none" as no pairs.

    Raises ValueError for an unknown dimension.

    >>> dimensions("trust:+,empathy:-")
    (('trust', 1), ('empathy', -1))
    """
    if marked in ("none", ""):
        return ()
    pairs = []
    for each in marked.split(","):
        name, _, sign = each.partition(":")
        if name not in DIMENSIONS:
            raise ValueError(f"no such dimension: {name}")
        pairs.append((name, {"+": 1, "-": -1}.get(sign, 0)))
    return tuple(pairs)


def _rows(path: Path, columns: int) -> Iterator[list[str]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = line.rstrip("\n").split("\t")
            if len(row) == columns:
                yield row
