"""What a text says, without records."""
