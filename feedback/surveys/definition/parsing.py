"""Turns the data of a definition into a Questionnaire, or says everything that is wrong with it."""

from collections.abc import Iterable, Mapping

from feedback.surveys.definition.problems import InvalidDefinition, Problem
from feedback.surveys.definition.reading import Node
from feedback.surveys.dimensions import MEASURED
from feedback.surveys.languages import LANGUAGES
from feedback.surveys.questionnaire import Option, Question, Questionnaire, Section
from feedback.surveys.questions import CANNOT_JUDGE, find_type

# A question's key becomes the name of its form field: it must not hide what a form itself has.
RESERVED: frozenset[str] = frozenset(
    {
        *("action", "csrf_token", "language", "next", "page", "submit", "token", "version"),
        *("data", "errors", "form_errors", "hidden_tag", "is_submitted", "meta", "populate_obj"),
        *("process", "validate", "validate_on_submit"),
    }
)
# An option called like the answer "cannot judge" could not be told from it in the database.
RESERVED_OPTIONS: frozenset[str] = frozenset({CANNOT_JUDGE})
_DEPENDS_ON_TYPE = ("dimension", "options", "cannot_judge")


def parse(data: Mapping[str, object]) -> Questionnaire:
    """Return the questionnaire that `data` (decoded JSON) defines.

    Raises InvalidDefinition with all problems. Without "languages" all of LANGUAGES are expected.
    """
    problems: list[Problem] = []
    root = Node(data, "$", problems)
    members = root.members(("key", "title", "sections"), ("intro", "languages"))
    languages = _languages(members["languages"])
    section_nodes = members["sections"].items()
    sections = tuple(_section(node, languages) for node in section_nodes)
    _require_distinct(zip(section_nodes, sections, strict=True))
    _require_distinct(
        (Node(None, f"{node.path}.questions[{index}]", problems), question)
        for node, section in zip(section_nodes, sections, strict=True)
        for index, question in enumerate(section.questions)
    )
    questionnaire = Questionnaire(
        key=members["key"].key(),
        title=members["title"].text(languages),
        sections=sections,
        intro=members["intro"].optional_text(languages),
        languages=languages,
    )
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


def _section(node: Node, languages: tuple[str, ...]) -> Section:
    members = node.members(
        ("key", "title", "questions"), ("intro", "shuffle_group", "shuffle_items")
    )
    return Section(
        key=members["key"].key(),
        title=members["title"].text(languages),
        questions=tuple(_question(each, languages) for each in members["questions"].items()),
        intro=members["intro"].optional_text(languages),
        shuffle_group=members["shuffle_group"].key() or None,
        shuffle_items=members["shuffle_items"].boolean(),
    )


def _question(node: Node, languages: tuple[str, ...]) -> Question:
    members = node.members(("key", "type", "text"), ("help", "core", "required", *_DEPENDS_ON_TYPE))
    _check_type(members)
    dimension = members["dimension"].string() or None
    if members["dimension"].value is not None and dimension not in MEASURED:
        members["dimension"].problem("unknown_dimension", dimension=dimension or "")
    return Question(
        key=members["key"].key(RESERVED),
        type=members["type"].string(),
        text=members["text"].text(languages),
        help=members["help"].optional_text(languages),
        dimension=dimension,
        core=members["core"].boolean(),
        required=members["required"].boolean(),
        options=_options(members["options"], languages),
        cannot_judge=members["cannot_judge"].boolean(),
    )


def _check_type(members: Mapping[str, Node]) -> None:
    name = members["type"].value
    if not isinstance(name, str):
        return
    question_type = find_type(name)
    if question_type is None:
        members["type"].problem("unknown_type", type=name)
        return
    for member in _DEPENDS_ON_TYPE:
        given = members[member].value is not None and members[member].value is not False
        if given and member not in question_type.takes:
            members[member].problem("not_for_this_type", member=member, type=name)
    if "options" in question_type.takes and members["options"].value is None:
        members["options"].problem("missing")


def _options(node: Node, languages: tuple[str, ...]) -> tuple[Option, ...]:
    nodes = node.items()
    options = []
    for each in nodes:
        members = each.members(("key", "text"), ())
        options.append(
            Option(members["key"].key(RESERVED_OPTIONS), members["text"].text(languages))
        )
    _require_distinct(zip(nodes, options, strict=True))
    return tuple(options)


def _require_distinct(places: Iterable[tuple[Node, Option | Question | Section]]) -> None:
    seen: set[str] = set()
    for node, thing in places:
        # Compared without case: a file name or a spreadsheet column may not tell T1 from t1.
        key = thing.key.lower()
        if key and key in seen:
            node.problem("duplicate_key", key=thing.key)
        seen.add(key)
