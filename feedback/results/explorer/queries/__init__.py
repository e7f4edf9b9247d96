"""Look up reviews by words and filters, and what the index is made from; never write."""
