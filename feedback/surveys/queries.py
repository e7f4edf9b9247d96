"""Look up surveys, their published versions and the draft of the next one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import defer, joinedload

from feedback.auth.models import User
from feedback.extensions import db
from feedback.surveys.languages import text_in
from feedback.surveys.mirror import MIRROR
from feedback.surveys.models import DraftEdit, Survey, SurveyDraft, SurveyVersion
from feedback.surveys.published import questionnaire

# The edit that stays when a draft has become a version: it says who published it, and when.
PUBLISHED = "publish"


@dataclass(frozen=True, slots=True)
class Kept:
    """A survey with its newest version and its draft, as far as there are any."""

    survey: Survey
    version: SurveyVersion | None
    draft: SurveyDraft | None


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did to a draft, and when; `name` is "" for somebody who has gone."""

    what: dict[str, Any]
    name: str
    at: datetime


def find_survey(key: str) -> Survey | None:
    """Return the survey called `key`, or None."""
    return db.session.scalar(select(Survey).where(Survey.key == key))


def find_kept(survey_id: int) -> Kept | None:
    """Return a survey with its newest version and its draft, or None."""
    row = db.session.execute(_kept().where(Survey.id == survey_id)).first()
    return Kept(*row) if row else None


def list_kept() -> list[Kept]:
    """Return every survey, archived ones too, with newest version and draft, by key."""
    return [Kept(*row) for row in db.session.execute(_kept().order_by(Survey.key))]


def mirror_versions() -> Select[int]:
    """Select the versions that our own team answers in its client's place (`is_mirror`)."""
    key, numbered = func.lower(Survey.key), f"{MIRROR}_"
    has_number = (key != numbered) & (func.rtrim(key, "0123456789") == numbered)
    own = (key == MIRROR) | has_number
    return select(SurveyVersion.id).join(Survey, Survey.id == SurveyVersion.survey_id).where(own)


def find_draft(survey_id: int) -> SurveyDraft | None:
    """Return the draft of a survey with the survey, or None."""
    return db.session.get(SurveyDraft, survey_id, options=[joinedload(SurveyDraft.survey)])


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


def list_versions(survey_id: int) -> list[SurveyVersion]:
    """Return the versions of a survey, newest first."""
    return list(
        db.session.scalars(
            select(SurveyVersion)
            .where(SurveyVersion.survey_id == survey_id)
            .order_by(SurveyVersion.number.desc())
        )
    )


def list_publications(survey_id: int) -> dict[int, Deed]:
    """Return who published which version, by number; shipped versions are not among them."""
    done = _deeds(survey_id).where(DraftEdit.what["code"].as_string() == PUBLISHED)
    return {
        int(edit.what["params"]["number"]): Deed(edit.what, name or "", edit.edited_at)
        for edit, name in db.session.execute(done)
    }


def find_last_edit(survey_id: int) -> Deed | None:
    """Return the edit of the present draft that undo would take back, or None."""
    return _first(_deeds(survey_id))


def find_edit_of(survey_id: int, key: str) -> Deed | None:
    """Return the last edit of the present draft that touched the element of this key, or None."""
    return _first(_deeds(survey_id).where(DraftEdit.what["params"]["key"].as_string() == key))


def count_edits(survey_id: int) -> int:
    """Count the edits of the present draft that can be undone."""
    statement = select(func.count()).where(
        DraftEdit.survey_id == survey_id, DraftEdit.what["code"].as_string() != PUBLISHED
    )
    return db.session.scalar(statement) or 0


def get_name(user_id: int) -> str:
    """Return what a person is called, "" for somebody who has gone."""
    user = db.session.get(User, user_id)
    return (user.name or user.email) if user else ""


def list_newest_versions() -> list[SurveyVersion]:
    """Return the newest version of every survey that is not archived, by key."""
    newest = _newest()
    return list(
        db.session.scalars(
            select(SurveyVersion)
            .join(newest, _is(newest))
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


def _newest() -> Any:
    """Return (survey, number of its newest version) as a table to join."""
    return (
        select(SurveyVersion.survey_id, func.max(SurveyVersion.number).label("number"))
        .group_by(SurveyVersion.survey_id)
        .subquery()
    )


def _is(newest: Any) -> ColumnElement[bool]:
    return and_(
        SurveyVersion.survey_id == newest.c.survey_id, SurveyVersion.number == newest.c.number
    )


def _kept() -> Select[Any, Any, Any]:
    newest = _newest()
    return (
        select(Survey, SurveyVersion, SurveyDraft)
        .outerjoin(newest, newest.c.survey_id == Survey.id)
        .outerjoin(SurveyVersion, _is(newest))
        .outerjoin(SurveyDraft, SurveyDraft.survey_id == Survey.id)
    )


def _deeds(survey_id: int) -> Select[Any, Any]:
    return (
        select(DraftEdit, func.coalesce(func.nullif(User.name, ""), User.email))
        .outerjoin(User, User.id == DraftEdit.edited_by)
        .where(DraftEdit.survey_id == survey_id)
        .options(defer(DraftEdit.before))
        .order_by(DraftEdit.revision.desc())
    )


def _first(statement: Select[Any, Any]) -> Deed | None:
    row = db.session.execute(
        statement.where(DraftEdit.what["code"].as_string() != PUBLISHED).limit(1)
    ).first()
    if row is None:
        return None
    edit, name = row
    return Deed(edit.what, name or "", edit.edited_at)
