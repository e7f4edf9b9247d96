"""A questionnaire as data: checked once on the way in, one canonical form on the way out."""

from feedback.surveys.definition.canonical import digest, dump
from feedback.surveys.definition.cautions import warnings
from feedback.surveys.definition.parsing import parse
from feedback.surveys.definition.problems import InvalidDefinition, Problem
from feedback.surveys.definition.rules import dump_rule
from feedback.surveys.languages import Text, text_in
from feedback.surveys.questionnaire import (
    Option,
    Question,
    Questionnaire,
    Section,
    UnknownQuestion,
)

__all__ = [
    "InvalidDefinition",
    "Option",
    "Problem",
    "Question",
    "Questionnaire",
    "Section",
    "Text",
    "UnknownQuestion",
    "digest",
    "dump",
    "dump_rule",
    "parse",
    "text_in",
    "warnings",
]
