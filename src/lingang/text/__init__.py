"""What a text says, without records: pages and their positions, the grammars of numbers and of dates."""
