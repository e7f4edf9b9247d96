"""All tables by import, for migrations and for tests that walk the whole schema."""

import feedback.analytics.models
import feedback.auth.models
import feedback.campaigns.counting.models
import feedback.campaigns.models
import feedback.organisations.models
import feedback.outbox.models
import feedback.responses.models
import feedback.results.digests.models
import feedback.results.explorer.models
import feedback.results.exports.models
import feedback.results.kept.models
import feedback.sentiment.models
import feedback.surveys.models  # noqa: F401
