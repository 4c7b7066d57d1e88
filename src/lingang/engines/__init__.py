"""Engines: they load tables and run the SELECT of a rule."""
