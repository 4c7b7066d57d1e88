"""Published tables as they are read: opened from any path, as frames, joined, shown, and claim by claim."""
