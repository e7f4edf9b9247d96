"""The Inbox in the browser."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from feedback.outbox import compose
from feedback.outbox.transports import FolderTransport
from tests.builders.outbox import a_letter
from tests.outbox.test_compose import FROM, MAIL


def put(folder: Path, number: int = 1, **given: str) -> str:
    """Put a letter into the mailbox; return its name."""
    mail = replace(MAIL, message_id=f"<{number}@kesan.example.com>")
    now = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    message = compose.message(
        a_letter(**given), mail, mail_from=FROM, now=now, host="kesan.example.com"
    )
    FolderTransport(folder).deliver(message, FROM, MAIL.recipient, lambda: None)
    return max(path.name for path in folder.iterdir())


def test_an_empty_inbox_says_what_to_do(mailbox: Path, login):
    page = login("manager").get("/inbox")
    assert page.status_code == 200
    assert "No mails yet" in page.text


def test_the_newest_mail_stands_first(mailbox: Path, login):
    for number in (1, 2):
        put(mailbox, number, subject=f"Letter {number} <b>", to_name="王" * 60)
    page = login("manager").get("/inbox").text
    assert page.index("Letter 2 &lt;b&gt;") < page.index("Letter 1 &lt;b&gt;")
    assert "王" * 60 in page


def test_a_long_inbox_has_pages(mailbox: Path, login):
    for number in range(53):
        put(mailbox, number, subject=f"Letter {number}.")
    page = login("manager").get("/inbox?page=2").text
    assert "51–53 of 53" in page
    assert "Letter 2." in page
    assert "Letter 3." not in page


def test_a_page_that_is_not_there_gives_the_nearest(mailbox: Path, login):
    put(mailbox)
    client = login("manager")
    for page in ("0", "-1", "999", "x"):
        assert "1–1 of 1" in client.get(f"/inbox?page={page}").text


def test_htmx_gets_the_list_alone(mailbox: Path, login):
    put(mailbox)
    fragment = login("manager").get("/inbox", headers={"HX-Request": "true"}).text
    assert fragment.lstrip().startswith('<div id="inbox-list"')
    assert "<html" not in fragment


def test_a_mail_shows_html_in_a_frame_and_text_with_live_links(mailbox: Path, login):
    name = put(mailbox, text="Go: https://kesan.example.com/r/abc <script>x</script>\n")
    answer = login("manager").get(f"/inbox/{name}")
    assert f'src="/inbox/{name}/html"' in answer.text
    assert '<a href="https://kesan.example.com/r/abc" rel="noopener" target="_top">' in answer.text
    assert "<script>x" not in answer.text
    assert "frame-src 'self'" in answer.headers["Content-Security-Policy"]


def test_the_html_of_a_mail_is_caged_and_its_links_leave_the_frame(mailbox: Path, login):
    """SEC-01."""
    name = put(mailbox)
    answer = login("manager").get(f"/inbox/{name}/html")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox allow-popups allow-popups-to-escape-sandbox" in policy
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy
    assert "frame-ancestors 'self'" in policy
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert '<head><base target="_top"></head>' in answer.text
    assert '<a href="https://kesan.example.com/r/abc">' in answer.text


def test_only_names_in_the_listing_are_opened(mailbox: Path, login):
    """SEC-12."""
    put(mailbox)
    (mailbox / ".x.part").write_text("draft")
    client = login("manager")
    for name in ("nothing.eml", "../keys.json", "..", ".x.part", "%2e%2e%2fkeys.json", "//etc/x"):
        for end in ("", "/html"):
            assert client.get(f"/inbox/{name}{end}").status_code == 404, name


@pytest.mark.parametrize(("role", "code"), [("viewer", 403), ("manager", 200), ("admin", 200)])
def test_only_who_may_read_the_mailbox_sees_it(mailbox: Path, login, role: str, code: int):
    """SEC-09."""
    name = put(mailbox)
    client = login(role)
    for path in ("/inbox", f"/inbox/{name}", f"/inbox/{name}/html"):
        assert client.get(path).status_code == code


def test_nobody_reads_the_mailbox_without_a_login(mailbox: Path, client):
    """SEC-09."""
    assert client.get("/inbox").status_code in (302, 303, 401)


def test_with_a_mail_server_there_is_no_inbox(mailbox: Path, login, app: Flask):
    name = put(mailbox)
    app.config["KESAN"] = replace(app.config["KESAN"], mail_server="mail.example.com")
    client = login("manager")
    for path in ("/inbox", f"/inbox/{name}", f"/inbox/{name}/html"):
        assert client.get(path).status_code == 404
