"""Install shipped questionnaires and publish versions."""

from feedback import clock
from feedback.extensions import db
from feedback.surveys import queries
from feedback.surveys.definition import digest, dump
from feedback.surveys.models import Survey, SurveyVersion
from feedback.surveys.questionnaire import Questionnaire
from feedback.surveys.shipped import shipped


def install_shipped() -> int:
    """Publish every shipped questionnaire whose newest version differs; return how many.

    Safe to run at every start: an unchanged questionnaire gets no new version.
    """
    published = 0
    for questionnaire in shipped():
        newest = queries.find_newest_version(questionnaire.key)
        if newest is None or newest.digest != digest(questionnaire):
            _publish(questionnaire, newest)
            published += 1
    db.session.commit()
    return published


def _publish(questionnaire: Questionnaire, newest: SurveyVersion | None) -> None:
    survey = newest.survey if newest else queries.find_survey(questionnaire.key)
    if survey is None:
        survey = Survey(key=questionnaire.key, created_at=clock.now())
        db.session.add(survey)
    version = SurveyVersion(
        survey=survey,
        number=newest.number + 1 if newest else 1,
        definition=dump(questionnaire),
        digest=digest(questionnaire),
        published_at=clock.now(),
    )
    db.session.add(version)
    db.session.flush()
