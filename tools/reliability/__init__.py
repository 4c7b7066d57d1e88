"""Reliability: faults are planted in the published tables one at a time, and it is counted how many are noticed.

A fault is *noticed* when the report has a problem that it has not of the tables as they are. ``cells`` changes cells
and judges them as tables of a release and as a corpus, ``bits`` flips bits of files. docs/RELIABILITY.md is written
from it.
"""
