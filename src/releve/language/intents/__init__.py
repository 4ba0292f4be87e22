"""What a message asks or does: the closed list of `core.understanding.INTENTS`, several per message.

In: `text.reading` of a message. Out: intents with the characters that say them. May import red_flags, text, core.
"""

from releve.language.intents.rules import ALONE, Found, find, vague

__all__ = ["ALONE", "Found", "find", "vague"]
