"""Numbers about a relationship: scores, intervals, NPS and response rates, each with its n."""
