"""The corruption score: damage the authored records of a root one at a time and count what the check notices.

A damage is *noticed* when the report has a problem that it has not of the undamaged root: in the damaged file, or, where
a registry or ``sources.yaml`` was damaged, in any file, for what it holds is named in all. Warnings count, LED and ACC do
not. It is *harmless* when it is not noticed and no row outside ``evidence`` is another for it. Everything else is
*missed*. The score of a figure is the share of what is not harmless that is noticed.
"""
