"""The form of a question: its words, what its type takes, its answers or rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField
from wtforms.fields import FieldList, FormField
from wtforms.form import Form
from wtforms.validators import NumberRange, Optional

from feedback.surveys.definition import Problem
from feedback.surveys.definition.limits import MOST_DECIMALS, read_limits
from feedback.surveys.definition.questions import GRID_SCALES, MOST_OPTIONS
from feedback.surveys.definition.reading import Node
from feedback.surveys.dimensions import MEASURED, get_dimension
from feedback.surveys.forms.types import Explained, explained
from feedback.surveys.forms.wording import problem_words
from feedback.surveys.forms.words import Line, Words, require_words, said
from feedback.surveys.languages import Text, text_in
from feedback.surveys.questionnaire import Option
from feedback.surveys.questions import find_type
from feedback.web.forms import ManagerForm

PARTS = {"option": "options", "row": "rows"}
# How many blank answers a new question of the type begins with.
_BEGINS_WITH = {"choice": 3, "choices": 3, "ranking": 3, "rating": 5, "grid": 3}


class OptionForm(Form):  # type: ignore[misc]
    """One answer to choose."""

    key = HiddenField()
    text = FormField(Line)
    other = BooleanField(_l("asks for own words"))
    exclusive = BooleanField(_l("excludes the others"))


class RowForm(Form):  # type: ignore[misc]
    """One row of a grid."""

    key = HiddenField()
    text = FormField(Line)
    dimension = SelectField(_l("Counts for"), validate_choice=False)
    core = BooleanField(_l("needed for a complete response"))


class QuestionForm(ManagerForm):
    """A question of any type; which fields count is decided by the type."""

    seen = HiddenField()
    # What it is and where it stands, should it be deleted while it is being written.
    kind_name = HiddenField()
    section = HiddenField()
    text = FormField(Words, _l("Question"))
    help = FormField(Words, _l("Help below the question"))
    required = BooleanField(_l("Has to be answered"))
    core = BooleanField(_l("Needed for a complete response"))
    cannot_judge = BooleanField(_l("Offer “Cannot judge” apart from the scale"))
    dimension = SelectField(_l("Counts for"), validate_choice=False)
    scale = SelectField(_l("Scale of all rows"), validate_choice=False)
    least = StringField(_l("At least"))
    most = StringField(_l("At most"))
    decimals = IntegerField(
        _l("Digits after the point"), [Optional(), NumberRange(0, MOST_DECIMALS)]
    )
    options = FieldList(FormField(OptionForm), max_entries=MOST_OPTIONS)
    rows = FieldList(FormField(RowForm), max_entries=MOST_OPTIONS)

    def offer(self) -> None:
        """Offer dimensions and scales in the reader's language."""
        language = str(get_locale())
        dimensions = [("", _("No dimension"))] + [
            (each, text_in(get_dimension(each).name, language)) for each in MEASURED
        ]
        for holder in (self, *(entry.form for entry in self.rows)):
            holder.dimension.choices = dimensions
        self.scale.choices = [(each, str(explained(each).label)) for each in sorted(GRID_SCALES)]

    def checked(self, kind: Explained, languages: Sequence[str]) -> bool:
        """Return whether it can be saved; a question needs words in one language."""
        is_valid = self.validate_on_submit()
        sentence = _("Write the question in at least one language.")
        is_valid = require_words(self.text, languages, sentence) and is_valid
        return self._check_limits(kind, languages) and is_valid

    def _check_limits(self, kind: Explained, languages: Sequence[str]) -> bool:
        values = self.values(kind, languages)
        found: list[Problem] = []
        options = [Option(str(i), Text({})) for i, _each in enumerate(values.get("options", ()))]
        read_limits(Node(values.get("limits"), "$", found), find_type(kind.name), options)
        for problem in found:
            field = self[problem.path[2:] or "most"]
            field.errors = [*field.errors, problem_words(problem)]
        return not found

    def values(self, kind: Explained, languages: Sequence[str]) -> dict[str, Any]:
        """Return the members of the definition that the type takes, without the key."""
        takes = kind.takes
        values: dict[str, Any] = {
            "type": kind.name,
            "text": said(self.text.data, languages),
            "help": said(self.help.data, languages) or None,
            "required": kind.answers and self.required.data,
            "core": kind.answers and "rows" not in takes and self.core.data,
            "cannot_judge": "cannot_judge" in takes and self.cannot_judge.data,
            "dimension": (self.dimension.data or None) if "dimension" in takes else None,
        }
        if "limits" in takes:
            values["limits"] = self._limits(kind)
        if "options" in takes:
            values["options"] = self._parts("options", languages, ("other", "exclusive"), takes)
        if "rows" in takes:
            scale = self.scale.data if self.scale.data in GRID_SCALES else "agreement"
            found = find_type(scale)
            values["scale"] = scale
            members = {"core", *(found.takes if found else ())}
            values["rows"] = self._parts("rows", languages, ("dimension", "core"), members)
        return values

    def _limits(self, kind: Explained) -> dict[str, Any] | None:
        ends = {"least": self.least.data, "most": self.most.data}
        limits: dict[str, Any] = {
            name: value.strip().replace(",", ".") if kind.name == "number" else value.strip()
            for name, value in ends.items()
            if value and value.strip()
        }
        if kind.name == "number" and self.decimals.data:
            limits["decimals"] = self.decimals.data
        return limits or None

    def _parts(
        self, name: str, languages: Sequence[str], members: Sequence[str], takes: Any
    ) -> list[dict[str, Any]]:
        """Return the answers or rows; those without key and words were never written."""
        found = []
        for data in self[name].data:
            part = {"key": data["key"] or None, "text": said(data["text"], languages)}
            part |= {each: data[each] for each in members if each in takes and data[each]}
            if part["key"] or part["text"]:
                found.append(part)
        return found


def form_values(question: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stands in the form of a question of the draft."""
    limits = question.get("limits") or {}
    ends = {name: str(limits.get(name, "") or "") for name in ("least", "most")}
    return {**question, **ends, "decimals": limits.get("decimals")}


def new_values(kind: Explained) -> dict[str, Any]:
    """Return what stands in the form of a new question."""
    blanks: list[dict[str, Any]] = [{"text": {}}] * _BEGINS_WITH.get(kind.name, 0)
    return {"scale": "agreement", "options": blanks, "rows": blanks}


def rearranged(data: Mapping[str, Any], act: str) -> dict[str, Any] | None:
    """Return the form's data after `act` on its answers or rows, None for no such act.

    Acts: option-add, option-up-2, option-down-0, option-remove-1, and the same with row.
    """
    kind, _, rest = act.partition("-")
    name, _, number = rest.partition("-")
    if kind not in PARTS or name not in ("add", "up", "down", "remove"):
        return None
    parts = list(data[PARTS[kind]])
    at = int(number) if number.isdigit() else len(parts)
    if name == "add":
        parts.append({"text": {}})
    elif name == "remove":
        del parts[at : at + 1]
    else:
        other = at + (1 if name == "down" else -1)
        if 0 <= other < len(parts) and at < len(parts):
            parts[at], parts[other] = parts[other], parts[at]
    return {**data, PARTS[kind]: parts}
