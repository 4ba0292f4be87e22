"""What is forgotten when time passes: a question nobody answered, and who was speaking.

A "oui" is an answer to the newest thing we said: a reminder sent meanwhile ends the question before it.
"""

from datetime import timedelta

from releve.core.facts import Facts
from releve.dialogue.state import Claim, State

SAME_PERSON = timedelta(minutes=30)  # a telephone or a screen changes hands
QUESTION = {"webchat": timedelta(minutes=30)}
LONGEST = timedelta(hours=24)


def refreshed(state: State, facts: Facts) -> State:
    """The state as it still holds at `facts.now`."""
    last_at = state.last_at
    if last_at is None:
        return state
    quiet = facts.now - last_at
    if quiet > SAME_PERSON:
        state = state.having(claim=Claim())
    overtaken = any(p.sent_at > last_at for p in facts.prompts)
    if overtaken or quiet > QUESTION.get(facts.channel, LONGEST):
        state = state.having(ask=None, requests=(), misses=0, visit=None)
    return state
