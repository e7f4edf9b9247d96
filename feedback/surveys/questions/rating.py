"""A scale of two to seven points that the questionnaire itself names, from worst to best."""

from feedback.surveys.questionnaire import Question
from feedback.surveys.questions.interface import Point
from feedback.surveys.questions.scale import Scale

LEAST_POINTS, MOST_POINTS = 2, 7


class Rating(Scale):
    """A scale of own points, scored 1, 2, 3 … in their order; see QuestionType."""

    def steps(self, question: Question) -> tuple[Point, ...]:
        """Return the points of this question's scale."""
        return tuple(
            Point(option.key, option.text, number)
            for number, option in enumerate(question.options, start=1)
        )


QUESTION_TYPE = Rating("rating", (), takes=frozenset({"options", "cannot_judge"}))
