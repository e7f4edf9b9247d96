"""Files to take along: ordered, made by the worker, fetched by who ordered them, deleted."""
