"""Install shipped questionnaires; start, change, publish and archive those people write."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, select

from feedback import clock
from feedback.auth.models import User
from feedback.extensions import db
from feedback.surveys import drafting, queries
from feedback.surveys.definition import InvalidDefinition, digest, dump, parse
from feedback.surveys.drafting import Done, Edit, Taken
from feedback.surveys.languages import LANGUAGES
from feedback.surveys.models import DraftEdit, Survey, SurveyDraft, SurveyVersion
from feedback.surveys.published import questionnaire
from feedback.surveys.questionnaire import Questionnaire
from feedback.surveys.shipped import shipped


class NoDraft(LookupError):
    """The questionnaire has no draft (any more): published or discarded meanwhile."""


class DraftMoved(ValueError):
    """Somebody has changed the draft since the page was shown; nothing has been done."""


class NothingChanged(ValueError):
    """The draft says what the newest version says already."""


def install_shipped() -> int:
    """Publish every shipped questionnaire whose newest version differs; return how many.

    Safe to run at every start: an unchanged questionnaire gets no new version, and one whose
    newest version people have published stays theirs.
    """
    published = 0
    for each in shipped():
        newest = queries.find_newest_version(each.key)
        if newest is not None and newest.digest == digest(each):
            continue
        survey = newest.survey if newest else queries.find_survey(each.key)
        if survey is None:
            survey = _new_survey(each.key)
        elif newest is None or newest.number in queries.list_publications(survey.id):
            continue
        _publish(survey, each)
        published += 1
    db.session.commit()
    return published


def start_blank(
    actor: User, title: Mapping[str, str], languages: Sequence[str] = LANGUAGES
) -> SurveyDraft:
    """Start a new questionnaire with nothing but its title."""
    return _start_new(actor, drafting.blank("", title, languages))


def start_copy(actor: User, version: SurveyVersion, title: Mapping[str, str]) -> SurveyDraft:
    """Start a new one that asks what a published version asks; a mirror stays one, by its key."""
    key = str(version.definition["key"]) if version.is_mirror else ""
    return _start_new(actor, {**version.definition, "title": dict(title)}, key)


def start_import(actor: User, definition: Mapping[str, Any]) -> SurveyDraft:
    """Start a new questionnaire from a definition; InvalidDefinition if it cannot be a draft.

    It keeps its key if no questionnaire has it yet.
    """
    found = drafting.blockers(definition)
    if found:
        raise InvalidDefinition(found)
    return _start_new(actor, definition, str(definition["key"]))


def start_next(actor: User, survey_id: int) -> SurveyDraft:
    """Return the draft of the next version; it begins as the newest one. NoDraft if none is."""
    survey = _lock(survey_id)
    kept = queries.find_kept(survey_id)
    if kept is None or (kept.draft is None and kept.version is None):
        raise NoDraft(survey_id)
    draft = kept.draft
    if draft is None and kept.version is not None:
        draft = _start(survey, kept.version.definition, actor)
    db.session.commit()
    assert draft is not None
    return draft


def change(actor: User, survey_id: int, edit: Edit) -> Done:
    """Do one edit; the definition before it is kept for undo.

    Raises NoDraft, drafting.NotThere (the element is gone), drafting.Outdated (it is not as it
    was shown) and, for an import, InvalidDefinition; then nothing has been stored.
    """
    if edit.act == "import" and (found := drafting.blockers(edit.values)):
        raise InvalidDefinition(found)
    draft = _lock_draft(survey_id)
    done = drafting.perform(draft.definition, edit, _taken(survey_id))
    if done.definition != draft.definition:
        what = {"code": edit.act, "params": {"key": done.key, "name": done.name}}
        _note(draft, what, actor)
        draft.definition = dict(done.definition)
    db.session.commit()
    return done


def undo(actor: User, survey_id: int, revision: int) -> dict[str, Any]:
    """Take the last edit of the draft back and return what it was ({} if there is none left).

    Raises NoDraft, and DraftMoved if `revision` is not the draft's: somebody came between.
    """
    draft = _lock_draft(survey_id)
    _require(draft, revision)
    edit = db.session.scalar(
        select(DraftEdit)
        .where(DraftEdit.survey_id == survey_id, ~_is_publication())
        .order_by(DraftEdit.revision.desc())
        .limit(1)
    )
    if edit is None:
        return {}
    draft.definition = edit.before
    draft.revision += 1
    draft.edited_by, draft.edited_at = actor.id, clock.now()
    db.session.delete(edit)
    db.session.commit()
    return edit.what


def discard(survey_id: int, revision: int) -> bool:
    """Throw a draft away, and a survey nobody ever published with it; return if it is left.

    Raises NoDraft and DraftMoved.
    """
    survey = _lock(survey_id)
    draft = _lock_draft(survey_id)
    _require(draft, revision)
    _remove(draft)
    is_left = bool(queries.list_versions(survey_id))
    if not is_left:
        db.session.delete(survey)
    db.session.commit()
    return is_left


def publish(actor: User, survey_id: int, revision: int) -> SurveyVersion:
    """Make the draft the next version, which never changes again.

    Raises NoDraft, DraftMoved, InvalidDefinition, and NothingChanged where the newest version
    says the same; then nothing has been stored.
    """
    survey = _lock(survey_id)
    draft = _lock_draft(survey_id)
    _require(draft, revision)
    ready = parse(draft.definition)
    newest = queries.find_newest_version(survey.key)
    if newest is not None and newest.digest == digest(ready):
        raise NothingChanged(survey_id)
    version = _publish(survey, ready)
    what = {"code": queries.PUBLISHED, "params": {"number": version.number}}
    _remove(draft)
    db.session.add(
        DraftEdit(
            survey_id=survey_id,
            revision=revision + 1,
            before={},
            what=what,
            edited_by=actor.id,
            edited_at=clock.now(),
        )
    )
    db.session.commit()
    return version


def archive(survey_id: int) -> None:
    """Take a questionnaire out of what campaigns can ask; campaigns that ask it go on."""
    survey = _lock(survey_id)
    survey.archived_at = survey.archived_at or clock.now()
    db.session.commit()


def restore(survey_id: int) -> None:
    """Let campaigns ask an archived questionnaire again."""
    _lock(survey_id).archived_at = None
    db.session.commit()


def _lock(survey_id: int) -> Survey:
    """Return the survey, which nobody else can publish or start a draft of meanwhile."""
    survey = db.session.get(Survey, survey_id, populate_existing=True, with_for_update=True)
    if survey is None:
        raise NoDraft(survey_id)
    return survey


def _lock_draft(survey_id: int) -> SurveyDraft:
    """Return the draft as it is now; nobody else can change it before this ends."""
    draft = db.session.get(SurveyDraft, survey_id, populate_existing=True, with_for_update=True)
    if draft is None:
        raise NoDraft(survey_id)
    return draft


def _require(draft: SurveyDraft, revision: int) -> None:
    if draft.revision != revision:
        raise DraftMoved(draft.survey_id)


def _note(draft: SurveyDraft, what: dict[str, Any], actor: User) -> None:
    draft.revision += 1
    draft.edited_by, draft.edited_at = actor.id, clock.now()
    db.session.add(
        DraftEdit(
            survey_id=draft.survey_id,
            revision=draft.revision,
            before=draft.definition,
            what=what,
            edited_by=actor.id,
            edited_at=draft.edited_at,
        )
    )


def _remove(draft: SurveyDraft) -> None:
    """Take a draft and its undo history away; who published what stays."""
    db.session.execute(
        delete(DraftEdit).where(DraftEdit.survey_id == draft.survey_id, ~_is_publication())
    )
    db.session.delete(draft)
    db.session.flush()


def _is_publication() -> Any:
    return DraftEdit.what["code"].as_string() == queries.PUBLISHED


def _start_new(actor: User, definition: Mapping[str, Any], key: str = "") -> SurveyDraft:
    wanted = key or drafting.readable(definition.get("title"), "questionnaire")
    survey = _new_survey(drafting.unique(wanted, db.session.scalars(select(Survey.key))))
    draft = _start(survey, definition, actor)
    db.session.commit()
    return draft


def _start(survey: Survey, definition: Mapping[str, Any], actor: User) -> SurveyDraft:
    # Revisions count on over all drafts: an old page never fits a new draft by chance.
    last = select(func.max(DraftEdit.revision)).where(DraftEdit.survey_id == survey.id)
    draft = SurveyDraft(
        survey=survey,
        definition=drafting.replace({"key": survey.key}, definition),
        revision=(db.session.scalar(last) or 0) + 1,
        edited_by=actor.id,
        edited_at=clock.now(),
    )
    db.session.add(draft)
    db.session.flush()
    return draft


def _new_survey(key: str) -> Survey:
    survey = Survey(key=key, created_at=clock.now())
    db.session.add(survey)
    db.session.flush()
    return survey


def _publish(survey: Survey, ready: Questionnaire) -> SurveyVersion:
    newest = queries.find_newest_version(survey.key)
    version = SurveyVersion(
        survey=survey,
        number=newest.number + 1 if newest else 1,
        definition=dump(ready),
        digest=digest(ready),
        published_at=clock.now(),
    )
    db.session.add(version)
    db.session.flush()
    return version


def _taken(survey_id: int) -> Taken:
    """Return the keys that the published versions of a survey have used."""
    options: dict[str, frozenset[str]] = {}
    questions: set[str] = set()
    sections: set[str] = set()
    for version in queries.list_versions(survey_id):
        asked = questionnaire(version.digest, version.definition)
        sections.update(section.key for section in asked.sections)
        for each in asked.questions:
            questions.update({each.key, each.grid.key} if each.grid else {each.key})
            keys = frozenset(option.key for option in each.options)
            options[each.key] = options.get(each.key, frozenset()) | keys
    return Taken(frozenset(sections), frozenset(questions), options)
