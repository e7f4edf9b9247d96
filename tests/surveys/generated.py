"""Invented questionnaires: a small valid one to break by hand, and arbitrary ones by Hypothesis."""

import itertools
from typing import Any

from hypothesis import strategies as st

from feedback.surveys.dimensions import MEASURED
from feedback.surveys.languages import LANGUAGES

# Printable and awkward characters, but no braces: fields are put in on purpose.
_LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0{}")
_KEYS = ("a", "b-1", "c_2", "3", "x" * 40)
_TYPES = ("agreement", "csat", "nps", "effort", "choice", "flag", "long_text")


def a_text(words: str = "Words") -> dict[str, str]:
    """The same words in every language."""
    return {language: f"{words} ({language})" for language in LANGUAGES}


def a_question(key: str = "q1", **members: Any) -> dict[str, Any]:
    """The data of a valid agreement question, changed by `members`."""
    return {"key": key, "type": "agreement", "text": a_text(), **members}


def a_section(key: str, size: int, **members: Any) -> dict[str, Any]:
    """The data of a section of `size` questions."""
    questions = [a_question(f"{key}-{number}") for number in range(size)]
    return {"key": key, "title": a_text(key), "questions": questions, **members}


def a_definition(*sections: dict[str, Any], **members: Any) -> dict[str, Any]:
    """The data of a valid questionnaire of these sections (one of one question without)."""
    return {
        "key": "example",
        "title": a_text("Example"),
        "sections": list(sections) or [a_section("s", 1)],
        **members,
    }


def _texts(languages: tuple[str, ...]) -> st.SearchStrategy[dict[str, str]]:
    words = st.text(_LETTERS, min_size=1, max_size=12).filter(str.strip)
    piped = st.sampled_from(["", " {company}", " {{7*7}}", " ${x}"])
    return st.fixed_dictionaries(
        {language: st.builds(str.__add__, words, piped) for language in languages}
    )


@st.composite
def _questions(draw: st.DrawFn, key: str, languages: tuple[str, ...]) -> dict[str, Any]:
    kind = draw(st.sampled_from(_TYPES))
    question: dict[str, Any] = {"key": key, "type": kind, "text": draw(_texts(languages))}
    if draw(st.booleans()):
        question["help"] = draw(_texts(languages))
    if kind == "choice":
        keys = draw(st.sampled_from([_KEYS[:1], _KEYS[:2], _KEYS]))
        question["options"] = [{"key": each, "text": draw(_texts(languages))} for each in keys]
    if kind == "agreement":
        question["dimension"] = draw(st.sampled_from(MEASURED))
        question["cannot_judge"] = draw(st.booleans())
    return {**question, "core": draw(st.booleans()), "required": draw(st.booleans())}


@st.composite
def definitions(draw: st.DrawFn) -> dict[str, Any]:
    """Valid definitions of all question types, in one to three languages, grouped or not."""
    languages = tuple(draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, unique=True)))
    sizes = draw(st.lists(st.sampled_from([1, 1, 2, 3, 7]), min_size=1, max_size=4))
    keys = (f"{_KEYS[number % 4]}{number}" for number in itertools.count())
    sections = []
    for size in sizes:
        section = {
            "key": next(keys),
            "title": draw(_texts(languages)),
            "questions": [draw(_questions(next(keys), languages)) for _ in range(size)],
            "shuffle_items": draw(st.booleans()),
        }
        group = draw(st.sampled_from([None, "one", "two"]))
        sections.append({**section, "shuffle_group": group} if group else section)
    return {
        "key": next(keys),
        "languages": list(languages),
        "title": draw(_texts(languages)),
        "sections": sections,
    }
