"""The corruption score: damage the authored records of a root one at a time and count what the check notices.

A damage is *noticed* when the report has a problem that it has not of the undamaged root, warnings included, LED and
ACC left out: in the damaged file, or, where a registry or ``sources.yaml`` was damaged, in any file, for items name
what they hold. It is *harmless* when it is not noticed and no row outside ``evidence`` is another for it, else
*missed*.
"""
