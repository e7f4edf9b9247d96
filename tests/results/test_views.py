"""The pages: who may read them, and what they say."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from feedback.campaigns.models import Campaign
from feedback.extensions import db
from feedback.organisations import service as organisations
from feedback.organisations.models import Organisation
from feedback.sentiment.models import CommentAnalysis
from tests.builders.results import (
    a_campaign,
    a_sent_response,
    all_points,
    an_organisation_with,
    invitations_of,
    judged,
)

Login = Callable[[str], FlaskClient]


def answered(
    count: int = 1, people: int = 1, **answers: str
) -> tuple[Campaign, list[Organisation]]:
    """Let every contact of so many organisations answer all 4 in one campaign."""
    made = [an_organisation_with(people) for _ in range(count)]
    campaign = a_campaign()
    for organisation in made:
        for invitation in invitations_of(campaign, organisation):
            a_sent_response(invitation, all_points(4, **answers))
    return campaign, made


def words(html: str) -> str:
    """Return the page's text, spaces folded."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.mark.parametrize("path", ["/", "/campaigns/1/summary", "/organisations/1"])
def test_nobody_reads_results_without_logging_in(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert "/login" in answer.location


def test_every_role_reads_results(login: Login) -> None:
    campaign, (organisation,) = answered()
    for role in ("viewer", "manager", "admin"):
        reader = login(role)
        for path in (
            "/",
            f"/campaigns/{campaign.id}/summary",
            f"/organisations/{organisation.id}",
        ):
            assert reader.get(path).status_code == 200


def test_an_empty_installation_says_what_to_do_next(login: Login) -> None:
    page = login("manager").get("/").text
    assert "No organisations yet" in page
    assert "/contacts/import" in page


def test_organisations_without_campaign_lead_to_a_campaign(login: Login) -> None:
    an_organisation_with(1)
    page = login("manager").get("/").text
    assert "Nobody has been asked yet" in page
    assert "/campaigns/new" in page


def test_a_campaign_without_answers_says_so(login: Login) -> None:
    an_organisation_with(1)
    campaign = a_campaign()
    assert "No answers yet" in login("viewer").get(f"/campaigns/{campaign.id}/summary").text


def test_the_headline_names_index_and_n(login: Login) -> None:
    campaign, _ = answered(2, people=2)
    page = words(login("viewer").get(f"/campaigns/{campaign.id}/summary").text)
    assert "The relationship index is 75 (" in page
    assert "from 4 people in 2 organisations." in page


def test_one_answer_is_one_voice_and_too_few_for_an_nps(login: Login) -> None:
    _, (organisation,) = answered(nps="9")
    page = words(login("viewer").get(f"/organisations/{organisation.id}").text)
    assert "One voice: the relationship index is 75" in page
    assert "9 more answers are needed." in page
    assert "promoters 1, passives 0, detractors 0" in page
    assert not re.search(r"\b(nan|None|inf)\b", page)


def test_ten_answers_make_an_nps(login: Login) -> None:
    _, (organisation,) = answered(people=10, nps="9")
    page = words(login("viewer").get(f"/organisations/{organisation.id}").text)
    assert "n 10 : promoters 10, passives 0, detractors 0" in page
    assert "+100" in page


def test_a_comment_is_harmless_with_its_evidence_marked(login: Login) -> None:
    """SEC: what a person types is shown as typed and never runs."""
    text = "<script>alert(1)</script> {{7*7}} slow & <b>late</b>"
    _, (organisation,) = answered(reason=text)
    start = text.index("<b>late</b>")
    db.session.execute(
        update(CommentAnalysis).values(
            version="test-1",
            label="negative",
            confidence=0.9,
            sure=True,
            evidence=[{"start": start, "end": start + 11, "weight": -0.5}],
        )
    )
    db.session.commit()
    for path in ("/", f"/organisations/{organisation.id}"):
        page = login("viewer").get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt; {{7*7}} slow &amp; <mark" in page
        mark = re.search(r'<mark class="evidence evidence--negative">.*?</mark>', page)
        assert mark is not None
        assert "&lt;b&gt;late&lt;/b&gt;" in mark.group()
        assert "criticism:" in mark.group()


def test_a_comment_that_waits_says_so(login: Login) -> None:
    _, (organisation,) = answered(reason="They are always late.")
    page = login("viewer").get(f"/organisations/{organisation.id}").text
    assert "They are always late." in page
    assert "Not analysed yet" in page
    assert "<mark" not in page


def test_the_organisation_page_reads_the_campaign_in_its_address(login: Login) -> None:
    campaign, (organisation,) = answered()
    reader = login("viewer")
    for asked in (f"campaign={campaign.id}", f"period=w{campaign.id}"):
        page = reader.get(f"/organisations/{organisation.id}?{asked}").text
        assert f'<option value="w{campaign.id}" selected>' in page
    assert reader.get(f"/organisations/{organisation.id}?campaign=999").status_code == 404
    assert reader.get(f"/organisations/{organisation.id}?campaign=x").status_code == 404


def test_an_archived_organisation_can_still_be_read(login: Login) -> None:
    _, (organisation,) = answered()
    organisations.archive_organisation(organisation)
    page = login("viewer").get(f"/organisations/{organisation.id}")
    assert page.status_code == 200
    assert "Archived" in page.text


def test_an_unknown_order_is_refused(login: Login) -> None:
    answered()
    assert login("viewer").get("/?sort=revenue").status_code == 400


@pytest.mark.parametrize("path", ["/organisations/77", "/campaigns/77/summary"])
def test_what_does_not_exist_is_not_found(login: Login, path: str) -> None:
    assert login("viewer").get(path).status_code == 404


def test_organisations_without_answers_stand_at_the_end(login: Login) -> None:
    silent = an_organisation_with(1, name="Aaa silent")
    heard = an_organisation_with(1, name="Zzz heard")
    campaign = a_campaign()
    a_sent_response(invitations_of(campaign, heard)[0], all_points(5))
    page = words(login("viewer").get("/?sort=name").text)
    assert page.index(heard.name) < page.index(silent.name)
    assert "1 of them has no answers and stands at the end." in page


def test_a_viewer_is_offered_nothing_to_change(login: Login) -> None:
    _, (organisation,) = answered()
    page = login("viewer").get(f"/organisations/{organisation.id}").text
    assert f"/organisations/{organisation.id}/edit" not in page


def test_every_figure_has_a_definition_and_every_chart_a_table(login: Login) -> None:
    campaign, _ = answered(2, reason="They answer quickly.")
    judged("They answer quickly.", "positive", responsiveness=0.8)
    page = login("viewer").get(f"/campaigns/{campaign.id}/summary").text
    for label in ("Relationship index", "NPS", "Satisfaction", "Response rate (RR2)"):
        assert f"<summary>{label}</summary>" in page
    figures = re.findall(r"<figure.*?</figure>", page, re.DOTALL)
    assert len(figures) == 4
    assert all("<table" in figure for figure in figures if "<svg" in figure)
    assert "style=" not in page
