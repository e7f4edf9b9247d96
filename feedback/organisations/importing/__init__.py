"""Contact lists that people bring: read, understood, checked and compared with what is known."""
