"""What a message asks or does: the closed list of `core.understanding.INTENTS`, several per message.

Short answers are read by rule (`plain`), everything else by a small linear model (`model`) on words, pieces of words,
ideas (`concepts`) and what wordings suggest (`hints`). In: `text.reading` of a message. Out: a `Decision`. May import
red_flags, text, core.
"""

from releve.language.intents.decision import Decision, decide
from releve.language.intents.hints import Found, hints

__all__ = ["Decision", "Found", "decide", "hints"]
