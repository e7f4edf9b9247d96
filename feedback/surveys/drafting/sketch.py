"""Makes of an unfinished draft a questionnaire that can be looked at, and lists what it lacks."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from feedback.surveys.completeness import declared_languages
from feedback.surveys.definition import InvalidDefinition, Problem, Questionnaire, parse
from feedback.surveys.drafting.elements import Definition, Spot, spot
from feedback.surveys.languages import text_in

# Wanted before publishing, but no reason not to take a definition in.
UNFINISHED = frozenset({"missing_language"})
NO_WORDS = "…"
_TEXTS = ("title", "intro", "text", "help")
_TRIES = 5


def problems(definition: Definition) -> tuple[Problem, ...]:
    """Return everything that keeps the draft from being published, in reading order."""
    try:
        parse(definition)
    except InvalidDefinition as error:
        return error.problems
    return ()


def blockers(data: object) -> tuple[Problem, ...]:
    """Return why decoded JSON cannot even be a draft; missing translations are no reason.

    A section may be without questions, and a questionnaire without sections.
    """
    if not isinstance(data, Mapping):
        return (Problem("$", "wrong_type", {"expected": "object"}),)
    return tuple(
        each
        for each in problems(data)
        if each.code not in UNFINISHED
        and not (each.code == "empty" and each.path.endswith((".questions", ".sections")))
    )


def sketch(definition: Definition) -> Questionnaire | None:
    """Return the draft as far as it can be shown, None if nothing can.

    Missing words are taken from another language; rules and limits that are wrong are left out,
    and so are questions that are wrong in any other way.
    """
    data: Any = deepcopy(dict(definition))
    for _ in range(_TRIES):
        _fill(data)
        data["sections"] = [each for each in data["sections"] if each["questions"]]
        found = problems(data)
        if not found:
            return parse(data) if data["sections"] else None
        _mend(data, found)
    return None


def _fill(data: dict[str, Any]) -> None:
    languages = declared_languages(data)
    for section in data["sections"]:
        for question in section["questions"]:
            for part in (question, *question.get("options", ()), *question.get("rows", ())):
                part.setdefault("text", {})
                _complete(part, languages)
        _complete(section, languages)
    _complete(data, languages)


def _complete(element: dict[str, Any], languages: Iterable[str]) -> None:
    for name in _TEXTS:
        if name in element:
            text = {k: words for k, words in element[name].items() if words.strip()}
            element[name] = {each: text_in(text, each) or NO_WORDS for each in languages}


def _mend(data: dict[str, Any], found: Iterable[Problem]) -> None:
    spots = {spot(data, problem.path) for problem in found}
    for section in data["sections"]:
        wrong = {each.member for each in spots if each == Spot(section["key"], "", each.member)}
        if wrong and any(member.startswith("show_if") for member in wrong):
            section.pop("show_if", None)
        section["questions"] = [
            question
            for question in section["questions"]
            if _stays(question, {s.member for s in spots if s.question == question["key"]})
        ]


def _stays(question: dict[str, Any], wrong: set[str]) -> bool:
    """Take what is wrong out of a question; False if it has to go as a whole."""
    for member in wrong:
        name = member.replace("[", ".").partition(".")[0]
        if name not in ("show_if", "limits"):
            return False
        question.pop(name, None)
    return True
