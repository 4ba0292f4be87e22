"""Red flags. In: the text of a message. Out: categories with their span, the fixed text to show, same-day urgency.

May import `language.text` and `core` only: nothing here depends on intents, times, scores or models.
"""

from releve.language.red_flags.rules import VERSION, RedFlag, advice, find, with_age

__all__ = ["VERSION", "RedFlag", "advice", "find", "with_age"]
