"""Turns the data of a definition into a Questionnaire, or says everything that is wrong with it."""

from collections.abc import Mapping

from feedback.surveys.definition.places import Places
from feedback.surveys.definition.problems import InvalidDefinition, Problem
from feedback.surveys.definition.questions import read_questions, require_distinct
from feedback.surveys.definition.reading import Node
from feedback.surveys.definition.references import check
from feedback.surveys.definition.rules import read_rule
from feedback.surveys.languages import LANGUAGES
from feedback.surveys.questionnaire import Question, Questionnaire, Section

_Placed = list[tuple[Node, Question]]


def parse(data: Mapping[str, object]) -> Questionnaire:
    """Return the questionnaire that `data` (decoded JSON) defines.

    Raises InvalidDefinition with all problems. Without "languages" all of LANGUAGES are expected.
    """
    problems: list[Problem] = []
    root = Node(data, "$", problems)
    members = root.members(("key", "title", "sections"), ("intro", "languages", "one_page"))
    languages = _languages(members["languages"])
    section_nodes = members["sections"].items()
    placed: _Placed = []
    sections = tuple(_section(node, languages, placed) for node in section_nodes)
    require_distinct(zip(section_nodes, sections, strict=True))
    require_distinct(placed)
    _require_own_grid_keys(placed)
    questionnaire = Questionnaire(
        key=members["key"].key(),
        title=members["title"].text(languages),
        sections=sections,
        intro=members["intro"].optional_text(languages),
        languages=languages,
        one_page=members["one_page"].boolean(),
    )
    problems += check(Places(questionnaire, [node.path for node, _ in placed]))
    if problems:
        raise InvalidDefinition(problems)
    return questionnaire


def _languages(node: Node) -> tuple[str, ...]:
    declared: list[str] = []
    for item in node.items():
        language = item.string()
        if language not in LANGUAGES:
            item.problem("unknown_language", language=language)
        elif language in declared:
            item.problem("duplicate_key", key=language)
        else:
            declared.append(language)
    # With nothing usable declared, the texts are still read against some languages.
    return tuple(each for each in LANGUAGES if each in declared) or LANGUAGES


def _section(node: Node, languages: tuple[str, ...], placed: _Placed) -> Section:
    members = node.members(
        ("key", "title", "questions"), ("intro", "shuffle_group", "shuffle_items", "show_if")
    )
    questions = [
        found for each in members["questions"].items() for found in read_questions(each, languages)
    ]
    placed += questions
    return Section(
        key=members["key"].key(),
        title=members["title"].text(languages),
        questions=tuple(question for _, question in questions),
        intro=members["intro"].optional_text(languages),
        shuffle_group=members["shuffle_group"].key() or None,
        shuffle_items=members["shuffle_items"].boolean(),
        show_if=read_rule(members["show_if"]),
    )


def _require_own_grid_keys(placed: _Placed) -> None:
    """Note a grid called like a question, or like another grid: what it is called stands once."""
    taken = {question.key.lower() for _, question in placed}
    before = ""
    for node, question in placed:
        if question.grid is None:
            continue
        path = node.path.rpartition(".rows[")[0]
        key = question.grid.key.lower()
        if key and path != before and key in taken:
            node.problem("duplicate_key", key=question.grid.key)
        taken.add(key)
        before = path
