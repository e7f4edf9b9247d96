"""A box to tick: what the person agrees to stands in the question's text."""

from feedback.surveys.languages import Text
from feedback.surveys.questions.interface import Point
from feedback.surveys.questions.scale import Scale

QUESTION_TYPE = Scale(
    "consent",
    (Point("yes", Text({"en": "I agree", "id": "Saya setuju", "ms": "Saya bersetuju"})),),
    seconds=5,
)
