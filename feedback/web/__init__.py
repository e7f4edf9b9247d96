"""Kit for pages that knows no room: security, errors, fragments, languages, filters."""
