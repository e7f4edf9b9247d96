"""How easy it is to get things done (CES): a statement on the agreement scale."""

from feedback.surveys.questions.agreement import POINTS
from feedback.surveys.questions.scale import Scale

QUESTION_TYPE = Scale("effort", POINTS, takes=frozenset({"cannot_judge"}))
