"""What editors are told of the authored files: their JSON Schemas, with the words of a root and what each key is.

In: the shapes, ``keys.yaml`` and a lexicon. Out: schemas, as values and as files.
"""

from lingang.editor.schema import FILES, authored_schema

__all__ = ["FILES", "authored_schema"]
