"""Red flags. In: the text of a message. Out: categories with their span, the fixed text to show, same-day urgency.

May import `language.text`, `language.wordings` and `core` only: nothing here depends on intents, times, scores or
models. A message is made legible (legible, spelling), what it speaks of is found once (concepts), and each category
looks for its set phrases, its signs and its wordings in other languages (rules, signs, foreign) within scope (scope).
"""

from releve.language.red_flags.advice import advice
from releve.language.red_flags.rules import VERSION, RedFlag, find, with_age

__all__ = ["VERSION", "RedFlag", "advice", "find", "with_age"]
