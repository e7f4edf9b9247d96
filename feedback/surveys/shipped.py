"""The questionnaires that come with the software, read from definitions/*.json."""

import json
from functools import cache
from importlib.resources import files

from feedback.surveys.definition import Questionnaire, parse


class UnknownQuestionnaire(LookupError):
    """No shipped questionnaire has that key."""


@cache
def shipped() -> tuple[Questionnaire, ...]:
    """Return the shipped questionnaires in order of their file names; read once per process."""
    folder = files(__package__).joinpath("definitions")
    found = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".json")),
        key=lambda entry: entry.name,
    )
    return tuple(parse(json.loads(entry.read_text(encoding="utf-8"))) for entry in found)


def get_shipped(key: str) -> Questionnaire:
    """Return the shipped questionnaire called `key`; UnknownQuestionnaire if there is none."""
    for questionnaire in shipped():
        if questionnaire.key == key:
            return questionnaire
    raise UnknownQuestionnaire(key)
