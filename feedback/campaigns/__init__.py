"""Whom we ask, and when: campaigns, their audience, their personal links."""
