"""Builders of published questionnaires."""

from collections.abc import Mapping
from typing import Any

from feedback import clock
from feedback.extensions import db
from feedback.surveys.definition import digest, dump, parse
from feedback.surveys.models import Survey, SurveyVersion


def a_published(definition: Mapping[str, Any]) -> SurveyVersion:
    """Publish a definition as the first version of a new survey of its key."""
    asked, now = parse(definition), clock.now()
    version = SurveyVersion(
        survey=Survey(key=asked.key, created_at=now),
        number=1,
        definition=dump(asked),
        digest=digest(asked),
        published_at=now,
    )
    db.session.add(version)
    db.session.commit()
    return version
