"""An answer of a few words in one line."""

from feedback.surveys.questions.written import Written

QUESTION_TYPE = Written("short_text", seconds=12, longest=200, one_line=True)
