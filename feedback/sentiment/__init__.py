"""What a comment says: its language, its polarity, the words that decided, and what it is about."""
