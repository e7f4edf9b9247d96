"""What an organisation and a contact can be: the closed lists the tables and imports accept."""

ORGANISATION_KINDS = ("client", "partner", "internal", "community")
DECISION_WEIGHTS = ("decision_maker", "influencer", "user")
CONTACT_LANGUAGES = ("en", "id", "ms")
