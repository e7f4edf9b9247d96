"""Reads a rule of a definition, and writes it back in its one form."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from feedback.surveys.definition.reading import Node
from feedback.surveys.questionnaire import (
    AllOf,
    AnswerBetween,
    AnswerGiven,
    AnswerIn,
    AnyOf,
    ContactIn,
    Leaf,
    Not,
    Rule,
    ScoreBetween,
)

MOST_DEPTH = 6
MOST_LEAVES = 40
_KINDS = ("all", "any", "not", "question", "score", "contact")
_TESTS = ("is", "in", "between", "answered")
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")
_NOTHING = AllOf(())


def read_rule(node: Node) -> Rule | None:
    """Return the rule at this place, None if absent; notes what is no rule.

    Whether its references mean anything is another question: see references.check().
    """
    if node.value is None:
        return None
    rule = _read(node, 1)
    if len(list(leaves(rule))) > MOST_LEAVES:
        node.problem("too_many", most=MOST_LEAVES)
    return rule


def dump_rule(rule: Rule) -> dict[str, Any]:
    """Return the rule as plain data for JSON; reading it gives an equal rule."""
    if isinstance(rule, AllOf):
        return {"all": [dump_rule(each) for each in rule.rules]}
    if isinstance(rule, AnyOf):
        return {"any": [dump_rule(each) for each in rule.rules]}
    if isinstance(rule, Not):
        return {"not": dump_rule(rule.rule)}
    return _dump_leaf(rule)


def leaves(rule: Rule, path: str = "") -> list[tuple[str, Leaf]]:
    """Return (place below `path`, leaf) of every leaf of the rule, in reading order."""
    if isinstance(rule, AllOf | AnyOf):
        name = "all" if isinstance(rule, AllOf) else "any"
        return [
            found
            for index, each in enumerate(rule.rules)
            for found in leaves(each, f"{path}.{name}[{index}]")
        ]
    if isinstance(rule, Not):
        return leaves(rule.rule, f"{path}.not")
    return [(path, rule)]


def _read(node: Node, depth: int) -> Rule:
    if not isinstance(node.value, Mapping):
        node.problem("wrong_type", expected="object")
        return _NOTHING
    kind = next((each for each in _KINDS if each in node.value), None)
    if kind is None:
        node.problem("not_a_rule")
        return _NOTHING
    if depth > MOST_DEPTH:
        node.problem("too_deep", limit=MOST_DEPTH)
        return _NOTHING
    return _READERS[kind](node, depth)


def _all(node: Node, depth: int) -> Rule:
    return AllOf(_several(node.members(("all",), ())["all"], depth))


def _any(node: Node, depth: int) -> Rule:
    return AnyOf(_several(node.members(("any",), ())["any"], depth))


def _several(node: Node, depth: int) -> tuple[Rule, ...]:
    return tuple(_read(each, depth + 1) for each in node.items())


def _not(node: Node, depth: int) -> Rule:
    inner = node.members(("not",), ())["not"]
    return _NOTHING if inner.value is None else Not(_read(inner, depth + 1))


def _question(node: Node, depth: int) -> Rule:  # noqa: ARG001 – one signature for all kinds
    members = node.members(("question",), _TESTS)
    key = members["question"].string()
    tests = [name for name in _TESTS if members[name].value is not None]
    if len(tests) != 1:
        node.problem("not_a_rule")
        return AnswerGiven(key)
    (test,) = tests
    if test == "answered":
        return AnswerGiven(key, members[test].boolean())
    if test == "between":
        return AnswerBetween(key, *_ends(members[test]))
    return AnswerIn(key, _values(members))


def _score(node: Node, depth: int) -> Rule:  # noqa: ARG001 – one signature for all kinds
    members = node.members(("score", "between"), ())
    return ScoreBetween(members["score"].string(), *_ends(members["between"]))


def _contact(node: Node, depth: int) -> Rule:  # noqa: ARG001 – one signature for all kinds
    members = node.members(("contact",), ("is", "in"))
    if (members["is"].value is None) == (members["in"].value is None):
        node.problem("not_a_rule")
    return ContactIn(members["contact"].string(), _values(members))


_READERS: Mapping[str, Callable[[Node, int], Rule]] = {
    "all": _all,
    "any": _any,
    "not": _not,
    "question": _question,
    "score": _score,
    "contact": _contact,
}


def _values(members: Mapping[str, Node]) -> tuple[str, ...]:
    if members["is"].value is not None:
        return (members["is"].plain(),)
    return tuple(each.plain() for each in members["in"].items())


def _ends(node: Node) -> tuple[str | None, str | None]:
    if node.value is None:
        return None, None
    ends = node.items()
    if len(ends) != 2:
        node.problem("wrong_type", expected="pair")
        return None, None
    least, most = (None if each.value is None else each.plain() for each in ends)
    if least is None and most is None:
        node.problem("empty")
    return least, most


def _dump_leaf(rule: Leaf) -> dict[str, Any]:
    if isinstance(rule, ContactIn):
        return {"contact": rule.attribute, **_dump_values(rule.values)}
    if isinstance(rule, ScoreBetween):
        return {"score": rule.dimension, "between": [_end(rule.least), _end(rule.most)]}
    if isinstance(rule, AnswerGiven):
        return {"question": rule.question, "answered": rule.given}
    if isinstance(rule, AnswerIn):
        return {"question": rule.question, **_dump_values(rule.values)}
    return {"question": rule.question, "between": [_end(rule.least), _end(rule.most)]}


def _dump_values(values: tuple[str, ...]) -> dict[str, Any]:
    return {"is": values[0]} if len(values) == 1 else {"in": list(values)}


def _end(end: str | None) -> int | str | None:
    return int(end) if end is not None and _INTEGER.fullmatch(end) else end
