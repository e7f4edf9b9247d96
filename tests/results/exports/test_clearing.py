"""Files go after a day, and so does what killed attempts have left behind."""

import os
from datetime import timedelta

from flask import Flask

from feedback import clock
from feedback.results.exports import service
from feedback.results.exports.orders import KEPT
from feedback.results.exports.service.workplace import folder
from tests.builders.exports import left_behind, made, refreshed
from tests.builders.organisations import a_contact


def test_files_are_deleted_after_a_day_and_the_record_stays(app: Flask) -> None:
    a_contact()
    export, other = made("contacts"), made("contacts")
    assert not service.has_expired()
    with clock.standing_at(clock.now() + KEPT + timedelta(seconds=1)):
        assert service.has_expired()
        assert service.remove_expired() == 2
        assert service.remove_expired() == 0
    assert left_behind() == []
    for each in (export, other):
        assert (refreshed(each).state, each.file, each.written) == ("done", "", 1)


def test_what_killed_attempts_left_behind_is_swept(app: Flask) -> None:
    kept = made("contacts")
    for name, age in (("old", timedelta(days=2)), ("young", timedelta(0))):
        orphan = folder() / name
        orphan.mkdir()
        (orphan / "spool").write_text("rows")
        then = (clock.now() - age).timestamp()
        os.utime(orphan, (then, then))
    service.remove_expired()
    assert {path.name for path in folder().iterdir()} == {"young", kept.file}


def test_the_spool_is_gone_once_the_file_is_there(app: Flask) -> None:
    export = made("contacts", format="xlsx")
    assert left_behind() == [export.file, f"{export.file}/data"]
