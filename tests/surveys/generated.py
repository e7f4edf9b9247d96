"""Invented questionnaires: a small valid one to break by hand, and arbitrary ones by Hypothesis."""

import itertools
from datetime import date
from typing import Any

from hypothesis import strategies as st

from feedback.surveys.definition import InvalidDefinition, parse
from feedback.surveys.dimensions import MEASURED
from feedback.surveys.languages import LANGUAGES
from feedback.surveys.questionnaire import Question, Questionnaire
from feedback.surveys.questions import get_type
from tests.surveys.ruled import with_rules

# Printable and awkward characters, but no braces: fields are put in on purpose.
_LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0{}")
_KEYS = ("a", "b-1", "c_2", "3", "x" * 40)
_TYPES = (
    *("agreement", "csat", "nps", "effort", "choice", "choices", "rating", "ranking"),
    *("number", "date", "short_text", "long_text", "flag", "statement", "consent"),
)
_LIMITS: dict[str, list[dict[str, Any]]] = {
    "number": [{"least": "0", "most": "12.5", "decimals": 1}, {"most": "-3"}],
    "date": [{"least": "2026-01-01"}, {"least": "2026-01-01", "most": "2026-12-31"}],
    "short_text": [{"most": "20"}],
    "long_text": [{"most": "500"}],
}
_WORDINGS = (
    *("Why?", "Apa alasan Anda?", "{company} and {contact|you}", "{{7*7}}", "${x} at {place}"),
    *("<b>&amp;</b>", "\\1 '\"", "é漢🙂", "a" * 300, "\u202eback", " \t.\n"),
)
_FEWEST = {"rating": 2, "ranking": 2}


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
    # One draw for all languages: a questionnaire has a hundred texts.
    return st.sampled_from(range(len(_WORDINGS))).map(
        lambda start: {
            language: _WORDINGS[(start + 3 * number) % len(_WORDINGS)]
            for number, language in enumerate(languages)
        }
    )


def _any_texts(languages: tuple[str, ...]) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries(dict.fromkeys(languages, _words))


@st.composite
def _options(draw: st.DrawFn, kind: str, languages: tuple[str, ...]) -> dict[str, Any]:
    keys = _KEYS[: draw(st.integers(_FEWEST.get(kind, 1), len(_KEYS)))]
    options: list[dict[str, Any]] = [{"key": key, "text": draw(_texts(languages))} for key in keys]
    if kind in ("choice", "choices") and draw(st.booleans()):
        options[0]["other"] = True
    if kind == "choices" and draw(st.booleans()):
        options[-1]["exclusive"] = True
    return {"options": options}


@st.composite
def _questions(draw: st.DrawFn, key: str, languages: tuple[str, ...]) -> dict[str, Any]:
    kind = draw(st.sampled_from(_TYPES))
    question: dict[str, Any] = {"key": key, "type": kind, "text": draw(_texts(languages))}
    if draw(st.booleans()):
        question["help"] = draw(_texts(languages))
    if kind in ("choice", "choices", "rating", "ranking"):
        question |= draw(_options(kind, languages))
    if kind == "agreement":
        question["dimension"] = draw(st.sampled_from(MEASURED))
        question["cannot_judge"] = draw(st.booleans())
    if kind in _LIMITS and draw(st.booleans()):
        question["limits"] = draw(st.sampled_from(_LIMITS[kind]))
    if kind == "statement":
        return question
    return {**question, "core": draw(st.booleans()), "required": draw(st.booleans())}


@st.composite
def _grids(draw: st.DrawFn, key: str, languages: tuple[str, ...]) -> dict[str, Any]:
    rows = [
        {"key": f"r{number}", "text": draw(_texts(languages)), "dimension": "trust"}
        for number in range(draw(st.integers(1, 3)))
    ]
    grid = {"key": key, "type": "grid", "scale": "agreement", "rows": rows}
    return {**grid, "text": draw(_texts(languages)), "required": draw(st.booleans())}


@st.composite
def definitions(draw: st.DrawFn, rules: bool = True) -> dict[str, Any]:
    """Valid definitions of all question types, in one to three languages, grouped or not."""
    languages = tuple(draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, unique=True)))
    sizes = draw(st.lists(st.sampled_from([1, 1, 2, 3, 5]), min_size=1, max_size=4))
    keys = (f"{_KEYS[number % 4]}{number}" for number in itertools.count())
    sections = []
    for size in sizes:
        kinds = [draw(st.sampled_from([_questions] * 4 + [_grids])) for _ in range(size)]
        section = {
            "key": next(keys),
            "title": draw(_texts(languages)),
            "questions": [draw(kind(next(keys), languages)) for kind in kinds],
            "shuffle_items": draw(st.booleans()),
        }
        group = draw(st.sampled_from([None, None, "one", "two"]))
        sections.append({**section, "shuffle_group": group} if group else section)
    data = {
        "key": next(keys),
        "languages": list(languages),
        "title": draw(_any_texts(languages)),
        "sections": sections,
        "one_page": draw(st.booleans()),
    }
    return _without_impossible(draw(with_rules(data))) if rules else data


def _without_impossible(data: dict[str, Any]) -> dict[str, Any]:
    """Take away the rules that can never hold: they were drawn without looking that far."""
    try:
        parse(data)
    except InvalidDefinition as invalid:
        faults = {each.path.removesuffix(".show_if") for each in invalid.problems}
        if {each.code for each in invalid.problems} != {"never_shown"}:
            raise
        for number, section in enumerate(data["sections"]):
            here = f"$.sections[{number}]"
            places = {f"{here}.questions[{at}]": q for at, q in enumerate(section["questions"])}
            for path, thing in {here: section, **places}.items():
                if path in faults:
                    del thing["show_if"]
        return _without_impossible(data)
    return data


@st.composite
def answers(draw: st.DrawFn, questionnaire: Questionnaire) -> dict[str, str]:
    """Stored values of some of the questions, on the path or not."""
    values = {
        question.key: draw(st.just("") | _answers_to(question))
        for question in questionnaire.questions
    }
    return {key: value for key, value in values.items() if value}


@st.composite
def _answers_to(draw: st.DrawFn, question: Question) -> str:
    kind = get_type(question.type)
    keys = [point.key for point in kind.choices(question)]
    if question.type == "ranking":
        return ",".join(draw(st.permutations(keys)))
    if question.type == "choices":
        chosen = draw(st.lists(st.sampled_from(keys), min_size=1, unique=True))
        alone = {option.key for option in question.options if option.exclusive}
        shared = [key for key in keys if key in chosen and key not in alone]
        return ",".join(shared or chosen[:1])
    if keys:
        return draw(st.sampled_from(keys))
    if question.type == "number":
        return str(draw(st.integers(-5, 15)))
    if question.type == "date":
        return draw(st.dates(date(2025, 6, 1), date(2027, 6, 1))).isoformat()
    return draw(_words) if kind.answers else ""


_words = st.text(_LETTERS, min_size=1, max_size=8).filter(str.strip)
