"""The labelled texts a model learns from: public sets, our own comments, word lists."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from feedback.sentiment import words
from feedback.surveys.dimensions import DIMENSIONS

COMMENTS = Path(__file__).parent / "comments"
TEST_PART = "test"
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
    "vader-movie": 0.5,
    "proscons": 0.25,
    "rtpol": 0.4,
    "prodrev": 0.5,
}
# Only these have a neutral class of their own.
WITH_NEUTRAL = frozenset({"smsa", "vader-amazon", "vader-movie", "prodrev"})
LIST_WEIGHT = 2.0
STRONG = 0.5  # a listed word of at least this weight is an example by itself
_EMPHASIS = {"malay": ("sangat {}", "{} sekali", "{}"), "english": ("very {}", "really {}", "{}")}
_DENIAL = {"malay": "tidak {}", "english": "not {}"}


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


def public(folder: Path, part: str = "train") -> Iterator[Example]:
    """Yield the rows of the public sets in a folder, in a fixed order; missing sets are skipped."""
    for name, weight in PUBLIC.items():
        path = folder / f"{name}.{part}.tsv"
        if path.exists():
            for language, label, text in _rows(path, 3):
                yield Example(text, label, weight, name, language)


def own(part: str = "train") -> Iterator[Example]:
    """Yield our own relationship comments: the training part, or the locked test part."""
    for path in sorted(COMMENTS.glob("*.tsv")):
        if (path.stem == TEST_PART) == (part == TEST_PART):
            for language, label, act, marked, text in _rows(path, 5):
                yield Example(text, label, 1.0, "own", language, act, dimensions(marked))


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
                if weight > 0:
                    denied = _DENIAL[name].format(form)
                    yield Example(denied, other, LIST_WEIGHT, "list")


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
