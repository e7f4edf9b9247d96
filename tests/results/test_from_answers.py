"""The pages' numbers come from sums kept beside the answers; here they are made of the answers.

The reference is written from the definitions, in fractions, and uses nothing of the program but
the tables that people's answers are in.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from statistics import mean
from typing import NamedTuple

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback import clock
from feedback.analytics.figures import Nps, NpsFew, RollupMean
from feedback.campaigns.models import Campaign, Invitation
from feedback.extensions import db
from feedback.organisations.models import Organisation
from feedback.responses.models import Submission, SurveyResponse
from feedback.results import scope
from feedback.results.queries.pages import read_account, read_peers, read_summary
from feedback.results.scope import Scope
from feedback.surveys.models import SurveyVersion
from tests.builders.portfolio import NOW, WAVES
from tests.builders.results import (
    DIMENSION_ITEMS,
    a_campaign,
    a_sent_response,
    an_organisation_with,
    invitations_of,
)
from tests.results.conftest import Reader

MEASURES = ("index", "csat", *DIMENSION_ITEMS)
CORE = [item for items in DIMENSION_ITEMS.values() for item in items]


class Sent(NamedTuple):
    """One person's form as it was sent last."""

    person: int
    organisation: int
    campaign: int
    survey: int
    at: datetime
    measures: Mapping[str, Fraction]


def measured(answers: Mapping[str, str], core: Iterable[str]) -> dict[str, Fraction] | None:
    """Give a person's scores 0 to 100, and nps as it was given; None for a break-off."""
    asked = list(core)
    if sum(bool(answers.get(key)) for key in asked) * 2 < len(asked):
        return None
    given_ = {key: int(value) for key, value in answers.items() if value.isdigit()}
    found = {}
    for dimension, items in DIMENSION_ITEMS.items():
        own = [Fraction(25 * (given_[item] - 1)) for item in items if item in given_]
        if own and len(own) * 2 >= len(items):
            found[dimension] = mean(own)
    if len(found) >= 4:
        found["index"] = mean(found.values())
    if "csat" in given_:
        found["csat"] = Fraction(25 * (given_["csat"] - 1))
    if "nps" in given_:
        found["nps"] = Fraction(given_["nps"])
    return found


def all_sent() -> list[Sent]:
    """Read what everybody answered in a named campaign by mail, and score it."""
    newest: dict[int, Submission] = {}
    for each in db.session.query(Submission).order_by(Submission.revision):
        newest[each.response_id] = each
    rows = (
        db.session.query(SurveyResponse, Invitation, Campaign, SurveyVersion.survey_id)
        .join(Invitation, Invitation.id == SurveyResponse.invitation_id)
        .join(Campaign, Campaign.id == SurveyResponse.campaign_id)
        .join(SurveyVersion, SurveyVersion.id == Campaign.survey_version_id)
        .filter(Campaign.confidentiality == "named")
    )
    found = []
    for response, invitation, campaign, survey in rows:
        sending = newest.get(response.id)
        core = ["csat"] if campaign.name == "Pulse 2026" else CORE
        scores = measured(sending.answers, core) if sending else None
        if sending and scores is not None:
            where = invitation.contact_id, response.organisation_id, campaign.id, survey
            found.append(Sent(*where, sending.submitted_at, scores))
    return found


def counting(within: Scope, sent: list[Sent]) -> dict[str, dict[int, list[Fraction]]]:
    """Return measure → organisation → what its people gave within a scope."""
    found: dict[str, dict[int, list[Fraction]]] = defaultdict(lambda: defaultdict(list))
    inside = [each for each in sent if within.since < each.at <= within.until]
    if within.campaign_id is not None:
        for each in sent:
            for measure, value in each.measures.items():
                if each.campaign == within.campaign_id:
                    found[measure][each.organisation].append(value)
        return found
    latest = {(each.person, each.survey): each for each in sorted(inside, key=lambda s: s.at)}
    of_measure = {
        (each.person, measure): (each.organisation, value)
        for each in sorted(latest.values(), key=lambda s: s.at)
        for measure, value in each.measures.items()
    }
    for (_, measure), (organisation, value) in of_measure.items():
        found[measure][organisation].append(value)
    return found


def check(within: Scope, reference: Mapping[str, Mapping[int, list[Fraction]]]) -> None:
    """Compare everything a summary says with the reference."""
    facts = read_summary(within)
    for measure in MEASURES:
        own = reference[measure]
        assert {key: row.n for key, row in facts.tallies.of(measure).items()} == {
            key: len(values) for key, values in own.items()
        }
        for key, values in own.items():
            assert facts.tallies.account_score(measure, key).mean == pytest.approx(
                float(mean(values)), abs=1e-9
            )
        whole = facts.tallies.score(measure)
        if isinstance(whole, RollupMean):
            means = [mean(values) for values in own.values()]
            assert whole.mean == pytest.approx(float(mean(means)), abs=1e-9)
            assert (whole.n, whole.accounts) == (sum(map(len, own.values())), len(own))
    given_ = [value for values in reference["nps"].values() for value in values]
    nps = facts.tallies.recommendation()
    assert isinstance(nps, Nps) == (len(given_) >= 10)
    if isinstance(nps, Nps | NpsFew):
        high, low = (sum(v >= 9 for v in given_), sum(v <= 6 for v in given_))
        assert (nps.counts.promoters, nps.counts.detractors, nps.n) == (high, low, len(given_))
        if isinstance(nps, Nps):
            assert nps.nps == pytest.approx(100 * (high - low) / len(given_))


@pytest.mark.parametrize("period", ["recent", "2025", "2026", *WAVES, "Partners 2026"])
def test_every_figure_of_a_period_is_what_the_answers_say(reader: Reader, period: str) -> None:
    if period == "recent":
        within = scope.portfolio(NOW)
    elif period.isdigit():
        within = scope.in_year(int(period))
    else:
        within = scope.wave(reader.made.campaigns[period], NOW, NOW)
    with reader.app.app_context(), clock.standing_at(NOW):
        found = counting(within, all_sent())
        gone = {each.id for each in db.session.query(Organisation) if each.archived_at}
        if within.campaign_id is None:
            found = {
                measure: {key: each for key, each in own.items() if key not in gone}
                for measure, own in found.items()
            }
        assert sum(map(len, found["index"].values())) >= 6
        check(within, found)


points = st.sampled_from(["1", "2", "3", "4", "5", "na", ""])
forms = st.fixed_dictionaries(
    dict.fromkeys(CORE, points),
    optional={"csat": st.sampled_from("12345"), "nps": st.integers(0, 10).map(str)},
)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(st.tuples(forms, forms | st.none()), min_size=1, max_size=3),
        min_size=1,
        max_size=3,
    )
)
def test_random_answers_of_two_waves_make_the_figures_they_should(
    app: Flask, homes: list[list[tuple[dict[str, str], dict[str, str] | None]]]
) -> None:
    """Whoever answers twice counts once beyond the waves, with the later answers."""
    made = [an_organisation_with(len(people)) for people in homes]
    now = clock.now()
    campaigns = []
    for wave in (0, 1):
        with clock.standing_at(now - timedelta(days=20 - wave)):
            campaigns.append(a_campaign(audience={"rest_days": 0}))
            for home, people in zip(made, homes, strict=True):
                asked = invitations_of(campaigns[-1], home)
                for invitation, answers in zip(asked, people, strict=True):
                    if form := answers[wave]:
                        kept = {key: value for key, value in form.items() if value}
                        a_sent_response(invitation, kept) if kept else None
    sent = all_sent()
    for within in (*(scope.wave(each.id, now, now) for each in campaigns), scope.portfolio(now)):
        check(within, counting(within, sent))
    for home in made:
        recent = scope.portfolio(now)
        facts = read_account(recent, home.id, read_peers(recent, home.id), "en")
        reference = counting(recent, sent)
        for measure in MEASURES:
            values = reference[measure].get(home.id, [])
            row = facts.own.get(measure)
            assert (row.n if row else 0) == len(values)
