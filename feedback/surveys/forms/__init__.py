"""What managers fill in to make a questionnaire, and the words around it."""
