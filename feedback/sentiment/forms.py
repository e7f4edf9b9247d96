"""The form in which a person says what a comment says."""

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    ValidationError,
)

from feedback.sentiment.corrections import Ruling
from feedback.surveys.dimensions import DIMENSIONS, get_dimension
from feedback.surveys.languages import text_in
from feedback.web.forms import ManagerForm

LABELS = {
    "positive": _l("Positive"),
    "neutral": _l("Neutral: no judgement"),
    "mixed": _l("Mixed: praise and criticism"),
    "negative": _l("Negative"),
}
SIDES = {
    "": _l("Not mentioned"),
    "1": _l("Positive"),
    "0": _l("Neutral"),
    "-1": _l("Negative"),
}


def _choices(words: Mapping[str, Any]) -> list[SelectChoice]:
    return [SelectChoice(value=value, label=label) for value, label in words.items()]


class CorrectionForm(ManagerForm):
    """Label and dimensions of one comment, or that it is not about us.

    The dimensions' fields are added below, one for each there is.
    """

    seen = HiddenField()
    label = RadioField(
        _l("What does the comment say?"), choices=_choices(LABELS), validate_choice=False
    )
    not_about_us = BooleanField(_l("The comment is not about us"))

    def validate_label(self, field: RadioField) -> None:
        """Ask for a label unless the comment is not about us."""
        if not self.not_about_us.data and field.data not in LABELS:
            raise ValidationError(_l("Choose what the comment says."))

    @property
    def sides(self) -> list[Any]:
        """The fields of the dimensions, in their order."""
        return [self[dimension] for dimension in DIMENSIONS]

    @property
    def ruling(self) -> Ruling:
        """What was chosen; call it on a form that is right."""
        if self.not_about_us.data:
            return Ruling(not_about_us=True)
        chosen = {dimension: self[dimension].data for dimension in DIMENSIONS}
        return Ruling(self.label.data, {name: int(side) for name, side in chosen.items() if side})


for _dimension in DIMENSIONS:
    setattr(CorrectionForm, _dimension, SelectField(choices=_choices(SIDES)))


def form_for(where: tuple[int, str], ruling: Ruling, seen: str) -> CorrectionForm:
    """Make the form of one comment, filled with what counts at present.

    Several may be open on one page, so their ids carry the comment's.
    """
    shown: dict[str, Any] = dict.fromkeys(DIMENSIONS, "")
    if request.method == "GET":  # else what is missing in the form sent was not chosen
        shown |= {name: str(side) for name, side in ruling.dimensions.items()}
        shown |= {"label": ruling.label, "not_about_us": ruling.not_about_us, "seen": seen}
    form = CorrectionForm(data=shown)
    for dimension in DIMENSIONS:
        form[dimension].label.text = text_in(get_dimension(dimension).name, str(get_locale()))
    for field in form:
        field.id = f"{field.name}-{where[0]}-{where[1]}"
    return form
