"""Who may see whose answers: the modes of a campaign, fixed before its launch."""

# The manager sees who said what; or results are published for groups of LEAST people only.
NAMED, CONFIDENTIAL = "named", "confidential"
MODES = (NAMED, CONFIDENTIAL)
# A group of fewer people is never published; fewer could be told apart.
LEAST = 5
# Colleagues judge colleagues there, so what they say could fall back on them.
AMONG_COLLEAGUES = frozenset({"internal_unit"})


def usual_mode(survey_key: str) -> str:
    """Return the mode a campaign of this questionnaire has unless somebody chooses another.

    >>> usual_mode("client_relationship"), usual_mode("internal_unit")
    ('named', 'confidential')
    """
    return CONFIDENTIAL if survey_key in AMONG_COLLEAGUES else NAMED
