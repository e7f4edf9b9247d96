"""What stands in a summary mail, for whom, in which language, and when none is written."""

import html
import re
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import update

from feedback.auth.models import Role, User
from feedback.extensions import db
from feedback.organisations import service as organisations
from feedback.organisations.models import Organisation
from feedback.outbox import service as outbox
from feedback.outbox.kinds import get_kind
from feedback.outbox.letters import Letter, NotWanted
from feedback.results.digests import service
from feedback.results.digests.due import DIGEST
from feedback.sentiment.models import CommentAnalysis
from tests.builders.digests import MONDAY, a_reader, on, queued, tick_once
from tests.builders.portfolio import COMMENTS, SECRET, Portfolio
from tests.campaigns.delivering import delivered, mail_states, text_of
from tests.rows import inside

MONDAYS = "2026-09-21"  # the Monday after the portfolio's NOW
LANGUAGES = ("en", "id", "ms")


def letter_of(user: User, day: str = MONDAYS) -> EmailMessage:
    """Let the person choose, wait for Monday, and return the mail that went out."""
    service.choose(user, "weekly")
    with on(day, 7, 30):
        tick_once()
        (mail,) = delivered()
    return mail


def person(made: Portfolio, name: str, language: str = "en") -> User:
    """Return one of the portfolio's colleagues."""
    user = db.session.get_one(User, made.users[name])
    user.language = language
    db.session.commit()
    return user


def both(mail: EmailMessage) -> tuple[str, str]:
    """Return the plain text, and the words of the HTML, spaces folded."""
    markup = re.sub(r"(?s)<style>.*?</style>", "", text_of(mail, "html"))
    words = html.unescape(re.sub(r"<[^>]+>", " ", markup))
    return tuple(re.sub(r"\s+", " ", each).strip() for each in (text_of(mail), words))  # type: ignore[return-value]


def test_text_and_html_say_the_same(world: Flask, made: Portfolio) -> None:
    """EML-07: sentences, the five dimensions with ranges, up to three comments, both links."""
    with inside(world):
        mail = letter_of(person(made, "rina"))
    for words in both(mail):
        assert "The relationship index is" in words
        assert "organisations." in words
        assert len(re.findall(r"\d+ \(\d+–\d+\)", words)) >= 5
        assert 1 <= sum(comment in words for comment in COMMENTS) <= 3
        assert "It speaks of the organisations you own." in words
    for part in (text_of(mail), text_of(mail, "html")):
        assert f"http://localhost/?owner={made.users['rina']}" in part
        assert f"http://localhost/summary.pdf?owner={made.users['rina']}" in part
        assert "http://localhost/account" in part
        assert "http://localhost/d/" in part


def test_the_bars_are_cells_with_widths_and_nothing_is_fetched(
    world: Flask, made: Portfolio
) -> None:
    """EML-07: no picture, no style sheet, no pixel, below 100 kB."""
    with inside(world):
        mail = letter_of(person(made, "rina"))
    markup = text_of(mail, "html")
    bars = re.findall(r'<td class="bar" bgcolor="#0b5c66" width="(\d+)%"', markup)
    shown = re.findall(r"<strong>(\d+)</strong> <span", markup)
    assert bars == shown
    assert len(bars) == 5
    assert not re.search(r"<img|<link|src=|url\(|@import|<script", markup)
    assert len(mail.as_bytes()) < 100_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mail_speaks_the_readers_language(world: Flask, made: Portfolio, language: str) -> None:
    with inside(world):
        mail = letter_of(person(made, "rina", language))
    assert mail["Content-Language"] == language
    assert f'<html lang="{language}"' in text_of(mail, "html")
    assert {"en": "Empathy", "id": "Empati", "ms": "Empati"}[language] in text_of(mail)


@pytest.mark.parametrize(
    ("name", "told", "query"),
    [
        ("rina", "It speaks of the organisations you own.", "?owner={}"),
        ("budi", "It speaks of the organisations you own.", "?owner={}"),
        ("sari", "It speaks of the organisations in whose account team you are.", "?team={}"),
    ],
)
def test_the_mail_speaks_of_ones_own_organisations(
    world: Flask, made: Portfolio, name: str, told: str, query: str
) -> None:
    with inside(world):
        text = text_of(letter_of(person(made, name)))
    assert told in text
    assert f"http://localhost/{query.format(made.users[name])}\n" in text


def test_who_owns_nothing_reads_of_all(world: Flask) -> None:
    with inside(world):
        text = text_of(letter_of(a_reader(None)))
    assert "It speaks of all organisations." in text
    assert "http://localhost/\n" in text


def test_nothing_of_a_confidential_campaign_is_mailed(world: Flask, made: Portfolio) -> None:
    """PRV-08: comments and figures of campaigns that may name nobody stay on their page."""
    with inside(world):
        db.session.execute(update(Organisation).values(owner_id=None))
        finance = db.session.get_one(Organisation, made.organisations["Finance"])
        finance.owner_id = made.users["sari"]
        db.session.commit()
        mail = letter_of(person(made, "sari"))
    assert "Nobody has answered in the last 365 days." in text_of(mail)
    assert SECRET not in mail.as_string()


def test_new_answers_are_counted_since_the_tick_before(world: Flask, made: Portfolio) -> None:
    with inside(world):
        quiet = letter_of(person(made, "rina"))
        assert str(quiet["Subject"]) == "Satisfaction summary: no new answers"
    with inside(world), on("2026-08-24", 6):
        # The summer wave was answered on 20 August.
        loud = letter_of(person(made, "budi"), "2026-08-24")
    found = re.match(r"Satisfaction summary of the week: (\d+) new answers", str(loud["Subject"]))
    assert found
    assert f"{found[1]} new answers since 17 August 2026." in text_of(loud)


def test_headers_are_those_of_a_list_that_can_be_left(world: Flask, made: Portfolio) -> None:
    """EML-06, RFC 8058."""
    with inside(world):
        mail = letter_of(person(made, "rina"))
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert str(mail["List-Unsubscribe"]).startswith("<http://localhost/d/")
    assert mail["List-Id"] == "<digest.localhost>"
    assert mail["Auto-Submitted"] == "auto-generated"


HOSTILE = '<script>alert(1)</script> {{7*7}} "><b>late</b>\r\nBcc: evil@evil.example.com'


def test_what_people_typed_is_harmless(world: Flask, made: Portfolio) -> None:
    """SEC-01, SEC-03, SEC-16."""
    with inside(world):
        for name in made.organisations.values():
            db.session.get_one(Organisation, name).name = f"PT {name} <i>& Co</i>"
        known = CommentAnalysis.text.in_(list(COMMENTS))
        db.session.execute(update(CommentAnalysis).where(known).values(text=HOSTILE))
        user = person(made, "rina")
        user.name = HOSTILE
        db.session.commit()
        mail = letter_of(user)
    markup = text_of(mail, "html")
    assert "<script" not in markup
    assert "<b>" not in markup
    assert "<i>" not in markup
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{7*7}}" in markup
    assert "<script>alert(1)</script> {{7*7}}" in text_of(mail)
    assert mail["Bcc"] is None


def _stop(user: User) -> None:
    service.choose(user, None)


def _change(user: User) -> None:
    service.choose(user, "monthly")


def _deactivate(user: User) -> None:
    user.active = False


def _move(user: User) -> None:
    user.email = "elsewhere@kesan.example.com"


def _demote(user: User) -> None:
    user.roles = [Role(name="nothing at all")]


@pytest.mark.parametrize("deed", [_stop, _change, _deactivate, _move, _demote])
def test_what_happened_since_it_was_queued_counts(app: Flask, deed: Callable[[User], None]) -> None:
    """EML-14: looked at in the transaction that takes the mail in hand."""
    user = a_reader()
    with on(MONDAY):
        tick_once()
        deed(user)
        db.session.commit()
        assert delivered() == []
        assert mail_states() == ["cancelled"]


def test_a_mail_that_was_held_up_waits_for_the_morning(app: Flask) -> None:
    a_reader()
    with on(MONDAY):
        tick_once()
        outbox.pause_queue("test", "")
    with on(MONDAY, 23):
        outbox.resume_queue()
        assert delivered() == []
    with on("2026-12-01"):
        assert len(delivered()) == 1


def test_a_summary_is_sent_at_most_once(app: Flask) -> None:
    """EML-10: after a crash amid sending it stays unknown rather than going out again."""
    assert not get_kind(DIGEST).at_least_once


def test_a_mail_about_nobody_is_not_written(app: Flask) -> None:
    user = a_reader()
    with on(MONDAY):
        tick_once()
        (mail,) = queued()
        write: Callable[..., Letter] = get_kind(DIGEST).write
        mail.ref = user.id + 99
        with pytest.raises(NotWanted):
            write(mail)


def test_archived_organisations_are_nobodys_own(world: Flask, made: Portfolio) -> None:
    with inside(world):
        food = db.session.get_one(Organisation, made.organisations["Food 1"])
        organisations.archive_organisation(food)
        text = text_of(letter_of(person(made, "budi")))
    assert "It speaks of the organisations in whose account team you are." in text
