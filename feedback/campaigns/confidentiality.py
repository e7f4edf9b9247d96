"""Who may see whose answers: the modes of a campaign, fixed before its launch."""

# The manager sees who said what; or results are published for groups of LEAST people only.
NAMED, CONFIDENTIAL = "named", "confidential"
MODES = (NAMED, CONFIDENTIAL)
# A group of fewer people is never published; fewer could be told apart.
LEAST = 5
