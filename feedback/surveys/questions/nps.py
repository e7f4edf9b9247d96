"""Likelihood to recommend from 0 to 10 (NPS), labelled at both ends only."""

from feedback.surveys.languages import Text
from feedback.surveys.questions.interface import Point
from feedback.surveys.questions.scale import Scale

_ENDS = {
    0: Text({"en": "Not at all likely", "id": "Sangat tidak mungkin", "ms": "Amat tidak mungkin"}),
    10: Text({"en": "Extremely likely", "id": "Sangat mungkin", "ms": "Amat mungkin"}),
}

QUESTION_TYPE = Scale(
    "nps",
    tuple(Point(str(number), _ENDS.get(number, Text({})), number) for number in range(11)),
)
