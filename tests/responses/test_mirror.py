"""What colleagues read who guess what their client would answer."""

import pytest
from flask import Flask

from feedback.campaigns import service as campaigns
from tests.builders.links import a_link, a_public_draft, public_token_of
from tests.builders.organisations import an_organisation
from tests.builders.people import a_user
from tests.responses.passing import Passerby
from tests.rows import inside


@pytest.fixture
def colleague(bare_app: Flask) -> Passerby:
    """A colleague with the link of a client's account team."""
    with inside(bare_app):
        a_user()
        campaign = a_public_draft(questionnaire="team_self_assessment")
        link = a_link(campaign, organisation=an_organisation(name="Hotel Melati"))
        campaigns.open_campaign(campaign)
        return Passerby(bare_app, public_token_of(link))


def test_the_first_page_names_the_client_and_says_what_becomes_of_the_guess(
    colleague: Passerby,
) -> None:
    page = colleague.open().text
    assert "as you believe your contacts at Hotel Melati would answer" in page
    assert "without your name" in page
    assert "together with those of your colleagues" in page
    assert "counted with all others" not in page


def test_who_guesses_that_a_client_is_dissatisfied_is_not_comforted(colleague: Passerby) -> None:
    seen = colleague.answer(csat=1, nps=2)
    while seen.code == 303 and "thanks" not in seen.answer.location:
        seen = colleague.send_later(colleague.follow(seen))
    receipt = colleague.follow(seen).text
    assert "set beside what the client answers" in receipt
    assert "something is wrong" not in receipt
    assert "gets in touch" not in receipt
