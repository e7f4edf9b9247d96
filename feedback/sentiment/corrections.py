"""What a person says of a comment instead of the program, and how it is written as an example."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from feedback.sentiment.examples import Example
from feedback.sentiment.verdict import NEUTRAL_BAND

# Besides the four labels a comment is told as one of these: not read yet, read but not sure,
# not about us.
WAITING, UNSURE, ASIDE = "waiting", "unsure", "aside"
_SIGNS = {-1: "-", 0: "0", 1: "+"}
# The act that the marked comments of the package carry where nothing more is wanted.
_ACT_OF = {"positive": "praise", "negative": "complaint", "mixed": "mixed", "neutral": "fact"}


@dataclass(frozen=True, slots=True)
class Ruling:
    """A person's word: a label with the dimensions spoken of, or that it is not about us.

    Neither of them means: the program's verdict stands again.
    """

    label: str | None = None
    dimensions: Mapping[str, int] = field(default_factory=dict)
    not_about_us: bool = False

    @property
    def takes_back(self) -> bool:
        """Whether this lets the program's verdict stand again."""
        return self.label is None and not self.not_about_us


TAKEN_BACK = Ruling()


def side_of(polarity: float) -> int:
    """The side a dimension's polarity is told as: −1, 0 or 1.

    >>> side_of(0.5), side_of(-0.05), side_of(-0.4)
    (1, 0, -1)
    """
    if abs(polarity) < NEUTRAL_BAND:
        return 0
    return 1 if polarity > 0 else -1


def state_of(text: str, correction_id: int | None) -> str:
    """A short mark of the words and their correction, to notice that either has changed."""
    return f"{hashlib.sha256(text.encode()).hexdigest()[:16]}-{correction_id or 0}"


def example_of(
    text: str,
    language: str,
    label: str,
    dimensions: Mapping[str, int],
    acts: Sequence[str] = (),
) -> Example:
    """One corrected comment as an example to learn from; it counts as one of our own.

    People correct no acts: the first one the program heard stays, else the one that goes with
    the label.
    """
    marked = tuple(sorted(dimensions.items()))
    act = acts[0] if acts else _ACT_OF[label]
    return Example(text, label, 1.0, "own", language, act, marked)


def example_line(example: Example) -> str:
    r"""One example as the package writes its comments: language, label, act, dimensions, text.

    Spaces of any kind become one blank, because tab and line end separate there.

    >>> example_line(example_of("Cepat\tsekali", "id", "positive", {"responsiveness": 1}))
    'id\tpositive\tpraise\tresponsiveness:+\tCepat sekali'
    """
    marked = ",".join(f"{name}:{_SIGNS[side]}" for name, side in example.dimensions) or "none"
    words = re.sub(r"\s+", " ", example.text).strip()
    return "\t".join((example.language, example.label, example.act, marked, words))
