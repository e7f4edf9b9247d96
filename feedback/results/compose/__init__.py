"""What is written of results outside the pages: reports on paper and summaries by mail."""
