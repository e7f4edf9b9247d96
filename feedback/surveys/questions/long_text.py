"""An answer in the person's own words, in as many lines as it takes."""

from feedback.surveys.questions.written import Written

QUESTION_TYPE = Written("long_text", seconds=25, longest=20_000)
