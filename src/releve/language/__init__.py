"""Reads French, and English through it: one message in, an `Understanding` out. Pure: `now` is an argument, lexicons
are data files.

May import `core` only. Red flags come first and depend on nothing else.
"""

from releve.language.polyglot import danger_alone, understand
from releve.language.warming import warm

__all__ = ["danger_alone", "understand", "warm"]
