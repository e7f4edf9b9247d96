"""Tests of the letters of a campaign as they leave: words, names, links, and when none leaves."""

import html
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from feedback import clock
from feedback.auth.models import User
from feedback.campaigns import compose, service
from feedback.campaigns.models import Campaign, Invitation
from feedback.extensions import db
from feedback.organisations.service import archive_organisation
from feedback.outbox.models import Mail
from tests.builders.campaigns import a_draft, an_invitation, token_of
from tests.builders.organisations import a_contact, an_organisation
from tests.builders.responses import a_submitted_response
from tests.builders.surveys import a_published
from tests.campaigns.delivering import delivered, mail_states, text_of, the_mail
from tests.surveys.generated import a_definition, a_question, a_text

AWKWARD = [
    "O'Brien",
    'Dewi "Ayu" Lestari',
    "王",
    "Łukasz Żółć",
    "<b>x</b>",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "{{config}}",
    "{0.__class__}",
    "${7*7}",
    "#{7*7}",
    "{manager}",
    "%(name)s 100% %s",
    "=HYPERLINK(1)",
    "a & b &amp; c",
]
LINK = re.compile(r"http://localhost/r/([\w-]{27})(\?[\w=&;.]*)?")


def test_a_new_campaign_brings_a_letter_in_every_language(app: Flask) -> None:
    messages = compose.default_messages()
    assert set(messages) == {"en", "id", "ms"}
    assert all(words["subject"] and words["message"] for words in messages.values())


@pytest.mark.parametrize("name", AWKWARD)
def test_a_name_comes_out_as_written_in_subject_text_and_html(app: Flask, name: str) -> None:
    """SEC-03, SEC-01: no name is a template, a format or a tag, in no part of a mail."""
    owner = db.session.get_one(User, a_draft().created_by)
    owner.name = f"{name} M"
    organisation = an_organisation(name=f"{name} O", owner_id=owner.id)
    words = {
        "subject": "{contact}|{organisation}|{company}|{manager}",
        "message": "Hello {contact}|{organisation}|{company}|{manager}",
    }
    contact = a_contact(name=name, organisation=organisation)
    an_invitation(contact, company=f"{name} C", messages={"en": words})
    mail = the_mail()
    expected = f"{name}|{name} O|{name} C|{name} M"
    assert str(mail["Subject"]) == expected
    assert f"Hello {expected}" in text_of(mail)
    markup = text_of(mail, "html")
    assert html.escape(f"Hello {expected}", quote=False) in markup.replace("&#39;", "'").replace(
        "&#34;", '"'
    )
    assert "<script" not in markup
    assert "<b>" not in markup
    assert f"{name}" in text_of(mail).splitlines()[0]


def test_a_name_of_several_lines_adds_no_header(app: Flask) -> None:
    """SEC-16: the subject is one line whatever a name brings along."""
    contact = a_contact(name="Ayu")
    contact.name = "Ayu\r\nBcc: evil@evil.example.com"
    db.session.commit()
    an_invitation(contact, messages={"en": {"subject": "Dear {contact}", "message": "Hi"}})
    mail = the_mail()
    assert mail["Bcc"] is None
    assert str(mail["Subject"]) == "Dear Ayu Bcc: evil@evil.example.com"


def test_the_message_stands_in_its_paragraphs() -> None:
    typed = "one\r\nmore\r\n\r\n\r\ntwo\n\n \n"
    assert compose.paragraphs(typed) == ["one\nmore", "two"]


@pytest.mark.parametrize("language", ["en", "id", "ms"])
def test_the_letter_speaks_the_readers_language(app: Flask, language: str) -> None:
    an_invitation(a_contact(language=language))
    mail = the_mail()
    assert mail["Content-Language"] == language
    assert f'<html lang="{language}"' in text_of(mail, "html")
    assert str(mail["Subject"]) == compose.default_messages()[language]["subject"].format(
        company="Sagara"
    )


def test_text_and_html_carry_the_same_links(app: Flask) -> None:
    """EML-07: the text part alone completes the journey."""
    invitation = an_invitation()
    mail = the_mail()
    plain = {found.groups() for found in LINK.finditer(text_of(mail))}
    assert plain == {found.groups() for found in LINK.finditer(text_of(mail, "html"))}
    token = token_of(invitation)
    assert plain == {(token, None), *((token, f"?a=csat.{point}") for point in range(1, 6))}


def test_the_mail_shows_a_question_that_everybody_is_asked(app: Flask) -> None:
    """EML-01: a click on one that a rule leaves out would be lost; a row needs its grid's words."""
    rows = [{"key": "row", "text": a_text("A row")}]
    words = a_text("How was {place}?")
    rule = {"contact": "role", "is": "cashier"}
    questions = [
        a_question("ruled", type="nps", show_if=rule),
        {"key": "grid", "type": "grid", "scale": "csat", "text": a_text(), "rows": rows},
        a_question("all", type="nps", text=words),
    ]
    a_published(a_definition({"key": "s", "title": a_text(), "questions": questions}))
    an_invitation(questionnaire="example")
    letter = text_of(the_mail())
    clicked = {query.partition(".")[0] for _, query in LINK.findall(letter) if query}
    assert clicked == {"?a=all"}
    assert "How was this place? (en)" in letter


def test_the_mail_fetches_nothing(app: Flask) -> None:
    """EML-07: no picture, no style sheet, no pixel, below 100 kB."""
    an_invitation()
    mail = the_mail()
    assert not re.search(r"<img|<link|src=|url\(|@import", text_of(mail, "html"))
    assert len(mail.as_bytes()) < 100_000


def test_every_mail_brings_one_click_unsubscribing(app: Flask) -> None:
    """EML-05, EML-06."""
    an_invitation()
    mail = the_mail()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = str(mail["List-Unsubscribe"]).strip("<>")
    assert address.startswith("http://localhost/u/")
    assert address in text_of(mail)
    assert address in text_of(mail, "html")


def _answer(invitation: Invitation) -> None:
    a_submitted_response(invitation)


def _unsubscribe(invitation: Invitation) -> None:
    invitation.contact.unsubscribed_at = clock.now()


def _bounce(invitation: Invitation) -> None:
    invitation.contact.bounced_at = clock.now()


def _archive(invitation: Invitation) -> None:
    invitation.contact.archived_at = clock.now()


def _archive_organisation(invitation: Invitation) -> None:
    archive_organisation(invitation.contact.organisation)


def _move(invitation: Invitation) -> None:
    invitation.contact.email = "somewhere.else@client.example.com"


def _withdraw(invitation: Invitation) -> None:
    invitation.withdrawn_at = clock.now()


def _close(invitation: Invitation) -> None:
    service.close(invitation.campaign)


def _pass(invitation: Invitation) -> None:
    invitation.campaign.closes_at = clock.now() - timedelta(seconds=1)


@pytest.mark.parametrize(
    "deed",
    [
        _answer,
        _unsubscribe,
        _bounce,
        _archive,
        _archive_organisation,
        _move,
        _withdraw,
        _close,
        _pass,
    ],
)
def test_what_happens_before_its_turn_cancels_a_mail(
    app: Flask, deed: Callable[[Invitation], None]
) -> None:
    """EML-14: looked at in the claim, not when the mail was queued."""
    deed(an_invitation())
    db.session.commit()
    assert delivered() == []
    assert mail_states() == ["cancelled"]


def test_a_paused_campaign_sends_nothing_until_it_is_resumed(app: Flask) -> None:
    """EML-14: paused mails wait and count no attempt."""
    campaign = an_invitation().campaign
    service.pause(campaign)
    assert delivered() == []
    assert mail_states() == ["queued"]
    assert db.session.scalar(select(Mail.attempts)) == 0
    service.resume(campaign)
    assert len(delivered()) == 1
    assert mail_states() == ["sent"]


def test_a_test_mail_goes_to_the_colleague_and_opens_the_preview(app: Flask) -> None:
    campaign = a_draft()
    user = db.session.get_one(User, campaign.created_by)
    service.send_test(campaign, user, "id")
    mail = the_mail()
    assert user.email in str(mail["To"])
    assert mail["Content-Language"] == "id"
    assert f"/surveys/{campaign.survey_version_id}?language=id" in text_of(mail)
    assert "/r/" not in text_of(mail)
    assert mail["List-Unsubscribe"] is None


def test_the_test_mail_of_a_campaign_that_is_gone_is_cancelled(app: Flask) -> None:
    campaign = a_draft()
    service.send_test(campaign, db.session.get_one(User, campaign.created_by), "en")
    db.session.delete(db.session.get_one(Campaign, campaign.id))
    db.session.commit()
    assert delivered() == []
    assert mail_states() == ["cancelled"]
