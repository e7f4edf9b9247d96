"""What may be shown of whom: the one place that every page, list and export asks."""

from feedback.campaigns.confidentiality import NAMED


def names_people(confidentiality: str) -> bool:
    """Say whether answers of a campaign of this mode may be shown with the person's name."""
    return confidentiality == NAMED
