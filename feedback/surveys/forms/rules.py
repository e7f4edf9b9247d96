"""The form of a rule “show this if …”: a flat list of conditions, and its way to and from data."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields import FieldList, FormField
from wtforms.form import Form

from feedback.surveys.branching import ATTRIBUTES
from feedback.surveys.definition.rules import MOST_LEAVES
from feedback.surveys.dimensions import MEASURED, get_dimension
from feedback.surveys.drafting import Asked
from feedback.surveys.forms.rule_words import ATTRIBUTE_WORDS, answers_of_attribute, question_name
from feedback.surveys.languages import text_in
from feedback.surveys.questions import find_type
from feedback.web.forms import ManagerForm

ALWAYS = "always"
TESTS = {
    "in": _l("is one of"),
    "not_in": _l("is none of"),
    "between": _l("is from … to"),
    "answered": _l("is answered"),
    "blank": _l("is left blank"),
}


class ConditionForm(Form):  # type: ignore[misc]
    """One condition; `shown` says for which subject the inputs were drawn."""

    shown = HiddenField()
    subject = SelectField(_l("What decides"), validate_choice=False)
    test = SelectField(_l("Condition"), validate_choice=False)
    values = SelectMultipleField(_l("Answers"), validate_choice=False)
    words = StringField(_l("Values, with commas between them"))
    least = StringField(_l("From"))
    most = StringField(_l("To"))

    choices: Sequence[tuple[str, str]] = ()
    drawn_for: str = ""

    def prepare(self, before: Mapping[str, Asked]) -> None:
        """Draw the inputs for the subject: its possible tests, its answers to choose."""
        kind, _sep, name = (self.subject.data or "").partition(":")
        tests: tuple[str, ...] = ("in", "not_in")
        self.choices = ()
        if kind == "question":
            self.choices, tests = _of_question(before.get(name))
        elif kind == "score":
            tests = ("between",)
        elif kind == "contact":
            self.choices = answers_of_attribute(name)
        self.test.choices = [(each, TESTS[each]) for each in tests]
        if self.test.data not in tests:
            self.test.data = tests[0]
        self.values.choices = self.choices
        self.drawn_for, self.shown.data = self.shown.data or "", self.subject.data

    def rule(self) -> dict[str, Any] | None:
        """Return the condition as data, None where something is missing."""
        kind, _sep, name = (self.subject.data or "").partition(":")
        if not name:
            return None
        leaf: dict[str, Any] = {kind: name}
        if self.test.data in ("answered", "blank"):
            return {**leaf, "answered": self.test.data == "answered"}
        if self.test.data == "between":
            ends = [_end(field.data) for field in (self.least, self.most)]
            return {**leaf, "between": ends} if ends != [None, None] else None
        given = self.values.data if self.choices else (self.words.data or "").split(",")
        values = [each.strip() for each in given or [] if each.strip()]
        if not values:
            return None
        leaf |= {"is": values[0]} if len(values) == 1 else {"in": values}
        return {"not": leaf} if self.test.data == "not_in" else leaf


class RuleForm(ManagerForm):
    """When something is shown: always, or if all or any of the conditions hold."""

    seen = HiddenField()
    mode = RadioField(
        _l("Show this"),
        choices=[
            (ALWAYS, _l("always")),
            ("all", _l("if all of these hold")),
            ("any", _l("if any of these holds")),
        ],
        default=ALWAYS,
    )
    conditions = FieldList(FormField(ConditionForm), max_entries=MOST_LEAVES)

    def offer(self, before: Sequence[Asked]) -> None:
        """Offer as subjects the questions before, the scores so far, and who is asked."""
        language = str(get_locale())
        asked = {each.question.key: each for each in before}
        measured = [
            each for each in MEASURED if any(found.question.dimension == each for found in before)
        ]
        subjects = {
            _("Choose …"): [("", _("Choose what decides"))],
            _("Questions before"): [
                (f"question:{key}", question_name(each.question, language))
                for key, each in asked.items()
            ],
            _("Scores so far"): [
                (f"score:{each}", text_in(get_dimension(each).name, language)) for each in measured
            ],
            _("Who is asked"): [
                (f"contact:{each}", str(ATTRIBUTE_WORDS[each])) for each in sorted(ATTRIBUTES)
            ],
        }
        for entry in self.conditions:
            entry.form.subject.choices = {name: found for name, found in subjects.items() if found}
            entry.form.prepare(asked)

    def is_drawn(self) -> bool:
        """Return whether every condition's inputs were drawn for the subject it now has."""
        return all(
            entry.form.drawn_for == (entry.form.subject.data or "") for entry in self.conditions
        )

    def rule(self) -> dict[str, Any] | None:
        """Return the whole rule as data, None for “always”; unfinished conditions are marked."""
        if self.mode.data == ALWAYS:
            return None
        rules = [entry.form.rule() for entry in self.conditions]
        for entry, rule in zip(self.conditions, rules, strict=True):
            if rule is None:
                entry.form.subject.errors = [_("Say what decides, and which answers.")]
        if not rules:
            self.mode.errors = [_("Add a condition, or show it always.")]
        found = [rule for rule in rules if rule is not None]
        return found[0] if len(found) == 1 else {self.mode.data: found}


def form_values(rule: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return what stands in the form of a rule; None for one that is nested deeper than it."""
    if rule is None:
        return {"mode": ALWAYS, "conditions": []}
    mode = "any" if "any" in rule else "all"
    parts = rule.get(mode, [rule]) if isinstance(rule.get(mode, [rule]), list) else []
    conditions = [_condition(each) for each in parts]
    if not conditions or None in conditions:
        return None
    return {"mode": mode, "conditions": conditions}


def _condition(rule: Any) -> dict[str, Any] | None:
    inner = rule.get("not") if isinstance(rule, Mapping) else None
    leaf = rule if inner is None else inner
    if not isinstance(leaf, Mapping):
        return None
    kind = next((each for each in ("question", "score", "contact") if each in leaf), None)
    if kind is None or (inner is not None and not {"is", "in"} & set(leaf)):
        return None
    found: dict[str, Any] = {"subject": f"{kind}:{leaf[kind]}"}
    if "between" in leaf:
        least, most = (("" if each is None else str(each)) for each in leaf["between"])
        return {**found, "test": "between", "least": least, "most": most}
    if "answered" in leaf:
        return {**found, "test": "answered" if leaf["answered"] else "blank"}
    values = [str(each) for each in (leaf.get("in") or [leaf.get("is", "")])]
    test = "in" if inner is None else "not_in"
    return {**found, "test": test, "values": values, "words": ", ".join(values)}


def _of_question(asked: Asked | None) -> tuple[Sequence[tuple[str, str]], tuple[str, ...]]:
    given = ("answered", "blank")
    kind = find_type(asked.question.type) if asked else None
    if asked is None or kind is None:
        return (), ("in", "not_in", "between", *given)
    choices = kind.choices(asked.question)
    if kind.name in ("number", "date"):
        return (), ("between", *given)
    if not choices or kind.name == "ranking":
        return (), given
    numbered = any(point.number is not None for point in choices)
    language = str(get_locale())
    answers = [(each.key, text_in(each.label, language) or each.key) for each in choices]
    return answers, ("in", "not_in", *(("between",) if numbered else ()), *given)


def _end(text: str | None) -> int | str | None:
    words = (text or "").strip().replace(",", ".")
    return int(words) if words.lstrip("-").isdecimal() and len(words) < 15 else words or None
