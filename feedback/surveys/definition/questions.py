"""Reads the questions of a definition: one place each, or the rows of a grid at one place."""

from collections.abc import Iterable, Mapping
from typing import Any

from feedback.surveys.definition.canonical import GRID
from feedback.surveys.definition.limits import read_limits
from feedback.surveys.definition.reading import Node
from feedback.surveys.definition.rules import read_rule
from feedback.surveys.dimensions import MEASURED
from feedback.surveys.questionnaire import Grid, Limits, Option, Question, Section
from feedback.surveys.questions import CANNOT_JUDGE, QuestionType, find_type

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
# Scales whose labels are short enough to stand at the head of a column.
GRID_SCALES: frozenset[str] = frozenset({"agreement", "csat", "effort"})
MOST_OPTIONS = 50
_DEPENDS_ON_TYPE = ("dimension", "options", "cannot_judge", "limits")
# How many options make sense, where it is not "at least one".
_LEAST_OPTIONS = {"rating": 2, "ranking": 2}
_MOST_OPTIONS = {"rating": 7}


def read_questions(node: Node, languages: tuple[str, ...]) -> list[tuple[Node, Question]]:
    """Return the question at this place, or each row of the grid, with the place of each."""
    if isinstance(node.value, Mapping) and node.value.get("type") == GRID:
        return _rows(node, languages)
    return [(node, _question(node, languages))]


def require_distinct(places: Iterable[tuple[Node, Grid | Option | Question | Section]]) -> None:
    """Note every key that stands at two of these places."""
    seen: set[str] = set()
    for node, thing in places:
        # Compared without case: a file name or a spreadsheet column may not tell T1 from t1.
        key = thing.key.lower()
        if key and key in seen:
            node.problem("duplicate_key", key=thing.key)
        seen.add(key)


def _question(node: Node, languages: tuple[str, ...]) -> Question:
    members = node.members(
        ("key", "type", "text"), ("help", "core", "required", *_DEPENDS_ON_TYPE, "show_if")
    )
    question_type = _type(members["type"])
    if question_type:
        _check_type(members, question_type)
    name = members["type"].string()
    options = _options(members["options"], languages, question_type)
    return Question(
        key=members["key"].key(RESERVED),
        type=name,
        text=members["text"].text(languages),
        help=members["help"].optional_text(languages),
        dimension=_dimension(members["dimension"]),
        core=members["core"].boolean(),
        required=members["required"].boolean(),
        options=options,
        cannot_judge=members["cannot_judge"].boolean(),
        limits=read_limits(members["limits"], question_type, options) or Limits(),
        show_if=read_rule(members["show_if"]),
    )


def _rows(node: Node, languages: tuple[str, ...]) -> list[tuple[Node, Question]]:
    members = node.members(
        ("key", "type", "scale", "text", "rows"), ("help", "required", "cannot_judge", "show_if")
    )
    scale = _type(members["scale"])
    if scale and scale.name not in GRID_SCALES:
        members["scale"].problem("not_for_this_type", member="rows", type=scale.name)
        scale = None
    if scale:
        _refuse(members, ("cannot_judge",), scale)
    inherited: dict[str, Any] = {
        "type": members["scale"].string(),
        "required": members["required"].boolean(),
        "cannot_judge": members["cannot_judge"].boolean(),
        "show_if": read_rule(members["show_if"]),
        "grid": Grid(
            key=members["key"].key(RESERVED),
            text=members["text"].text(languages),
            help=members["help"].optional_text(languages),
        ),
    }
    return [
        (row, _row(row, languages, scale, inherited)) for row in members["rows"].items(MOST_OPTIONS)
    ]


def _row(
    node: Node, languages: tuple[str, ...], scale: QuestionType | None, inherited: dict[str, Any]
) -> Question:
    members = node.members(("key", "text"), ("dimension", "core"))
    if scale:
        _refuse(members, ("dimension",), scale)
    # The key of the answer is that of grid and row together, and no longer than any other.
    key = members["key"].key()
    whole = f"{inherited['grid'].key}-{key}"
    if key and inherited["grid"].key:
        members["key"].check_key(whole)
    return Question(
        key=whole,
        text=members["text"].text(languages),
        dimension=_dimension(members["dimension"]),
        core=members["core"].boolean(),
        **inherited,
    )


def _type(node: Node) -> QuestionType | None:
    name = node.string()
    found = find_type(name)
    if found is None and isinstance(node.value, str):
        node.problem("unknown_type", type=name)
    return found


def _dimension(node: Node) -> str | None:
    dimension = node.string() or None
    if node.value is not None and dimension not in MEASURED:
        node.problem("unknown_dimension", dimension=dimension or "")
    return dimension


def _check_type(members: Mapping[str, Node], question_type: QuestionType) -> None:
    _refuse(members, _DEPENDS_ON_TYPE, question_type)
    if not question_type.answers:
        _refuse(members, ("core", "required"), question_type)
    if "options" in question_type.takes and members["options"].value is None:
        members["options"].problem("missing")


def _refuse(members: Mapping[str, Node], names: Iterable[str], question_type: QuestionType) -> None:
    for name in names:
        given = members[name].value is not None and members[name].value is not False
        if given and name not in question_type.takes:
            members[name].problem("not_for_this_type", member=name, type=question_type.name)


def _options(
    node: Node, languages: tuple[str, ...], question_type: QuestionType | None
) -> tuple[Option, ...]:
    nodes = node.items(MOST_OPTIONS)
    options = []
    for each in nodes:
        members = each.members(("key", "text"), ("other", "exclusive"))
        if question_type:
            _refuse(members, ("other", "exclusive"), question_type)
        options.append(
            Option(
                members["key"].key(RESERVED_OPTIONS),
                members["text"].text(languages),
                other=members["other"].boolean(),
                exclusive=members["exclusive"].boolean(),
            )
        )
    require_distinct(zip(nodes, options, strict=True))
    if sum(option.other for option in options) > 1:
        node.problem("several_others")
    name = question_type.name if question_type else ""
    if 0 < len(options) < _LEAST_OPTIONS.get(name, 1):
        node.problem("too_few", least=_LEAST_OPTIONS[name])
    if len(options) > _MOST_OPTIONS.get(name, MOST_OPTIONS):
        node.problem("too_many", most=_MOST_OPTIONS[name])
    return tuple(options)
