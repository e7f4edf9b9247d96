"""Forms of campaigns and of their public links."""

from feedback.campaigns.forms.campaigns import (
    MODE_WORDS,
    CampaignForm,
    LaunchForm,
    PublicCampaignForm,
    current_values,
    end_of_day,
    last_day,
    single_line,
    starting_public_values,
    starting_values,
)
from feedback.campaigns.forms.links import CHANNEL_WORDS, LinesForm, LinkForm

__all__ = [
    "CHANNEL_WORDS",
    "MODE_WORDS",
    "CampaignForm",
    "LaunchForm",
    "LinesForm",
    "LinkForm",
    "PublicCampaignForm",
    "current_values",
    "end_of_day",
    "last_day",
    "single_line",
    "starting_public_values",
    "starting_values",
]
