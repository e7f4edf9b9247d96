"""The index of reviews follows every change of what it is made from, and can be made anew."""

import sqlite3
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from feedback import clock, jobs, pipeline
from feedback.extensions import db
from feedback.responses import service as responses
from feedback.responses.models import SurveyResponse
from feedback.results.explorer import search_table, service
from feedback.results.explorer.models import ReviewEntry, ReviewIndex
from feedback.results.explorer.queries.indexing import find_state
from feedback.sentiment import service as sentiment
from feedback.sentiment.corrections import TAKEN_BACK, Ruling
from feedback.sentiment.models import CommentAnalysis
from feedback.sentiment.queries import find_judged
from tests.builders.campaigns import an_invitation
from tests.builders.people import a_user
from tests.builders.responses import SCORES, a_saved_answer, a_submitted_response
from tests.builders.results import analysed
from tests.builders.reviews import reviewed, told
from tests.results.exploring import found
from tests.rows import inside

GOOD = "The team is excellent and very friendly."
BAD = "Barang selalu terlambat dan sangat mengecewakan."


def arrivals() -> dict[int, int]:
    """Return response → its place in the index."""
    rows = db.session.execute(select(ReviewEntry.response_id, ReviewEntry.arrival))
    return dict(rows.all())


def is_right() -> bool:
    """Say whether making the index anew changes nothing, in its tables and in its search."""
    db.session.rollback()
    if db.engine.dialect.name == "sqlite":
        db.session.execute(text(search_table.CHECK))
        db.session.rollback()
    return service.make_anew(lambda _: None) == 0


def test_a_comment_can_be_found_from_its_sending_on(app: Flask) -> None:
    (sent,) = reviewed(GOOD)
    assert found(text="excellent") == found(label="waiting") == [sent]
    analysed()
    assert found(label="positive", text="excellent") == [sent]
    assert found(label="waiting") == []
    assert is_right()


def test_a_changed_comment_is_found_by_its_new_words_only(app: Flask) -> None:
    invitation = an_invitation()
    sent = a_submitted_response(invitation, comments={"reason": GOOD}).id
    analysed()
    with clock.standing_at(clock.now() + timedelta(hours=1)):
        a_submitted_response(invitation, comments={"reason": BAD})
    assert found(text="excellent") == []
    assert found(text="terlambat") == found(label="waiting") == [sent]
    assert is_right()


def test_a_comment_sent_again_with_another_score_is_found_by_the_new_one(app: Flask) -> None:
    invitation = an_invitation()
    sent = a_submitted_response(invitation, {**SCORES, "csat": 3}, {"reason": BAD}).id
    told(sent, "negative")
    before = arrivals()[sent]
    assert found(contradicts="1") == []
    with clock.standing_at(clock.now() + timedelta(hours=1)):
        a_submitted_response(invitation, {**SCORES, "csat": 5}, {"reason": BAD})
    assert found(contradicts="1") == found(label="negative") == [sent]
    assert arrivals()[sent] > before, "sent later, so it comes later"
    assert is_right()


def test_a_comment_taken_back_is_found_no_longer(app: Flask) -> None:
    invitation = an_invitation()
    a_submitted_response(invitation, comments={"reason": GOOD})
    a_saved_answer(invitation, reason="")
    a_submitted_response(invitation)
    assert found(text="excellent") == found() == []
    assert is_right()


def test_an_erased_response_leaves_no_word_behind(app: Flask) -> None:
    sent, other = reviewed(GOOD, BAD)
    responses.erase(sent)
    assert found() == [other]
    assert not _words_left("excellent")
    assert is_right()


def test_whoever_deletes_past_the_program_takes_the_words_along(app: Flask) -> None:
    """The database itself keeps the search in step, by cascades and triggers."""
    sent, other = reviewed(GOOD, BAD)
    db.session.execute(delete(SurveyResponse).where(SurveyResponse.id == sent))
    db.session.commit()
    assert found() == [other]
    assert not _words_left("excellent")
    assert is_right()


def _words_left(word: str) -> bool:
    """Look for a word in everything the database keeps for the search."""
    if db.engine.dialect.name != "sqlite":
        return bool(found(text=word))
    blocks = db.session.execute(text("SELECT block FROM review_search_data")).scalars()
    db.session.execute(text("INSERT INTO review_search(review_search) VALUES ('optimize')"))
    return any(word.encode() in block for block in blocks)


def test_corrections_and_what_takes_them_back_count_at_once(app: Flask) -> None:
    (sent,) = reviewed(GOOD)
    analysed()
    _correct(sent, Ruling("negative", {"trust": -1}))
    assert found(label="negative", about="trust", side="negative", corrected="1") == [sent]
    assert found(label="positive") == []
    assert is_right()
    _correct(sent, Ruling(not_about_us=True))
    assert found(label="aside") == [sent]
    assert found(about="trust") == found(side="negative") == []
    _correct(sent, TAKEN_BACK)
    assert found(label="positive") == [sent]
    assert found(corrected="1") == []
    assert is_right()


def _correct(response_id: int, ruling: Ruling) -> None:
    db.session.rollback()
    judged = find_judged(response_id, "reason")
    assert judged
    sentiment.correct((response_id, "reason"), ruling, a_user().id, judged.state)


def test_comments_marked_for_a_new_analysis_wait_until_it_comes(app: Flask) -> None:
    sent = reviewed(GOOD, BAD)
    analysed()
    _correct(sent[1], Ruling("neutral"))
    assert sentiment.mark_all(only_older=False) == 2
    assert found(label="waiting") == sent[:1]
    assert found(label="neutral") == sent[1:], "a person's word stands meanwhile"
    assert is_right()
    analysed()
    assert found(label="positive") == sent[:1]


def test_two_reviews_of_one_place_stand_side_by_side(app: Flask) -> None:
    first, second = reviewed(GOOD, BAD)
    places = arrivals()
    db.session.execute(delete(ReviewEntry).where(ReviewEntry.response_id == second))
    taken = update(ReviewEntry).where(ReviewEntry.response_id == first)
    db.session.execute(taken.values(arrival=places[second]))
    db.session.commit()
    service.refresh([second])
    db.session.commit()
    assert arrivals() == {first: places[second], second: places[second] + 1}
    assert sorted(found()) == sorted([first, second])


def test_an_index_that_was_lost_is_made_anew_by_one_command(app: Flask) -> None:
    sent = reviewed(GOOD, BAD)
    analysed()
    db.session.execute(delete(ReviewEntry))
    if db.engine.dialect.name == "sqlite":
        db.session.execute(text("DROP TABLE review_search"))
    else:
        db.session.execute(text("DROP INDEX ix_review_entry_terms"))
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["reviews", "index"])
    assert "2 reviews in the index; 2 had not been right." in result.output
    assert found(text="terlambat") == sent[1:]
    assert is_right()


def test_an_index_made_in_an_older_way_is_made_anew_by_the_worker(app: Flask) -> None:
    sent = reviewed(*(f"Word{number} of ours" for number in range(3)))
    db.session.execute(delete(ReviewEntry))
    db.session.execute(update(ReviewIndex).values(version=0))
    db.session.commit()
    assert service.is_behind()
    while jobs.run_once([pipeline.INDEX]):
        pass
    assert not service.is_behind()
    assert sorted(found()) == sorted(sent)
    assert find_state().reached == 0


def test_confidential_comments_are_not_in_the_index(app: Flask) -> None:
    """PRV-08: neither found nor counted, by no filter."""
    reviewed(GOOD, BAD, GOOD, BAD, GOOD, confidentiality="confidential")
    analysed()
    assert db.session.scalars(select(CommentAnalysis.response_id)).all()
    assert arrivals() == {}
    assert is_right()
    assert not _words_left("excellent")


def test_the_search_table_is_the_one_the_program_makes(app: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        assert not db.session.execute(text("SELECT to_regclass('review_search')")).scalar()
        return
    rows = db.session.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    known = dict(rows.all())
    assert known[search_table.SEARCH] == search_table.TABLE
    for name, statement in search_table.TRIGGERS.items():
        assert known[name] == statement


def test_what_is_missing_in_the_search_is_noticed(app: Flask) -> None:
    reviewed(GOOD)
    if db.engine.dialect.name == "sqlite":
        db.session.execute(text("DROP TRIGGER review_entry_deleted"))
        db.session.execute(delete(ReviewEntry))
        with pytest.raises(DBAPIError, match="malformed"):
            db.session.execute(text(search_table.CHECK))
    else:
        db.session.execute(delete(ReviewEntry))
        db.session.commit()
        assert not is_right()


def test_whoever_reads_comments_waits_for_whoever_sends_them_again(bare_app: Flask) -> None:
    """Else both would write the entry from what they saw, and the later would be wrong."""
    with inside(bare_app):
        (sent,) = reviewed(GOOD)
        own = select(SurveyResponse.id).where(SurveyResponse.id == sent).with_for_update()

    def read() -> None:
        with inside(bare_app):
            analysed()

    reader = threading.Thread(target=read)
    with inside(bare_app), db.engine.begin() as sender:
        sender.execute(own)
        reader.start()
        reader.join(0.5)
        assert reader.is_alive()
    reader.join()
    with inside(bare_app):
        assert found(label="positive") == [sent]
        assert is_right()


OLDER = """
import sys
sys.modules["pysqlite3"] = None
from pathlib import Path
from feedback import create_app
from feedback.config import Settings
from flask_migrate import upgrade
from feedback.results.explorer.queries.indexing import count_entries
from tests.builders.reviews import reviewed
from tests.results.exploring import found
with create_app(Settings(data_dir=sys.argv[1])).app_context():
    upgrade()
    sent = reviewed("late again")
    assert found(text="late") == sent
    print(count_entries())
"""


def test_pythons_own_sqlite_keeps_the_index_too(tmp_path: Path) -> None:
    """Where there is no newer build, triggers may still write to the search table."""
    assert sqlite3.sqlite_version_info >= (3, 34), "FTS5 with what we use of it"
    command = [sys.executable, "-c", OLDER, str(tmp_path)]
    top = Path(__file__).parents[2]
    ran = subprocess.run(command, cwd=top, capture_output=True, text=True, check=False)
    assert ran.stdout.strip().endswith("1"), ran.stderr[-800:]
