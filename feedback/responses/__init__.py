"""The answer: opened, saved question by question, sent once, changed until closing."""
