"""Builders of what an account team guesses about its clients, through the real services."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from feedback.campaigns import service as campaigns
from feedback.campaigns.models import Campaign
from feedback.organisations.models import Organisation
from feedback.results.mirror import Mirror, MirrorFacts, mirror
from feedback.surveys.mirror import MIRROR
from tests.builders.charts import a_score
from tests.builders.links import a_link, a_public_draft, a_walk_in

Guesses = Mapping[Organisation, Sequence[Mapping[str, str]]]


def a_mirror(guesses: Guesses, name: str = "What our teams expect") -> Campaign:
    """Open a mirror campaign with a link for each organisation, and let colleagues guess."""
    campaign = a_public_draft(questionnaire=MIRROR, name=name)
    links = [
        a_link(campaign, organisation=each, place=f"Team {each.name}", channel="chat")
        for each in guesses
    ]
    campaigns.open_campaign(campaign)
    for link, answers in zip(links, guesses.values(), strict=True):
        for each in answers:
            a_walk_in(link, each)
    return campaign


def a_comparison(**gaps: tuple[float, float]) -> Mirror:
    """Compare what team and client gave, 5 points around; other dimensions were asked unlike."""
    team = {key: a_score(own, reach=5) for key, (own, _client) in gaps.items()}
    client = {key: a_score(given, reach=5) for key, (_own, given) in gaps.items()}
    opened = datetime(2026, 8, 10, tzinfo=UTC)
    found = mirror(MirrorFacts(1, "Guesses", opened, 4, team, gaps.keys()), client)
    assert found is not None
    return found
