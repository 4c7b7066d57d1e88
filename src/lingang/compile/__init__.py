"""From authored trees to rows: quotes are placed, names resolved, evidence and places kept.

In: checked trees (``authored``) and the lexicon. Out: rows of every table, each cell with the place at which it was
written. Refused is only what cannot be placed: a quote that is not found or found twice, a name or a line that does
not exist. Nothing is judged here.
"""
