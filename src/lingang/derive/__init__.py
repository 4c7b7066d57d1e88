"""From what is authored to the rows of the tables."""
