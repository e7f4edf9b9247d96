"""Find reviews: an index of their words and of what is told of them, and the lists it gives."""
