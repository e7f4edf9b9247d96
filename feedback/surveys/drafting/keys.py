"""Makes the keys of new sections, questions, options and rows: readable, and never used before."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from feedback.surveys.definition.questions import RESERVED, RESERVED_OPTIONS
from feedback.surveys.languages import text_in

LONGEST = 32
# A row's answers are stored under the keys of grid and row together, 40 characters at most.
LONGEST_GRID = 22
LONGEST_ROW = 14
MOST_WORDS = 4
_WORD = re.compile(r"[a-z0-9]+")
_FIELD = re.compile(r"\{[^}]*\}")
_SMALL = re.compile(
    "a|an|and|are|as|at|be|been|by|did|do|does|for|from|had|has|have|how|i|if|in|is|it|its|may|me"
    "|much|my|of|on|or|our|please|so|than|that|the|their|there|these|they|this|to|us|was|we|were"
    "|what|when|which|who|why|will|with|would|you|your"
)


@dataclass(frozen=True)
class Taken:
    """Keys that published versions have used: they mean what was asked then, and nothing new.

    `questions` has the keys of questions, grids and rows (with their grid's), `options` those of
    the options by question.
    """

    sections: frozenset[str] = frozenset()
    questions: frozenset[str] = frozenset()
    options: Mapping[str, frozenset[str]] = field(default_factory=dict)


NOTHING_TAKEN = Taken()


def readable(text: Mapping[str, str] | None, fallback: str, longest: int = LONGEST) -> str:
    """Return a key made of the first words that say something, in English if there is any.

    >>> readable({"en": "How satisfied are you with {company}'s replies?"}, "csat")
    'satisfied_s_replies'
    >>> readable({"en": "???"}, "csat")
    'csat'
    """
    words = _FIELD.sub(" ", text_in(text, "en")) if text else ""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    found = _WORD.findall(plain)
    key = ""
    telling = [each for each in found if not _SMALL.fullmatch(each)] or found
    for word in telling[:MOST_WORDS]:
        longer = f"{key}_{word}" if key else word[:longest]
        if len(longer) > longest:
            break
        key = longer
    return key or fallback


def unique(wanted: str, taken: Iterable[str], longest: int = LONGEST) -> str:
    """Return `wanted`, or with the lowest number behind it that makes it a key nobody has.

    >>> unique("price", {"price", "Price_2"})
    'price_3'
    """
    used = {each.lower() for each in taken}
    key, number = wanted[:longest], 2
    while key.lower() in used:
        ending = f"_{number}"
        key, number = wanted[: longest - len(ending)] + ending, number + 1
    return key


def question_keys(definition: Mapping[str, object]) -> set[str]:
    """Return the keys of all questions and grids of a draft, and the whole keys of their rows."""
    found: set[str] = set()
    for section in definition["sections"]:  # type: ignore[attr-defined]
        for question in section["questions"]:
            found.add(question["key"])
            found.update(f"{question['key']}-{row['key']}" for row in question.get("rows", ()))
    return found


def new_question_key(
    wanted: str, definition: Mapping[str, object], taken: Taken, *, is_grid: bool = False
) -> str:
    """Return a key for a new question; that of a grid begins no other question's key."""
    used = question_keys(definition) | taken.questions | RESERVED
    if is_grid:
        used |= {each.partition("-")[0] for each in used}
    return unique(wanted, used, LONGEST_GRID if is_grid else LONGEST)


def new_option_key(wanted: str, used: Iterable[str]) -> str:
    """Return a key for a new option beside those used."""
    return unique(wanted, {*used, *RESERVED_OPTIONS})
