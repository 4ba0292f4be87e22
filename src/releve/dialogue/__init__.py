"""Several turns with a patient: `propose` before the gate, `tell` after it.

What it is: the state of a conversation, who is speaking, what is wanted, what is asked next, in which words.
May import: agents and below.  In: State, Understanding, Facts, Outcomes.  Out: State, Proposals, a Reply.
"""

from releve.dialogue.propose import Turn, propose
from releve.dialogue.reply import Reply
from releve.dialogue.state import State
from releve.dialogue.tell import tell
from releve.dialogue.wanted import wanted

__all__ = ["Reply", "State", "Turn", "propose", "tell", "wanted"]
