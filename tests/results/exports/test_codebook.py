"""The codebook: what each column holds, what stands instead of an answer, what the file is."""

from typing import Any

from flask import Flask

from tests.browser.everything import all_answers, definition
from tests.builders.campaigns import an_invitation
from tests.builders.exports import Rows, made, path_to, rows_of, sheet_lines
from tests.builders.organisations import a_contact
from tests.builders.people import a_user
from tests.builders.responses import a_submitted_response
from tests.builders.surveys import a_published


def an_answered_campaign() -> int:
    """Let one person answer every type of question; return the campaign."""
    version = a_published(definition())
    asked = an_invitation(a_contact(), questionnaire=version.survey.key, name="Everything asked")
    a_submitted_response(asked, all_answers("en"))
    return asked.campaign_id


def columns_of(rows: Rows) -> dict[str, dict[str, Any]]:
    """Return the codebook's rows about columns, by key."""
    return {row["Key"]: row for row in rows if row["Part"] == "Column"}


def test_every_column_of_the_file_is_explained_in_its_order(app: Flask) -> None:
    export = made("answers", campaign_id=an_answered_campaign())
    headings = list(rows_of(export)[0])
    assert [row["Heading"] for row in columns_of(rows_of(export, "codebook")).values()] == headings


def test_question_version_type_and_labels_stand_in_it(app: Flask) -> None:
    export = made("answers", campaign_id=an_answered_campaign())
    found = columns_of(rows_of(export, "codebook"))["agree"]
    assert (found["Meaning"], found["Type"], found["Version"]) == (
        *("What about agree? (en)", "agreement"),
        "1",
    )
    assert found["Values"].split("\n")[0] == "1 = Strongly disagree"
    assert found["Values"].split("\n")[-1] == "5 = Strongly agree"
    options = columns_of(rows_of(export, "codebook"))["wants.speed"]
    assert options["Values"] == "1 = The speed (en)\n0 = not chosen"


def test_what_stands_instead_of_an_answer_is_told_apart(app: Flask) -> None:
    campaign = an_answered_campaign()
    shown = columns_of(rows_of(made("answers", campaign_id=campaign), "codebook"))
    assert shown["agree"]["Missing"].split("\n") == [
        " = not answered",
        "Question not asked = a rule left the question out",
        "Cannot judge / not applicable = cannot judge, or does not apply",
    ]
    assert "Cannot" not in shown["csat"]["Missing"]
    raw = columns_of(rows_of(made("answers", campaign_id=campaign, form="raw"), "codebook"))
    assert raw["agree"]["Missing"].split("\n")[1:] == [
        "not asked = a rule left the question out",
        "na = cannot judge, or does not apply",
    ]


def test_the_file_says_what_it_is_of_and_who_made_it(app: Flask) -> None:
    owner = a_user(name="Ratna Prameswari")
    export = made("answers", campaign_id=an_answered_campaign(), owner=owner)
    facts = {
        row["Key"]: row["Meaning"] for row in rows_of(export, "codebook") if row["Part"] == "File"
    }
    assert facts["what"] == "Answers, one row per response"
    assert facts["campaign"] == "Everything asked"
    assert (facts["questionnaire"], facts["version"]) == ("Everything (en)", "1")
    assert (facts["by"], facts["rows"]) == ("Ratna Prameswari", "1")
    assert facts["cells"] == "Words, for people"
    assert facts["time_zone"] == "Asia/Jakarta"
    assert facts["at"].endswith("WIB")


def test_a_workbook_carries_the_same_codebook_as_a_sheet(app: Flask) -> None:
    campaign = an_answered_campaign()
    csv = made("answers", campaign_id=campaign)
    book = made("answers", campaign_id=campaign, format="xlsx")
    header, *lines = sheet_lines(path_to(book).read_bytes(), 1)
    sheet = [dict(zip(header, map(str, line), strict=True)) for line in lines]
    told = [{key: str(value) for key, value in row.items()} for row in rows_of(csv, "codebook")]
    assert [row for row in sheet if row["Key"] != "at"] == [
        row for row in told if row["Key"] != "at"
    ]
    assert not path_to(book, "codebook").exists()


def test_the_codebook_speaks_the_language_of_who_orders(app: Flask) -> None:
    export = made("answers", campaign_id=an_answered_campaign(), language="id")
    content = path_to(export, "codebook").read_text("utf-8-sig")
    assert "4 = Setuju" in content
    assert "What about agree? (id)" in content
