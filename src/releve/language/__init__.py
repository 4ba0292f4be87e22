"""Reads French: one message in, an `Understanding` out. Pure: `now` is an argument, lexicons are data files.

May import `core` only. Red flags come first and depend on nothing else.
"""

from releve.language.understand import understand

__all__ = ["understand"]
