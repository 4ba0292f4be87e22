"""Where everything comes in: each event stored once, understood, handed on, answered.

What it is: the receiver, the turn (think outside a transaction, act inside one), the replay, the timers.
May import: guarantee and below.  In: texts, staff actions, due timers.  Out: replies, and permitted acts.
"""
