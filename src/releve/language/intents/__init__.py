"""What a message asks or does: the closed list of `core.understanding.INTENTS`, several per message.

Short answers are read by rule (`plain`), everything else by a small linear model (`model`) on words, pieces of words
and ideas (`concepts`), in the whole message and in each of its stretches (`features`). In: `text.reading` of a message.
Out: a `Decision`. May import text, core.
"""

from releve.language.intents.decision import PERSONAL, Decision, decide

__all__ = ["PERSONAL", "Decision", "decide"]
