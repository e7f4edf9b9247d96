"""Which questions a person is asked: rules as data, read against the answers given so far."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from feedback.surveys.questionnaire import (
    AllOf,
    AnswerGiven,
    AnswerIn,
    AnyOf,
    ContactIn,
    Leaf,
    Not,
    Question,
    Questionnaire,
    Rule,
    ScoreBetween,
)
from feedback.surveys.questions import get_type

# What a rule may ask about the person or about the public link the answers come through.
ATTRIBUTES: frozenset[str] = frozenset(
    {"language", "role", "weight", "kind", "segment", "place", "channel"}
)
# Short on purpose: a number with a huge exponent would take for ever to compare.
_DECIMAL = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?")


@dataclass(frozen=True)
class Given:
    """What a rule can see: stored values and scale numbers by question, contact, scores so far.

    `scores` are means of 0–100 by dimension; a dimension without an answered item is absent.
    """

    values: Mapping[str, str]
    numbers: Mapping[str, int] = field(default_factory=dict)
    contact: Mapping[str, str] = field(default_factory=dict)
    scores: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True)
class Path:
    """The keys of the questions a person is asked, in the order of the definition."""

    keys: tuple[str, ...]

    def counted(self, values: Mapping[str, str]) -> dict[str, str]:
        """Return the answers on the path, in its order; the others are kept but not counted."""
        return {key: values[key] for key in self.keys if values.get(key)}


def holds(rule: Rule, given: Given) -> bool:
    """Return whether `rule` holds for what is given.

    A blank answer is neither in nor between anything, "cannot judge" lies between nothing, and a
    dimension without answers has no score.

    >>> from feedback.surveys.questionnaire import AnswerBetween
    >>> low = AnswerBetween("nps", None, "6")
    >>> holds(low, Given({"nps": "4"})), holds(low, Given({})), holds(Not(low), Given({}))
    (True, False, True)
    """
    if isinstance(rule, AllOf):
        return all(holds(each, given) for each in rule.rules)
    if isinstance(rule, AnyOf):
        return any(holds(each, given) for each in rule.rules)
    if isinstance(rule, Not):
        return not holds(rule.rule, given)
    return _leaf_holds(rule, given)


def path(
    questionnaire: Questionnaire,
    values: Mapping[str, str],
    contact: Mapping[str, str] | None = None,
) -> Path:
    """Return the questions asked of a person with these stored `values`, in one forward pass.

    A rule sees only the answers to questions before it that are on the path themselves. The rule
    of a section is read once at its head, that of a grid once at its first row. The same
    arguments always give the same path; without rules it is every question.
    """
    so_far = _SoFar({}, {}, {}, {})
    given = Given(so_far.values, so_far.numbers, contact or {}, so_far.scores)
    taken: list[str] = []
    for section in questionnaire.sections:
        if section.show_if and not holds(section.show_if, given):
            continue
        for unit in section.units:
            if unit[0].show_if and not holds(unit[0].show_if, given):
                continue
            for question in unit:
                taken.append(question.key)
                so_far.add(question, values.get(question.key, ""))
    return Path(tuple(taken))


def chosen(value: str) -> frozenset[str]:
    """Return the option keys in a stored value, without the words written beside "other".

    >>> sorted(chosen("a,c\\nour own words, with commas"))
    ['a', 'c']
    """
    return frozenset(value.partition("\n")[0].split(",")) - {""}


def measure(text: str) -> Fraction | None:
    """Return where a decimal number or an ISO date lies on a line; None for anything else.

    >>> measure("12.5"), measure("1970-01-02") - measure("1970-01-01"), measure("na")
    (Fraction(25, 2), Fraction(1, 1), None)
    """
    if _DECIMAL.fullmatch(text):
        return Fraction(text)
    try:
        return Fraction(date.fromisoformat(text).toordinal())
    except ValueError:
        return None


@dataclass
class _SoFar:
    values: dict[str, str]
    numbers: dict[str, int]
    scores: dict[str, Fraction]
    items: dict[str, list[Fraction]]

    def add(self, question: Question, value: str) -> None:
        if not value:
            return
        self.values[question.key] = value
        numbers = {
            point.key: point.number
            for point in get_type(question.type).choices(question)
            if point.number is not None
        }
        number = numbers.get(value)
        if number is None:
            return
        self.numbers[question.key] = number
        least, most = min(numbers.values()), max(numbers.values())
        if question.dimension and most > least:
            items = self.items.setdefault(question.dimension, [])
            items.append(Fraction(100 * (number - least), most - least))
            self.scores[question.dimension] = sum(items, Fraction()) / len(items)


def _leaf_holds(rule: Leaf, given: Given) -> bool:
    if isinstance(rule, ContactIn):
        return given.contact.get(rule.attribute, "") in rule.values
    if isinstance(rule, ScoreBetween):
        return _between(given.scores.get(rule.dimension), rule.least, rule.most)
    value = given.values.get(rule.question, "")
    if isinstance(rule, AnswerGiven):
        return bool(value) == rule.given
    if isinstance(rule, AnswerIn):
        return not chosen(value).isdisjoint(rule.values)
    number = given.numbers.get(rule.question)
    return _between(measure(value) if number is None else Fraction(number), rule.least, rule.most)


def _between(at: Fraction | None, least: str | None, most: str | None) -> bool:
    if at is None:
        return False
    low = None if least is None else measure(least)
    high = None if most is None else measure(most)
    return (low is None or low <= at) and (high is None or at <= high)
