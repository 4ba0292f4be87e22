"""The words that every other room speaks.

What it is: frozen dataclasses for messages (Event, Act, Proposal, Evidence, Verdict, Outcome, Understanding)
and Protocols (`ports`) through which pure code reads records.
May import: the standard library only.  In: nothing.  Out: types, and the closed lists they are made of.
"""
