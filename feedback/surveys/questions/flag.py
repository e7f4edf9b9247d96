"""A yes/no question where yes asks us to get in touch."""

from feedback.surveys.languages import Text
from feedback.surveys.questions.interface import Point
from feedback.surveys.questions.scale import Scale

QUESTION_TYPE = Scale(
    "flag",
    (
        Point(
            "yes",
            Text({"en": "Yes, contact me", "id": "Ya, hubungi saya", "ms": "Ya, hubungi saya"}),
        ),
        Point("no", Text({"en": "No", "id": "Tidak", "ms": "Tidak"})),
    ),
    seconds=5,
)
