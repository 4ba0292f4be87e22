"""The other software of a practice: one folder for each format, each a full slice (pure map, endpoint, tests).

May import: look, intake and below.  In: what other software says.  Out: what it may know, and what it told us as acts.
"""
