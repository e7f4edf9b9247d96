"""Agreement with a statement on five labelled points."""

from feedback.surveys.questions.scale import Scale, labelled_points

POINTS = labelled_points(
    {
        "en": (
            "Strongly disagree",
            "Disagree",
            "Neither agree nor disagree",
            "Agree",
            "Strongly agree",
        ),
        "id": ("Sangat tidak setuju", "Tidak setuju", "Netral", "Setuju", "Sangat setuju"),
        "ms": ("Sangat tidak setuju", "Tidak setuju", "Berkecuali", "Setuju", "Sangat setuju"),
    }
)

QUESTION_TYPE = Scale("agreement", POINTS, takes=frozenset({"dimension", "cannot_judge"}))
