"""Finds out whether a rule can hold, and can fail, over all answers that people may give."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import chain, combinations, pairwise, product

from feedback.surveys.branching import Given, chosen, holds, measure
from feedback.surveys.definition.limits import is_day
from feedback.surveys.definition.places import Places
from feedback.surveys.definition.rules import leaves
from feedback.surveys.languages import LANGUAGES
from feedback.surveys.questionnaire import (
    AnswerBetween,
    AnswerIn,
    ContactIn,
    Leaf,
    Question,
    Rule,
    ScoreBetween,
)
from feedback.surveys.questions import get_type

# Beyond this many combinations no verdict is given: a builder waits for the answer.
MOST_WORLDS = 10_000
MOST_MENTIONED = 6
_EITHER = frozenset({True, False})
_Answer = tuple[str, int | None]  # what is stored, and its number on a scale


class _TooMany(Exception):
    """More combinations than anybody wants to wait for."""


def outcomes(rule: Rule, places: Places) -> frozenset[bool]:
    """Return which of true and false the rule can come to; all its references must be right.

    Tries every combination of answers that the rule can tell apart: an answer is blank where its
    question is not asked, and not blank where it is required. A score and the attributes of the
    contact are taken as free, so a verdict may be missed but is never wrong. Both are returned
    where there are more than MOST_WORLDS combinations.
    """
    tests, positions = _closure(rule, places)
    found: set[bool] = set()
    try:
        for given in _worlds(tests, positions, places):
            found.add(holds(rule, given))
            if len(found) == 2:
                break
    except _TooMany:
        return _EITHER
    return frozenset(found)


def _closure(rule: Rule, places: Places) -> tuple[list[Leaf], list[int]]:
    """Return all tests that decide on the rule, and the positions of the questions they read."""
    tests: list[Leaf] = []
    seen: set[int] = set()
    pending = [rule]
    while pending:
        for _, leaf in leaves(pending.pop()):
            tests.append(leaf)
            at = places.position.get(getattr(leaf, "question", ""))
            if at is not None and at not in seen:
                seen.add(at)
                pending.append(places.governing(at))
    return tests, sorted(seen)


def _worlds(tests: Sequence[Leaf], positions: Sequence[int], places: Places) -> Iterator[Given]:
    contacts = _contact_domains([each for each in tests if isinstance(each, ContactIn)])
    scores = _score_domains([each for each in tests if isinstance(each, ScoreBetween)])
    answers = {at: _told_apart(places.question(at), tests) for at in positions}
    budget = [MOST_WORLDS]
    for attributes in product(*contacts.values()):
        for means in product(*scores.values()):
            given = Given(
                {},
                {},
                dict(zip(contacts, attributes, strict=True)),
                {name: at for name, at in zip(scores, means, strict=True) if at is not None},
            )
            yield from _answered(given, positions, answers, places, budget)


def _answered(
    given: Given,
    positions: Sequence[int],
    answers: dict[int, list[_Answer]],
    places: Places,
    budget: list[int],
) -> Iterator[Given]:
    budget[0] -= 1
    if budget[0] < 0:
        raise _TooMany
    if not positions:
        yield given
        return
    at, *later = positions
    question = places.question(at)
    blank: list[_Answer] = [("", None)]
    if not holds(places.governing(at), given):
        possible = blank
    else:
        possible = answers[at] + ([] if question.required else blank)
    for value, number in possible:
        numbers = {} if number is None else {question.key: number}
        further = Given(
            {**given.values, question.key: value},
            {**given.numbers, **numbers},
            given.contact,
            given.scores,
        )
        yield from _answered(further, later, answers, places, budget)


def _contact_domains(tests: Iterable[ContactIn]) -> dict[str, list[str]]:
    domains: dict[str, list[str]] = {}
    for test in tests:
        if test.attribute == "language":
            domains["language"] = list(LANGUAGES)
        else:
            domain = domains.setdefault(test.attribute, [""])
            domain += (value for value in test.values if value not in domain)
    return domains


def _score_domains(tests: Sequence[ScoreBetween]) -> dict[str, list[Fraction | None]]:
    domains: dict[str, list[Fraction | None]] = {}
    for dimension in dict.fromkeys(test.dimension for test in tests):
        ends = [
            measure(end)
            for test in tests
            for end in (test.least, test.most)
            if test.dimension == dimension and end is not None
        ]
        cuts = sorted({Fraction(0), Fraction(100), *(each for each in ends if each is not None)})
        domains[dimension] = [None, *cuts, *((low + high) / 2 for low, high in pairwise(cuts))]
    return domains


def _told_apart(question: Question, tests: Iterable[Leaf]) -> list[_Answer]:
    """Return one answer for each way in which the tests of this question can turn out."""
    about = [each for each in tests if getattr(each, "question", None) == question.key]
    kinds: dict[tuple[bool, ...], _Answer] = {}
    for value, number in _answers(question, about):
        numbers = {} if number is None else {question.key: number}
        given = Given({question.key: value}, numbers)
        kinds.setdefault(tuple(holds(each, given) for each in about), (value, number))
    return list(kinds.values())


def _answers(question: Question, about: Iterable[Leaf]) -> list[_Answer]:
    """Return answers that stand for all that the tests can tell apart, the blank one left out."""
    question_type = get_type(question.type)
    mentioned = [
        value for each in about if isinstance(each, AnswerIn) for value in chosen_values(each)
    ]
    ends = [
        end
        for each in about
        if isinstance(each, AnswerBetween)
        for end in (each.least, each.most)
        if end is not None
    ]
    if "exclusive" in question_type.takes:
        return _several(question, list(dict.fromkeys(mentioned)))
    choices = question_type.choices(question)
    if choices and question_type.name != "ranking":
        return [(point.key, point.number) for point in choices]
    if question_type.name in ("number", "date"):
        return [(value, None) for value in _measured(question, [*mentioned, *ends])]
    return [("written", None)] if question_type.answers else []


def chosen_values(test: AnswerIn) -> Iterator[str]:
    """Give the single option keys that the test asks for."""
    for value in test.values:
        yield from chosen(value)


def _several(question: Question, mentioned: Sequence[str]) -> list[_Answer]:
    """Return one answer for each set of the mentioned options that can be chosen together."""
    if len(mentioned) > MOST_MENTIONED:
        raise _TooMany
    alone = {option.key for option in question.options if option.exclusive}
    others = [
        option.key
        for option in question.options
        if option.key not in alone and option.key not in mentioned
    ]
    least = int(question.limits.least or 1)
    most = int(question.limits.most or len(question.options))
    sets = chain.from_iterable(
        combinations([key for key in mentioned if key not in alone], size)
        for size in range(len(mentioned) + 1)
    )
    together = [
        [*some, *others[: max(least, 1) - len(some)]] if len(some) < max(least, 1) else list(some)
        for some in sets
    ]
    possible = [keys for keys in together if least <= len(keys) <= most]
    return [(",".join(keys), None) for keys in [*possible, *([key] for key in sorted(alone))]]


def _measured(question: Question, ends: Iterable[str]) -> list[str]:
    """Return the ends, their neighbours and what lies between, as far as the limits allow."""
    limits = [end for end in (question.limits.least, question.limits.most) if end is not None]
    cuts = {*ends, *limits}
    if question.type == "date":
        days = [date.fromisoformat(each) for each in cuts if is_day(each)] or [date(2000, 1, 1)]
        values = [moved.isoformat() for day in days for moved in _around(day)]
    else:
        step = Decimal(1).scaleb(-question.limits.decimals)
        numbers = sorted(Decimal(each) for each in cuts) or [Decimal(0)]
        near = (number + way * step for number in numbers for way in (-1, 0, 1))
        between = ((low + high) / 2 for low, high in pairwise(numbers))
        values = [format(each.normalize(), "f") for each in {*near, *between}]
    within = AnswerBetween(question.key, question.limits.least, question.limits.most)
    return [each for each in values if holds(within, Given({question.key: each}))]


def _around(day: date) -> list[date]:
    near = [day]
    if day > date.min:
        near.append(day - timedelta(days=1))
    if day < date.max:
        near.append(day + timedelta(days=1))
    return near
