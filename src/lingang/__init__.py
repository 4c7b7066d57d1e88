"""lingang: a hand-verified, evidence-anchored dataset of one Chinese local newspaper page."""

__version__ = "1.0.0"
