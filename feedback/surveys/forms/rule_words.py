"""Says a rule in words, also a nested one, and what its questions and answers are called."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback.organisations.kinds import DECISION_WEIGHTS, ORGANISATION_KINDS
from feedback.surveys.dimensions import MEASURED, get_dimension
from feedback.surveys.drafting import Definition, find_asked
from feedback.surveys.drafting.elements import name_of
from feedback.surveys.languages import LANGUAGES, NATIVE_NAMES, text_in
from feedback.surveys.questionnaire import Question
from feedback.surveys.questions import get_type

ATTRIBUTE_WORDS = {
    "language": _l("The person's language"),
    "role": _l("The person's role, or the staff role of the public link"),
    "weight": _l("The person's weight in decisions"),
    "kind": _l("The kind of organisation"),
    "segment": _l("The segment of the organisation"),
    "place": _l("The place of the public link"),
    "channel": _l("The channel of the public link"),
}
_VALUES = {
    "client": _l("client"),
    "partner": _l("partner or supplier"),
    "internal": _l("internal unit"),
    "community": _l("community"),
    "decision_maker": _l("decision maker"),
    "influencer": _l("influencer"),
    "user": _l("user"),
}


def rule_words(rule: Any, definition: Definition) -> str:
    """Return the rule as a sentence without its beginning: “if …” goes before it."""
    if not isinstance(rule, Mapping):
        return _("(an unreadable condition)")
    for mode, between in (("all", _(" and ")), ("any", _(" or "))):
        if isinstance(rule.get(mode), list):
            return between.join(_inner(each, definition) for each in rule[mode])
    if "not" in rule:
        return _("not (%(rule)s)", rule=rule_words(rule["not"], definition))
    return _leaf(rule, definition)


def question_name(question: Question, language: str) -> str:
    """Return what people call a question."""
    return name_of({"text": question.text, "key": question.key}, language)


def answers_of_attribute(name: str) -> Sequence[tuple[str, str]]:
    """Return (value, words) of an attribute of contacts where there are only so many."""
    values = {"kind": ORGANISATION_KINDS, "weight": DECISION_WEIGHTS, "language": LANGUAGES}
    known = values.get(name, ())
    return [(each, str(_VALUES.get(each, NATIVE_NAMES.get(each, each)))) for each in known]


def _inner(rule: Any, definition: Definition) -> str:
    words = rule_words(rule, definition)
    nested = isinstance(rule, Mapping) and ("all" in rule or "any" in rule)
    return f"({words})" if nested else words


def _leaf(leaf: Mapping[str, Any], definition: Definition) -> str:
    name, labels = _subject(leaf, definition)
    if "answered" in leaf:
        return (
            _("%(name)s is answered", name=name)
            if leaf["answered"]
            else _("%(name)s is left blank", name=name)
        )
    if isinstance(leaf.get("between"), list) and len(leaf["between"]) == 2:
        return _between(name, leaf["between"])
    given = leaf.get("in") if isinstance(leaf.get("in"), list) else [leaf.get("is", "?")]
    values = _(" or ").join(f"“{labels.get(str(each), each)}”" for each in given or [])
    return _("%(name)s is %(values)s", name=name, values=values)


def _between(name: str, ends: Sequence[Any]) -> str:
    least, most = ends
    if most is None:
        return _("%(name)s is %(least)s or more", name=name, least=least)
    if least is None:
        return _("%(name)s is %(most)s or less", name=name, most=most)
    return _("%(name)s is from %(least)s to %(most)s", name=name, least=least, most=most)


def _subject(leaf: Mapping[str, Any], definition: Definition) -> tuple[str, dict[str, str]]:
    language = str(get_locale())
    if "score" in leaf:
        known = leaf["score"] in MEASURED
        name = text_in(get_dimension(leaf["score"]).name, language) if known else leaf["score"]
        return _("the score of %(name)s so far", name=name), {}
    if "contact" in leaf:
        attribute = str(leaf["contact"])
        words = str(ATTRIBUTE_WORDS.get(attribute, attribute))
        return words[:1].lower() + words[1:], dict(answers_of_attribute(attribute))
    question = find_asked(definition, str(leaf.get("question", "")))
    if question is None:
        return f"“{leaf.get('question', '?')}”", {}
    points = get_type(question.type).choices(question)
    labels = {each.key: text_in(each.label, language) or each.key for each in points}
    return f"“{question_name(question, language)}”", labels
