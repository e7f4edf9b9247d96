"""What we ask: questionnaires, their questions, languages and order."""
