"""Tests of the links in mails: what they tell, what fetching them changes, what they set."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask

from feedback.campaigns import tokens
from feedback.campaigns.models import Campaign, Invitation
from feedback.extensions import db
from tests.builders.campaigns import an_invitation, token_of
from tests.builders.organisations import a_contact
from tests.campaigns.delivering import text_of, the_mail
from tests.responses.browsing import Person
from tests.rows import dump, inside

SCANNER = {"User-Agent": "Mozilla/5.0 (compatible; link scanner)"}
BROWSER = {"User-Agent": "Mozilla/5.0 (Linux; Android 13) Chrome/130 Mobile"}


def _unsubscribe_link(app: Flask) -> str:
    with inside(app):
        contact_id = db.session.query(Invitation.contact_id).limit(1).scalar()
    return f"/u/{tokens.unsubscribe_token(app.config['TOKEN_KEY'], contact_id)}"


def _addresses(app: Flask, person: Person) -> Iterator[str]:
    """Give every address a person's mail and pages lead to, and those that lead nowhere."""
    yield from (person.url, f"{person.url}/thanks", f"{person.url}?p=2&lang=ms")
    yield from (f"{person.url}?a=nps.{point}" for point in range(11))
    yield from (f"{person.url}?a=csat.{point}" for point in range(1, 6))
    yield from (f"{person.url}?a=reason.words", f"{person.url}/answer/csat?q.csat=4")
    yield from (_unsubscribe_link(app), "/u/7.bad", f"/r/{'x' * 27}")


@pytest.mark.parametrize("sent", [False, True])
def test_fetching_every_address_thrice_changes_nothing(
    bare_app: Flask, person: Person, sent: bool
) -> None:
    """EML-01: GET and HEAD, as scanner and as browser; the whole database stays as it is."""
    person.press(person.open("?p=1"), csat=4, nps=9)
    if sent:
        person.answer_all()
    before = dump(bare_app)
    for address in _addresses(bare_app, person):
        for agent in (SCANNER, BROWSER, SCANNER):
            for method in ("GET", "HEAD", "OPTIONS"):
                answer = person.client.open(address, method=method, headers=agent)
                assert answer.status_code < 500
    assert dump(bare_app) == before


def test_every_link_of_the_delivered_mail_can_be_fetched_and_changes_nothing(
    bare_app: Flask,
) -> None:
    """EML-01, EML-07: the links as they stand in the mail, of both its parts."""
    with inside(bare_app):
        an_invitation(a_contact())
        mail = the_mail()
        words = text_of(mail) + text_of(mail, "html")
    links = {urlsplit(each) for each in re.findall(r"http://localhost(?:/[\w./?=-]*)", words)}
    assert len(links) == 7  # the button, five points, unsubscribe
    before, client = dump(bare_app), bare_app.test_client(use_cookies=False)
    for link in links:
        for _ in range(3):
            assert client.get(f"{link.path}?{link.query}").status_code == 200
            assert client.head(f"{link.path}?{link.query}").status_code == 200
    assert dump(bare_app) == before


def test_eleven_fetched_choices_leave_the_persons_own_click(
    bare_app: Flask, person: Person
) -> None:
    """EML-03: a scanner opens every point; the person's 3 is the only answer."""
    for point in range(11):
        page = person.open(f"?a=nps.{point}")
        assert page.fields["q.nps"] == str(point)
    chosen = person.open("?a=nps.3")
    assert person.press(chosen, csat=4).code == 303
    person.answer_all(nps=3)
    with inside(bare_app):
        from feedback.responses.models import Submission

        (row,) = db.session.query(Submission)
        assert row.answers["nps"] == "3"


def test_a_choice_in_the_link_stands_over_the_saved_one_only_in_the_page(
    bare_app: Flask, person: Person
) -> None:
    """EML-01, EML-03."""
    person.press(person.open("?p=1"), csat=4, nps=9)
    assert person.open("?a=nps.2").fields["q.nps"] == "2"
    assert person.open("?p=1").fields["q.nps"] == "9"


@pytest.mark.parametrize("choice", ["nps.99", "nps.", "nps", "zzz.4", ".4", "csat.<b>", "csat.na"])
def test_a_choice_that_is_none_marks_nothing(person: Person, choice: str) -> None:
    page = person.open(f"?a={choice}")
    assert page.code == 200
    assert "q.nps" not in page.fields
    assert "q.csat" not in page.fields
    assert 'class="notice"' not in page.text


def test_words_in_the_link_are_not_put_into_somebodys_mouth(person: Person) -> None:
    """EML-01: only the points of a scale are chosen by a link."""
    assert person.open("?a=reason.You+are+awful").fields["q.reason"] == ""


def test_a_draft_or_withdrawn_or_unknown_link_gives_one_answer(bare_app: Flask) -> None:
    """SEC-05: the same bytes and status for every link that leads nowhere."""
    with inside(bare_app):
        withdrawn = an_invitation(a_contact())
        withdrawn.withdrawn_at = withdrawn.created_at
        draft = an_invitation(a_contact(), audience={"rest_days": 0})
        db.session.get_one(Campaign, draft.campaign_id).state = "draft"
        db.session.commit()
        nowhere = [token_of(withdrawn), token_of(draft), "x" * 27, "x", "ä%20", "'--", "7." * 20]
    client = bare_app.test_client(use_cookies=False)
    for path, method in (("", "GET"), ("/thanks", "GET"), ("", "POST"), ("/answer/csat", "POST")):
        answers = [client.open(f"/r/{token}{path}", method=method) for token in nowhere]
        seen = {(a.status_code, a.data, tuple(sorted(a.headers.items()))) for a in answers}
        assert len(seen) == 1
        assert answers[0].status_code == 404


def test_no_respondents_page_sets_a_cookie(
    bare_app: Flask, person: Person, close_campaign: Callable[[], None]
) -> None:
    """FLK-03: whatever is answered, errors included."""
    client = bare_app.test_client()
    data = person.open("?p=1").filled(csat=4, nps=9)
    long = {"q.reason": "x" * 1_100_000}
    answers = [client.get(address) for address in _addresses(bare_app, person)]
    answers += [client.post(person.url, data=each) for each in (data, {}, long)]
    answers += [client.post(person.url, data=data, headers={"Origin": "https://evil.example.com"})]
    answers += [client.post(f"{person.url}/answer/csat", data={"q.csat": "4"})]
    answers += [client.post(_unsubscribe_link(bare_app)), client.post("/u/7.bad")]
    close_campaign()
    answers += [client.get(person.url), client.post(person.url, data=data)]
    assert {each.status_code for each in answers} >= {200, 303, 403, 404, 413, 410}
    assert [each for each in answers if "Set-Cookie" in each.headers] == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example.com"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://localhost.evil.example.com", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_form_from_another_site_is_refused(
    bare_app: Flask, person: Person, headers: dict[str, str]
) -> None:
    """SEC-14, FLK-05: no cookie, so no token; the browser says where the form comes from."""
    data = person.open("?p=1").filled(csat=4, nps=9)
    before = dump(bare_app)
    for address in (person.url, f"{person.url}/answer/csat", _unsubscribe_link(bare_app)):
        assert person.client.post(address, data=data, headers=headers).status_code == 403
    assert dump(bare_app) == before


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://localhost"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_a_form_of_our_own_page_is_taken(person: Person, headers: dict[str, str]) -> None:
    """FLK-05."""
    data = person.open("?p=1").filled(csat=4, nps=9)
    assert person.send(data, **headers).code == 303
