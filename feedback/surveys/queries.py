"""Look up surveys and their published versions."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from feedback.extensions import db
from feedback.surveys.languages import text_in
from feedback.surveys.models import Survey, SurveyVersion
from feedback.surveys.published import questionnaire


def find_survey(key: str) -> Survey | None:
    """Return the survey called `key`, or None."""
    return db.session.scalar(select(Survey).where(Survey.key == key))


def find_newest_version(key: str) -> SurveyVersion | None:
    """Return the newest published version of a survey, or None."""
    return db.session.scalar(
        select(SurveyVersion)
        .join(Survey)
        .where(Survey.key == key)
        .order_by(SurveyVersion.number.desc())
        .limit(1)
    )


def find_version(version_id: int) -> SurveyVersion | None:
    """Return one published version with its survey, or None."""
    return db.session.get(SurveyVersion, version_id, options=[joinedload(SurveyVersion.survey)])


def list_newest_versions() -> list[SurveyVersion]:
    """Return the newest version of every survey that is not archived, by key."""
    newest = (
        select(SurveyVersion.survey_id, func.max(SurveyVersion.number).label("number"))
        .group_by(SurveyVersion.survey_id)
        .subquery()
    )
    return list(
        db.session.scalars(
            select(SurveyVersion)
            .join(
                newest,
                (newest.c.survey_id == SurveyVersion.survey_id)
                & (newest.c.number == SurveyVersion.number),
            )
            .join(Survey)
            .where(Survey.archived_at.is_(None))
            .options(joinedload(SurveyVersion.survey))
            .order_by(Survey.key)
        )
    )


def list_choices(language: str, chosen: int | None = None) -> list[tuple[int, str]]:
    """Return (version id, title in this language) of what a campaign can ask.

    A version already chosen stays in the list when a newer one has been published.
    """
    versions = list_newest_versions()
    kept = find_version(chosen) if chosen else None
    if kept and kept not in versions:
        versions.append(kept)
    return [
        (version.id, text_in(questionnaire(version.digest, version.definition).title, language))
        for version in versions
    ]
