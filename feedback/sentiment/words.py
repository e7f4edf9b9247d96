"""Loads the word lists beside this file once and brings words to the spelling they use."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

WORDS = Path(__file__).with_name("words")
#: Endings that Indonesian and Malay write onto a word.
CLITICS = ("nya", "lah", "kah", "pun", "ku", "mu")

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A polar word or phrase; `negated` is its weight under a negator, None: by the rule."""

    weight: float
    negated: float | None


#: A phrase that only looks polar ("salah satu": one of).
SILENT = Entry(0.0, None)


@dataclass(frozen=True, slots=True)
class Modifier:
    """What a word does to others: its role and by how much."""

    role: str
    factor: float


def rows(name: str) -> Iterator[list[str]]:
    """The rows of one list, split at tabs; headings are left out."""
    with (WORDS / f"{name}.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#") and line.strip():
                yield line.rstrip("\n").split("\t")


@cache
def slang() -> Mapping[str, Phrase]:
    """Chat spelling → plain words."""
    return {
        spelling: tuple(plain.split())
        for plain, spellings in rows("slang")
        for spelling in spellings.split("|")
    }


def spelled(form: str) -> Phrase:
    """A form of a list in plain spelling, as a tuple of words."""
    words = unicodedata.normalize("NFKC", form).lower().replace("-", " ").split()
    return tuple(plain for word in words for plain in slang().get(word, (word,)))


@cache
def lexicon() -> Mapping[Phrase, Entry]:
    """Polar words and phrases of all languages; comments mix them, so the list is one."""
    entries: dict[Phrase, Entry] = {}
    for name in ("malay", "english"):
        for weight, negated, forms in rows(name):
            entry = Entry(float(weight), float(negated) if negated else None)
            for form in forms.split("|"):
                entries.setdefault(spelled(form), entry)
    return entries


@cache
def modifiers() -> Mapping[Phrase, Modifier]:
    """Words that change others: negators, intensifiers, softeners, contrast and its kin."""
    return {
        spelled(form): Modifier(role, float(factor))
        for role, factor, forms in rows("modifiers")
        for form in forms.split("|")
    }


@cache
def marks() -> Mapping[str, frozenset[str]]:
    """Word → the languages it speaks for (id, ms, both, en), in its raw spelling."""
    found: dict[str, set[str]] = {}
    for language, forms in rows("marks"):
        for form in forms.split("|"):
            found.setdefault(form, set()).add(language)
    return {word: frozenset(languages) for word, languages in found.items()}


@cache
def listed(name: str) -> frozenset[str]:
    """Single words of one polar list, in raw spelling: weak evidence of a language."""
    forms = (form for row in rows(name) for form in row[-1].split("|"))
    return frozenset(form for form in forms if " " not in form)


@cache
def dimension_words() -> Mapping[str, frozenset[str]]:
    """Word → the dimensions of the relationship it points to."""
    found: dict[str, set[str]] = {}
    for dimension, forms in rows("aspects"):
        for form in forms.split("|"):
            for word in spelled(form):
                found.setdefault(word, set()).add(dimension)
    return {word: frozenset(dimensions) for word, dimensions in found.items()}


@cache
def signs() -> Mapping[str, float]:
    """Emoji or emoticon → weight."""
    return {sign: float(weight) for weight, forms in rows("signs") for sign in forms.split(" ")}


@cache
def vocabulary() -> frozenset[str]:
    """Every single word any list knows, in plain spelling."""
    phrases = (*lexicon(), *modifiers())
    known = {word for phrase in phrases for word in phrase}
    return frozenset(known | set(marks()) | set(dimension_words()))


@lru_cache(maxsize=8192)
def plain(word: str) -> Phrase:
    """A folded word in plain spelling: slang undone, doubled letters and endings taken off
    where that gives a known word; an unknown word comes back as it is.

    >>> plain("gak"), plain("baguss"), plain("pelayanannya")
    (('tidak',), ('bagus',), ('pelayanan',))
    """
    for candidate in _spellings(word):
        if candidate in slang():
            return slang()[candidate]
        if candidate in vocabulary():
            return (candidate,)
    return (word,)


def _spellings(word: str) -> Iterator[str]:
    """The word, then without doubled letters, then either without an ending."""
    single = "".join(
        letter for place, letter in enumerate(word) if place == 0 or letter != word[place - 1]
    )
    for base in (word, single):
        yield base
        for ending in CLITICS:
            if base.endswith(ending) and len(base) - len(ending) >= 3:
                yield base[: -len(ending)]


@cache
def openers() -> frozenset[str]:
    """The first words of all modifiers."""
    return frozenset(phrase[0] for phrase in modifiers())


@cache
def beginnings() -> frozenset[str]:
    """The first words of all polar words and phrases."""
    return frozenset(phrase[0] for phrase in lexicon())
