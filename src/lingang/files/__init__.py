"""Files that are written: what they hold, their sums, archives, and the one way into their place."""
