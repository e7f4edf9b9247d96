"""Turns a text into words with marks and the features the linear model counts.

A text has two blocks of features: words (single and in pairs) and runs of 2–5 characters inside
words. Each feature counts 1/√(size of its block). That norm does not depend on which features
meet, so a score is an exact sum over words, and the words that decided can be named (evidence).
"""

import math
import re
import unicodedata
import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

BITS = 19
BUCKETS = 1 << BITS
SHORTEST, LONGEST = 2, 5
SCOPE = 4  # words a negator reaches over
LONGEST_WORD = 40  # of a longer run of letters only the beginning is read: time stays linear

_PIECE = re.compile(
    r"(?:https?://|www\.)\S+|@\w+|\d+(?:[.,:/]\d+)*"
    r"|[^\W\d_]+(?:['\u2019-][^\W\d_]+)*"
    r"|[:;=]['-]?[()DPp3/]|[\u2600-\u27bf\U0001f300-\U0001faff]|[.,;!?()\n]"
)
_RUN = re.compile(r"(.)\1{2,}")
_MARKS = frozenset(".,;!?()\n")
_VOICED = frozenset("!?")

NEGATORS = frozenset(
    [
        "tidak",
        "tak",
        "tdk",
        "tida",
        "bukan",
        "belum",
        "blm",
        "kurang",
        "jangan",
        "gak",
        "ga",
        "ngga",
        "nggak",
        "gk",
        "enggak",
        "ndak",
        "takde",
        "tiada",
        "x",
        "xde",
        "tanpa",
        "not",
        "no",
        "never",
        "cannot",
        "hardly",
        "without",
        "nothing",
        "n't",
    ]
)
CONTRASTS = frozenset(
    [
        "tapi",
        "tetapi",
        "namun",
        "cuma",
        "hanya",
        "sayangnya",
        "tp",
        "walaupun",
        "meskipun",
        "walau",
        "padahal",
        "malangnya",
        "sedangkan",
        "but",
        "however",
        "though",
        "although",
        "except",
        "unfortunately",
        "yet",
    ]
)
JOINTS = frozenset("dan serta and sementara manakala while lalu terus".split())  # noqa: SIM905


class Word(NamedTuple):
    """One word or sign: where it stands in the text, its form, and in which clause it stands.

    The form begins with "~" under a negator. `late` is true behind the last contrast.
    """

    start: int
    end: int
    form: str
    clause: int
    late: bool = False


def words_of(text: str) -> list[Word]:
    """Return the words of a text in order; any text is fine, time is linear in its length."""
    found: list[tuple[int, int, str, int]] = []
    clause = negated = 0
    last_contrast = -1
    for piece in _PIECE.finditer(text):
        raw = piece.group()
        if raw in _MARKS:
            negated, clause = 0, clause + 1
            if raw in _VOICED:
                found.append((piece.start(), piece.end(), raw, clause - 1))
            continue
        form = plain(raw)
        if not form:
            continue
        if form in CONTRASTS:
            negated, clause, last_contrast = 0, clause + 1, len(found)
        elif form in JOINTS:
            clause += 1
        denies = form in NEGATORS or form.endswith("n't")
        found.append(
            (piece.start(), piece.end(), form if denies or not negated else "~" + form, clause)
        )
        negated = SCOPE if denies else max(0, negated - 1)
    behind = last_contrast if last_contrast >= 0 else len(found)
    return [Word(*each, late=place > behind) for place, each in enumerate(found)]


@lru_cache(maxsize=100_000)
def plain(raw: str) -> str:
    """Return the form of a piece: NFKC, lower case, repeated letters folded to two, numbers as #.

    >>> plain("BAGUUUUS"), plain("3.500"), plain("https://example.com")
    ('baguus', '#', '')
    """
    if raw[0].isdigit():
        return "#"
    if raw.startswith(("http", "www.", "@")):
        return ""
    folded = unicodedata.normalize("NFKC", raw[:LONGEST_WORD]).lower().replace("\u2019", "'")
    return _RUN.sub(r"\1\1", folded)


def bucket(feature: str) -> int:
    """Return the place of a feature among BUCKETS; the same in every process."""
    return zlib.crc32(feature.encode("utf-8", "surrogatepass")) & (BUCKETS - 1)


@lru_cache(maxsize=50_000)
def characters(form: str) -> tuple[int, ...]:
    """Return the buckets of the runs of characters of one word, its ends marked."""
    spoken = f"<{form}>"
    return tuple(
        bucket("c" + spoken[at : at + size])
        for size in range(SHORTEST, LONGEST + 1)
        for at in range(len(spoken) - size + 1)
    )


@lru_cache(maxsize=50_000)
def single(form: str) -> int:
    """Return the bucket of one word."""
    return bucket("w" + form)


@lru_cache(maxsize=50_000)
def behind_contrast(form: str) -> int:
    """Return the bucket of a word behind the last contrast of its text."""
    return bucket("l" + form)


def pairs(words: Sequence[Word]) -> list[int]:
    """Return the buckets of neighbours; the first and the last word pair with the text's ends.

    One more than there are words: pair k lies between word k-1 and word k. No words, no pairs.
    """
    if not words:
        return []
    found, left = [], "^"
    for word in words:
        found.append(bucket(f"b{left} {word.form}"))
        left = word.form
    found.append(bucket(f"b{left} $"))
    return found


def counted(words: Sequence[Word]) -> dict[int, float]:
    """Return bucket → value: how the model sees these words, for training."""
    singles = [single(word.form) for word in words] + pairs(words)
    singles += [behind_contrast(word.form) for word in words if word.late]
    runs = [place for word in words for place in characters(word.form)]
    seen: dict[int, float] = {}
    for block in (singles, runs):
        share = norm(len(block))
        for place in block:
            seen[place] = seen.get(place, 0.0) + share
    return seen


def norm(size: int) -> float:
    """Return what one feature of a block of this size counts: 1/√size, 0 for an empty block."""
    return 1 / math.sqrt(size) if size else 0.0
