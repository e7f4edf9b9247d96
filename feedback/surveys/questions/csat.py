"""Satisfaction on five labelled points (CSAT)."""

from feedback.surveys.questions.scale import Scale, labelled_points

QUESTION_TYPE = Scale(
    "csat",
    labelled_points(
        {
            "en": (
                "Very dissatisfied",
                "Dissatisfied",
                "Neither satisfied nor dissatisfied",
                "Satisfied",
                "Very satisfied",
            ),
            "id": ("Sangat tidak puas", "Tidak puas", "Netral", "Puas", "Sangat puas"),
            "ms": (
                "Sangat tidak berpuas hati",
                "Tidak berpuas hati",
                "Berkecuali",
                "Berpuas hati",
                "Sangat berpuas hati",
            ),
        }
    ),
    takes=frozenset({"cannot_judge"}),
)
