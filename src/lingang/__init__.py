"""lingang: a hand-verified, evidence-anchored dataset of one Chinese local newspaper page.

>>> import lingang
>>> events = lingang.load("events")

Neither pandas nor pyarrow is imported before the first call that needs it.
"""

from lingang.frames import describe, evidence, load, path, raw, schema, tables, text

__all__ = ["__version__", "describe", "evidence", "load", "path", "raw", "schema", "tables", "text"]

__version__ = "1.0.0"
