"""The stock of invented comments, in the words people use about a working relationship."""

import csv
import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

# All texts were written for this demo. "id-en" and "ms-en" are sentences that switch to English
# half-way, as is usual at work.
LANGUAGES: Final = ("id", "ms", "en", "id-en", "ms-en")
MOODS: Final = ("positive", "negative", "mixed", "neutral")
"""`neutral`: requests and facts without a verdict."""
DIMENSIONS: Final = ("trust", "reliability", "responsiveness", "communication", "empathy")

_TABLES: Final = Path(__file__).parent / "comments"
# How often somebody who answers in a language writes a comment mixed with English.
_MIXES: Final[Mapping[str, tuple[str, float]]] = {"id": ("id-en", 0.24), "ms": ("ms-en", 0.32)}


@dataclass(frozen=True, slots=True)
class DemoComment:
    """One invented comment; `dimensions` is empty where it speaks of none of the five."""

    language: str
    mood: str
    dimensions: tuple[str, ...]
    text: str


@cache
def stock() -> tuple[DemoComment, ...]:
    """Promise: every comment of every table, in a fixed order."""
    return tuple(
        DemoComment(
            row["language"],
            row["mood"],
            tuple(key for key in row["dimensions"].split(",") if key),
            row["text"],
        )
        for language in LANGUAGES
        for row in _rows(language)
    )


def _rows(language: str) -> list[dict[str, str]]:
    with (_TABLES / f"{language}.tsv").open(encoding="utf-8", newline="") as lines:
        # Quotation marks in a comment are the writer's, never the table's.
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def _kept(language: str, mood: str) -> tuple[DemoComment, ...]:
    return tuple(c for c in stock() if c.language == language and c.mood == mood)


def pick(
    rng: random.Random,
    language: str,
    mood: str,
    dimension: str | None = None,
    avoid: Collection[str] = (),
) -> str:
    """Promise: a comment of that mood that somebody answering in `language` could have written.

    For ``id`` and ``ms`` some are mixed with English; a mixed language may be asked for by its
    own name. A text in `avoid` comes only when none other is left; one about `dimension` is
    preferred while there is one. Errors: KeyError for an unknown language or mood.
    """
    if language not in LANGUAGES or mood not in MOODS:
        raise KeyError((language, mood))
    mix, share = _MIXES.get(language, (language, 0.0))
    written = mix if rng.random() < share else language
    fresh = _fresh(_kept(written, mood), avoid) or _fresh(_kept(language, mood), avoid)
    fresh = fresh or _fresh(_kept(mix, mood), avoid) or _kept(written, mood)
    about = [comment for comment in fresh if dimension in comment.dimensions]
    return rng.choice(about or fresh).text


def _fresh(comments: Sequence[DemoComment], avoid: Collection[str]) -> Sequence[DemoComment]:
    return [comment for comment in comments if comment.text not in avoid]
