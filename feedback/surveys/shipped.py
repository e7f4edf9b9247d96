"""The questionnaires that come with the software, read from definitions/*.json."""

import json
from functools import cache
from importlib.resources import files

from feedback.surveys.definition import Questionnaire, parse

# From the whole relationship to a single moment of it.
ORDER: tuple[str, ...] = (
    "client_relationship",
    "partner_collaboration",
    "internal_unit",
    "team_self_assessment",
    "customer_moment",
    "perceived_value",
    "pulse",
)


class UnknownQuestionnaire(LookupError):
    """No shipped questionnaire has that key."""


@cache
def shipped() -> tuple[Questionnaire, ...]:
    """Return the shipped questionnaires in the order of ORDER; read once per process."""
    folder = files(__package__).joinpath("definitions")
    texts = [folder.joinpath(f"{key}.json").read_text(encoding="utf-8") for key in ORDER]
    return tuple(parse(json.loads(text)) for text in texts)


def get_shipped(key: str) -> Questionnaire:
    """Return the shipped questionnaire called `key`; UnknownQuestionnaire if there is none."""
    for questionnaire in shipped():
        if questionnaire.key == key:
            return questionnaire
    raise UnknownQuestionnaire(key)
